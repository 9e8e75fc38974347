// A teacher's switch: the circle that one would draw on a flat map, about the middle of the launch area.

let naiveCircle = null;

/** The outermost line shown: what the flat circle is compared with. */
function outermostLine() {
  const shown = [...drawn.lines.values()].filter(({ line, system }) => isShown(line, system));
  return shown.reduce((best, entry) => (!best || entry.line.km > best.line.km ? entry : best), null);
}

/** Draw or take away the flat circle; `on` is what the reader ticked. */
function renderNaive() {
  const on = byId("naive").checked;
  if (naiveCircle) naiveCircle.remove();
  naiveCircle = null;
  const entry = on ? outermostLine() : null;
  byId("naive-words").hidden = !entry;
  if (!entry) return;
  const [x, y] = middleOf(shapes().region);
  const radius = entry.line.km / (40075.017 * Math.cos((latOf(y) * Math.PI) / 180));
  const circle = Array.from({ length: 181 }, (_, i) => {
    const angle = (i * Math.PI) / 90;
    const south = Math.max(0, Math.min(1, y + radius * Math.sin(angle)));
    return [lonOf(x + radius * Math.cos(angle)), latOf(south)];
  });
  naiveCircle = new Curve([circle.flat()], plain("rings", "rm-naive")).addTo(scene.map);
  byId("naive-words").textContent = t("map.naive", { distance: lineLabel(entry.line), place: view().from });
}

/** The centroid of the largest part of an area, on the unit square. */
function middleOf(polygons) {
  const largest = polygons.map((rings) => toUnit(rings[0])).reduce((a, b) => (boxSize(boxOf([b])) > boxSize(boxOf([a])) ? b : a));
  let [sum, sx, sy] = [0, 0, 0];
  for (let i = 0; i + 3 < largest.length; i += 2) {
    const cross = largest[i] * largest[i + 3] - largest[i + 2] * largest[i + 1];
    sum += cross;
    sx += (largest[i] + largest[i + 2]) * cross;
    sy += (largest[i + 1] + largest[i + 3]) * cross;
  }
  return [sx / (3 * sum), sy / (3 * sum)];
}
