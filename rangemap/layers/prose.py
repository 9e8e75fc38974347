"""The sentences of a map, made from its figures: title, standfirst, method, limits, a sentence for every country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rangemap import places, wording
from rangemap.types import Agreement, Quantity, Stance, Status, Tier
from rangemap.units import HALF_CIRCUMFERENCE_KM, format_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.ballot import Filters, Vote
    from rangemap.catalogue.load import Catalogue
    from rangemap.contest import Contest
    from rangemap.coverage import Coverage
    from rangemap.places import Region

CREDITS = "Borders: Natural Earth, drawn as controlled on the ground; they imply no judgement on any territory."
FEW_FIGURES = 4
WIDE_JUMP = 1.5
"""Figures that lie further apart than this, as a ratio, part the claimants into camps."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one map says in words: of its contests, from its first launch region.

    `coverages` holds the countries of that region, one tuple a contest; `wanted` is what the reader chose to count.
    """

    contests: Sequence[Contest]
    region: Region
    coverages: Sequence[tuple[Coverage, ...]]
    catalogue: Catalogue
    wanted: Filters

    def title(self) -> str:
        """Ask the question that the map answers."""
        if len(self.contests) == 1 and self.contests[0].system.question:
            return self.contests[0].system.question
        return wording.question([found.system.name for found in self.contests])

    def kicker(self) -> tuple[str, ...]:
        """Name the kind of figure, the country and the class."""
        systems = [found.system for found in self.contests]
        kinds = dict.fromkeys(system.label or wording.KIND_LABELS[system.kind] for system in systems)
        countries = dict.fromkeys(country_name(system.country) for system in systems)
        return (self._kind_of_figure(), wording.listing(list(countries)), wording.listing(list(kinds)))

    def _kind_of_figure(self) -> str:
        counted = [claim for found in self.contests for vote in found.votes for claim in vote.claims]
        if counted:
            projected = all(claim.stance is Stance.PROJECTS for claim in counted)
            return "Projected range" if projected else "Reported range"
        quantities = {item.claim.quantity for found in self.contests for item in found.judged}
        return "Declared limit" if Quantity.POLICY_LIMIT in quantities else "No reported range"

    def standfirst(self) -> str:
        """Say the finding in one to three sentences, in the system's own words where it has them and all is counted."""
        if len(self.contests) > 1:
            return " ".join(f"{found.system.name}: {_finding(found)}" for found in self.contests)
        found = self.contests[0]
        own = "" if self.filters() else found.system.standfirst
        head = own or _finding(found)
        tail = _depends(self.coverages[0], self._named_areas()) if found.votes else ""
        return f"{head} {tail}".strip()

    def description(self) -> str:
        """Say the same without marks, short enough for a search engine."""
        return self.standfirst().replace("**", "")[:300]

    def _named_areas(self) -> Counter[str]:
        """Count how often the sources of this country's systems name an area: what readers ask about."""
        return Counter(self.catalogue.named_areas.get(self.contests[0].system.country, {}))

    def method(self) -> tuple[str, ...]:
        """Say how the map was made."""
        name = self.region.name
        whole = [v for found in self.contests for v in found.votes if v.allows_km >= HALF_CIRCUMFERENCE_KM]
        notes = [
            (
                f"Each ring joins the points that lie the stated distance from the nearest point of {name}, measured "
                f"on the WGS 84 ellipsoid. It is not a circle round a launch point, because no source names one."
            ),
            (
                "Claims by one claimant count once, the newest dated one. Nothing is averaged. A figure in miles "
                "shares the line of a figure in kilometres that it meets within rounding; countries are judged by the "
                "exact figures."
            ),
        ]
        if whole:
            notes.append(
                f"A claim of {format_km(whole[0].allows_km)} is half the Earth’s circumference or more, so it reaches "
                f"every point on Earth: it has an area but no ring."
            )
        return tuple(notes)

    def limits(self) -> tuple[str, ...]:
        """Say what the map does not show, and what the catalogue notes of its systems."""
        general = (
            "Whether any claim is right. Accuracy, payload, numbers held, or intent. A place inside a ring is one "
            "that a published figure reaches, no more."
        )
        return (general, *(found.system.note for found in self.contests if found.system.note))

    def filters(self) -> str:
        """Say what the reader chose to count; empty where it is everything."""
        return filter_words(self.wanted)


def filter_words(wanted: Filters) -> str:
    """Say what is counted; empty where it is everything."""
    parts = [
        f"sources of tier {wording.listing(sorted(wanted.tiers), 'or')}" if wanted.tiers else "",
        f"what had been said by {wording.format_date(wanted.as_of)}" if wanted.as_of else "",
        f"the claimants {wording.listing(sorted(wanted.origins))}" if wanted.origins else "",
        f"the claims {wording.listing(sorted(wanted.claims))}" if wanted.claims else "",
        "likely errors too" if wanted.flagged else "",
    ]
    chosen = [part for part in parts if part]
    return f"Counting only {wording.listing(chosen)}." if chosen else ""


