// Shapes on the screen: the part of a country in sight, where in it is most room, and where land is.

/** The largest part in sight of some rings of the unit square, each with its box, clipped to the map. */
function largestPart(rings) {
  const frame = screenFrame();
  const [world, origin, size] = frame;
  let best = null;
  for (const { xy, box, copy, room } of partsInSight(rings, world, origin, size)) {
    if (best && room <= best.area) break;
    const points = screenRing(xy, copy, frame);
    if (points.length < 3) continue;
    const inside = (box[0] + copy) * world - origin.x > 2 && (box[2] + copy) * world - origin.x < size.x - 2 && box[1] * world - origin.y > 2 && box[3] * world - origin.y < size.y - 2;
    const clipped = inside ? points : L.PolyUtil.clipPolygon(points, L.bounds([2, 2], [size.x - 2, size.y - 2]));
    const area = clipped.length > 2 ? areaOf(clipped) : 0;
    if (area && (!best || area > best.area)) best = { points, clipped, area };
  }
  return best;
}

/** Rings in sight, in every copy, with the area in pixels of what is seen of their boxes, the largest first. */
function partsInSight(rings, world, origin, size) {
  const found = [];
  for (const { xy, box } of rings) {
    if ((box[2] - box[0]) * world < 5) continue;
    for (const copy of COPIES) {
      const w = Math.min(size.x, (box[2] + copy) * world - origin.x) - Math.max(0, (box[0] + copy) * world - origin.x);
      const h = Math.min(size.y, box[3] * world - origin.y) - Math.max(0, box[1] * world - origin.y);
      if (w > 0 && h > 0) found.push({ xy, box, copy, room: w * h });
    }
  }
  return found.sort((a, b) => b.room - a.room);
}

/** The point of a shape farthest from its edges, on a grid fine enough for a label. */
function roomiest(clipped) {
  let best = [clipped[0].x, clipped[0].y, -1];
  const outline = thinned(clipped, 160);
  for (const [x, y] of candidates(outline, 10)) {
    const room = edgeDistance(outline, x, y, best[2]);
    if (room > best[2]) best = [x, y, room];
  }
  return best;
}

/** How far a point is from a shape's edges; no more than `enough` where it is known to be less. */
function edgeDistance(points, x, y, enough = -1) {
  const floor = enough > 0 ? enough * enough : -1;
  let least = Infinity;
  for (let i = 0, j = points.length - 1; i < points.length && least > floor; j = i++) {
    const a = points[j];
    const dx = points[i].x - a.x;
    const dy = points[i].y - a.y;
    const length = dx * dx + dy * dy;
    const part = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
    const ox = x - a.x - part * dx;
    const oy = y - a.y - part * dy;
    least = Math.min(least, ox * ox + oy * oy);
  }
  return Math.sqrt(least);
}

/** Points inside a shape on a grid of about n × n. */
function candidates(clipped, n) {
  const { min, max } = L.bounds(clipped);
  const [dx, dy] = [Math.max(4, (max.x - min.x) / n), Math.max(4, (max.y - min.y) / n)];
  const found = [];
  for (let y = min.y + dy / 2; y < max.y; y += dy) {
    const crossings = crossingsAt(clipped, y);
    for (let x = min.x + dx / 2; x < max.x; x += dx) if (isBetween(crossings, x)) found.push([x, y]);
  }
  return found;
}

/** Where a shape's edges cross a level line: one look at the edges serves every point on it. */
function crossingsAt(points, y) {
  const crossings = [];
  let b = points[points.length - 1];
  for (const a of points) {
    if (a.y > y !== b.y > y) crossings.push(((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x);
    b = a;
  }
  return crossings;
}

/** Whether a point on that line is inside: an odd number of edges lies to its right. */
function isBetween(crossings, x) {
  let inside = false;
  for (const each of crossings) if (x < each) inside = !inside;
  return inside;
}

/** No more than so many points of an outline, enough to tell where in it is room. */
function thinned(points, most) {
  const every = Math.ceil(points.length / most);
  return every < 2 ? points : points.filter((_, i) => i % every === 0);
}

const DOT = 4;

/** Where land is, in squares of 4 pixels: drawn small and read back, which is faster than asking each country. */
class LandMask {
  constructor(size) {
    [this.w, this.h] = [Math.ceil(size.x / DOT), Math.ceil(size.y / DOT)];
    const canvas = Object.assign(document.createElement("canvas"), { width: this.w, height: this.h });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const [world, origin] = screenFrame().slice(0, 2).map((each) => (each.x === undefined ? each / DOT : each.divideBy(DOT)));
    for (const copy of COPIES) {
      const frame = [origin.x / world - copy, origin.y / world, (origin.x + this.w) / world - copy, (origin.y + this.h) / world];
      context.setTransform(1, 0, 0, 1, copy * world - origin.x, -origin.y);
      context.beginPath();
      for (const ring of landRings(frame)) trace(context, ring, world, true);
      context.fill("evenodd");
    }
    this.dots = context.getImageData(0, 0, this.w, this.h).data;
  }

  has(x, y) {
    const [cx, cy] = [Math.floor(x / DOT), Math.floor(y / DOT)];
    return cx >= 0 && cy >= 0 && cx < this.w && cy < this.h && this.dots[4 * (cy * this.w + cx) + 3] > 127;
  }
}

/** A polygon of the base map on the screen, thinned to steps of two pixels. */
function screenRing(xy, copy, [world, origin]) {
  const points = [];
  const left = origin.x - copy * world;
  const top = origin.y;
  let px = Infinity;
  let py = Infinity;
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i] * world - left;
    const y = xy[i + 1] * world - top;
    if (Math.abs(x - px) > 2 || Math.abs(y - py) > 2) points.push({ x: (px = x), y: (py = y) });
  }
  return points;
}

function areaOf(points) {
  let sum = 0;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) sum += (points[j].x - points[i].x) * (points[j].y + points[i].y);
  return Math.abs(sum) / 2;
}
