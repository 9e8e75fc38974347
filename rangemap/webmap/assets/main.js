// The beginning: make the map, unpack what is in the page, draw, listen.

/** Make the Leaflet map; called by folium's own script, so that what a user adds to the map finds it. */
function makeMap(id) {
  makeRoom();
  const map = L.map(id, {
    attributionControl: false, zoomControl: false, zoomSnap: 0, zoomDelta: 1, wheelPxPerZoomLevel: 120, worldCopyJump: true,
    maxBounds: [[-85.05, -1e5], [85.05, 1e5]], maxBoundsViscosity: 1, scrollWheelZoom: false, center: [0, 0], zoom: 1, maxZoom: 7.5,
    zoomAnimation: !media("(prefers-reduced-motion: reduce)"), fadeAnimation: false, inertia: !media("(prefers-reduced-motion: reduce)"),
  });
  for (const [name, z] of [["base", 250], ["fills", 300], ["region", 320], ["rings", 400], ["labels", 450]]) {
    const pane = map.createPane(name);
    pane.style.zIndex = z;
    pane.style.pointerEvents = "none";
    if (["fills", "region", "rings"].includes(name)) renderers[name] = L.svg({ pane: name, padding: 0.4 });
  }
  scene.map = map;
  return map;
}

const AROUND = 262; // pixels: what head and legend need with two lines each, as map.css has it

/** Leave as much of the first screen to the map as head and legend do not need, however many lines they have. */
function makeRoom() {
  const [frame, legend] = [document.querySelector(".frame"), byId("legend")];
  const around = Math.round(frame.getBoundingClientRect().top + window.scrollY + legend.offsetHeight + 10);
  if (Math.abs(around - AROUND) > 1) frame.style.setProperty("--around", `${around}px`); // else laid out as it stands
  else frame.style.removeProperty("--around");
}

async function start() {
  const packed = Promise.all(["base", "arcs", "shapes", "curves", "distances"].map((id, i) => (i % 2 ? unpack(id).arrayBuffer() : unpack(id).json())));
  scene.facts = JSON.parse(byId("facts").textContent);
  for (const line of allLines()) if (line.role === "set-aside") scene.hidden.add(line.id);
  recount();
  warmPens();
  const [base, arcs, shapes, curves, distances] = await packed;
  scene.base = decodeBase(base, new Uint8Array(arcs));
  scene.shapes = readShapes(shapes, new Uint8Array(curves), scene.base);
  readDistances(distances);
  scene.map.getContainer().setAttribute("role", "region");
  scene.map.getContainer().setAttribute("aria-label", t("map.label"));
  const zoom = L.control.zoom({ position: zoomCorner(isPhone()), zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(scene.map);
  recall();
  drawView();
  scene.map.addLayer(new BaseMap());
  listen(zoom);
  begin();
  tellHeight();
  document.documentElement.setAttribute("data-ready", "true");
}

/** The file tells what stands at the beginning: only an address that tells more needs all of it written again. */
function begin() {
  const slide = document.querySelector(".slide");
  if (slide) slide.style.setProperty("--start", slide.dataset.start);
  if (location.hash.includes("=")) {
    refresh("");
  } else {
    placeLabels();
    remember();
  }
  setTimeout(settle);
}

/** What is below the first screen: squares for the counts, names in the order of the language, and the layout of it all. */
function settle() {
  renderTables();
  for (const part of document.querySelectorAll(".countries, .colophon")) part.classList.add("is-settled");
}

/** Words of the page; countries by id for every launch region, and cities in columns; distances come in metres. */
function readDistances({ lang, ids, names, shorts, near, far, cities }) {
  scene.facts.views.forEach((each, v) => {
    each.rows = new Map(ids.map((id, i) => [id, { id, name: names[i], short: shorts[i], nearest: near[v][i] / 1000, farthest: far[v][i] / 1000 }]));
  });
  scene.cities = cities;
  scene.facts.lang = lang;
}

/** Where zoom stands: on phones under a thumb, else away from the card. */
const zoomCorner = (phone) => (phone ? "bottom" : "top") + (phone === isRtl() ? "right" : "left");

function listen(zoom) {
  listenToMap();
  listenToPanel();
  listenToChoice();
  listenToSearch();
  listenToPrint();
  listenToDownloads();
  listenToTiles();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => scene.map.fire("moveend"));
  PHONE.addEventListener("change", (event) => zoom.setPosition(zoomCorner(event.matches)));
  let width = scene.map.getSize().x;
  new ResizeObserver(() => {
    if (scene.printing || Math.abs(scene.map.getContainer().clientWidth - width) < 2) return;
    width = scene.map.getContainer().clientWidth;
    makeRoom();
    fitView();
    placeLabels();
  }).observe(scene.map.getContainer());
  window.addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    clearChoice();
    recall();
    drawView();
    refresh(t("live.link"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (scene.place) hideCard();
    if (scene.focus) focusLine(scene.focus);
  });
  document.addEventListener("click", (event) => {
    const country = event.target.closest(".to-card");
    if (country) openFromTable(country.closest("[data-country]").dataset.country);
  });
}

function openFromTable(id) {
  const country = scene.base.countries.find((each) => each.id === id);
  if (!country) return;
  goTo(country);
  showFrame();
  byId("card").querySelector(".close").focus({ preventScroll: true });
}

/** Bring the map back where it has been scrolled away. */
function showFrame() {
  const frame = document.querySelector(".frame");
  if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: "start", behavior: media("(prefers-reduced-motion: reduce)") ? "auto" : "smooth" });
}

/* ---------- the map ---------- */

