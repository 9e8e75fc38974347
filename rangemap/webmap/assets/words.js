// What is said of a place, for the current choice of claims, year, region and unit.

const claimants = (count) => t("count.claimants", {}, count);

/** One system's view of a place: its status, the heading in words, and the sentences. */
function standingOf(row, system) {
  const { votes } = scene.counts.get(system.id);
  const status = votes.length ? statusOf(votes, row.nearest) : "none";
  const split = reaching(votes, row.nearest);
  return { status, split, votes, heading: headingOf(status, split, votes), sentences: sentencesOf(row, status, split, votes) };
}

function headingOf(status, { grants, allows }, votes) {
  if (status === "none" || status === "uncertain") return t(`card.${status}`);
  if (status !== "contested") return t(`card.${status}`, {}, votes.length);
  return t(allows.length ? "card.contested_may" : "card.contested", { total: numeral(votes.length), may: numeral(allows.length) }, grants.length);
}

function sentencesOf(row, status, split, votes) {
  if (status === "none") return "";
  if (status === "beyond") {
    const any = Math.max(...votes.map((v) => v.allows));
    return t("card.beyond_by", { distance: withUnit(measured(row.nearest - any)) });
  }
  if (status === "uncertain") return spanWords(split);
  if (status === "within") return coverWords(row, votes, "all");
  const clauses = [split.grants.length ? coverWords(row, split.grants, "some") : t("card.nobody"), mayWords(split), shortWords(row, split)];
  return clauses.filter(Boolean).join(t("list.clauses")) + t("list.stop");
}

/** "All six claimants reach all of it.", "Two claimants, 1,500 and 1,700 km, reach part of it, none all". */
function coverWords(row, votes, who) {
  const whole = votes.filter((v) => v.grants >= row.farthest).length;
  const part = row.point && whole === votes.length ? "point" : whole === votes.length ? "whole" : whole ? "some" : "part";
  return capital(t(`card.${who}_${part}`, { figures: figuresOf(votes), whole: inWords(whole) }, votes.length));
}

/** The figures of some votes: "750 or 800 km", at most three before it becomes a span. */
function figuresOf(votes) {
  const lines = allLines();
  const kms = [...new Set(votes.map((v) => lines.find((line) => line.id === v.grantLine).km))].sort((a, b) => a - b);
  if (kms.length > 3) return withUnit(span(kms[0], kms[kms.length - 1], claimed));
  return withUnit(listing(kms.map(claimed)));
}

const mayWords = ({ allows }) => (allows.length ? t("card.may", {}, allows.length) : "");

function shortWords(row, { short, grants, allows }) {
  if (!short.length) return "";
  const gaps = short.map((v) => row.nearest - v.allows);
  const distance = withUnit(span(Math.min(...gaps), Math.max(...gaps), measured));
  return grants.length + allows.length ? t("card.short", { distance }, short.length) : t("card.short_all", { distance });
}

function spanWords({ allows }) {
  const [vote] = allows;
  return vote ? t("card.span", { distance: withUnit(span(vote.grants, vote.allows, claimed)) }) : "";
}

/** How far off a place is: "885 to 1,111 km from Iran." */
function distanceWords(row) {
  const place = view().from;
  if (row.point) return t("card.from", { distance: withUnit(measured(row.nearest)), place });
  if (row.nearest < 0.5) return t("card.border", { distance: withUnit(measured(row.farthest)), place });
  return t("card.from", { distance: withUnit(span(row.nearest, row.farthest, measured)), place });
}
