// Labels that place themselves: rings on their lines and on one bearing, countries inside themselves, seas where room is.
// Placed again after every move; drawn as SVG text over the lines, in the pixels of the map's pane.

const LABEL_H = 15;
const NEAR = 16; // pixels: a ring closer to its neighbour than this moves its label off the line

function placeLabels() {
  const size = scene.map.getSize();
  if (!size.x || !scene.base) return;
  const taken = furniture().map((box) => grown(box, 4));
  const grid = new LineGrid(size);
  const rings = shownRings(grid);
  const launch = launchLabel(taken);
  const gap = placeGap(grid, taken, size);
  const ringLabels = placeRings(rings, grid, taken, size);
  const countries = placeCountries(grid, taken, size);
  const seas = placeSeas(grid, taken, size);
  drawLabels([...seas, ...countries, ...launch, ...ringLabels, ...gap]);
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

function launchLabel(taken) {
  const best = largestPart(shapes().region.map((rings) => toUnit(rings[0])));
  if (!best) return [];
  const [x, y] = roomiest(best.points, best.clipped);
  const [size, under] = scene.printing ? [12, 10.5] : [14, 12.5];
  const wide = measure([[[view().name, 700]]], size);
  const small = best.area < 2600;
  const lines = small ? [[[view().name, 700]]] : [[[view().name, 700]], [[t("map.launch_area"), 400, under]]];
  const box = around(x, y, Math.max(wide.w, small ? 0 : 72), small ? 16 : 34);
  if (taken.some((other) => meetsBox(other, box))) return [];
  taken.push(grown(box, 2));
  return [{ kind: "launch", x, y, lines, size: small ? Math.min(size, 12.5) : size, series: scene.facts.systems.length === 1 ? scene.facts.systems[0].series : 0 }];
}

/** The largest part in sight of some rings of the unit square, clipped to the map. */
function largestPart(rings) {
  const frame = screenFrame();
  const size = frame[2];
  const bounds = L.bounds([2, 2], [size.x - 2, size.y - 2]);
  let best = null;
  for (const xy of rings) {
    const box = boxOf([xy]);
    if ((box[2] - box[0]) * frame[0] < 5) continue;
    for (const copy of COPIES) {
      if (!meets([(box[0] + copy) * frame[0] - frame[1].x, box[1] * frame[0] - frame[1].y, (box[2] + copy) * frame[0] - frame[1].x, box[3] * frame[0] - frame[1].y], [0, 0, size.x, size.y])) continue;
      const points = screenRing(xy, copy, frame);
      if (points.length < 3) continue;
      const clipped = L.PolyUtil.clipPolygon(points, bounds);
      const area = clipped.length > 2 ? areaOf(clipped) : 0;
      if (area && (!best || area > best.area)) best = { points, clipped, area };
    }
  }
  return best;
}

/** The point of a shape farthest from its edges, on a grid fine enough for a label. */
function roomiest(points, clipped) {
  let best = [clipped[0].x, clipped[0].y, -1];
  for (const [x, y] of candidates(points, clipped, 14)) {
    const room = edgeDistance(clipped, x, y * 1) ;
    if (room > best[2]) best = [x, y, room];
  }
  return best;
}

function edgeDistance(points, x, y) {
  let least = Infinity;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    least = Math.min(least, L.LineUtil.pointToSegmentDistance({ x, y }, points[j], points[i]));
  }
  return least;
}

/** Points inside a shape on a grid of about n × n. */
function candidates(points, clipped, n) {
  const [x0, y0, x1, y1] = clipped.reduce(([a, b, c, d], p) => [Math.min(a, p.x), Math.min(b, p.y), Math.max(c, p.x), Math.max(d, p.y)], [Infinity, Infinity, -Infinity, -Infinity]);
  const found = [];
  const [dx, dy] = [Math.max(4, (x1 - x0) / n), Math.max(4, (y1 - y0) / n)];
  for (let y = y0 + dy / 2; y < y1; y += dy) {
    for (let x = x0 + dx / 2; x < x1; x += dx) if (isInPoints(clipped, x, y)) found.push([x, y]);
  }
  return found;
}

/* ---------- rings ---------- */