function listenToMap() {
  const map = scene.map;
  let waiting = 0;
  map.on("moveend", () => {
    cancelAnimationFrame(waiting);
    if (scene.printing) placeLabels();
    else waiting = requestAnimationFrame(placeLabels);
  });
  let point = null;
  let asked = 0;
  const hover = () => {
    asked = 0;
    if (scene.pinned || map.dragging.moving() || map._animatingZoom) return;
    const country = point && countryUnder(point);
    if (country) {
      showCard(placeOf(country));
      keepClear(point);
    } else hideCard();
  };
  if (media("(hover: hover)")) {
    map.on("mousemove", (event) => {
      point = event.originalEvent.target.closest(".leaflet-control") ? null : event.containerPoint; // a button is no country
      asked = asked || requestAnimationFrame(hover);
    });
    map.on("mouseout", () => {
      point = null;
      if (!scene.pinned) hideCard();
    });
  }
  map.on("click", (event) => clicked(event.containerPoint));
  map.on("mousedown focus", () => map.scrollWheelZoom.enable());
  map.getContainer().addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
}

function countryUnder(point) {
  const [world, origin] = screenFrame();
  const [x, y] = [(point.x + origin.x) / world, (point.y + origin.y) / world];
  return countryAt(scene.base, x, y) || smallNear(scene.base, x - Math.floor(x), y, (media("(pointer: coarse)") ? 12 : 6) / world);
}

/** An island state that is too small to be hit: the nearest within reach of a finger or pointer. */
function smallNear({ countries }, x, y, within) {
  const off = ({ box }) => Math.hypot(Math.max(0, box[0] - x, x - box[2]), Math.max(0, box[1] - y, y - box[3]));
  const small = countries.filter(({ box }) => Math.max(box[2] - box[0], box[3] - box[1]) < 2 * within);
  return small.filter((each) => off(each) <= within).sort((a, b) => off(a) - off(b))[0] || null;
}

/** A click on a ring singles it out; on a country it pins the card; on the sea it opens the row of the band. */
function clicked(point) {
  const line = lineNear(point, media("(pointer: coarse)") ? 12 : 6);
  if (line) {
    focusLine(line.id);
    return;
  }
  const before = scene.focus;
  if (before) focusLine(before);
  const country = countryUnder(point);
  if (country) {
    scene.pinned = false;
    showCard(placeOf(country), { pinned: true });
    keepClear(point);
    say(byId("card").textContent);
    return;
  }
  hideCard();
  const band = bandUnder(point);
  if (band && band !== before) focusLine(band);
}

/** The nearest line shown that holds the band under a point; of several systems' bands, the smallest. */
function bandUnder(point) {
  const { x, y } = scene.map.containerPointToLayerPoint(point);
  const within = ({ area, step, system }) => standing(step, system).share > 0 && area.getElement().isPointInFill(new DOMPoint(x, y));
  const holds = ({ step, system }) => {
    const { km } = system.lines.find((line) => line.id === step.line);
    return system.lines.filter((line) => isCounted(line) && isShown(line, system) && line.km >= km);
  };
  const lines = [...drawn.areas.values()].filter(within).flatMap(holds).sort((p, q) => p.km - q.km);
  return lines.length ? lines[0].id : null;
}

function lineNear(point, within) {
  let best = [within, null];
  for (const { line, system, runs } of drawn.lines.values()) {
    if (!isShown(line, system)) continue;
    for (const points of screenRuns(runs)) {
      for (let i = 1; i < points.length; i++) {
        const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
        if (Math.min(ax, bx) - within > point.x || Math.max(ax, bx) + within < point.x) continue;
        const off = L.LineUtil.pointToSegmentDistance(point, L.point(ax, ay), L.point(bx, by));
        if (off < best[0]) best = [off, line];
      }
    }
  }
  return best[1];
}

/** The card is never under the pointer: it goes to the other side. */
function keepClear(point) {
  const card = byId("card");
  const size = scene.map.getSize();
  const off = isRtl() ? size.x - point.x : point.x;
  card.classList.toggle("is-aside", !isPhone() && off < 280 && point.y < card.offsetHeight + 40 && size.x > 640);
}

/* ---------- the address: exactly this state ---------- */

function remember() {
  const parts = new URLSearchParams();
  if (scene.view) parts.set("from", view().id);
  if (scene.unit !== "km") parts.set("unit", scene.unit);
  if (scene.year !== null) parts.set("year", String(scene.year));
  const hidden = allLines().filter((line) => scene.hidden.has(line.id) !== (line.role === "set-aside")).map((line) => line.id);
  if (hidden.length) parts.set("turned", hidden.join("~"));
  rememberChoice(parts);
  scene.link = String(parts);
}

/** Take up the state that the address asks for; what it does not know is left out. */
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const place = scene.facts.views.findIndex((each) => each.id === parts.get("from"));
  if (place > 0) {
    scene.view = place;
    byId("region").value = String(place);
    for (const group of document.querySelectorAll(".globe [data-view]")) group.toggleAttribute("hidden", Number(group.dataset.view) !== place);
  }
  if (UNITS[parts.get("unit")]) byId("unit").value = scene.unit = parts.get("unit");
  const slider = byId("year");
  const year = Number(parts.get("year"));
  if (slider && year >= Number(slider.min) && year < Number(slider.max)) showYear(year);
  const known = new Set(allLines().map((line) => line.id));
  for (const id of (parts.get("turned") || "").split("~").filter((each) => known.has(each))) {
    if (scene.hidden.has(id)) scene.hidden.delete(id);
    else scene.hidden.add(id);
  }
  recallChoice(parts);
  for (const box of document.querySelectorAll(".check input")) box.checked = !scene.hidden.has(box.dataset.line);
  recount();
}

window.rangemap = { map: makeMap, start, scene };
