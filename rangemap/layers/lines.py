"""One system's claims as lines, steps and statements: what is drawn where, and by whose word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rangemap import wording
from rangemap.ballot import UNCOUNTED_FLAGS
from rangemap.contest import Distance, share_lines, step_between
from rangemap.layers.model import ConflictRow, Line, OriginRow, Statement, Step
from rangemap.types import LineRole, Qualifier, Quantity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rangemap.ballot import Judged, Vote
    from rangemap.catalogue.models import RangeClaim, Source
    from rangemap.contest import Conflict, Contest
    from rangemap.language import Language

FEW_ORIGINS = 3
"""Up to so many claimants, a line on the map names its claimant instead of counting."""

_GIVEN_NAMES = frozenset({
    "Abbas", "Abdolrahim", "Ahmad", "Ali", "Amir", "Anthony", "Benjamin", "David", "Donald", "Ehud", "Eyal", "George",
    "Hassan", "Hossein", "Iain", "John", "Lee", "Mahmoud", "Michael", "Mohammad", "Moshe", "Mostafa", "Nasser", "Nobuo",
    "Philipp", "Riki", "Robert", "Shaul", "Simon", "Theodore", "Uzi", "Vladimir", "William", "Yahya", "Yasukazu",
})  # fmt: skip
"""A name that starts with one of these, and has two or three words, is a person's; any other is shown whole."""