function ringText(ring, merged) {
  if (merged) return [[[withUnit(listing(merged.map((r) => claimed(r.line.km)))), 700]]];
  const figure = [lineLabel(ring.line), 700];
  const remark = remarkOf(ring.line, ring.system);
  return [isPhone() || !remark ? [figure] : [figure, [` · ${remark}`, 400]]];
}

/** Choose the bearing on which the labels of all rings cost least, then place them, innermost first. */
function placeRings(rings, grid, taken, size) {
  const centre = launchCentre();
  const spots = rings.map((ring) => ringSpots(ring, centre, grid, size));
  const labels = rings.map((ring) => {
    const lines = ringText(ring);
    return { ring, lines, ...measure(lines, ringSize()) };
  });
  let best = null;
  for (let bearing = 0; bearing < 360; bearing += 6) {
    const plan = planBearing(bearing, labels, spots, grid, taken, size);
    if (!best || plan.cost < best.cost) best = plan;
  }
  if (!best) return [];
  for (const label of best.placed) taken.push(grown(label.box, 1));
  return best.placed;
}

const ringSize = () => (scene.printing ? 11 : isPhone() ? 13 : 12.5);

function launchCentre() {
  const best = largestPart(shapes().region.map((rings) => toUnit(rings[0])));
  if (!best) return [scene.map.getSize().x / 2, scene.map.getSize().y / 2];
  return roomiest(best.points, best.clipped);
}

/** Points every few pixels along a ring with their bearing and what they would cost. */
function ringSpots(ring, [cx, cy], grid, size) {
  const spots = [];
  for (const points of ring.runs) {
    let due = 0;
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
      const length = Math.hypot(bx - ax, by - ay);
      for (; due <= length; due += 8) {
        const [x, y] = [ax + ((bx - ax) * due) / length, ay + ((by - ay) * due) / length];
        if (x < 8 || y < 8 || x > size.x - 8 || y > size.y - 8) continue;
        const slope = Math.abs(by - ay) / (length || 1);
        spots.push({ x, y, slope, angle: ((Math.atan2(x - cx, cy - y) * 180) / Math.PI + 360) % 360 });
      }
      due -= length;
    }
  }
  for (const spot of spots) spot.cost = spotCost(spot);
  return spots;
}

/** Flat stretches before steep ones, sea before land. */
function spotCost({ x, y, slope }) {
  const place = scene.map.containerPointToLatLng([x, y]);
  const land = countryAt(scene.base, unitX(place.lng), unitY(place.lat));
  return 34 * slope * slope + (land ? 6 : 0);
}

const turn = (a, b) => Math.abs(((a - b + 540) % 360) - 180);
const LEFT_OUT = 120;

function planBearing(bearing, labels, spots, grid, taken, size) {
  const placed = [];
  const columns = [];
  let cost = 0;
  labels.forEach((label, i) => {
    const here = bestSpot(label, spots[i], bearing, 20, placed, columns, grid, taken, size);
    const there = here && here.cost < 40 ? null : bestSpot(label, spots[i], bearing + 180, 24, placed, [], grid, taken, size);
    const chosen = there && (!here || there.cost + 14 < here.cost) ? { ...there, cost: there.cost + 14 } : here;
    if (!chosen || chosen.cost > LEFT_OUT) {
      cost += LEFT_OUT;
      return;
    }
    if (chosen === here) columns.push(chosen.x);
    cost += chosen.cost;
    placed.push({ kind: "ring", x: chosen.x, y: chosen.y, lines: label.lines, size: ringSize(), series: label.ring.system.series, counted: isCounted(label.ring.line), line: label.ring.line.id, box: chosen.box, plate: label.w });
  });
  return { placed, cost };
}

