// Land, coasts and borders on one canvas below everything else; redrawn after each move, moved along in between.

const BaseMap = L.Renderer.extend({
  options: { pane: "base", padding: 0.35 },

  _initContainer() {
    const canvas = (this._container = document.createElement("canvas"));
    canvas.setAttribute("aria-hidden", "true");
    this._context = canvas.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
    delete this._context;
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const ratio = Math.min(2, Math.max(1, window.devicePixelRatio || 1));
    const size = this._bounds.getSize();
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._paint(ratio);
  },

  _paint(ratio) {
    if (!scene.base) return;
    const world = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const [width, height] = [this._container.width / ratio, this._container.height / ratio];
    const frame = [origin.x / world, origin.y / world, (origin.x + width) / world, (origin.y + height) / world];
    this._context.lineJoin = "round";
    this._context.setTransform(1, 0, 0, 1, 0, 0);
    this._context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--sea").trim();
    this._context.fillRect(0, 0, this._container.width, this._container.height);
    for (let copy = Math.floor(frame[0]); copy <= Math.floor(frame[2]); copy++) {
      this._context.setTransform(ratio, 0, 0, ratio, (copy * world - origin.x) * ratio, -origin.y * ratio);
      paintWorld(this._context, world, [frame[0] - copy, frame[1], frame[2] - copy, frame[3]]);
    }
  },
});

const meets = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** Rings of all countries that may be seen in a frame of the unit square. */
function landRings(frame) {
  const polygons = scene.base.countries.flatMap((country) => (meets(country.box, frame) ? country.polygons : []));
  return polygons.flatMap((polygon) => (meets(polygon.box, frame) ? polygon.rings : []));
}

/** Draw one copy of the world: `world` is its width in pixels, `frame` what of it is seen, in the unit square. */
function paintWorld(context, world, frame) {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
  context.beginPath();
  for (const ring of landRings(frame)) trace(context, ring, world, true);
  context.fillStyle = colour("land");
  context.fill("evenodd");
  for (const [name, width, wanted] of [["border", 0.8, (arc) => arc.uses > 1], ["coast", 0.7, (arc) => arc.uses === 1]]) {
    context.beginPath();
    for (const arc of scene.base.arcs) if (!arc.seam && wanted(arc) && meets(arc.box, frame)) trace(context, arc.xy, world, false);
    context.strokeStyle = colour(name);
    context.lineWidth = width;
    context.stroke();
  }
}

/** Trace a run of points, leaving out those less than half a pixel from the last. */
function trace(context, xy, world, close) {
  let px = xy[0] * world;
  let py = xy[1] * world;
  context.moveTo(px, py);
  const last = xy.length - 2;
  for (let i = 2; i <= last; i += 2) {
    const x = xy[i] * world;
    const y = xy[i + 1] * world;
    if (i < last && Math.abs(x - px) < 0.5 && Math.abs(y - py) < 0.5) continue;
    context.lineTo((px = x), (py = y));
  }
  if (close) context.closePath();
}
