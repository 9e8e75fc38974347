// Rings, bands and the launch region: SVG paths, each a single path for the three copies of the world that can be seen.

const COPIES = [-1, 0, 1];

const units = new WeakMap();

/** A run of longitudes and latitudes on the unit square, with its box and its longest slanting step; worked out once. */
function unitOf(xy) {
  if (!units.has(xy)) {
    const unit = toUnit(xy);
    units.set(xy, { xy: unit, box: boxOf([unit]), step: longestStep(unit) });
  }
  return units.get(xy);
}

/** Steps along a parallel or meridian do not count: cutting them at the edge of a frame bends nothing. */
function longestStep(xy) {
  let longest = 0;
  for (let i = 2; i < xy.length; i += 2) longest = Math.max(longest, Math.min(Math.abs(xy[i] - xy[i - 2]), Math.abs(xy[i + 1] - xy[i - 1])));
  return longest;
}

/** Leaflet makes an object of every point and rounds it to whole pixels, so that thin lines tremble: we write hundredths. */
const Drawn = {
  _setLatLngs(runs) {
    this._runs = runs.map(unitOf);
    this._latlngs = [];
    this._bounds = L.latLngBounds([]);
  },
  _project() {},
  _update() {
    if (!this._map) return;
    const world = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    const { min, max } = this._renderer._bounds;
    const frame = [(min.x + origin.x) / world, (min.y + origin.y) / world, (max.x + origin.x) / world, (max.y + origin.y) / world];
    let path = "";
    for (const copy of COPIES) {
      const seen = [frame[0] - copy, frame[1], frame[2] - copy, frame[3]];
      for (const run of this._runs) if (meets(run.box, seen)) path += this._trace(run, seen, (v) => Math.round(((v + copy) * world - origin.x) * 100) / 100, (v) => Math.round((v * world - origin.y) * 100) / 100);
    }
    this._path.setAttribute("d", path || "M0 0");
  },
};

/** A line: steps that lie wholly to one side of the frame are left out. */
const Curve = L.Polyline.extend({
  ...Drawn,
  _trace({ xy }, [west, north, east, south], across, down) {
    const sides = (i) => (xy[i] < west) | ((xy[i] > east) << 1) | ((xy[i + 1] < north) << 2) | ((xy[i + 1] > south) << 3);
    let [path, pen, before] = ["", false, sides(0)];
    for (let i = 2; i < xy.length; i += 2) {
      const side = sides(i);
      if (before & side) pen = false;
      else {
        if (!pen) path += `M${across(xy[i - 2])} ${down(xy[i - 1])}`;
        path += `L${across(xy[i])} ${down(xy[i + 1])}`;
        pen = true;
      }
      before = side;
    }
    return path;
  },
});

/** A fill: what lies outside is drawn in to an edge, farther out than its longest step, so that nothing in sight moves. */
const Area = L.Polygon.extend({
  ...Drawn,
  _trace({ xy, step }, [west, north, east, south], across, down) {
    const air = 1.01 * step + 0.01 * (east - west);
    const [left, top, right, bottom] = [across(west - air), down(north - air), across(east + air), down(south + air)];
    let path = "";
    let [px, py] = [NaN, NaN];
    for (let i = 0; i < xy.length; i += 2) {
      const x = Math.max(left, Math.min(right, across(xy[i])));
      const y = Math.max(top, Math.min(bottom, down(xy[i + 1])));
      if (x === px && y === py) continue;
      path += `${i ? "L" : "M"}${x} ${y}`;
      [px, py] = [x, y];
    }
    return `${path}Z`;
  },
});

