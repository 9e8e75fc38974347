// Labels that place themselves: rings on their lines and on one bearing, countries inside themselves, seas where room is.
// Placed again after every move; drawn as SVG text over the lines, in the pixels of the map's pane.

const LABEL_H = 15;
const NEAR = 16; // pixels: a ring closer to its neighbour than this moves its label off the line

let land = null;

function placeLabels() {
  const size = scene.map.getSize();
  if (!size.x || !scene.base) return;
  const taken = furniture().map((box) => grown(box, 4));
  const grid = new LineGrid(size);
  const rings = shownRings(grid);
  land = new LandMask(size);
  const city = cityLabel(taken, size);
  const middle = launchMiddle();
  const launch = launchLabel(middle, taken);
  const gap = placeGap(grid, taken, size);
  const ringLabels = placeRings(rings, middle, grid, taken, size);
  const countries = placeCountries(grid, taken, size);
  const seas = placeSeas(grid, taken, size);
  drawLabels([...seas, ...countries, ...launch, ...ringLabels, ...gap, ...city]);
}

/** Rings in sight with their runs of pixels; each gets its bit in the grid. */
function shownRings(grid) {
  const rings = [];
  for (const { line, system, runs } of drawn.lines.values()) {
    if (!isShown(line, system)) continue;
    const screen = screenRuns(runs);
    screen.forEach((points) => grid.add(points, rings.length));
    rings.push({ line, system, runs: screen, place: rings.length });
  }
  return rings.sort((a, b) => a.line.km - b.line.km);
}

/* ---------- launch area ---------- */

/** Where the launch area has most room, and how large the part in sight is; null where it is out of sight. */
function launchMiddle() {
  const best = largestPart(shapes().region.map((rings) => unitOf(rings[0])));
  return best && { at: roomiest(best.clipped), area: best.area, points: best.clipped };
}

function launchLabel(middle, taken) {
  if (!middle) return [];
  const [size, under] = scene.printing ? [12, 10.5] : [14, 12.5];
  const small = middle.area < 2600;
  const lines = small ? [[[view().name, 700]]] : [[[view().name, 700]], [[t("map.launch_area"), 400, under]]];
  const { w } = measure(lines.slice(0, 1), small ? Math.min(size, 12.5) : size);
  const spots = small && middle.area < 14 * w ? beside(middle.points, w, 16) : [middle.at];
  const box = spots.map(([x, y]) => around(x, y, Math.max(w, small ? 0 : 72), small ? 16 : 34)).find((each) => !taken.some((other) => meetsBox(other, each)));
  if (!box) return [];
  taken.push(grown(box, 2));
  return [{ kind: "launch", x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, lines, size: small ? Math.min(size, 12.5) : size, series: scene.facts.systems.length === 1 ? scene.facts.systems[0].series : 0 }];
}

/** Middles of a label of a size beside a shape that it would hide: right, left, below, above, at the upper ends of its sides. */
function beside(points, w, h) {
  const { min, max } = L.bounds(points);
  const [x, y] = [(min.x + max.x) / 2, (min.y + max.y) / 2];
  const [left, right, high] = [min.x - w / 2 - 5, max.x + w / 2 + 5, min.y + (max.y - min.y) / 4];
  return [[right, y], [left, y], [x, max.y + h / 2 + 3], [x, min.y - h / 2 - 3], [left, high], [right, high]];
}

/* ---------- rings ---------- */

function ringText(ring, merged) {
  if (merged) return [[[withUnit(listing(merged.map((r) => claimed(r.line.km)))), 700]]];
  const figure = [lineLabel(ring.line), 700];
  const remark = remarkOf(ring.line, ring.system);
  return [isPhone() || !remark ? [figure] : [figure, [` · ${remark}`, 400]]];
}

