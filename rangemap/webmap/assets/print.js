// Paper: one A4 page across, real hatch lines in place of patterns, sources in full, lists of countries in the panel.

let beforePrint = null;

function startPrint() {
  if (scene.printing) return;
  beforePrint = { center: scene.map.getCenter(), zoom: scene.map.getZoom() };
  scene.printing = true;
  document.documentElement.classList.add("is-printing");
  byId("print-lists").replaceChildren(...printLists());
  byId("print-date").textContent = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  renderSentence();
  fitView();
  scene.map.fire("moveend");
  ruleBands();
  placeLabels();
}

function endPrint() {
  if (!scene.printing) return;
  scene.printing = false;
  document.documentElement.classList.remove("is-printing");
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
    const several = scene.facts.systems.length > 1 ? `${system.name}, ` : "";
    const names = (list) => list.map((row) => row.name).sort((a, b) => a.localeCompare(b, "en")).join(", ") || "none";
    const far = (list) => list.sort((a, b) => a.nearest - b.nearest).map((row) => `${row.name} ${measured(row.nearest)}`).join(", ");
    const parts = [["within", votes.length > 1 ? "within every claim, in part or whole" : "within the claimed range, in part or whole", names],
      ["contested", `contested, nearest first, ${unitName()}`, far], ["uncertain", `uncertain, nearest first, ${unitName()}`, far]];
    return parts.map(([status, words, write]) => [of(status), words, write]).filter(([list, , write]) => list.length || write === names)
      .map(([list, words, write]) => el("p", {}, el("b", {}, `${several || ""}${several ? words : capital(words)} (${list.length}): `), `${write(list)}.`));
  });
}

function listenToPrint() {
  window.addEventListener("beforeprint", startPrint);
  window.addEventListener("afterprint", endPrint);
}