/** Rings of a region without the edges along ±180° and the pole, where the map is cut but no border runs. */
function bordersOf(polygons) {
  const runs = [];
  for (const xy of polygons.flat()) {
    let run = [];
    const isSeam = (i, j) => (Math.abs(xy[i]) > 179.999 && Math.abs(xy[j]) > 179.999) || (xy[i + 1] < -89.9 && xy[j + 1] < -89.9);
    for (let i = 0; i < xy.length; i += 2) {
      const j = (i + 2) % xy.length;
      if (!run.length) run.push(xy[i], xy[i + 1]);
      if (isSeam(i, j)) {
        if (run.length > 2) runs.push(run);
        run = [];
      } else run.push(xy[j], xy[j + 1]);
    }
    if (run.length > 2) runs.push(run);
  }
  return runs;
}

/** A launch region that is a whole country has its outline in the base map. */
function countryRings(id, base) {
  const degrees = (xy) => Float64Array.from(xy, (v, i) => (i % 2 ? latOf(v) : lonOf(v)));
  return base.countries.find((country) => country.id === id).polygons.map(({ rings }) => rings.map(degrees));
}

/** Read the packed geometry of every launch region; curves are whole cells of a grid, shared by number. */
function readShapes({ grid, sizes, views, gap }, bytes, base) {
  const curves = readCurves(bytes, sizes).map((xy) => xy.map((v) => v / grid));
  const polygons = (area) => area.map((rings) => rings.map((n) => curves[n]));
  const each = (table, read) => Object.fromEntries(Object.entries(table).map(([key, value]) => [key, read(value)]));
  scene.gap = gap.map((numbers) => numbers.map((n) => curves[n]));
  return views.map(({ region, outlines, areas }) => ({
    region: typeof region === "string" ? countryRings(region, base) : polygons(region),
    outlines: each(outlines, (numbers) => numbers.map((n) => curves[n])),
    areas: each(areas, polygons),
  }));
}

const drawn = { group: null, lines: new Map(), areas: new Map(), gap: [], selected: null };

/** Draw everything that depends on the launch region, and put the view on it. */
function drawView() {
  prepareView();
  fitView();
  showView();
}

function prepareView() {
  if (drawn.group) drawn.group.remove();
  drawn.group = L.layerGroup();
  drawn.lines.clear();
  drawn.areas.clear();
  const seen = shapes();
  for (const system of scene.facts.systems) {
    for (const step of system.steps) if (seen.areas[step.id]) drawArea(step, system, seen.areas[step.id]);
  }
  drawRegion(seen.region);
  for (const system of scene.facts.systems) {
    for (const line of inDrawingOrder(system.lines)) if (seen.outlines[line.id]) drawLine(line, system, seen.outlines[line.id]);
  }
  drawGap();
}

/** Only now, where the view stands, are curves projected: once. */
function showView() {
  drawn.group.addTo(scene.map);
  restyle();
}

const ORDER = ["set-aside", "earlier", "claim", "all", "any", "majority", "required", "limit", "flown"];
const inDrawingOrder = (lines) => [...lines].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));

const plain = (pane, className) => ({ pane, className, renderer: renderers[pane], interactive: false, smoothFactor: 0 });
const renderers = {};

function drawArea(step, system, polygons) {
  const area = new Area(polygons.flat(), { ...plain("fills", `rm-area s${system.series}`), stroke: false, fillOpacity: 1 });
  drawn.areas.set(step.id, { area, step, system });
  drawn.group.addLayer(area);
}

function drawRegion(polygons) {
  const series = scene.facts.systems.length === 1 ? scene.facts.systems[0].series : 0;
  drawn.group.addLayer(new Area(polygons.flat(), { ...plain("region", `rm-region s${series}`), stroke: false }));
  drawn.group.addLayer(new Curve(bordersOf(polygons), { ...plain("region", `rm-region-line s${series}`) }));
}

/** Whether the shortest way to an area belongs to the launch region shown. */
const hasGap = () => Boolean(scene.facts.gap && scene.gap.length && scene.facts.gap.region === view().id);

/** The shortest way, over a halo. */
function drawGap() {
  drawn.gap = [];
  if (!hasGap()) return;
  for (const runs of scene.gap) drawn.group.addLayer(new Curve(runs, plain("rings", "rm-gap-halo")));
  drawn.gap = scene.gap.map((runs) => new Curve(runs, plain("rings", "rm-gap")));
  for (const curve of drawn.gap) drawn.group.addLayer(curve);
}

