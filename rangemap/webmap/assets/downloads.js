// Take the data or the picture away: everything comes out of this file.

function listenToDownloads() {
  byId("copy-link").addEventListener("click", copyLink);
  byId("get-csv").addEventListener("click", () => hand(csv(), "text/csv", "csv"));
  byId("get-geojson").addEventListener("click", () => hand(geojson(), "application/geo+json", "geojson"));
  byId("get-svg").addEventListener("click", () => hand(picture(), "image/svg+xml", "svg"));
}

async function copyLink() {
  const link = `${location.href.split("#")[0]}#${scene.link}`;
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link);
    say(t("live.link_copied"));
    byId("copy-link").textContent = t("live.link_copied");
  } catch {
    say(t("live.link_in_bar"));
    byId("copy-link").textContent = t("live.link_is_there");
  }
}

const citationOf = (source) => (byId(`source-${source}`).querySelector(".cited") || {}).textContent || "";
const fileStem = () => scene.facts.systems.map((system) => system.id).join("-") || "rangemap";

function hand(text, type, ending) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: `${fileStem()}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(t("live.saved", { file: `${fileStem()}.${ending}` }));
}

/** Claims shown now, one a line. A text that a spreadsheet would take for a formula is quoted with an apostrophe. */
function csv() {
  const cell = (value) => {
    const text = String(value === null || value === undefined ? "" : value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = scene.facts.systems.flatMap((system) => system.statements.filter((s) => s.line && isChosen(s) && !scene.hidden.has(s.line))
    .map((s) => [system.name, s.id, s.claimant, s.asOf, s.original, s.low, s.high, s.stance, s.votable ? "range" : "shown apart", s.tier, citationOf(s.source)]));
  const head = ["system", "claim", "claimant", "as_of", "original", "low_km", "high_km", "stance", "counted_as", "tier", "citation"];
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

function isCounterClockwise(xy) {
  let sum = 0;
  for (let i = 0; i + 3 < xy.length; i += 2) sum += (xy[i + 2] - xy[i]) * (xy[i + 3] + xy[i + 1]);
  return sum < 0;
}

function geojson() {
  const wound = (rings) => rings.map((xy, i) => (isCounterClockwise(xy) === (i === 0) ? pairs(xy) : pairs(xy).reverse()));
  const pairs = (xy) => Array.from({ length: xy.length / 2 }, (_, i) => [xy[2 * i], xy[2 * i + 1]]);
  const features = [];
  const add = (type, coordinates, properties) => features.push({ type: "Feature", properties, geometry: { type, coordinates } });
  add("MultiPolygon", shapes().region.map(wound), { kind: "region", region: view().name });
  for (const { line, system } of drawn.lines.values()) {
    if (!isShown(line, system)) continue;
    add("MultiLineString", shapes().outlines[line.id].map(pairs), { kind: "outline", system: system.name, region: view().name, range_km: line.km, role: roleOf(line, system), claims: line.claims });
  }
  for (const { step, system } of drawn.areas.values()) {
    const { grants, allows, origins, share } = standing(step, system);
    if (!share) continue;
    add("MultiPolygon", shapes().areas[step.id].map(wound), { kind: "band", system: system.name, region: view().name, inner_km: step.inner, outer_km: step.outer, grants, allows, origins });
  }
  return JSON.stringify({ type: "FeatureCollection", counted: scene.link, features });
}

/** The map as it stands, as one SVG: land and coasts, bands, rings, labels, with the colours of now written in. */
function picture() {
  const size = scene.map.getSize();
  const corner = scene.map.containerPointToLayerPoint([0, 0]);
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: size.x, height: size.y, viewBox: `0 0 ${size.x} ${size.y}` });
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  root.append(svg("title", {}, document.createTextNode(scene.facts.title)), svg("rect", { width: size.x, height: size.y, fill: colour("sea") }));
  root.append(...basePaths(size, colour));
  const layers = svg("g", { transform: `translate(${-corner.x} ${-corner.y})` });
  const patterns = document.querySelector("#hatch-1-0, [id^=hatch-]").closest("svg").querySelector("defs");
  root.append(styled(patterns));
  for (const name of ["fills", "region", "rings"]) {
    for (const path of scene.map.getPane(name).querySelectorAll("path")) if (!path.closest("clipPath")) layers.append(styled(path));
  }
  layers.append(...[...document.querySelectorAll(".labels > g")].map(styled));
  root.append(layers);
  return new XMLSerializer().serializeToString(root);
}

const LOOKS = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "paint-order", "display"];

/** A copy with its computed look as attributes: a style sheet does not travel. */
function styled(node) {
  const copy = node.cloneNode(true);
  const pairs = [[node, copy], ...[...node.querySelectorAll("*")].map((each, i) => [each, copy.querySelectorAll("*")[i]])];
  for (const [from, to] of pairs) {
    const look = getComputedStyle(from);
    to.removeAttribute("class");
    if (from instanceof SVGGElement || from instanceof SVGPatternElement) continue;
    for (const name of LOOKS) {
      const value = look.getPropertyValue(name);
      if (value) to.setAttribute(name, value.replace(/url\("?[^"#]*#/, "url(#").replace(/"\)$/, ")"));
    }
  }
  return copy;
}

function basePaths(size, colour) {
  const [world, origin] = screenFrame();
  const frame = [origin.x / world, origin.y / world, (origin.x + size.x) / world, (origin.y + size.y) / world];
  const data = (xy, copy, close) => {
    let text = "";
    let [px, py] = [NaN, NaN];
    for (let i = 0; i < xy.length; i += 2) {
      const [x, y] = [(xy[i] + copy) * world - origin.x, xy[i + 1] * world - origin.y];
      if (Math.abs(x - px) < 0.5 && Math.abs(y - py) < 0.5 && i < xy.length - 2) continue;
      text += `${text ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      [px, py] = [x, y];
    }
    return text + (close ? "Z" : "");
  };
  const layers = { land: "", border: "", coast: "" };
  for (let copy = Math.floor(frame[0]); copy <= Math.floor(frame[2]); copy++) {
    const seen = [frame[0] - copy, frame[1], frame[2] - copy, frame[3]];
    for (const country of scene.base.countries) for (const polygon of country.polygons) if (meets(polygon.box, seen)) layers.land += polygon.rings.map((ring) => data(ring, copy, true)).join("");
    for (const arc of scene.base.arcs) if (!arc.seam && meets(arc.box, seen)) layers[arc.uses > 1 ? "border" : "coast"] += data(arc.xy, copy, false);
  }
  return [
    svg("path", { d: layers.land, fill: colour("land"), "fill-rule": "evenodd" }),
    svg("path", { d: layers.border, fill: "none", stroke: colour("border"), "stroke-width": 0.8 }),
    svg("path", { d: layers.coast, fill: "none", stroke: colour("coast"), "stroke-width": 0.7 }),
  ];
}
