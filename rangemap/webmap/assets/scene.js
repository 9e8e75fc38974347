// What the page knows and what the reader has chosen. Every module reads it; only main.js and panel.js change it.

const scene = {
  facts: null, // who says what: the JSON in the page
  shapes: null, // geometry of every launch region
  base: null, // the base map, decoded
  cities: null, // names, places and distances of the larger cities, in columns
  map: null,
  gap: [], // the shortest way to an area, in stretches
  view: 0, // which launch region
  unit: "km",
  year: null, // null: everything said so far
  hidden: new Set(), // ids of lines that the reader switched off
  tiersOut: new Set(), // tiers of source that the reader left out
  originsOut: new Set(), // claimants that the reader left out
  focus: null, // id of the line that the reader singled out
  place: null, // the country or city whose card is shown
  pinned: false, // whether the card stays when the pointer leaves
  printing: false,
  counts: new Map(), // by system: what the current choice comes to
};

const view = () => scene.facts.views[scene.view];
const shapes = () => scene.shapes[scene.view];
const isCounted = (line) => ["all", "majority", "claim", "any", "earlier"].includes(line.role);
const allLines = () => scene.facts.systems.flatMap((system) => system.lines);
const systemOf = (lineId) => scene.facts.systems.find((system) => system.lines.some((line) => line.id === lineId));

/** Count again for the reader's choice. */
function recount() {
  for (const system of scene.facts.systems) {
    const lines = system.lines.filter(isCounted);
    const choice = { asOf: asOf(), tiers: keptOf(system, "tier", scene.tiersOut), origins: keptOf(system, "origin", scene.originsOut) };
    const votes = ballot(system.statements, { ...choice, without: scene.hidden });
    const everyone = ballot(system.statements, choice);
    scene.counts.set(system.id, { votes, ...tally(votes), lines: countLines(votes, lines), named: countLines(everyone, lines) });
  }
}

const asOf = () => (scene.year === null ? null : String(scene.year));

/** What is left of the tiers or origins of a system after the reader's choice; null where nothing is left out. */
function keptOf(system, key, out) {
  return out.size ? new Set(system.statements.map((s) => s[key]).filter((each) => !out.has(each))) : null;
}

/** Whether a statement is among the tiers, claimants and years that the reader chose. */
const isChosen = (s) => isSaid(s) && !(s.votable && (scene.tiersOut.has(s.tier) || scene.originsOut.has(s.origin)));

const isUntouched = () => scene.year === null && !scene.tiersOut.size && !scene.originsOut.size && !allLines().some((line) => isCounted(line) && scene.hidden.has(line.id));

/** Whether a line is drawn now: chosen by the reader, and named by somebody by the year shown. */
function isShown(line, system) {
  if (scene.hidden.has(line.id)) return false;
  if (!isCounted(line)) return scene.year === null || saidInYear(line, system);
  return scene.counts.get(system.id).lines.get(line.id).says > 0;
}

/** Whether any claim on the line had been made by the year shown. */
function saidInYear(line, system) {
  if (scene.year === null) return true;
  return system.statements.some((s) => line.claims.includes(s.id) && s.asOf && saidBy(s.asOf, String(scene.year)));
}

/** The drawing of a line: its role by the current count. */
function roleOf(line, system) {
  return isCounted(line) ? scene.counts.get(system.id).lines.get(line.id).role : line.role;
}

/** What stands behind the figure on the map. */
function remarkOf(line, system) {
  if (!isCounted(line) || (isUntouched() && line.remark)) return line.remark;
  const { grants, allows } = scene.counts.get(system.id).lines.get(line.id);
  const { origins } = scene.counts.get(system.id);
  if (grants === origins) return t("count.remark_all", {}, origins);
  return t(allows ? "count.remark_may" : "count.remark_of", { total: numeral(origins), may: numeral(allows) }, grants);
}

/** Share of the origins that grant or allow the area within a line, and whether they disagree about it. */
function standing(step, system) {
  const { lines, origins } = scene.counts.get(system.id);
  const { grants, allows } = lines.get(step.line);
  const share = origins ? (grants + allows) / origins : 0;
  return { share, contested: share > 0 && grants < origins, grants, allows, origins };
}

const hatchStep = (share) => [0.75, 0.5, 0.25, 0].findIndex((least) => share >= least);

/** Distances of a country from the launch region, or null for the launch region's own country. */
function rowOf(id) {
  return view().rows.get(id) || null;
}