/** The best place for one label near a bearing: on its line, else just outside or inside it. */
function bestSpot(label, spots, bearing, within, placed, columns, grid, taken, size) {
  let best = null;
  for (const spot of spots) {
    const off = turn(spot.angle, bearing);
    if (off > within) continue;
    const outward = spot.y >= launchY(spots) ? 1 : -1;
    for (const [shift, extra] of [[0, 0], [outward * 11, 8], [-outward * 11, 9]]) {
      const [x, y] = [spot.x, spot.y + shift];
      const box = around(x, y, label.w + 6, LABEL_H);
      if (box[0] < 6 || box[1] < 5 || box[2] > size.x - 6 || box[3] > size.y - 5) continue;
      const base = spot.cost + extra + off * 0.5 + columnCost(columns, x);
      if (best && base >= best.cost) continue;
      if (taken.some((other) => meetsBox(other, box))) continue;
      if (placed.some((other) => meetsBox(grown(other.box, 1), box))) continue;
      const cost = base + 60 * grid.crossed(box, label.ring.place);
      if (!best || cost < best.cost) best = { x, y, box, cost };
    }
  }
  return best;
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
  const spots = ringSpots({ runs }, [0, 0], grid, size);
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

/* ---------- countries ---------- */

function placeCountries(grid, taken, size) {
  const wanted = scene.base.countries
    .filter((country) => country.id !== view().country)
    .map((country) => ({ country, row: rowOf(country.id), part: largestPart(country.polygons.map((p) => p.rings[0])) }))
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
  const spots = candidates(part.points, part.clipped, 9).map(([x, y]) => ({ x, y, room: edgeDistance(part.clipped, x, y) }));
  const most = Math.max(1, ...spots.map((spot) => spot.room));
  let best = null;
  nameForms(entry).forEach(([texts, extra]) => {
    const lines = texts.map((text) => [[text, weight]]);
    const { w, h } = measure(lines, countrySize());
    for (const spot of spots) {
      const box = around(spot.x, spot.y, w + 3, h + 1);
      const cost = labelCost(box, spot, most, part, grid, size);
      if (cost === null || (best && cost + extra >= best.cost) || taken.some((other) => meetsBox(other, box))) continue;
      best = { x: spot.x, y: spot.y, lines, box, cost: cost + extra };
    }
  });
  const limit = chosen ? 200 : touched ? 58 : 30;
  if (!best || best.cost > limit) return null;
  taken.push(grown(best.box, 2));
  return { kind: `country${touched ? "" : " is-beyond"}${chosen ? " is-chosen" : ""}`, x: best.x, y: best.y, lines: best.lines, size: countrySize() };
}

/** What a name costs at a spot: hanging over the border, lying on a ring, being off the middle. */
function labelCost(box, spot, most, part, grid, size) {
  if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3) return null;
  let outside = 0;
  for (const fx of [0.04, 0.27, 0.5, 0.73, 0.96]) {
    for (const fy of [0.15, 0.85]) if (!isInPoints(part.points, box[0] + (box[2] - box[0]) * fx, box[1] + (box[3] - box[1]) * fy)) outside += 1;
  }
  return outside * 6 + grid.crossed(box) * 150 + 10 * (1 - spot.room / most);
}

/* ---------- seas ---------- */

function placeSeas(grid, taken, size) {
  const zoom = scene.map.getZoom();
  const [world, origin] = screenFrame();
  const fontSize = countrySize() + 1;
  return SEAS.flatMap(([name, lon, lat, from, to]) => {
    if (zoom < from || zoom > to) return [];
    const lines = t(`sea.${name}`).split("\n").map((text) => [[text, 400]]);
    const { w, h } = measure(lines, fontSize, "italic");
    for (const copy of COPIES) {
      const [x0, y0] = [(unitX(lon) + copy) * world - origin.x, unitY(lat) * world - origin.y];
      for (const [dx, dy] of [[0, 0], [0, -14], [0, 14], [-22, 0], [22, 0], [-16, 12], [16, -12], [0, 26], [0, -26]]) {
        const [x, y] = [x0 + dx, y0 + dy];
        const box = around(x, y, w + 4, h);
        if (box[0] < 4 || box[1] < 4 || box[2] > size.x - 4 || box[3] > size.y - 4) continue;
        if (taken.some((other) => meetsBox(other, box)) || grid.crossed(box) > 0.06 || !isAtSea(box)) continue;
        taken.push(grown(box, 4));
        return [{ kind: "sea", x, y, lines, size: fontSize }];
      }
    }
    return [];
  });
}

/** Whether a name lies on water: its middle and most of its length. */
function isAtSea(box) {
  const [world, origin] = screenFrame();
  const y = (box[1] + box[3]) / 2;
  const dry = [0.06, 0.28, 0.5, 0.72, 0.94].filter((part) => {
    const x = box[0] + (box[2] - box[0]) * part;
    return countryAt(scene.base, (x + origin.x) / world, (y + origin.y) / world);
  });
  return dry.length < 2;
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