/** Choose the bearing on which the labels of all rings cost least, then place them, innermost first. */
function placeRings(rings, middle, grid, taken, size) {
  const centre = middle ? middle.at : [size.x / 2, size.y / 2];
  const spots = rings.map((ring) => ringSpots(ring, centre, size));
  const labels = rings.map((ring) => {
    const lines = ringText(ring);
    return { ring, lines, ...measure(lines, ringSize()) };
  });
  let best = null;
  for (const bearing of BEARINGS) {
    best = planBearing(bearing, labels, spots, grid, taken, size, best ? best.cost : Infinity) || best;
  }
  if (!best) return [];
  for (const label of best.placed) taken.push(label.room);
  return best.placed;
}

const ringSize = () => (scene.printing ? 11 : isPhone() ? 13 : 12.5);

/** Points every few pixels along a ring with their bearing and what they would cost. */
function ringSpots(ring, [cx, cy], size) {
  const spots = [];
  for (const points of ring.runs) {
    let due = 0;
    for (let i = 1; i < points.length; i++) {
      const [ax, ay] = points[i - 1];
      const [dx, dy] = [points[i][0] - ax, points[i][1] - ay];
      const length = Math.hypot(dx, dy);
      for (; due <= length; due += 8) {
        const x = ax + (dx * due) / length;
        const y = ay + (dy * due) / length;
        if (x < 8 || y < 8 || x > size.x - 8 || y > size.y - 8) continue;
        const slope = Math.abs(dy) / (length || 1);
        spots.push({ x, y, slope, angle: ((Math.atan2(x - cx, cy - y) * 180) / Math.PI + 360) % 360 });
      }
      due -= length;
    }
  }
  for (const spot of spots) spot.cost = spotCost(spot);
  return spots;
}

/** Flat stretches before steep ones, sea before land. */
const spotCost = ({ x, y, slope }) => 34 * slope * slope + (land.has(x, y) ? 6 : 0);

const turn = (a, b) => Math.abs(((a - b + 540) % 360) - 180);
const LEFT_OUT = 120;

/** Labels of all rings about one bearing; null as soon as they cost as much as the best so far. */
function planBearing(bearing, labels, spots, grid, taken, size, most) {
  const placed = [];
  const columns = [];
  let cost = 0;
  for (let i = 0; i < labels.length && cost < most; i++) {
    const label = labels[i];
    const here = bestSpot(label, spots[i], bearing, 20, placed, columns, grid, taken, size);
    const there = here && here.cost < 40 ? null : bestSpot(label, spots[i], bearing + 180, 24, placed, [], grid, taken, size);
    const chosen = there && (!here || there.cost + 14 < here.cost) ? { ...there, cost: there.cost + 14 } : here;
    const isLeftOut = !chosen || chosen.cost > LEFT_OUT;
    cost += isLeftOut ? LEFT_OUT : chosen.cost;
    if (isLeftOut) continue;
    if (chosen === here) columns.push(chosen.x);
    placed.push({ kind: "ring", x: chosen.x, y: chosen.y, lines: label.lines, size: ringSize(), series: label.ring.system.series, counted: isCounted(label.ring.line), line: label.ring.line.id, room: grown(chosen.box, 1), plate: label.w });
  }
  return cost < most ? { placed, cost } : null;
}

/** The best place for one label near a bearing: on its line, else just outside or inside it. */
function bestSpot(label, spots, bearing, within, placed, columns, grid, taken, size) {
  let best = null;
  for (const sector of nearBearing(spots, bearing, within)) {
    for (const spot of sector) {
      const off = turn(spot.angle, bearing);
      if (off > within) continue;
      spot.tries = spot.tries || triesOf(spot, label, spots, taken, size);
      for (const each of spot.tries) {
        const base = each.cost + off * 0.5 + columnCost(columns, each.x);
        if (best && base >= best.cost) continue;
        if (placed.some(({ room }) => meetsBox(room, each.box))) continue;
        if (each.crossed === null) each.crossed = 60 * grid.crossed(each.box, label.ring.place);
        const cost = base + each.crossed;
        if (!best || cost < best.cost) best = { x: each.x, y: each.y, box: each.box, cost };
      }
    }
  }
  return best;
}

