// Room on the map: boxes that are taken, and a coarse grid that knows where lines run.

const meetsBox = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
const grown = (box, by) => [box[0] - by, box[1] - by, box[2] + by, box[3] + by];
const around = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

const pen = document.createElement("canvas").getContext("2d");
let penFont = "";
let families = null;

const widths = new Map();

/** Width of a text in pixels; the same text is measured once. */
function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    if (font !== penFont) pen.font = penFont = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/** Find the fonts of the labels while there is nothing else to do. */
function warmPens() {
  for (const [weight, size, style] of [[400, countrySize()], [400, ringSize()], [700, ringSize()], [400, countrySize() + 1, "italic"]]) measure([[["0", weight]]], size, style);
}

/** Width and height of a label: lines of runs, each run [text, weight]. */
function measure(lines, size, style = "") {
  families = families || ["--sans", "--serif"].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name));
  const family = families[style ? 1 : 0];
  const across = lines.map((runs) => runs.reduce((sum, [text, weight]) => sum + widthOf(text, `${style} ${weight} ${size}px ${family}`), 0));
  return { w: Math.max(...across), h: lines.length * size * 1.16 };
}

/** Boxes of what lies on top of the map: card, globe, zoom. */
function furniture() {
  const frame = scene.map.getContainer().getBoundingClientRect();
  return [".frame .card:not([hidden])", ".inset", ".frame .leaflet-control-zoom"].flatMap((selector) => {
    const node = document.querySelector(selector);
    if (!node) return [];
    const box = node.getBoundingClientRect();
    if (!box.width || getComputedStyle(node).display === "none") return [];
    return [[box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top]];
  });
}

const CELL = 5;

/** A grid of the map in cells of 5 pixels; each cell holds one bit for each line that runs through it. */
class LineGrid {
  constructor(size) {
    this.w = Math.ceil(size.x / CELL);
    this.h = Math.ceil(size.y / CELL);
    this.cells = new Uint32Array(this.w * this.h);
  }

  /** Mark a polyline of pixels with bit `place` (0 to 31). */
  add(points, place) {
    for (let i = 1; i < points.length; i++) {
      const [ax, ay] = points[i - 1];
      const [dx, dy] = [points[i][0] - ax, points[i][1] - ay];
      const steps = Math.min(2000, Math.ceil(Math.hypot(dx, dy) / 3)) || 1;
      for (let s = 0; s <= steps; s++) this.mark(ax + (dx * s) / steps, ay + (dy * s) / steps, place);
    }
  }

  mark(x, y, place) {
    const cx = Math.floor(x / CELL);
    const cy = Math.floor(y / CELL);
    if (cx >= 0 && cy >= 0 && cx < this.w && cy < this.h) this.cells[cy * this.w + cx] |= 1 << (place % 32);
  }

  /** Share of a box's cells through which other lines than `own` run. */
  crossed(box, own = -1) {
    const mask = own < 0 ? 0xffffffff : ~(1 << (own % 32));
    const first = Math.max(0, Math.floor(box[0] / CELL));
    const last = Math.min(this.w - 1, Math.floor(box[2] / CELL));
    const top = Math.max(0, Math.floor(box[1] / CELL));
    const bottom = Math.min(this.h - 1, Math.floor(box[3] / CELL));
    if (last < first || bottom < top) return 1;
    let hit = 0;
    for (let cy = top; cy <= bottom; cy++) for (let cx = first; cx <= last; cx++) if (this.cells[cy * this.w + cx] & mask) hit += 1;
    return hit / ((last - first + 1) * (bottom - top + 1));
  }
}