_APART_ROLES: dict[Quantity, LineRole] = {
    Quantity.DISTANCE_FLOWN: LineRole.FLOWN,
    Quantity.POLICY_LIMIT: LineRole.LIMIT,
    Quantity.REQUIRED_RANGE: LineRole.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A system's lines, steps and statements, and the distances that have to be drawn for them.

    `ring_km` maps line ids to the distances of their curves; a line that would fall on another has none.
    """

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    statements: tuple[Statement, ...]
    ring_km: Mapping[str, tuple[float, ...]]


def draw(contest: Contest, sources: Mapping[str, Source], lang: Language) -> Drawing:
    """Turn a contest into lines, steps and statements."""
    counted = _counted_lines(contest, lang)
    apart, on_line = _apart_lines(contest, lang)
    by_km = {line.km: line.id for line in counted}
    statements = tuple(_statement(item, contest, sources, by_km, on_line) for item in contest.judged)
    lines = tuple(_with_claims(line, statements) for line in (*counted, *apart))
    rings: dict[str, tuple[float, ...]] = {line.id: (line.km,) for line in counted}
    for line in apart:
        drawn = tuple(km for km in _ring_distances(line, contest, on_line) if km not in by_km)
        if drawn:
            rings[line.id] = drawn
    return Drawing(lines, _steps(contest, lang), statements, rings)


def origin_rows(contest: Contest) -> tuple[OriginRow, ...]:
    """List the voters with what each grants and allows."""
    return tuple(
        OriginRow(
            id=vote.origin,
            name=wording.claimant(vote.claims[0]),
            grants_km=vote.grants_km,
            allows_km=vote.allows_km,
            open_above=vote.open_above,
            claims=tuple(claim.id for claim in vote.claims),
        )
        for vote in contest.votes
    )


def conflict_rows(contest: Contest, sources: Mapping[str, Source], lang: Language) -> tuple[ConflictRow, ...]:
    """Put every conflict in a sentence, with both citations."""
    return tuple(_conflict_row(conflict, sources, lang) for conflict in contest.conflicts)


def _conflict_row(conflict: Conflict, sources: Mapping[str, Source], lang: Language) -> ConflictRow:
    a, b = conflict.a, conflict.b
    sentence = lang.say(
        "conflict.sentence",
        a=lang.foreign(wording.claimant(a.claims[0])),
        a_figures=_figures(a, lang),
        b=lang.foreign(wording.claimant(b.claims[0])),
        b_figures=_figures(b, lang),
        distance=lang.km(conflict.gap_km),
    )
    cited = (wording.citation(sources[a.claims[0].source]), wording.citation(sources[b.claims[0].source]))
    return ConflictRow(a.origin, b.origin, conflict.gap_km, sentence, cited)


def _figures(vote: Vote, lang: Language) -> str:
    if vote.open_above:
        return lang.say("conflict.at_least", distance=lang.km(vote.grants_km))
    if vote.grants_km == vote.allows_km:
        return lang.km(vote.grants_km)
    return lang.span(vote.grants_km, vote.allows_km)


def _counted_lines(contest: Contest, lang: Language) -> list[Line]:
    """Make a line of every distance that an origin names today, and of those that only its older statements do."""
    lines = [_counted_line(contest, distance, lang) for distance in contest.distances]
    lines += [_earlier_line(contest, distance, lang) for distance in contest.history]
    return sorted(lines, key=lambda line: line.km)


def _counted_line(contest: Contest, distance: Distance, lang: Language) -> Line:
    grants = tuple(v.origin for v in contest.votes if contest.line_km(v.grants_km) >= distance.km)
    allows = tuple(
        v.origin for v in contest.votes if contest.line_km(v.grants_km) < distance.km <= contest.line_km(v.allows_km)
    )
    named = [v for v in contest.votes if distance.km in (contest.line_km(v.grants_km), contest.line_km(v.allows_km))]
    return Line(
        id=_line_id(contest, distance.km),
        system=contest.system.id,
        km=distance.km,
        label=lang.km(distance.km),
        role=_role(contest, distance),
        remark=_remark(contest, named, len(grants), len(allows), lang),
        says=len(named),
        grants=grants,
        allows=allows,
        claims=(),
    )


def _earlier_line(contest: Contest, distance: Distance, lang: Language) -> Line:
    return Line(
        id=_line_id(contest, distance.km),
        system=contest.system.id,
        km=distance.km,
        label=lang.km(distance.km),
        role=LineRole.EARLIER,
        remark=lang.say("remark.earlier"),
        says=0,
        grants=(),
        allows=(),
        claims=(),
    )


def _line_id(contest: Contest, km: float, role: str = "") -> str:
    return "-".join(part for part in (contest.system.id, role, f"{km:g}") if part)


def _role(contest: Contest, distance: Distance) -> LineRole:
    """Pick the one drawing of a line that may be several things: half the claimants outweigh all, all the highest."""
    roles = (
        (contest.majority_km, LineRole.MAJORITY),
        (contest.all_km, LineRole.ALL),
        (contest.any_km, LineRole.ANY),
    )
    for exact_km, role in roles:
        if exact_km is not None and contest.line_km(exact_km) == distance.km:
            return role
    return LineRole.CLAIM


def _remark(contest: Contest, named: Sequence[Vote], grants: int, allows: int, lang: Language) -> str:
    origins = len(contest.votes)
    if origins <= FEW_ORIGINS:
        return lang.listing([_name_year(vote.claims[0], lang) for vote in named])
    if grants == origins:
        return lang.say("count.remark_all", origins)
    key = "count.remark_may" if allows else "count.remark_of"
    return lang.say(key, grants, total=lang.number(origins), may=lang.number(allows))


def _name_year(claim: RangeClaim, lang: Language) -> str:
    surname = _surname(claim.claimant)
    return f"{surname} {lang.year(claim.as_of)}" if claim.as_of else surname


def _surname(name: str) -> str:
    """Shorten a person's name to the family name: where the given name is known or an initial, so never a paper's."""
    words = name.split()
    is_person = len(words) in (2, 3) and (words[0] in _GIVEN_NAMES or words[0].endswith("."))
    return words[-1] if is_person else wording.capital(name)


def _steps(contest: Contest, lang: Language) -> tuple[Step, ...]:
    """Make a step between every two neighbouring lines, history's included, so that a page can go back in time."""
    lines = sorted((*contest.distances, *contest.history), key=lambda line: line.km)
    if not lines or not contest.votes:
        return ()
    edges = [0.0, *(line.km for line in lines)]
    return tuple(_step(contest, lines, inner, outer, lang) for inner, outer in pairwise(edges))


def _step(contest: Contest, lines: Sequence[Distance], inner_km: float, outer_km: float, lang: Language) -> Step:
    found = step_between(contest.votes, lines, inner_km, outer_km)
    origins = len(contest.votes)
    reach = len(found.grants) + len(found.allows)
    return Step(
        id=f"{contest.system.id}-{inner_km:g}-{outer_km:g}",
        system=contest.system.id,
        inner_km=inner_km,
        outer_km=outer_km,
        outer_line=_line_id(contest, outer_km),
        contested=reach > 0 and len(found.grants) < origins,
        share=reach / origins,
        grants=found.grants,
        allows=found.allows,
        claims=found.claims,
        label=step_label(inner_km, outer_km, lang, grants=len(found.grants), allows=len(found.allows), origins=origins),
    )


def step_label(inner_km: float, outer_km: float, lang: Language, *, grants: int, allows: int, origins: int) -> str:
    """Say who reaches a step: "1,300 to 1,700 km: contested, 9 of 18 reach it, 2 more may"."""
    if grants == origins:
        return lang.say("step.within", distance=lang.km(outer_km))
    kind, may = "span" if origins == 1 else "contested", "_may" if allows else ""
    distance = lang.span(inner_km, outer_km)
    return lang.say(f"step.{kind}{may}", grants, distance=distance, total=lang.number(origins), may=lang.number(allows))


def _apart_lines(contest: Contest, lang: Language) -> tuple[list[Line], dict[str, str]]:
    """Make the lines that never count as range, and tell which claim stands on which of them."""
    lines: list[Line] = []
    on_line: dict[str, str] = {}
    groups: dict[LineRole, list[Judged]] = {}
    for item in contest.judged:
        if not (item.votable or item.dormant):
            groups.setdefault(_apart_role(item), []).append(item)
    for role in (LineRole.FLOWN, LineRole.LIMIT, LineRole.REQUIRED):
        for distance, items in _share(groups.get(role, [])):
            line = _apart_line(contest, role, distance.km, items, lang)
            lines.append(line)
            on_line.update({item.claim.id: line.id for item in items})
    if aside := groups.get(LineRole.SET_ASIDE):
        line = _aside_line(contest, aside, lang)
        lines.append(line)
        on_line.update({item.claim.id: line.id for item in aside})
    return lines, on_line


def _apart_role(item: Judged) -> LineRole:
    claim = item.claim
    # Who says which range would be required to reach a place does not thereby grant it: denial is no objection there.
    denied = claim.stance is Stance.DENIES and claim.quantity is not Quantity.REQUIRED_RANGE
    if claim.status != "active" or denied or item.why_not.startswith("left out"):
        return LineRole.SET_ASIDE
    if claim.quantity is Quantity.MAX_RANGE:
        is_cap = claim.stance is Stance.LIMITS or claim.figure.qualifier is Qualifier.LESS_THAN
        return LineRole.LIMIT if is_cap else LineRole.SET_ASIDE
    return _APART_ROLES.get(claim.quantity, LineRole.SET_ASIDE)


def _share(items: Sequence[Judged]) -> Iterable[tuple[Distance, list[Judged]]]:
    figures = [item.claim.figure for item in items]
    for distance in share_lines((f.top_km, f.rounding_km, f.converted) for f in figures):
        yield distance, [item for item in items if item.claim.figure.top_km in distance.exact_km]


def _apart_line(contest: Contest, role: LineRole, km: float, items: Sequence[Judged], lang: Language) -> Line:
    return Line(
        id=_line_id(contest, km, role.value),
        system=contest.system.id,
        km=km,
        label=lang.km(km),
        role=role,
        remark=_apart_remark(role, items, lang),
        says=len({item.claim.origin_id for item in items}),
        grants=(),
        allows=(),
        claims=(),
    )


def _apart_remark(role: LineRole, items: Sequence[Judged], lang: Language) -> str:
    if role is LineRole.FLOWN:
        years = sorted({item.claim.as_of[:4] for item in items if item.claim.as_of})
        shown = lang.listing([lang.digits(year) for year in years])
        return lang.say("remark.flown", years=shown) if years else lang.say("remark.flown_undated")
    if role is LineRole.REQUIRED:
        return lang.say("remark.required")
    policy = all(item.claim.quantity is Quantity.POLICY_LIMIT for item in items)
    return lang.say("remark.limit" if policy else "remark.ceiling")


def _aside_line(contest: Contest, items: Sequence[Judged], lang: Language) -> Line:
    """Gather all that is set aside in one row: errors, collisions, denials, distances to places."""
    kms = sorted({item.claim.figure.top_km for item in items})
    label = lang.km(kms[0]) if len(kms) == 1 else lang.span(kms[0], kms[-1])
    return Line(
        id=f"{contest.system.id}-{LineRole.SET_ASIDE.value}",
        system=contest.system.id,
        km=kms[-1],
        label=label,
        role=LineRole.SET_ASIDE,
        remark=lang.say("remark.aside"),
        says=len({item.claim.origin_id for item in items}),
        grants=(),
        allows=(),
        claims=(),
    )


def _ring_distances(line: Line, contest: Contest, on_line: Mapping[str, str]) -> tuple[float, ...]:
    """Say which curves a line that does not count is drawn as; a denied figure is nobody's curve."""
    if line.role is not LineRole.SET_ASIDE:
        return (line.km,)
    return tuple(
        sorted(
            {
                item.claim.figure.top_km
                for item in contest.judged
                if on_line.get(item.claim.id) == line.id
                and item.claim.stance is not Stance.DENIES
                and set(item.claim.flags) & set(UNCOUNTED_FLAGS)
            },
        ),
    )


def _statement(
    item: Judged,
    contest: Contest,
    sources: Mapping[str, Source],
    by_km: Mapping[float, str],
    on_line: Mapping[str, str],
) -> Statement:
    claim, source = item.claim, sources[item.claim.source]
    line, lower = _lines_of(item, contest, by_km, on_line)
    return Statement(
        id=claim.id,
        system=contest.system.id,
        line=line,
        lower_line=lower,
        origin=claim.origin_id,
        claimant=wording.claimant(claim),
        hedge=wording.hedge(claim),
        route=wording.route(claim, source),
        tier=item.tier,
        as_of=claim.as_of,
        original=claim.original,
        low_km=item.low_km,
        high_km=item.high_km,
        quantity=claim.quantity.value,
        stance=claim.stance.value,
        flags=claim.flags,
        counted=item.counted,
        votable=item.votable,
        dormant=item.dormant,
        until=item.until,
        why_not=item.why_not,
        source=source.id,
        citation=wording.citation(source),
        url=wording.web_address(source.url),
        note=claim.note or "",
    )


def _lines_of(
    item: Judged, contest: Contest, by_km: Mapping[float, str], on_line: Mapping[str, str]
) -> tuple[str | None, str | None]:
    if not (item.votable or item.dormant):
        return on_line.get(item.claim.id), None
    top = by_km[contest.line_km(item.claim.figure.top_km)]
    if item.low_km is None or item.high_km is None or item.low_km == item.high_km:
        return top, None
    return top, by_km[contest.line_km(item.low_km)]


def _with_claims(line: Line, statements: Iterable[Statement]) -> Line:
    return replace(line, claims=tuple(s.id for s in statements if line.id in (s.line, s.lower_line)))
