// The base map: a TopoJSON topology inside the page (gzip, base 91; the steps of its arcs as varints), decoded to the
// unit square of Web Mercator (x east, y south). The curves of the launch regions are packed in the same way.

/** What base 91 is written with: ASCII that can be seen, without what could be markup. */
const DIGITS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((c) => !"&<\\".includes(c));

/** Two digits are 13 bits, the lower digit first; a last one alone is six. */
function bytesOf(text) {
  const values = new Uint8Array(128);
  DIGITS.forEach((digit, value) => (values[digit.charCodeAt(0)] = value));
  const bytes = new Uint8Array(Math.floor(((text.length >> 1) * 13 + (text.length % 2) * 6) / 8));
  let at = 0;
  let rest = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i += 2) {
    const isPair = i + 1 < text.length;
    const size = isPair ? 13 : 6;
    rest = (rest << size) | (values[text.charCodeAt(i)] + (isPair ? 91 * values[text.charCodeAt(i + 1)] : 0));
    for (bits += size; bits >= 8; ) {
      bits -= 8;
      bytes[at++] = rest >>> bits;
    }
    rest &= 255;
  }
  return bytes;
}

/** What is packed in an element of the page; written straight into the stream, since a blob would go by way of another process. */
function unpack(id) {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  writer.write(bytesOf(byId(id).textContent));
  writer.close();
  return new Response(readable);
}

/** Read zigzag varints: curves of the given sizes, steps summed up to grid positions lon, lat, lon, lat … */
function readCurves(bytes, sizes) {
  let at = 0;
  const next = () => {
    let value = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = bytes[at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return (value >>> 1) ^ -(value & 1);
  };
  return sizes.map((size) => {
    const xy = new Float64Array(size * 2);
    let a = 0;
    let b = 0;
    for (let i = 0; i < 2 * size; i += 2) {
      xy[i] = a += next();
      xy[i + 1] = b += next();
    }
    return xy;
  });
}

const MAX_LAT = 85.0511287798;
const unitX = (lon) => (lon + 180) / 360;
function unitY(lat) {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}
const lonOf = (x) => x * 360 - 180;
const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Put the positions of an arc on the unit square; an arc along the cut at 180° or the pole is a seam. */
function arcOf(xy, scale, [west, south]) {
  let seam = true;
  for (let i = 0; i < xy.length; i += 2) {
    const lon = xy[i] * scale + west;
    const lat = xy[i + 1] * scale + south;
    seam = seam && (Math.abs(lon) > 179.9999 || lat < -89.9);
    xy[i] = unitX(lon);
    xy[i + 1] = unitY(lat);
  }
  return { xy, seam, uses: 0, box: boxOf([xy]) };
}

function boxOf(runs) {
  let west = Infinity;
  let north = Infinity;
  let east = -Infinity;
  let south = -Infinity;
  for (const xy of runs) {
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i];
      const y = xy[i + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
  }
  return [west, north, east, south];
}

/** The box around what has boxes. */
const boxAround = (parts) => parts.reduce(([west, north, east, south], { box }) => [Math.min(west, box[0]), Math.min(north, box[1]), Math.max(east, box[2]), Math.max(south, box[3])], [Infinity, Infinity, -Infinity, -Infinity]);

function ringOf(indices, arcs) {
  const runs = indices.map((index) => {
    const arc = arcs[index < 0 ? ~index : index];
    arc.uses += 1;
    return [arc.xy, index < 0];
  });
  const xy = new Float64Array(runs.reduce((n, [run]) => n + run.length, 0));
  let at = 0;
  for (const [run, backwards] of runs) {
    for (let i = 0; i < run.length; i += 2) {
      const j = backwards ? run.length - 2 - i : i;
      xy[at++] = run[j];
      xy[at++] = run[j + 1];
    }
  }
  return xy;
}

/** Decode the topology: countries with their polygons, arcs with the number of countries that they bound. */
function decodeBase({ countries, sizes, scale, translate }, bytes) {
  const arcs = readCurves(bytes, sizes).map((xy) => arcOf(xy, scale, translate));
  const decoded = countries.map(([id, name, short, multipolygon, english = ""]) => {
    const polygons = multipolygon.map((indices) => {
      const rings = indices.map((ring) => ringOf(ring, arcs));
      return { rings, box: boxAround(indices[0].map((index) => arcs[index < 0 ? ~index : index])) };
    });
    return { id, name, short: short || name, english, polygons, box: boxAround(polygons) };
  });
  return { arcs, countries: decoded };
}

function isInRing(xy, x, y) {
  let inside = false;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    if (xy[i + 1] > y !== xy[j + 1] > y && x < ((xy[j] - xy[i]) * (y - xy[i + 1])) / (xy[j + 1] - xy[i + 1]) + xy[i]) inside = !inside;
  }
  return inside;
}

const isInBox = (box, x, y) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
const isInPolygon = (p, x, y) => isInBox(p.box, x, y) && p.rings.reduce((inside, ring) => inside !== isInRing(ring, x, y), false);

/** The country at a point of the unit square, whichever copy of the world it lies on. */
function countryAt(base, x, y) {
  const turned = x - Math.floor(x);
  return base.countries.find((c) => isInBox(c.box, turned, y) && c.polygons.some((p) => isInPolygon(p, turned, y))) || null;
}