const SECTOR = 6; // degrees

/** All bearings, coarsely first: what a good one costs lets the others be given up early. */
const BEARINGS = [0, 3, 1, 4, 2].flatMap((turn) => Array.from({ length: 12 }, (_, i) => SECTOR * (5 * i + turn)));

/** The sectors that a span of bearings touches, each with its spots. */
function nearBearing(spots, bearing, within) {
  if (!spots.sectors) {
    spots.sectors = Array.from({ length: 360 / SECTOR }, () => []);
    for (const spot of spots) spots.sectors[Math.floor(spot.angle / SECTOR) % spots.sectors.length].push(spot);
  }
  const [first, count] = [Math.floor((bearing - within) / SECTOR), spots.sectors.length];
  return Array.from({ length: Math.floor((bearing + within) / SECTOR) - first + 1 }, (_, i) => spots.sectors[(first + i + count) % count]);
}

/** What does not change from bearing to bearing: places about a spot that are free and in sight, and what they cost. */
function triesOf(spot, label, spots, taken, size) {
  const outward = spot.y >= launchY(spots) ? 1 : -1;
  const found = [];
  for (const [shift, extra] of [[0, 0], [outward * 11, 8], [-outward * 11, 9]]) {
    const box = around(spot.x, spot.y + shift, label.w + 6, LABEL_H);
    if (box[0] < 6 || box[1] < 5 || box[2] > size.x - 6 || box[3] > size.y - 5 || taken.some((other) => meetsBox(other, box))) continue;
    found.push({ x: spot.x, y: spot.y + shift, box, cost: spot.cost + extra, crossed: null });
  }
  return found;
}

/** Labels that stand in one column read as a scale. */
const columnCost = (columns, x) => (columns.length ? Math.min(30, Math.abs(x - columns[columns.length - 1]) * 0.22) : 0);

const launchY = (spots) => {
  if (spots.middle === undefined) spots.middle = spots.reduce((sum, s) => sum + s.y, 0) / (spots.length || 1);
  return spots.middle;
};

/* ---------- the shortest way to an area ---------- */

/** A tick at either end, each part's length in two units on its own line, and the whole way's where room is left. */
function placeGap(grid, taken, size) {
  if (!hasGap()) return [];
  const runs = scene.gap.map(screenRuns);
  runs.flat().forEach((points) => grid.add(points, 31));
  const ends = gapEnds();
  for (const { x, y } of ends) taken.push(around(x, y, 10, 10));
  const { area, km, parts } = scene.facts.gap;
  const shortest = parts.map((part, i) => ({ ...part, runs: runs[i] })).sort((a, b) => a.km - b.km);
  const told = isUntouched() && parts.length > 1 ? shortest.map((part) => gapLabel(part.runs, gapForms(part.km, t(`map.gap_${part.kind}`)), grid, taken, size)) : [];
  const whole = isUntouched() && parts.length === 1 ? [t(`map.gap_${parts[0].kind}`)] : [];
  const forms = gapForms(km, [t("map.gap_to", { area }), ...whole].join(t("list.comma")));
  const total = gapLabel(runs.flat(), told.length ? forms.slice(0, -1) : forms, grid, taken, size);
  return [...ends, ...told, total].filter(Boolean);
}

/** The forms of a label, best first: in one line, in two, the figures alone. */
function gapForms(km, words) {
  const figure = [inTwoUnits(km), 700];
  return [...(isPhone() ? [] : [[[figure, [` ${words}`, 400]]]]), [[figure], [[words, 400]]], [[figure]]];
}

