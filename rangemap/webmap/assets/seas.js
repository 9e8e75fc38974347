// Names of seas (keys of the messages under `sea`): where the word stands (longitude, latitude) and from which to which zoom it helps.
const SEAS = [
  ["atlantic-ocean", -38, 33, 1, 4.6], ["atlantic-ocean", -16, -22, 1, 4.6], ["pacific-ocean", -148, 22, 1, 4.6],
  ["pacific-ocean", 162, 22, 1, 4.6], ["pacific-ocean", -118, -28, 1, 4.6], ["indian-ocean", 78, -18, 1, 4.6],
  ["arctic-ocean", -170, 77, 1, 4], ["southern-ocean", 40, -58, 1, 4],
  ["mediterranean", 18.2, 34.4, 3, 6.5], ["black-sea", 34.3, 43.2, 3.2, 7], ["caspian-sea", 50.8, 41.6, 4.6, 7.5],
  ["arabian-sea", 63.5, 16.5, 2.8, 6.5], ["bay-of-bengal", 88, 14, 2.8, 6.5], ["red-sea", 38, 20.6, 4.4, 7.5],
  ["persian-gulf", 51.4, 27.2, 4.9, 8], ["gulf-of-aden", 47.6, 12.2, 4.6, 7.5], ["north-sea", 3, 56.6, 3.2, 6.5],
  ["baltic-sea", 19.4, 57.2, 4.2, 7], ["norwegian-sea", 4, 67.5, 2.6, 6], ["barents-sea", 38, 73.5, 2.6, 6],
  ["kara-sea", 72, 75, 2.8, 6], ["sea-of-okhotsk", 149, 54, 2.6, 6], ["bering-sea", -178, 58, 2.6, 6],
  ["sea-of-japan", 134.6, 40.2, 3.4, 7], ["yellow-sea", 123.2, 36, 4.2, 7.5], ["east-china-sea", 125.4, 29.2, 3.8, 7],
  ["south-china-sea", 114, 13, 2.8, 6.5], ["philippine-sea", 133, 19, 2.8, 6], ["caribbean-sea", -74, 15, 2.8, 6.5],
  ["gulf-of-mexico", -91, 25.4, 3, 6.5], ["hudson-bay", -85, 59.5, 2.8, 6.5], ["labrador-sea", -55, 58, 2.8, 6],
  ["coral-sea", 154, -17, 2.8, 6], ["tasman-sea", 160, -38, 2.8, 6], ["adriatic-sea", 15.6, 43, 5, 8],
  ["aegean-sea", 25.1, 38.9, 5, 8], ["aral-sea", 59.8, 45, 5.6, 8], ["gulf-of-guinea", 2.5, 1.5, 3, 6.5],
];

const SAME_SEA = 240; // pixels: nearer than this, a second name of one sea tells nothing

function placeSeas(grid, taken, size) {
  const zoom = scene.map.getZoom();
  const [world, origin] = screenFrame();
  const fontSize = countrySize() + 1;
  const named = [];
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
        if (named.some((each) => each.name === name && Math.hypot(each.x - x, each.y - y) < SAME_SEA)) continue;
        named.push({ name, x, y });
        taken.push(grown(box, 4));
        return [{ kind: "sea", x, y, lines, size: fontSize }];
      }
    }
    return [];
  });
}

/** Whether a name lies on water: its middle and most of its length, or with `dry` none of it on land. */
function isAtSea(box, dry = 1) {
  const y = (box[1] + box[3]) / 2;
  return [0.06, 0.28, 0.5, 0.72, 0.94].filter((part) => land.has(box[0] + (box[2] - box[0]) * part, y)).length <= dry;
}
