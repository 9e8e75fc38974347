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
  if (!votes.length) return [el("p.group", { "data-group": "none" }, el("b", {}, t("table.none_lead")), ` ${t("table.none_words")}`)];
  const names = (rows) => (rows.length ? rows.map((row) => row.name).sort(byName).join(t("list.comma")) : t("table.nobody"));
  const lead = (status) => t(`table.${status}`, { count: numeral(by[status].length) }, votes.length);
  return ["within", "uncertain"].filter((status) => by[status].length || status === "within")
    .map((status) => el("p.group", { "data-group": status }, el("b", {}, lead(status)), ` ${names(by[status])}${t("list.stop")}`));
}

function contestedTable(rows, votes, system) {
  if (!rows.length) return [];
  const sorted = [...rows].sort((a, b) => a.nearest - b.nearest);
  const middle = Math.ceil(sorted.length / 2);
  const halves = sorted.length > 1 ? [sorted.slice(0, middle), sorted.slice(middle)] : [sorted];
  return [
    el("p.group", { "data-group": "contested" }, el("b", {}, t("table.contested", { count: numeral(rows.length) })), ` ${t("table.contested_words")}`),
    el("div.halves", {}, ...halves.map((half, place) => tableOf(half, votes, t(halves.length > 1 ? "table.caption_part" : "table.caption", { system: system.name, part: numeral(place + 1) })))),
  ];
}

function tableOf(rows, votes, caption) {
  const head = el("tr", {}, el("th", { scope: "col" }, t("table.country")), el("th.num", { scope: "col" }, ...unitHead()),
    el("th", { scope: "col" }, t("table.claims")), el("th.num", { scope: "col" }, el("span.unseen", {}, t("table.count"))));
  const columns = el("colgroup", {}, ...Array.from({ length: 4 }, () => el("col")));
  return el("table", {}, el("caption.unseen", {}, caption), columns, el("thead", {}, head), el("tbody", {}, ...rows.map((row) => tableRow(row, votes))));
}

/** The head of the column of distances, with the unit as an element of its own. */
function unitHead() {
  const [before, after] = t("table.nearest", { unit: "\u0000" }).split("\u0000");
  return [before, el("span.unit-name", {}, unitName()), after];
}

function tableRow(row, votes) {
  const { grants, allows } = reaching(votes, row.nearest);
  return el("tr", { "data-country": row.id },
    el("th", { scope: "row" }, el("button.to-card", { type: "button" }, row.name)), el("td.num", {}, measured(row.nearest)),
    el("td", {}, squares(grants.length, allows.length, votes.length)), el("td.num", {}, countWords(grants.length, allows.length, votes.length)));
}

function squares(reach, may, total) {
  if (total > 24) return "";
  return el("span.squares", { "aria-hidden": "true" }, ...Array.from({ length: total }, (_, i) => el(i < reach ? "i.on" : i < reach + may ? "i.may" : "i")));
}