/** Where a label of a size may stand about a point of its line, and what that costs: above, below, beside, farther off. */
function gapShifts(w, h) {
  const shifts = [[w / 2 + 9, 0, 4], [-w / 2 - 9, 0, 4], [0, 0, 6]];
  for (const [aside, more] of [[0, 0], [-w / 3, 2], [w / 3, 2]]) {
    for (const [off, extra] of [[-h / 2 - 5, 0], [h / 2 + 5, 3], [-h / 2 - 22, 14], [h / 2 + 22, 17]]) shifts.push([aside, off, extra + more]);
  }
  return shifts;
}

/** The first form that finds room on its part of the line. */
function gapLabel(runs, forms, grid, taken, size) {
  const spots = ringSpots({ runs }, [0, 0], size);
  for (const lines of forms) {
    const { w } = measure(lines, ringSize());
    const h = LABEL_H * lines.length;
    const shifts = gapShifts(w, h);
    let best = null;
    for (const spot of spots) {
      for (const [across, down, extra] of shifts) {
        const [x, y] = [spot.x + across, spot.y + down];
        const box = around(x, y, w + 6, h);
        const cost = spot.cost + extra + 60 * grid.crossed(box, 31) + 90 * grid.crossed(box);
        if (box[0] < 6 || box[1] < 5 || box[2] > size.x - 6 || box[3] > size.y - 5 || (best && cost >= best.cost)) continue;
        if (!taken.some((other) => meetsBox(other, box))) best = { x, y, box, cost };
      }
    }
    if (best) {
      taken.push(grown(best.box, 3));
      return { kind: "gap", x: best.x, y: best.y, lines, size: ringSize(), plate: w };
    }
  }
  return null;
}

/** Ticks of ten pixels across both ends of the way, in every copy in sight. */
function gapEnds() {
  const [first, last] = [scene.gap[0][0], scene.gap[scene.gap.length - 1].slice(-1)[0]];
  const [world, origin] = screenFrame();
  const at = (xy, i, copy) => [(unitX(xy[i]) + copy) * world - origin.x, unitY(xy[i + 1]) * world - origin.y];
  return COPIES.flatMap((copy) => [[first, 0, 2], [last, last.length - 2, last.length - 4]].map(([xy, i, j]) => {
    const [[x, y], [nx, ny]] = [at(xy, i, copy), at(xy, j, copy)];
    const length = Math.hypot(nx - x, ny - y) || 1;
    return { kind: "tick", x, y, dx: (-5 * (ny - y)) / length, dy: (5 * (nx - x)) / length };
  }));
}

/* ---------- the city that was looked for ---------- */

/** Its name beside its dot, on the side where there is room; nothing else may stand on either. */
function cityLabel(taken, size) {
  if (!scene.place || scene.place.city === undefined) return [];
  const { name, rest, lat, lon } = scene.place;
  const [world, origin] = screenFrame();
  const [x, y] = [unitX(lon) * world - origin.x, unitY(lat) * world - origin.y];
  const lines = [[[name.slice(0, name.length - rest.length), 700]]];
  const { w, h } = measure(lines, countrySize());
  const side = x + w + 12 < size.x ? 1 : -1;
  const at = x + side * (w / 2 + 7);
  taken.push(around(x, y, 12, 12), around(at, y, w + 4, h + 2));
  return [{ kind: "country is-chosen", x: at, y, lines, size: countrySize() }];
}

/* ---------- countries ---------- */

function placeCountries(grid, taken, size) {
  const [world, origin] = screenFrame();
  const isInSight = ({ box }) => COPIES.some((copy) => meets(box, [origin.x / world - copy, origin.y / world, (origin.x + size.x) / world - copy, (origin.y + size.y) / world]));
  const wanted = scene.base.countries
    .filter((country) => country.id !== view().country && isInSight(country))
    .map((country) => ({ country, row: rowOf(country.id), part: largestPart(country.polygons.map((p) => ({ xy: p.rings[0], box: p.box }))) }))
    .filter(({ part }) => part && part.area > 90);
  const reach = Math.max(0, ...[...scene.counts.values()].map((count) => count.any || 0));
  for (const entry of wanted) {
    entry.touched = Boolean(entry.row && entry.row.nearest <= reach);
    entry.chosen = Boolean(scene.place && scene.place.id === entry.country.id);
    entry.rank = (entry.chosen ? 1e9 : 0) + entry.part.area * (entry.touched ? 2.2 : 1);
  }
  wanted.sort((a, b) => b.rank - a.rank);
  return wanted.flatMap((entry) => placeCountry(entry, grid, taken, size) || []);
}

