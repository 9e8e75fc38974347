// The list of distances, the timeline and the controls in the sentence.

/** Write the current count into list, samples, timeline and heading. */
function renderPanel() {
  for (const system of scene.facts.systems) for (const line of system.lines) renderRow(line, system);
  for (const tick of document.querySelectorAll(".tick")) {
    const statement = statementOf(tick.dataset.claim);
    tick.classList.toggle("is-later", !isChosen(statement));
    tick.classList.toggle("is-other", Boolean(scene.focus) && statement.line !== scene.focus && statement.lower !== scene.focus);
  }
  const said = byId("year-said");
  if (said) said.textContent = digits(scene.year === null ? byId("year").max : scene.year);
  for (const node of document.querySelectorAll(".unit-name")) node.textContent = unitName();
  for (const node of document.querySelectorAll(".level-text")) node.textContent = claimed(Number(node.dataset.km));
  for (const node of document.querySelectorAll("[data-required]")) node.textContent = measured(Number(node.dataset.required));
  const unit = byId("timeline-unit");
  if (unit) unit.textContent = unitName();
}

const isSaid = (statement) => scene.year === null || (statement.asOf && saidBy(statement.asOf, String(scene.year)));

function statementOf(id) {
  for (const system of scene.facts.systems) {
    const found = system.statements.find((s) => s.id === id);
    if (found) return found;
  }
  return null;
}

function renderRow(line, system) {
  const row = byId(`row-${line.id}`);
  row.querySelector(".km").textContent = lineLabel(line);
  row.classList.toggle("is-focus", scene.focus === line.id);
  row.classList.toggle("is-other", Boolean(scene.focus) && scene.focus !== line.id);
  for (const item of row.querySelectorAll(".claim")) item.classList.toggle("is-later", !isChosen(statementOf(item.dataset.claim)));
  if (!isCounted(line)) {
    row.classList.toggle("is-past", !saidInYear(line, system));
    return;
  }
  const { lines, named, origins } = scene.counts.get(system.id);
  const count = lines.get(line.id);
  const gone = named.get(line.id).says === 0;
  row.classList.toggle("is-past", gone);
  row.querySelector(".says-n").textContent = count.says ? numeral(count.says) : "–";
  row.querySelector(".more-n").textContent = moreWords(line, system, count, origins, gone);
  row.querySelector(".sample path").setAttribute("class", `ln ln-${gone ? "earlier" : count.role}-0`);
}

function moreWords(line, system, count, origins, gone) {
  if (gone) return t(`count.${goneWords(line, system)}`);
  if (scene.hidden.has(line.id)) return t("count.hidden");
  return countWords(count.grants, count.allows, origins);
}

/** Why nobody's vote stands on a line: not said yet, left out by the reader, only projected, or since replaced. */
function goneWords(line, system) {
  if (!saidInYear(line, system)) return "not_yet";
  const said = system.statements.filter((s) => line.claims.includes(s.id) && isSaid(s));
  if (!said.some(isChosen)) return "left_out";
  return said.every((s) => s.stance === "projects") ? "projected" : "replaced";
}

/** "4 of 6", "4 of 6 +1 may". */
const countWords = (reach, may, total) => t(may ? "count.of_may" : "count.of", { total: numeral(total), may: numeral(may) }, reach);

/** Single out one line: open its row, let all others step back; again to undo. */
function focusLine(id, { open = true } = {}) {
  scene.focus = scene.focus === id ? null : id;
  if (scene.focus && open) {
    const row = byId(`row-${id}`);
    row.querySelector("details").open = true;
    if (row.getBoundingClientRect().bottom > window.innerHeight) row.scrollIntoView({ block: "nearest" });
  }
  restyle();
  renderPanel();
  placeLabels();
  if (scene.focus) say(t("live.singled_out", { distance: lineLabel(allLines().find((line) => line.id === id)) }));
}

/** Opening a row singles its line out for as long as it is open: the way to do so without a pointer. */
function openedRow(id, open) {
  const line = allLines().find((each) => each.id === id);
  if (open ? scene.focus !== id && isShown(line, systemOf(id)) : scene.focus === id) focusLine(id, { open: false });
}

/** The whole page again after a choice that changes the count. */
function refresh(message) {
  recount();
  restyle();
  renderPanel();
  renderTables();
  renderCard();
  renderNaive();
  placeLabels();
  renderSentence();
  renderChoice();
  remember();
  if (message) say([message, summary()].join(t("list.sentences")));
}

/** Tell screen readers what changed. */
function say(message) {
  byId("live").textContent = message;
}

function summary() {
  return scene.facts.systems.map((system) => {
    const { origins, all, any } = scene.counts.get(system.id);
    if (!origins) return t("live.none", { system: system.name });
    return t("live.counted", { system: system.name, claimants: claimants(origins), distance: withUnit(span(all, any, claimed)) });
  }).join(t("list.sentences"));
}

function renderSentence() {
  const words = byId("print-sentence");
  const year = digits(scene.year === null ? (byId("year") || { max: new Date().getFullYear() }).max : scene.year);
  const said = t(isUntouched() ? "print.all" : "print.some", { year });
  words.replaceChildren(...bolded(`${t("print.measured", { place: view().in, unit: unitWords() })} ${said}`));
}

function listenToPanel() {
  document.querySelector(".panel").addEventListener("change", (event) => {
    const id = event.target.dataset.line;
    if (!id) return;
    if (event.target.checked) scene.hidden.delete(id);
    else scene.hidden.add(id);
    refresh(t(event.target.checked ? "live.shown" : "live.hidden"));
  });
  document.querySelector(".panel").addEventListener("click", ({ target }) => {
    const summary = target.closest(".row > details > summary");
    if (summary) openedRow(summary.closest(".row").dataset.line, !summary.parentElement.open);
  });
  byId("unit").addEventListener("change", (event) => {
    scene.unit = event.target.value;
    refresh(t("live.unit", { unit: unitWords() }));
  });
  byId("naive").addEventListener("change", renderNaive);
  byId("region").addEventListener("change", (event) => switchView(Number(event.target.value)));
  const year = byId("year");
  if (year) {
    year.addEventListener("input", () => {
      showYear(Number(year.value));
      refresh(t("live.year", { year: digits(year.value) }));
    });
  }
}

/** Put the slider on a year. */
function showYear(value) {
  const year = byId("year");
  year.value = String(value);
  scene.year = value >= Number(year.max) ? null : value;
  year.parentElement.style.setProperty("--part", String((value - year.min) / (year.max - year.min || 1)));
}

function switchView(place) {
  scene.view = place;
  drawView();
  for (const group of document.querySelectorAll(".globe [data-view]")) group.toggleAttribute("hidden", Number(group.dataset.view) !== place);
  if (scene.place) scene.place = scene.place.country ? placeOf(scene.place.country) : cityPlace(scene.place.city);
  refresh(t("live.from", { place: view().in }));
}
