// The country card: status in a shape and in words, distances, who falls short, and a strip with the claims as ticks.

/** Show the card of a country or city; `pinned` keeps it when the pointer leaves. */
function showCard(place, { pinned = false, focus = false } = {}) {
  if (scene.pinned && !pinned) return;
  const same = scene.place && place && scene.place.id === place.id;
  if (same && scene.pinned === pinned && !byId("card").hidden) return;
  scene.place = place;
  scene.pinned = pinned;
  renderCard();
  outline(place);
  placeLabels();
  if (focus) byId("card").querySelector(".close").focus();
}

function hideCard() {
  if (!scene.place) return;
  const card = byId("card");
  const hadFocus = card.contains(document.activeElement);
  scene.place = null;
  scene.pinned = false;
  card.hidden = true;
  outline(null);
  placeLabels();
  if (hadFocus) scene.map.getContainer().focus({ preventScroll: true });
}

/** A country of the base map as a place that a card can show. */
function placeOf(country) {
  return { id: country.id, country, row: rowOf(country.id), name: (rowOf(country.id) || country).name };
}

/** A city as a place that a card can show: it is a point, so near and far are the same. */
function cityPlace(city) {
  const { names, countries, lon, lat, near } = scene.cities;
  const nearest = near[scene.view][city] / 1000;
  const country = scene.base.countries.find((each) => each.id === countries[city]);
  const within = country ? (rowOf(country.id) || country).name : "";
  const rest = !within || within === names[city] ? "" : t("list.comma") + within;
  return { id: `city-${city}`, city, name: names[city] + rest, rest, lon: lon[city] / 100, lat: lat[city] / 100, row: { nearest, farthest: nearest, point: true } };
}

/** A place's name as nodes: cities have English names only. */
const nameNodes = ({ city, name, rest }) => (city === undefined ? [name] : [el("bdi", english(), name.slice(0, name.length - rest.length)), rest]);

function renderCard() {
  const card = byId("card");
  if (!scene.place) return;
  const { name, row } = scene.place;
  const close = el("button.close", { type: "button", "aria-label": t("card.close") }, svg("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" }, svg("path", { d: "M2 2 10 10M10 2 2 10" })));
  close.addEventListener("click", () => hideCard());
  const body = row && !(row.point && row.nearest === 0) ? scene.facts.systems.flatMap((system) => systemCard(row, system)) : [el("p.distance", {}, homeWords())];
  card.replaceChildren(el("h2", {}, el("bdi", {}, ...nameNodes(scene.place))), close, ...body);
  if (row && row.nearest >= 0.5 && !row.point) card.append(strip(name, row));
  card.hidden = false;
}

const homeWords = () => t(scene.place.row ? "card.home_in" : scene.place.id === view().country ? "card.home_here" : "card.home_is", { place: view().from });

function systemCard(row, system) {
  const { status, heading, sentences } = standingOf(row, system);
  const several = scene.facts.systems.length > 1;
  return [
    several ? el(`h3.s${system.series}`, {}, system.name) : null,
    el(`p.status.s${system.series}`, {}, badge(status, system), el("b", {}, heading)),
    el("p.distance", {}, ...bolded([several && system !== scene.facts.systems[0] ? "" : distanceWords(row), sentences].filter(Boolean).join(" "))),
  ].filter(Boolean);
}

/** The status as a shape: filled square, hatched, dashed, empty. */
function badge(status, system) {
  return svg("svg", { class: `badge badge-${status}`, viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
    ...(status === "contested" ? [svg("path", { class: "badge-hatch", d: "M1 7.5 7.5 1M1 13 13 1M6.5 13 13 6.5" })] : []),
    svg("rect", { x: 1, y: 1, width: 12, height: 12 }));
}

/** The country from nearest to farthest point as a bar over the claims as ticks. */
function strip(name, row) {
  const [width, left] = [206, 1];
  const figures = scene.facts.systems.map((system) => ({ system, kms: [...new Set(scene.counts.get(system.id).votes.flatMap((v) => [v.grants, v.allows]))] }));
  const most = Math.max(0, ...figures.flatMap(({ kms }) => kms));
  const end = Math.max(most, Math.min(row.farthest, most * 1.25 || row.farthest), Math.min(row.nearest * 1.05, most * 2.5 || row.farthest)) * 1.06;
  const x = (km) => left + Math.min(1, km / end) * (width - 2);
  const from = x(row.nearest);
  const to = Math.max(from + 3, x(Math.min(row.farthest, end)));
  const off = row.nearest > end;
  const text = (at, y, anchor, words, className = "strip-text") => svg("text", { class: className, x: at, y, "text-anchor": isRtl() ? { start: "end", end: "start" }[anchor] || anchor : anchor }, document.createTextNode(words));
  const middle = Math.max(20, Math.min(width - 20, (from + to) / 2));
  const anchor = middle < 60 ? "start" : middle > width - 60 ? "end" : "middle";
  const at = anchor === "start" ? from : anchor === "end" ? to : middle;
  const labels = name.length < 26 ? [text(at, 10, anchor, name, "strip-name")] : [];
  const ticks = figures.flatMap(({ system, kms }) => kms.map((km) => svg("path", { class: `strip-tick s${system.series}`, d: `M${x(km).toFixed(1)} 22V36` })));
  return svg("svg", { class: "strip", width, height: 52, viewBox: `0 0 ${width} 52`, "aria-hidden": "true" },
    ...labels, off ? "" : svg("rect", { class: "strip-bar", x: from.toFixed(1), y: 14, width: (to - from).toFixed(1), height: 6 }),
    svg("path", { class: "strip-axis", d: `M${left} 29H${width - 1}M${left} 25V33` }), ...ticks,
    text(0, 48, "start", numeral(0)), ...(most ? [text(Math.min(width, x(most) + 2), 48, x(most) > width - 40 ? "end" : "middle", withUnit(claimed(most)))] : []));
}