def edition(newest: str | None, version: str, data_hash: str) -> str:
    """Say which data and which program made the map, so that a reader can make it again."""
    return f"Newest source: {wording.format_date(newest)}; catalogue {data_hash}. Made with rangemap {version}."


def country_name(code: str) -> str:
    """Name a country by its ISO 3166-1 alpha-3 code; the code itself where the base map has no such country."""
    return places.country_names().get(code, code)


def _finding(found: Contest) -> str:
    """Say who puts the range where."""
    if not found.votes:
        return _no_finding(found)
    figures = sorted({km for line in found.distances for km in (line.km,)})
    who = wording.capital(wording.count(len(found.votes), "claimant"))
    more = " or more" if all(vote.open_above for vote in found.votes) else ""
    if found.agreement is Agreement.SINGLE:
        name = wording.claimant(found.votes[0].claims[0])
        return f"{who}, {name}, {_puts(found)} it at {_figures(figures, 'to')}{more}."
    if len(figures) == 1:
        everyone = "Both" if len(found.votes) == 2 else f"All {wording.number_word(len(found.votes))}"  # noqa: PLR2004
        return f"{everyone} claimants {_puts(found)} it at {_figures(figures)}{more}."
    return _camps(found) or f"{_spread(found, who, figures)}{_weak_ends(found)}"


def _puts(found: Contest) -> str:
    counted = [claim for vote in found.votes for claim in vote.claims]
    verb = "project" if all(claim.stance is Stance.PROJECTS for claim in counted) else "put"
    return f"{verb}s" if len(found.votes) == 1 else verb


def _figures(figures: Sequence[float], joint: str = "and") -> str:
    if len(figures) <= 2:  # noqa: PLR2004 - "a or b" is still a phrase
        return f"**{wording.kilometres(figures, joint)}**"
    return f"**{figures[0]:,.0f} to {format_km(figures[-1])}**"


def _spread(found: Contest, who: str, figures: Sequence[float]) -> str:
    """Say from where to where the figures run, and where at least half of the claimants stand."""
    low, high = figures[0], figures[-1]
    majority = found.line_km(found.majority_km or low)
    half = f"at least half say **{format_km(majority)}**{'' if majority == high else ' or more'}"
    text = f"{who} {_puts(found)} it between **{low:,.0f}** and **{format_km(high)}**"
    return f"{text}." if majority == low else f"{text}; {half}."


def _camps(found: Contest) -> str:
    """Tell of two camps where the figures part at one wide jump; empty where they do not, or claimants straddle it."""
    figures = [line.km for line in found.distances]
    ratio, low_end = max((high / low, low) for low, high in pairwise(figures))
    straddling = any(found.line_km(v.grants_km) <= low_end < found.line_km(v.allows_km) for v in found.votes)
    if ratio < WIDE_JUMP or straddling:
        return ""
    low_camp = [vote for vote in found.votes if found.line_km(vote.allows_km) <= low_end]
    high_camp = [vote for vote in found.votes if vote not in low_camp]
    low_figures = [km for km in figures if km <= low_end]
    high_figures = [km for km in figures if km > low_end]
    who = f"{wording.capital(wording.number_word(len(low_camp)))} of {wording.number_word(len(found.votes))} claimants"
    return (
        f"{who}{_weak_camp(found, low_camp)} {'puts' if len(low_camp) == 1 else 'put'} it at "
        f"{_figures(low_figures, 'or')}; {wording.number_word(len(high_camp))}{_weak_camp(found, high_camp)} "
        f"{'says' if len(high_camp) == 1 else 'say'} {_figures(high_figures)}."
    )


def _weak_camp(found: Contest, camp: Sequence[Vote]) -> str:
    tiers = {item.claim.id: item.tier for item in found.judged}
    if not _all_weak(camp, tiers):
        return ""
    return {1: ", from a weak source,", 2: ", both from weak sources,"}.get(len(camp), ", all from weak sources,")


def _weak_ends(found: Contest) -> str:
    """Name the kind of source where the high or the low end rests on weak leads only."""
    tiers = {item.claim.id: item.tier for item in found.judged}
    ends = (
        ("highest", [vote for vote in found.votes if vote.allows_km == found.any_km]),
        ("lowest", [vote for vote in found.votes if vote.grants_km == found.all_km]),
    )
    weak = [name for name, edge in ends if _all_weak(edge, tiers)]
    if not weak:
        return ""
    verb = "figure rests" if len(weak) == 1 else "figures rest"
    return f" The {wording.listing(weak)} {verb} on weak sources only."