/** Solid within every claim, dashed where contested, dotted beyond; undivided once the reader leaves claims out. */
function styleGap() {
  const words = document.querySelector(".gap-words");
  if (words) words.hidden = scene.facts.gap.region !== view().id || !isUntouched();
  drawn.gap.forEach((layer, i) => layer.getElement().setAttribute("class", `rm-gap${isUntouched() ? ` rm-gap-${scene.facts.gap.parts[i].kind}` : ""}`));
}

const STROKES = { limit: 2, required: 2 };

function drawLine(line, system, runs) {
  const paths = [];
  for (let place = 0; place < (STROKES[line.role] || 1); place++) {
    paths.push(new Curve(runs, { ...plain("rings", `s${system.series}`), noClip: false }));
  }
  drawn.lines.set(line.id, { paths, line, system, runs });
  for (const path of paths) drawn.group.addLayer(path);
}

/** Set classes, hatches and what is shown by the current count: no geometry is touched. */
function restyle() {
  for (const { area, step, system } of drawn.areas.values()) {
    const { share, contested } = standing(step, system);
    const path = area.getElement();
    path.setAttribute("data-claims", step.claims.join(" "));
    path.setAttribute("data-step", step.id);
    path.setAttribute("class", `rm-area s${system.series}${contested ? " rm-band" : share > 0 ? " rm-within" : " is-hidden"}`);
    path.setAttribute("fill", contested ? `url(#hatch-${system.series}-${hatchStep(share)})` : "none");
    fade(path, scene.focus && scene.focus !== step.line);
  }
  for (const { paths, line, system } of drawn.lines.values()) {
    const shown = isShown(line, system);
    const role = roleOf(line, system);
    paths.forEach((layer, place) => {
      const path = layer.getElement();
      path.setAttribute("class", `${place ? "rm-over" : "rm-ring"} ln ln-${role}-${place} s${system.series}${shown ? "" : " is-hidden"}`);
      if (place) return;
      path.setAttribute("data-line", line.id);
      path.setAttribute("data-claims", line.claims.join(" "));
      path.setAttribute("data-km", String(line.km));
      path.setAttribute("data-system", system.id);
    });
    for (const layer of paths) fade(layer.getElement(), scene.focus && scene.focus !== line.id);
  }
  styleGap();
  restyleGlobe();
}

/** The globe shows what the map shows. */
function restyleGlobe() {
  for (const path of document.querySelectorAll(".globe [data-ring]")) {
    const { line, system } = drawn.lines.get(path.dataset.ring) || {};
    path.classList.toggle("is-hidden", !line || !isShown(line, system));
  }
  for (const path of document.querySelectorAll(".globe [data-area]")) {
    const { step, system } = drawn.areas.get(path.dataset.area) || {};
    const { share, contested } = step ? standing(step, system) : { share: 0 };
    path.classList.toggle("globe-within", Boolean(share) && !contested);
    path.setAttribute("fill", contested ? `url(#hatch-${system.series}-${hatchStep(share)})` : "none");
  }
}

const fade = (path, isOther) => path.classList.toggle("is-other", Boolean(isOther));

/** Outline the country whose card is shown. */
function outline(place) {
  if (drawn.selected) drawn.selected.remove();
  drawn.selected = null;
  const country = place && place.country;
  if (place && !country) drawn.selected = L.circleMarker([place.lat, place.lon], { ...plain("region", "rm-city"), radius: 4 }).addTo(scene.map);
  if (!country || !country.polygons) return;
  drawn.selected = new Curve(bordersOf(countryRings(country.id, scene.base)), plain("region", "rm-selected")).addTo(scene.map);
}

