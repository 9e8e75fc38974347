// Find a country or city: a combobox that moves the map and opens the card.

const SEARCH = { found: [], at: -1 };
// Arabic and Persian are typed on keyboards with different forms of the same letters.
const LETTERS = { ي: "ی", ى: "ی", ك: "ک", ة: "ه", "\u200c": " " };
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0670]/g, "").replace(/[يىكة\u200c]/g, (letter) => LETTERS[letter]).toLowerCase();

function searchable() {
  return [...scene.base.countries.map(placeOf), ...scene.cities.names.map((_, city) => cityPlace(city))].map((place) => ({ ...place, key: folded([place.name, place.country && place.country.english].filter(Boolean).join(" ")) }));
}

/** Countries before cities, larger cities before smaller. */
const rank = (place) => (place.country ? -1 : place.city);

/** Names that start with the words first, then names that hold them; at most eight. */
function find(words) {
  const key = folded(words.trim());
  if (!key) return [];
  const starts = (place) => place.key.startsWith(key) || place.key.split(/[\s-]/).some((word) => word.startsWith(key));
  return searchable().filter((place) => place.key.includes(key)).sort((a, b) => starts(b) - starts(a) || rank(a) - rank(b) || byName(a.name, b.name)).slice(0, 8);
}

function renderFound(words) {
  const list = byId("found");
  SEARCH.found = find(words);
  SEARCH.at = SEARCH.found.length ? 0 : -1;
  list.replaceChildren(...SEARCH.found.map((place, i) => el("li", { role: "option", id: `found-${i}`, "aria-selected": i === 0 ? "true" : "false" },
    el("span.found-name", {}, ...nameNodes(place)), el("span.found-status", {}, statusWords(place.row)))));
  if (words.trim() && !SEARCH.found.length) list.replaceChildren(el("li.nothing", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("search.nothing")));
  openFound(Boolean(words.trim()));
}

function statusWords(row) {
  if (!row || (row.point && row.nearest === 0)) return t("search.launch_area");
  return scene.facts.systems.map((system) => {
    const { votes } = scene.counts.get(system.id);
    if (!votes.length) return "";
    const status = statusOf(votes, row.nearest);
    if (status === "contested") return t("search.contested", { total: numeral(votes.length) }, reaching(votes, row.nearest).grants.length);
    return t(`search.${status}`, {}, votes.length);
  }).join(t("list.clauses"));
}

function openFound(open) {
  byId("found").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  mark(SEARCH.at);
}

function mark(at) {
  SEARCH.at = at;
  document.querySelectorAll("#found [role=option]").forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
  if (at >= 0 && !byId("found").hidden) byId("search").setAttribute("aria-activedescendant", `found-${at}`);
  else byId("search").removeAttribute("aria-activedescendant");
}

function choose(at) {
  const place = SEARCH.found[at];
  if (!place) return;
  byId("search").value = "";
  openFound(false);
  if (place.country) goTo(place.country);
  else goToCity(place);
  if (isPhone()) {
    byId("search").blur(); // the keyboard on the screen would cover the card
    showFrame();
  }
}

/** Bring a country into view, if it is not, and open its card. */
function goTo(country) {
  const largest = country.polygons.reduce((a, b) => (boxSize(b.box) > boxSize(a.box) ? b : a));
  const [x0, y0, x1, y1] = largest.box;
  const bounds = L.latLngBounds([latOf(y1), lonOf(x0)], [latOf(y0), lonOf(x1)]);
  const turned = L.latLngBounds(...[bounds.getSouthWest(), bounds.getNorthEast()].map(({ lat, lng }) => [lat, lng + 360 * Math.round((scene.map.getCenter().lng - bounds.getCenter().lng) / 360)]));
  scene.pinned = false;
  showCard(placeOf(country), { pinned: true });
  if (!scene.map.getBounds().contains(turned.getCenter())) scene.map.panTo(turned.getCenter(), { animate: !media("(prefers-reduced-motion: reduce)") });
  say(byId("card").textContent);
}

/** Bring a city into view, if it is not, and open its card. */
function goToCity(place) {
  scene.pinned = false;
  const at = L.latLng(place.lat, place.lon + 360 * Math.round((scene.map.getCenter().lng - place.lon) / 360));
  showCard({ ...place, lon: at.lng }, { pinned: true });
  if (!scene.map.getBounds().contains(at)) scene.map.panTo(at, { animate: !media("(prefers-reduced-motion: reduce)") });
  say(byId("card").textContent);
}

const boxSize = (box) => (box[2] - box[0]) * (box[3] - box[1]);

function listenToSearch() {
  const input = byId("search");
  input.addEventListener("input", () => renderFound(input.value));
  input.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (moves[event.key] && SEARCH.found.length) {
      mark((SEARCH.at + moves[event.key] + SEARCH.found.length) % SEARCH.found.length);
      event.preventDefault();
    } else if (event.key === "Enter") choose(Math.max(0, SEARCH.at));
    else if (event.key === "Escape" && !byId("found").hidden) {
      input.value = "";
      openFound(false);
      event.stopPropagation();
    }
  });
  input.addEventListener("blur", () => openFound(false));
  byId("found").addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) choose([...option.parentElement.children].indexOf(option));
  });
}