def _all_weak(edge: Iterable[Vote], tiers: dict[str, Tier]) -> bool:
    return all(tiers[claim.id] is Tier.C for vote in edge for claim in vote.claims)


def _no_finding(found: Contest) -> str:
    """Say what there is instead of a range."""
    limits = [item for item in found.judged if item.claim.quantity is Quantity.POLICY_LIMIT]
    declared = [item for item in limits if item.claim.stance is Stance.LIMITS]
    if declared:
        figures = sorted({item.claim.figure.top_km for item in declared if not item.claim.figure.converted})
        origins = len({item.claim.origin_id for item in declared})
        return (
            f"This is a declared policy, not a missile: {wording.count(origins, 'claimant')} put the limit at "
            f"**{wording.kilometres(figures, 'or')}**. It is drawn as a line and counts as nobody’s range."
        )
    if found.judged:
        return "No claim about it counts as a range; the list says why, claim by claim."
    return "No source in the catalogue gives a range for it, so nothing is drawn."


def _depends(coverage: Sequence[Coverage], named: Counter[str]) -> str:
    """Say for how many countries it holds and for how many it depends on the claim."""
    within = [row for row in coverage if row.status is Status.WITHIN]
    contested = [row for row in coverage if row.status in (Status.CONTESTED, Status.UNCERTAIN)]
    among = _asked_about(contested, named)
    if within and contested:
        more = f"for {wording.number_word(len(contested))} more{among}, it depends on the claim"
        return f"Every claim reaches some part of {_countries(len(within))}; {more}."
    if contested:
        return f"Whether it reaches {_countries(len(contested))}{among} depends on the claim."
    if within:
        return f"Every claim reaches some part of {_countries(len(within))}; none depends on the claim."
    return "No claim reaches another country."


def _countries(number: int) -> str:
    return wording.count(number, "country", "countries")


def _asked_about(contested: Sequence[Coverage], named: Counter[str]) -> str:
    """Pick the contested country that the sources name most often; none where they name none."""
    asked = [(named[row.place.name.casefold()], -row.place.nearest_km, row.place.name) for row in contested]
    times, _, name = max(asked, default=(0, 0.0, ""))
    return f", {name} among them" if times and len(contested) > 1 else ""


def country_sentence(region: Region, contests: Sequence[Contest], row: Sequence[Coverage]) -> str:
    """Say how a country stands, in words: distance, who reaches it, by how much the others fall short."""
    place = row[0].place
    near, far = place.nearest_km, place.farthest_km
    distance = (
        f"Borders {region.name}; its farthest point is {format_km(far)} away."
        if near < 1
        else f"{near:,.0f} to {format_km(far)} from {region.name}."
    )
    many = len(contests) > 1
    standing = [
        f"{found.system.name}: {_standing(found, cell)}" if many else wording.capital(_standing(found, cell))
        for found, cell in zip(contests, row, strict=True)
        if found.votes
    ]
    return " ".join([distance, *standing])


def _standing(found: Contest, cell: Coverage) -> str:
    origins, near, far = len(found.votes), cell.place.nearest_km, cell.place.farthest_km
    if cell.status is Status.BEYOND:
        return f"the highest figure stops **{format_km(near - (found.any_km or 0.0))} short**."
    if cell.status is Status.WITHIN:
        whole = len(cell.whole)
        if whole == origins:
            return "every claim covers all of it." if origins > 1 else "the one claim covers all of it."
        return f"every claim reaches part of it, {wording.number_word(whole) if whole else 'none'} all of it."
    may = f", {wording.number_word(len(cell.may_reach))} more may" if cell.may_reach else ""
    reach = f"{len(cell.reaching)} of {origins} reach it{may}"
    return f"{reach}{_what_covers(found, cell, far)}{_shortfall(found, near)}."


def _what_covers(found: Contest, cell: Coverage, far_km: float) -> str:
    """Name the figures that reach it where they are few."""
    figures = sorted({found.line_km(v.grants_km) for v in found.votes if v.origin in cell.reaching})
    if not figures or len(figures) > FEW_FIGURES:
        return ""
    part = "all" if found.votes and figures[0] >= far_km else "part"
    return f": **{wording.kilometres(figures)}** {'covers' if len(figures) == 1 else 'cover'} {part} of it"


def _shortfall(found: Contest, near_km: float) -> str:
    """Say by how much the figures that fail fall short."""
    gaps = sorted({round(near_km - v.allows_km) for v in found.votes if v.allows_km < near_km})
    if not gaps:
        return ""
    span = f"{gaps[0]:,}" if gaps[0] == gaps[-1] else f"{gaps[0]:,} to {gaps[-1]:,}"
    return f"; the others stop **{span} km short**"
