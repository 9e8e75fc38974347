// The base map: gzipped TopoJSON inside the page, decoded to the unit square of Web Mercator (x east, y south).

async function unpack(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const MAX_LAT = 85.0511287798;
const unitX = (lon) => (lon + 180) / 360;
function unitY(lat) {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}
const lonOf = (x) => x * 360 - 180;
const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Arcs as flat arrays x, y, x, y …, with their boxes; an arc along the cut at 180° or the pole is a seam. */
function arcsOf({ arcs, transform: { scale, translate } }) {
  return arcs.map((steps) => {
    const xy = new Float64Array(steps.length * 2);
    let [a, b, seam] = [0, 0, true];
    steps.forEach(([da, db], i) => {
      const lon = (a += da) * scale[0] + translate[0];
      const lat = (b += db) * scale[1] + translate[1];
      seam = seam && (Math.abs(lon) > 179.9999 || lat < -89.9);
      xy[2 * i] = unitX(lon);
      xy[2 * i + 1] = unitY(lat);
    });
    return { xy, seam, uses: 0, box: boxOf([xy]) };
  });
}

function boxOf(runs) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const xy of runs) {
    for (let i = 0; i < xy.length; i += 2) {
      box[0] = Math.min(box[0], xy[i]);
      box[1] = Math.min(box[1], xy[i + 1]);
      box[2] = Math.max(box[2], xy[i]);
      box[3] = Math.max(box[3], xy[i + 1]);
    }
  }
  return box;
}

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
function decodeBase(topology) {
  const arcs = arcsOf(topology);
  const countries = topology.objects.countries.geometries.map((geometry) => {
    const polygons = geometry.arcs.map((rings) => {
      const shapes = rings.map((indices) => ringOf(indices, arcs));
      return { rings: shapes, box: boxOf(shapes.slice(0, 1)) };
    });
    const boxes = polygons.map((p) => p.box);
    return { id: geometry.id, name: geometry.properties.name, short: geometry.properties.short_name, polygons, box: boxOf(boxes.map((b) => Float64Array.from(b))) };
  });
  return { arcs, countries };
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

/** Read packed coordinates: whole steps of a ten-thousandth of a degree, longitude first. */
function unpackSteps(steps) {
  const xy = new Float64Array(steps.length);
  let [lon, lat] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    xy[i] = (lon += steps[i]) / 1e4;
    xy[i + 1] = (lat += steps[i + 1]) / 1e4;
  }
  return xy;
}
