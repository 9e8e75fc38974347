// Paper: one A4 page across, real hatch lines in place of patterns, sources in full, lists of countries in the panel.

let beforePrint = null;

function startPrint() {
  if (scene.printing) return;
  beforePrint = { center: scene.map.getCenter(), zoom: scene.map.getZoom() };
  scene.printing = true;
  document.documentElement.classList.add("is-printing");
  byId("print-lists").replaceChildren(...printLists());
  cite();
  byId("print-date").textContent = new Date().toLocaleDateString(lang().locale, { day: "numeric", month: "long", year: "numeric" });
  renderSentence();
  openRows(true);
  squeeze();
  fitView();
  scene.map.fire("moveend");
  traceBase();
  ruleBands();
  placeLabels();
}

/** Land and borders as paths: a canvas drawn just before printing is not what Chromium prints, and paths are sharp. */
function traceBase() {
  const colours = getComputedStyle(document.documentElement);
  const corner = scene.map.containerPointToLayerPoint([0, 0]);
  const paths = basePaths(scene.map.getSize(), (name) => colours.getPropertyValue(`--${name}`).trim());
  const drawing = svg("svg", { class: "printed-base", width: 1, height: 1 }, svg("g", { transform: `translate(${corner.x} ${corner.y})` }, ...paths));
  scene.map.getPane("base").append(drawing);
  scene.map.once("moveend", () => drawing.remove());
}

const PAPER_HEIGHT = 712; // CSS pixels between the margins of an A4 page across, less a hair
const FRAME_HEIGHT = 474;
const MOST_NAMES = 90; // more than a sheet has room for

/** Give the map the height that head, legend and foot leave it; returns what map and list have. */
function paperRoom() {
  const height = (selector) => document.querySelector(selector).getBoundingClientRect().height;
  const room = PAPER_HEIGHT - (height(".page") - height(".main"));
  const legend = height(".figure") - height(".frame");
  document.querySelector(".frame").style.height = `${Math.max(300, Math.min(FRAME_HEIGHT, Math.floor(room - legend)))}px`;
  return Math.max(room, 300);
}

/** Make all fit on one page: the map as high as is left, the list with names for citations where there are many, then in two columns without remarks, then wider, in three and without lists of countries, each in smaller type. */
function squeeze() {
  const [root, panel] = [document.documentElement, document.querySelector(".panel")];
  const shrink = (least) => {
    panel.style.zoom = "";
    const most = paperRoom();
    for (let zoom = 0.97; zoom > least && panel.getBoundingClientRect().height > most; zoom -= 0.03) panel.style.zoom = zoom;
    return panel.getBoundingClientRect().height <= most;
  };
  for (const [shorter, least] of [["", 0.8], ["is-short", 0.6], ["is-shorter", 0.5], ["is-shortest", 0.45]]) {
    if (shorter) root.classList.add(shorter);
    if (shrink(least)) return;
  }
}

/** All rows open on paper, and as the reader left them afterwards. */
function openRows(printing) {
  for (const row of document.querySelectorAll(".row > details")) {
    if (printing) row.dataset.was = row.open ? "open" : "";
    row.open = printing || Boolean(row.dataset.was);
  }
}

/** Put the citation after each claimant. */
function cite() {
  for (const item of document.querySelectorAll(".claim")) {
    if (item.querySelector(".cite")) continue;
    const source = byId(`source-${item.dataset.source}`);
    const link = source && source.querySelector("a.cited");
    const words = source ? source.querySelector(".cited").textContent : "";
    item.querySelector(".who").append(el("span.cite.print-only", english(), ` ${words} ${link ? new URL(link.href).host.replace(/^www\./, "") : ""}`));
  }
}

function endPrint() {
  if (!scene.printing) return;
  scene.printing = false;
  document.documentElement.classList.remove("is-printing", "is-short", "is-shorter", "is-shortest");
  document.querySelector(".panel").style.zoom = "";
  document.querySelector(".frame").style.height = "";
  openRows(false);
  scene.map.invalidateSize({ animate: false, pan: false });
  scene.map.setView(beforePrint.center, beforePrint.zoom, { animate: false });
  scene.map.fire("moveend");
  restyle();
  placeLabels();
}

/** Fill contested bands with lines clipped to them: patterns become blurred pictures in a PDF. */
function ruleBands() {
  const size = scene.map.getSize();
  const corner = scene.map.containerPointToLayerPoint([0, 0]);
  for (const { area, step, system } of drawn.areas.values()) {
    const { share, contested } = standing(step, system);
    const path = area.getElement();
    if (!contested) continue;
    const gap = [4.5, 6.5, 9.5, 14][hatchStep(share)] * Math.SQRT2;
    const id = `clip-${step.id}`;
    let lines = "";
    for (let c = -size.y; c < size.x + size.y; c += gap) lines += `M${(corner.x + c).toFixed(1)} ${(corner.y + size.y).toFixed(1)}l${size.y.toFixed(1)} ${(-size.y).toFixed(1)}`;
    const clip = svg("clipPath", { id }, svg("path", { d: path.getAttribute("d"), "clip-rule": "evenodd" }));
    path.parentNode.insertBefore(svg("g", { class: `rm-ruled s${system.series}` }, clip, svg("path", { class: "hatch-line", d: lines, "clip-path": `url(#${id})` })), path.nextSibling);
    path.setAttribute("fill", "none");
    path.classList.add("is-ruled");
  }
  scene.map.once("moveend", () => document.querySelectorAll(".rm-ruled").forEach((node) => node.remove()));
}

/** Countries by status, for the panel on paper. */
function printLists() {
  return scene.facts.systems.flatMap((system) => {
    const { votes } = scene.counts.get(system.id);
    if (!votes.length) return [];
    const rows = [...view().rows.values()];
    const of = (status) => rows.filter((row) => statusOf(votes, row.nearest) === status);
    const head = (status, count) => {
      const words = t(`print.${status}`, { unit: unitName(), count: numeral(count) }, votes.length);
      return scene.facts.systems.length > 1 ? t("print.of_system", { system: system.name, words }) : capital(words);
    };
    const names = (list) => list.map((row) => row.name).sort(byName).join(t("list.comma")) || t("table.nobody");
    const far = (list) => list.sort((a, b) => a.nearest - b.nearest).map((row) => `${row.name} ${measured(row.nearest)}`).join(t("list.comma"));
    return ["within", "contested", "uncertain"].map((status) => [status, of(status)]).filter(([status, list]) => list.length || status === "within")
      .map(([status, list]) => el("p", {}, el("b", {}, `${head(status, list.length)} `),
        list.length > MOST_NAMES ? t("print.too_many") : `${(status === "within" ? names : far)(list)}${t("list.stop")}`));
  });
}

function listenToPrint() {
  window.addEventListener("beforeprint", startPrint);
  window.addEventListener("afterprint", endPrint);
}