/** Forms of a name with what each costs: in one line, in two, shortened. */
function nameForms({ country, row }) {
  const name = (row && row.name) || country.name;
  const short = lang().messages[`short.${country.id}`] || (row && row.short) || country.short || name;
  const forms = name.length <= 18 || short === name ? [[[name], 0]] : [];
  if (name.includes(" ") && name.length < 26) forms.push([inTwo(name), 4]);
  if (short !== name) forms.push([[short], name.length > 14 ? 5 : 14]);
  if (short !== name && short.includes(" ")) forms.push([inTwo(short), 16]);
  return forms;
}

/** Break a name at the blank nearest to its middle. */
function inTwo(name) {
  const words = name.split(" ");
  let best = [name, Infinity];
  for (let i = 1; i < words.length; i++) {
    const [a, b] = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    const off = Math.max(a.length, b.length);
    if (off < best[1]) best = [[a, b], off];
  }
  return best[0];
}

const countrySize = () => (scene.printing ? 10 : isPhone() ? 12 : 11.5);

function placeCountry(entry, grid, taken, size) {
  const { part, touched, chosen } = entry;
  const weight = chosen ? 700 : 400;
  const outline = thinned(part.clipped, 90);
  const spots = candidates(outline, 9).map(([x, y]) => ({ x, y, room: edgeDistance(outline, x, y) })).sort((a, b) => b.room - a.room);
  const level = levels(thinned(part.points, 240));
  const most = spots.length ? Math.max(1, spots[0].room) : 1;
  const limit = chosen ? 200 : touched ? 58 : 30;
  let best = null;
  for (const [texts, extra] of spots.length ? nameForms(entry) : []) {
    if (extra >= (best ? best.cost : limit)) continue;
    const lines = texts.map((text) => [[text, weight]]);
    const { w, h } = measure(lines, countrySize());
    for (const spot of spots) {
      if (extra + offMiddle(spot, most) >= (best ? best.cost : limit)) break; // the roomiest come first
      const box = around(spot.x, spot.y, w + 3, h + 1);
      if (taken.some((other) => meetsBox(other, box))) continue;
      const cost = extra + labelCost(box, offMiddle(spot, most), level, grid, size, (best ? best.cost : limit) - extra);
      if (cost <= limit && (!best || cost < best.cost)) best = { x: spot.x, y: spot.y, lines, box, cost };
    }
  }
  if (!best && touched && part.area < 400) best = placeAtSea(entry, weight, grid, taken, size);
  if (!best) return null;
  taken.push(grown(best.box, 2));
  return { kind: `country${touched ? "" : " is-beyond"}${chosen ? " is-chosen" : ""}`, x: best.x, y: best.y, lines: best.lines, size: countrySize() };
}

/** A small state on a coast has its name on the water beside it, where no other land could be meant. */
function placeAtSea(entry, weight, grid, taken, size) {
  let best = null;
  for (const [texts] of nameForms(entry)) {
    const lines = texts.map((text) => [[text, weight]]);
    const { w, h } = measure(lines, countrySize());
    for (const [x, y] of beside(entry.part.points, w, h)) {
      const box = around(x, y, w + 3, h + 1);
      if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3 || taken.some((other) => meetsBox(other, box)) || !isAtSea(box, 0) || !faces(box, entry)) continue;
      const cost = grid.crossed(box);
      if (cost < 0.6 && (!best || cost < best.cost)) best = { x, y, lines, box, cost };
    }
  }
  return best;
}

