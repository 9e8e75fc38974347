// What is said of a place, for the current choice of claims, year, region and unit.

const STATUS = {
  within: "within every claim",
  contested: "contested",
  uncertain: "uncertain",
  beyond: "beyond every claim",
};

const claimants = (count) => `${inWords(count)} claimant${count === 1 ? "" : "s"}`;

/** One system's view of a place: its status, the heading in words, and the sentences. */
function standingOf(row, system) {
  const { votes } = scene.counts.get(system.id);
  const status = votes.length ? statusOf(votes, row.nearest) : "none";
  const split = reaching(votes, row.nearest);
  return { status, split, votes, heading: headingOf(status, split, votes), sentences: sentencesOf(row, status, split, votes) };
}

function headingOf(status, split, votes) {
  const may = split.allows.length ? `, ${split.allows.length} more may` : "";
  if (status === "none") return "No claim is counted";
  if (status === "within") return votes.length > 1 ? "Within every claim" : "Within the claimed range";
  if (status === "contested") return `Contested: ${split.grants.length} of ${votes.length} reach it${may}`;
  if (status === "uncertain") return "Uncertain: one claimant, a span";
  return votes.length > 1 ? "Beyond every claim" : "Beyond the claimed range";
}

function sentencesOf(row, status, split, votes) {
  if (status === "none") return "";
  if (status === "beyond") {
    const any = Math.max(...votes.map((v) => v.allows));
    return `That is **${measured(row.nearest - any)} ${unitName()} beyond** the highest claim.`;
  }
  if (status === "uncertain") return spanWords(split);
  if (status === "within") return coverWords(row, votes, true);
  return [coverWords(row, split.grants, false), mayWords(split), shortWords(row, split)].filter(Boolean).join("; ") + ".";
}

/** "All six claimants reach all of it", "two, 1,500 and 1,700 km, reach part of it". */
function coverWords(row, votes, everyone) {
  const whole = votes.filter((v) => v.grants >= row.farthest);
  const who = everyone ? (votes.length === 1 ? "The only claimant" : votes.length === 2 ? "Both claimants" : `All ${inWords(votes.length)} claimants`) : votes.length ? capital(claimants(votes.length)) : "No claimant surely";
  const figures = !everyone && votes.length ? `, **${figuresOf(votes)}**,` : "";
  const verb = (count) => (count === 1 || !count ? "reaches" : "reach");
  const end = everyone ? "." : "";
  if (!votes.length) return `${who} reaches it`;
  if (whole.length === votes.length) return `${who}${figures} ${verb(votes.length)} ${row.point ? "it" : "all of it"}${end}`;
  if (!whole.length) return `${who}${figures} ${verb(votes.length)} part of it, none all${end}`;
  return `${who}${figures} ${verb(votes.length)} part of it, ${inWords(whole.length)} all${end}`;
}

/** The figures of some votes: "750 or 800 km", at most three before it becomes a span. */
function figuresOf(votes) {
  const lines = allLines();
  const kms = [...new Set(votes.map((v) => lines.find((line) => line.id === v.grantLine).km))].sort((a, b) => a - b);
  if (kms.length > 3) return `${claimed(kms[0])} to ${claimed(kms[kms.length - 1])} ${unitName()}`;
  return `${listing(kms.map(claimed))} ${unitName()}`;
}

const mayWords = ({ allows }) => (allows.length ? `${inWords(allows.length)} more may, by the upper end of ${allows.length === 1 ? "a span" : "their spans"}` : "");

function shortWords(row, { short, grants, allows }) {
  if (!short.length) return "";
  const gaps = short.map((v) => row.nearest - v.allows);
  const who = grants.length + allows.length ? (short.length === 1 ? "the other stops" : `the other ${inWords(short.length)} stop`) : "all stop";
  return `${who} **${span(Math.min(...gaps), Math.max(...gaps), measured)} ${unitName()} short**`;
}

function spanWords({ allows }) {
  const [vote] = allows;
  if (!vote) return "";
  return `A claimant gives **${span(vote.grants, vote.allows, claimed)} ${unitName()}**; the nearest point lies between.`;
}

/** How far off a place is: "885 to 1,111 km from Iran." */
function distanceWords(row) {
  const from = view().the;
  if (row.point) return `${measured(row.nearest)} ${unitName()} from ${from}.`;
  if (row.nearest < 0.5) return `Shares a border with ${from}; its farthest point lies ${measured(row.farthest)} ${unitName()} away.`;
  return `${span(row.nearest, row.farthest, measured)} ${unitName()} from ${from}.`;
}