/** Points of a line on the screen, as runs of container pixels, for every copy in sight. */
function screenRuns(runs) {
  const [world, origin, size] = screenFrame();
  const found = [];
  for (const copy of COPIES) {
    const frame = [(origin.x - 50) / world - copy, (origin.y - 50) / world, (origin.x + size.x + 50) / world - copy, (origin.y + size.y + 50) / world];
    for (const { xy, box } of runs.map(unitOf)) {
      if (!meets(box, frame)) continue;
      const points = [];
      for (let i = 0; i < xy.length; i += 2) points.push([(xy[i] + copy) * world - origin.x, xy[i + 1] * world - origin.y]);
      found.push(points);
    }
  }
  return found;
}

/** Width of the world in pixels, the map's upper left corner in those pixels, and its size. */
function screenFrame() {
  const map = scene.map;
  const origin = map.project(map.getCenter()).subtract(map.getSize().divideBy(2));
  return [256 * 2 ** map.getZoom(), origin, map.getSize()];
}

/** Put the view on the outermost ring, against the side away from the card, or on the whole world. */
function fitView() {
  const map = scene.map;
  map.invalidateSize({ animate: false, pan: false });
  const size = map.getSize();
  if (Math.min(size.x, size.y) <= 2 * AIR) return; // no room for anything: a window folded away, for a moment or longer
  map.options.minZoom = Math.log2(Math.max(size.x, size.y / 0.95) / 256); // setMinZoom would zoom there, animated, and undo the view
  const [zoom, x, y] = document.body.classList.contains("is-world") ? wholeWorld(size) : outermost(size);
  map.setView([latOf(y), lonOf(x)], zoom, { animate: false });
  map.fire("zoomlevelschange");
}

function wholeWorld(size) {
  const world = Math.max(size.x, size.y / 0.8);
  const top = unitY(81.5);
  return [Math.log2(world / 256), gapMiddle(), Math.min(top + size.y / 2 / world, 1 - size.y / 2 / world)];
}

/** Where the middle of the world map belongs, so that the shortest way to an area is not torn at its edge. */
function gapMiddle() {
  if (!hasGap()) return 0.5;
  const centre = regionCentre();
  const [west, , east] = boxOf(scene.gap.flat().map((run) => unrolled(run, centre)));
  return west < 0 || east > 1 ? (west + east) / 2 : 0.5;
}

const AIR = 14;

function outermost(size) {
  const box = reachBox();
  const air = isPhone() ? 12 : AIR;
  const world = Math.min((size.x - 2 * air) / (box[2] - box[0]), (size.y - 2 * air) / (box[3] - box[1]));
  const wide = size.x >= 560;
  const aside = isRtl() ? box[0] - (air - size.x / 2) / world : box[2] + (air - size.x / 2) / world;
  const x = wide ? aside : (box[0] + box[2]) / 2;
  return [Math.log2(world / 256), x, (box[1] + box[3]) / 2];
}

/** Box, in the unit square, of the rings shown, unrolled round the launch region. */
function reachBox() {
  const centre = regionCentre();
  const shown = [...drawn.lines.values()].filter(({ line, system }) => isShown(line, system) || isCounted(line));
  const runs = shown.flatMap(({ runs: own }) => own).concat(shapes().region.flat(), hasGap() ? scene.gap.flat() : []);
  return boxOf(runs.map((run) => unrolled(run, centre)));
}

/** The launch region's middle, across the unit square. */
function regionCentre() {
  const turns = shapes().region.flat().flatMap((xy) => Array.from(xy).filter((_, i) => i % 2 === 0)).map((lon) => (lon * Math.PI) / 180);
  const sum = (f) => turns.reduce((total, turn) => total + f(turn), 0);
  return unitX((Math.atan2(sum(Math.sin), sum(Math.cos)) * 180) / Math.PI);
}

/** A run in the unit square, every point in the copy of the world that is nearest to `centre`. */
const unrolled = (run, centre) => unitOf(run).xy.map((v, i) => (i % 2 ? v : v - Math.round(v - centre)));

const toUnit = (xy) => Float64Array.from(xy, (v, i) => (i % 2 ? unitY(v) : unitX(v)));
