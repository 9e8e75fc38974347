const byId = id => document.getElementById(id);
const pickers = ["country", "kind", "agreement"].map(byId);
const search = byId("search");
const nations = [...document.querySelectorAll(".nation")].map(element => ({
  element,
  country: element.dataset.country,
  entries: [...element.querySelectorAll(".entry")],
}));
const total = nations.reduce((sum, nation) => sum + nation.entries.length, 0);

/** Letters without their accents, in lower case. */
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const index = new Map(nations.flatMap(nation => nation.entries.map(entry => [entry, plain(entry.dataset.words)])));

function fits(entry, words, kind, agreement) {
  return (!kind || entry.dataset.kind === kind) && (!agreement || entry.dataset.agreement === agreement)
    && words.every(word => index.get(entry).includes(word));
}

/** Show what fits, hide countries of which nothing is left, and say how many there are. */
function show() {
  const [country, kind, agreement] = pickers.map(picker => picker.value);
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const nation of nations) {
    let left = 0;
    for (const entry of nation.entries) {
      const fit = (!country || nation.country === country) && fits(entry, words, kind, agreement);
      entry.hidden = !fit;
      left += fit;
    }
    nation.element.hidden = !left;
    shown += left;
  }
  byId("tally").textContent = shown === total ? `${total} systems` : `${shown} of ${total} systems`;
  byId("nothing").hidden = shown > 0;
  byId("reset").hidden = shown === total && !words.length;
}

/** Keep the choice in the address, so that going back finds it again. */
function remember() {
  const chosen = new URLSearchParams();
  for (const field of [search, ...pickers]) if (field.value.trim()) chosen.set(field.id, field.value.trim());
  history.replaceState(null, "", String(chosen) ? `#${chosen}` : location.pathname);
}

function recall() {
  const chosen = new URLSearchParams(location.hash.slice(1));
  for (const field of [search, ...pickers]) field.value = chosen.get(field.id) ?? "";
  for (const picker of pickers) if (picker.selectedIndex < 0) picker.value = "";
}

function change() {
  show();
  remember();
}

document.documentElement.classList.add("has-script");
byId("finder").addEventListener("submit", event => event.preventDefault());
for (const field of [search, ...pickers]) field.addEventListener("input", change);
byId("reset").addEventListener("click", () => {
  for (const field of [search, ...pickers]) field.value = "";
  change();
  search.focus();
});
addEventListener("hashchange", () => {
  if (location.hash && !location.hash.includes("=")) return; // the link that skips to the list
  recall();
  show();
});
recall();
show();
document.documentElement.dataset.ready = "true";
