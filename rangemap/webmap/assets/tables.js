// Country by country: the same tables as in the file, written again when the count changes.

function renderTables() {
  for (const system of scene.facts.systems) {
    const block = document.querySelector(`.coverage[data-system="${CSS.escape(system.id)}"]`);
    const { votes } = scene.counts.get(system.id);
    const by = { within: [], contested: [], uncertain: [], beyond: [] };
    if (votes.length) for (const row of view().rows.values()) by[statusOf(votes, row.nearest)].push(row);
    block.replaceChildren(...heading(block), ...groups(by, votes), ...contestedTable(by.contested, votes, system));
  }
}

const heading = (block) => (block.querySelector("h3") ? [block.querySelector("h3")] : []);

function groups(by, votes) {
  if (!votes.length) return [el("p.group", { "data-group": "none" }, el("b", {}, "No claim of range is counted,"), " so no country is said to be within or beyond it.")];
  const names = (rows) => (rows.length ? rows.map((row) => row.name).sort((a, b) => a.localeCompare(b, "en")).join(", ") : "none");
  const within = votes.length > 1 ? "Within every claim, in part or whole" : "Within the claimed range, in part or whole";
  return [["within", within], ["uncertain", "Uncertain, one claimant’s span"]]
    .filter(([status]) => by[status].length || status === "within")
    .map(([status, words]) => el("p.group", { "data-group": status }, el("b", {}, `${words} (${by[status].length}):`), ` ${names(by[status])}.`));
}

function contestedTable(rows, votes, system) {
  if (!rows.length) return [];
  const sorted = [...rows].sort((a, b) => a.nearest - b.nearest);
  const middle = Math.ceil(sorted.length / 2);
  const halves = sorted.length > 1 ? [sorted.slice(0, middle), sorted.slice(middle)] : [sorted];
  return [
    el("p.group", { "data-group": "contested" }, el("b", {}, `Contested (${rows.length}):`), " at least one claim reaches some part, at least one does not."),
    el("div.halves", {}, ...halves.map((half, place) => tableOf(half, votes, `Contested countries: ${system.name}${halves.length > 1 ? `, part ${place + 1}` : ""}`))),
  ];
}

function tableOf(rows, votes, caption) {
  const head = el("tr", {}, el("th", { scope: "col" }, "Country"), el("th.num", { scope: "col" }, "Nearest point, ", el("span.unit-name", {}, unitName())),
    el("th", { scope: "col" }, "Claims that reach it"), el("th.num", { scope: "col" }, el("span.unseen", {}, "Count")));
  return el("table", {}, el("caption.unseen", {}, caption), el("thead", {}, head), el("tbody", {}, ...rows.map((row) => tableRow(row, votes))));
}

function tableRow(row, votes) {
  const { grants, allows } = reaching(votes, row.nearest);
  const may = allows.length ? ` +${allows.length} may` : "";
  return el("tr", { "data-country": row.id },
    el("th", { scope: "row" }, el("button.to-card", { type: "button" }, row.name)), el("td.num", {}, measured(row.nearest)),
    el("td", {}, squares(grants.length, allows.length, votes.length)), el("td.num", {}, `${grants.length} of ${votes.length}${may}`));
}

function squares(reach, may, total) {
  if (total > 24) return "";
  return el("span.squares", { "aria-hidden": "true" }, ...Array.from({ length: total }, (_, i) => el(i < reach ? "i.on" : i < reach + may ? "i.may" : "i")));
}
