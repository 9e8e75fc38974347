// One counting rule, two languages: this is rangemap.contest again, for the reader's own choice of claims and year.
// tests/data/contest_cases.json holds both to the same results. Nothing here touches the page.

/** Tell whether something dated `date` had been said by `limit`, whatever the precision of either. */
function saidBy(date, limit) {
  const length = Math.min(date.length, limit.length);
  return date.slice(0, length) <= limit.slice(0, length);
}

/** Keep an origin's newest dated statements; undated ones only where it has nothing else. */
function newestOf(statements) {
  const dates = statements.map((s) => s.asOf).filter(Boolean).sort();
  if (!dates.length) return statements;
  const newest = dates[dates.length - 1];
  return statements.filter((s) => s.asOf && newest.startsWith(s.asOf));
}

/** Tell whether what replaced a statement had been said by `asOf` (null: today). */
const isReplaced = (s, asOf) => Boolean(s.until) && (asOf === null || saidBy(s.until, asOf));

/** Projections count only where nobody asserts a range. */
function withoutYielding(statements) {
  return statements.some((s) => s.stance === "asserts") ? statements.filter((s) => s.stance !== "projects") : statements;
}

/**
 * Gather statements into one vote an origin, lowest grant first.
 * `asOf`: count what had been said by then, or null for all; `tiers`, `origins`: sets of what to count, or null for all;
 * `without`: ids of lines whose claims the reader hid.
 */
function ballot(statements, { asOf = null, without = new Set(), tiers = null, origins = null } = {}) {
  const inTime = (s) => (asOf === null || (s.asOf && saidBy(s.asOf, asOf))) && !isReplaced(s, asOf);
  const isAsked = (s) => (!tiers || tiers.has(s.tier)) && (!origins || origins.has(s.origin));
  const said = withoutYielding(statements.filter((s) => s.votable && inTime(s) && isAsked(s)));
  const groups = new Map();
  for (const s of said) groups.set(s.origin, [...(groups.get(s.origin) || []), s]);
  const votes = [];
  for (const [origin, group] of groups) {
    const current = newestOf(group).filter((s) => !without.has(s.line));
    if (current.length) votes.push(voteOf(origin, current));
  }
  return votes.sort((a, b) => a.grants - b.grants || a.allows - b.allows || (a.origin < b.origin ? -1 : 1));
}

/** Make one interval of an origin's statements of one date: the least low to the greatest high. */
function voteOf(origin, group) {
  const least = group.reduce((a, b) => ((b.low || 0) < (a.low || 0) ? b : a));
  const top = (s) => (s.high === null ? s.low : s.high);
  const most = group.reduce((a, b) => (top(b) > top(a) ? b : a));
  return {
    origin,
    grants: least.low || 0,
    allows: top(most),
    grantLine: least.lower || least.line,
    allowLine: most.line,
    open: group.some((s) => s.high === null),
    claims: group.map((s) => s.id),
  };
}

/** The greatest distances that all grant, at least half grant, and anyone allows; null where nobody votes. */
function tally(votes) {
  if (!votes.length) return { origins: 0, all: null, majority: null, any: null };
  const grants = votes.map((v) => v.grants).sort((a, b) => b - a);
  return {
    origins: votes.length,
    all: grants[grants.length - 1],
    majority: grants[Math.ceil(grants.length / 2) - 1],
    any: Math.max(...votes.map((v) => v.allows)),
  };
}

/** Split the votes by whether they grant a distance, only allow it, or fall short; by exact figures. */
function reaching(votes, km) {
  return {
    grants: votes.filter((v) => v.grants >= km),
    allows: votes.filter((v) => v.grants < km && km <= v.allows),
    short: votes.filter((v) => v.allows < km),
  };
}

/** Tell whether the only spread is one origin's own interval. */
function oneOwnInterval(votes) {
  const top = Math.max(0, ...votes.map((v) => v.allows));
  const below = votes.filter((v) => v.grants < top);
  return below.length === 1 && below[0].allows >= top;
}

/** Judge a place by the distance of its nearest point. */
function statusOf(votes, km) {
  const { all, any } = tally(votes);
  if (all === null || km > any) return "beyond";
  if (km <= all) return "within";
  return oneOwnInterval(votes) ? "uncertain" : "contested";
}

/** Count for every line who names it, who grants it and who only allows it, and which drawing it gets. */
function countLines(votes, lines) {
  const rank = new Map([...lines].sort((a, b) => a.km - b.km).map((line, place) => [line.id, place]));
  const grants = votes.map((v) => rank.get(v.grantLine)).sort((a, b) => b - a);
  const allows = votes.map((v) => rank.get(v.allowLine));
  const special = {
    majority: grants[Math.ceil(grants.length / 2) - 1],
    all: grants[grants.length - 1],
    any: Math.max(-1, ...allows),
  };
  const counts = new Map();
  for (const line of lines) {
    const place = rank.get(line.id);
    const role = ["majority", "all", "any"].find((name) => special[name] === place) || "claim";
    const says = votes.filter((v) => v.grantLine === line.id || v.allowLine === line.id).length;
    const granting = votes.filter((v) => rank.get(v.grantLine) >= place);
    const allowing = votes.filter((v) => rank.get(v.grantLine) < place && rank.get(v.allowLine) >= place);
    counts.set(line.id, { says, role, grants: granting.length, allows: allowing.length, votes: [...granting, ...allowing] });
  }
  return counts;
}
