// Which tiers of source and which claimants count: checkboxes, what they come to in words, and their part of the address.

const allOrigins = () => [...document.querySelectorAll("[data-origin]")].map((box) => box.dataset.origin);
const allTiers = () => [...document.querySelectorAll("[data-tier]")].map((box) => box.dataset.tier);

function listenToChoice() {
  document.querySelector(".panel").addEventListener("change", ({ target }) => {
    const { tier, origin } = target.dataset;
    if (!tier && !origin) return;
    const [out, id] = tier ? [scene.tiersOut, tier] : [scene.originsOut, origin];
    if (target.checked) out.delete(id);
    else out.add(id);
    const name = target.closest("label").textContent.trim();
    refresh(t(target.checked ? "choice.said_counted" : "choice.said_out", { name: capital(name) }));
  });
  const choose = (ids, message) => {
    scene.originsOut = new Set(ids);
    showChoice();
    refresh(message);
  };
  if (byId("all-origins")) {
    byId("all-origins").addEventListener("click", () => choose([], t("choice.said_all")));
    byId("no-origins").addEventListener("click", () => choose(allOrigins(), t("choice.said_none")));
  }
}

/** Set the boxes as the choice is. */
function showChoice() {
  for (const box of document.querySelectorAll("[data-tier]")) box.checked = !scene.tiersOut.has(box.dataset.tier);
  for (const box of document.querySelectorAll("[data-origin]")) box.checked = !scene.originsOut.has(box.dataset.origin);
  for (const box of document.querySelectorAll(".check input")) box.checked = !scene.hidden.has(box.dataset.line);
}

/** Say in the sentence of controls what is counted, where it is not all; the finding above it then steps back. */
function renderChoice() {
  const node = byId("counting");
  node.hidden = isUntouched();
  document.querySelector(".standfirst").classList.toggle("is-past", !node.hidden);
  if (node.hidden) return;
  const kept = scene.facts.systems.reduce((sum, system) => sum + scene.counts.get(system.id).origins, 0);
  const all = scene.facts.systems.reduce((sum, system) => sum + Object.keys(system.origins).length, 0);
  const reset = el("button.link", { type: "button" }, t("choice.count_all"));
  reset.addEventListener("click", countAll);
  const words = t(choiceSpan() ? "choice.counting_span" : "choice.counting", { kept: numeral(kept), distance: choiceSpan() }, all);
  node.replaceChildren(" ", ...bolded(words), " (", reset, ")");
}

/** "750 to 1,500 km" for one system; for several the list says it. */
function choiceSpan() {
  const [system, other] = scene.facts.systems;
  const { origins, all, any } = scene.counts.get(system.id);
  return other || !origins ? "" : withUnit(span(all, any, claimed));
}

/** Everything that was said, by everyone, up to now. */
function countAll() {
  clearChoice();
  const year = byId("year");
  if (year) showYear(Number(year.max));
  refresh(t("choice.said_everything"));
  byId("unit").focus();
}

function clearChoice() {
  scene.year = null;
  scene.tiersOut.clear();
  scene.originsOut.clear();
  scene.hidden.clear();
  for (const line of allLines()) if (line.role === "set-aside") scene.hidden.add(line.id);
  showChoice();
}

/** Write the choice into the address: what is counted, or with a minus what is left out, whichever is shorter. */
function rememberChoice(parts) {
  if (scene.tiersOut.size) parts.set("tiers", allTiers().filter((tier) => !scene.tiersOut.has(tier)).join("~"));
  if (!scene.originsOut.size) return;
  const out = allOrigins().filter((id) => scene.originsOut.has(id));
  const kept = allOrigins().filter((id) => !scene.originsOut.has(id));
  parts.set("origins", kept.length < out.length ? kept.join("~") : out.map((id) => `-${id}`).join("~"));
}

/** Take the choice from the address; what this page does not know is left out. */
function recallChoice(parts) {
  const listed = (name, known) => {
    if (!parts.has(name)) return [];
    const asked = parts.get(name).split("~");
    const away = asked.filter((id) => id.startsWith("-")).map((id) => id.slice(1));
    return known.filter((id) => (away.length ? away.includes(id) : !asked.includes(id)));
  };
  scene.tiersOut = new Set(listed("tiers", allTiers()));
  scene.originsOut = new Set(listed("origins", allOrigins()));
  showChoice();
}