/** Whether the first land on the way from a name to the middle of its state is that state: Jordan's would else stand off Israel. */
function faces(box, { country, part }) {
  const { min, max } = L.bounds(part.points);
  const [x, y] = [(min.x + max.x) / 2, (min.y + max.y) / 2];
  const from = [Math.min(Math.max(x, box[0]), box[2]), Math.min(Math.max(y, box[1]), box[3])];
  const [world, origin] = screenFrame();
  const steps = Math.ceil(Math.hypot(x - from[0], y - from[1]));
  for (let i = 0; i <= steps; i++) {
    const share = steps ? i / steps : 0;
    const met = countryAt(scene.base, (from[0] + share * (x - from[0]) + origin.x) / world, (from[1] + share * (y - from[1]) + origin.y) / world);
    if (met) return met === country;
  }
  return true;
}

/** A name at the edge of a country costs up to ten more than one where most room is. */
const offMiddle = ({ room }, roomiest) => 10 * (1 - room / roomiest);

const ALONG = [0.04, 0.96, 0.5, 0.27, 0.73];

/** Where a shape's edges cross level lines; many names are tried at the same heights. */
function levels(shape) {
  const known = new Map();
  return (y) => {
    if (!known.has(y)) known.set(y, crossingsAt(shape, y));
    return known.get(y);
  };
}

/** What a name costs at a spot: hanging over the border, lying on a ring, being off the middle; beyond `most` it is not told how much. */
function labelCost(box, off, level, grid, size, most) {
  if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3) return Infinity;
  let cost = grid.crossed(box) * 150 + off;
  for (const fy of [0.15, 0.85]) {
    if (cost > most) return Infinity;
    const crossings = level(box[1] + (box[3] - box[1]) * fy);
    for (const fx of ALONG) if (!isBetween(crossings, box[0] + (box[2] - box[0]) * fx)) cost += 6;
  }
  return cost;
}

/* ---------- drawing ---------- */

let labelLayer = null;

function drawLabels(labels) {
  const pane = scene.map.getPane("labels");
  if (!labelLayer) {
    labelLayer = svg("svg", { class: "labels leaflet-zoom-hide", width: 1, height: 1, "aria-hidden": "true" });
    pane.append(labelLayer);
  }
  const corner = scene.map.containerPointToLayerPoint([0, 0]);
  labelLayer.replaceChildren(...labels.map((label) => labelNode(label, corner)));
}

function labelNode(label, corner) {
  const [x, y] = [label.x + corner.x, label.y + corner.y];
  if (label.kind === "tick") return svg("path", { class: "gap-line", d: `M${(x - label.dx).toFixed(1)} ${(y - label.dy).toFixed(1)}L${(x + label.dx).toFixed(1)} ${(y + label.dy).toFixed(1)}` });
  const height = label.size * 1.16;
  const top = y - (height * (label.lines.length - 1)) / 2 + label.size * 0.35;
  const texts = ["halo", "word"].map((layer) => svg("text", { class: layer }, ...label.lines.map((runs, i) => svg("tspan", { x: x.toFixed(1), y: (top + i * height).toFixed(1) },
    ...runs.map(([text, weight, own]) => svg("tspan", { class: weight === 700 ? "strong" : "", ...(own ? { "font-size": own } : {}) }, document.createTextNode(text)))))));
  const node = svg("g", { class: `label label-${label.kind}${label.series === undefined ? "" : ` s${label.series}`}${label.counted === false ? " is-apart" : ""}`, "font-size": label.size }, ...texts);
  const plate = 12 + height * (label.lines.length - 1);
  if (label.plate) node.prepend(svg("rect", { class: "plate", x: (x - label.plate / 2 - 1).toFixed(1), y: (y - plate / 2).toFixed(1), width: (label.plate + 2).toFixed(1), height: plate.toFixed(1), rx: 3 }));
  if (label.line) {
    node.setAttribute("data-line", label.line);
    if (scene.focus && scene.focus !== label.line) node.classList.add("is-other");
  }
  return node;
}
