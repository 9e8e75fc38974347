"""The sentences of a map, made from its figures: title, standfirst, method, limits, a sentence for every country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rangemap import places, wording
from rangemap.language import language
from rangemap.types import Agreement, Quantity, Stance, Status, Tier
from rangemap.units import HALF_CIRCUMFERENCE_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.ballot import Filters, Vote
    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import System
    from rangemap.contest import Contest
    from rangemap.coverage import Coverage
    from rangemap.language import Language
    from rangemap.places import Region

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
    lang: Language

    def title(self) -> str:
        """Ask the question that the map answers."""
        if len(self.contests) == 1 and self.contests[0].system.question:
            return self.lang.curated(self.contests[0].system.question)
        return wording.question([found.system.name for found in self.contests], self.lang)

    def kicker(self) -> tuple[str, ...]:
        """Name the kind of figure, the country and the class."""
        systems = [found.system for found in self.contests]
        kinds = dict.fromkeys(kind_label(system, self.lang) for system in systems)
        countries = dict.fromkeys(country_name(system.country, self.lang) for system in systems)
        return (self._kind_of_figure(), self.lang.listing(list(countries)), self.lang.listing(list(kinds)))

    def _kind_of_figure(self) -> str:
        counted = [claim for found in self.contests for vote in found.votes for claim in vote.claims]
        if counted:
            projected = all(claim.stance is Stance.PROJECTS for claim in counted)
            return self.lang.say("figure.projected" if projected else "figure.reported")
        quantities = {item.claim.quantity for found in self.contests for item in found.judged}
        return self.lang.say("figure.limit" if Quantity.POLICY_LIMIT in quantities else "figure.none")

    def standfirst(self) -> str:
        """Say the finding in one to three sentences, in the system's own words where it has them and all is counted."""
        if len(self.contests) > 1:
            return " ".join(self._finding_of(found) for found in self.contests)
        found = self.contests[0]
        own = "" if self.filters() else found.system.standfirst
        head = self.lang.curated(own) if own else _finding(found, self.lang)
        tail = _depends(self.coverages[0], self._named_areas(), self.lang) if found.votes else ""
        return f"{head} {tail}".strip()

    def _finding_of(self, found: Contest) -> str:
        system = self.lang.foreign(found.system.name)
        return self.lang.say("finding.of_system", system=system, finding=_finding(found, self.lang))

    def description(self) -> str:
        """Say the same without marks, short enough for a search engine."""
        return self.standfirst().replace("**", "")[:300]

    def _named_areas(self) -> Counter[str]:
        """Count how often the sources of this country's systems name an area: what readers ask about."""
        return Counter(self.catalogue.named_areas.get(self.contests[0].system.country, {}))

    def method(self) -> tuple[str, ...]:
        """Say how the map was made."""
        whole = [v for found in self.contests for v in found.votes if v.allows_km >= HALF_CIRCUMFERENCE_KM]
        notes = [
            self.lang.say("note.rings", place=wording.place(self.lang, self.region.name)),
            self.lang.say("note.counting"),
        ]
        if whole:
            notes.append(self.lang.say("note.whole_earth", distance=self.lang.km(whole[0].allows_km)))
        return tuple(notes)

    def limits(self) -> tuple[str, ...]:
        """Say what the map does not show, and what the catalogue notes of its systems (in English)."""
        notes = (found.system.note for found in self.contests if found.system.note)
        return (self.lang.say("note.limits"), *map(self.lang.foreign, notes))

    def filters(self) -> str:
        """Say what the reader chose to count; empty where it is everything."""
        return filter_words(self.wanted, self.lang)


def filter_words(wanted: Filters, lang: Language | None = None) -> str:
    """Say what is counted; empty where it is everything. In English, unless another language is given."""
    lang = lang or language("en")
    parts = [
        lang.say("note.filter_tiers", names=lang.listing(sorted(wanted.tiers), "or")) if wanted.tiers else "",
        lang.say("note.filter_date", date=lang.date(wanted.as_of)) if wanted.as_of else "",
        lang.say("note.filter_origins", names=_ids(wanted.origins, lang)) if wanted.origins else "",
        lang.say("note.filter_claims", names=_ids(wanted.claims, lang)) if wanted.claims else "",
        lang.say("note.filter_flagged") if wanted.flagged else "",
    ]
    chosen = [part for part in parts if part]
    return lang.say("note.filtered", what=lang.listing(chosen)) if chosen else ""


def _ids(names: Iterable[str], lang: Language) -> str:
    return lang.listing([lang.foreign(name) for name in sorted(names)])


def edition(newest: str | None, version: str, data_hash: str, lang: Language | None = None) -> str:
    """Credit the borders, and say which data and which program made the map, so that a reader can make it again."""
    lang = lang or language("en")
    made = lang.say("note.edition", date=lang.date(newest), hash=data_hash, version=version)
    return f"{lang.say('note.borders')} {made}"


def country_name(code: str, lang: Language) -> str:
    """Name a country by its ISO 3166-1 alpha-3 code; the code itself where the base map has no such country."""
    return lang.country(code, places.country_names().get(code, code))


def kind_label(system: System, lang: Language) -> str:
    """Say what sort of thing a system is: by its own label (English), else by its kind."""
    return lang.curated(system.label) if system.label else lang.say(f"kind.{system.kind}")


def _finding(found: Contest, lang: Language) -> str:
    """Say who puts the range where."""
    if not found.votes:
        return _no_finding(found, lang)
    figures = sorted({km for line in found.distances for km in (line.km,)})
    projects = "_projects" if _is_projected(found) else ""
    is_open = all(vote.open_above for vote in found.votes)
    if found.agreement is Agreement.SINGLE:
        name = lang.foreign(wording.claimant(found.votes[0].claims[0]))
        return lang.say(f"finding.single{projects}", name=name, figures=_figures(figures, lang, "to", is_open=is_open))
    if len(figures) == 1:
        said = _figures(figures, lang, is_open=is_open)
        return lang.say(f"finding.all{projects}", len(found.votes), figures=said)
    return _camps(found, lang) or f"{_spread(found, figures, projects, lang)}{_weak_ends(found, lang)}"


def _is_projected(found: Contest) -> bool:
    return all(claim.stance is Stance.PROJECTS for vote in found.votes for claim in vote.claims)


def _figures(figures: Sequence[float], lang: Language, joint: str = "and", *, is_open: bool = False) -> str:
    few = len(figures) <= 2  # noqa: PLR2004 - "a or b" is still a phrase
    shown = f"**{lang.kilometres(figures, joint) if few else lang.span(figures[0], figures[-1])}**"
    return lang.say("finding.or_more", figures=shown) if is_open else shown


def _spread(found: Contest, figures: Sequence[float], projects: str, lang: Language) -> str:
    """Say from where to where the figures run, and where at least half of the claimants stand."""
    low, high = figures[0], figures[-1]
    majority = found.line_km(found.majority_km or low)
    spread = lang.say(f"finding.spread{projects}", len(found.votes), low=lang.number(low), high=lang.km(high))
    clauses = [wording.capital(spread)]
    if majority != low:
        key = "finding.half" if majority == high else "finding.half_more"
        clauses.append(lang.say(key, distance=lang.km(majority)))
    return _sentence(clauses, lang)


def _sentence(clauses: Iterable[str], lang: Language) -> str:
    return lang.say("list.clauses").join(clauses) + lang.say("list.stop")


def _camps(found: Contest, lang: Language) -> str:
    """Tell of two camps where the figures part at one wide jump; empty where they do not, or claimants straddle it."""
    figures = [line.km for line in found.distances]
    ratio, low_end = max((high / low, low) for low, high in pairwise(figures))
    straddling = any(found.line_km(v.grants_km) <= low_end < found.line_km(v.allows_km) for v in found.votes)
    if ratio < WIDE_JUMP or straddling:
        return ""
    low_camp = [vote for vote in found.votes if found.line_km(vote.allows_km) <= low_end]
    high_camp = [vote for vote in found.votes if vote not in low_camp]
    low = lang.say(
        "finding.camp_low",
        len(low_camp),
        total=lang.word(len(found.votes)),
        weak=_weak_camp(found, low_camp, lang),
        figures=_figures([km for km in figures if km <= low_end], lang, "or"),
    )
    high = lang.say(
        "finding.camp_high",
        len(high_camp),
        weak=_weak_camp(found, high_camp, lang),
        figures=_figures([km for km in figures if km > low_end], lang),
    )
    return _sentence([wording.capital(low), high], lang)


def _weak_camp(found: Contest, camp: Sequence[Vote], lang: Language) -> str:
    tiers = {item.claim.id: item.tier for item in found.judged}
    return lang.say("finding.weak_camp", len(camp)) if _all_weak(camp, tiers) else ""


def _weak_ends(found: Contest, lang: Language) -> str:
    """Name the kind of source where the high or the low end rests on weak leads only."""
    tiers = {item.claim.id: item.tier for item in found.judged}
    high = _all_weak([vote for vote in found.votes if vote.allows_km == found.any_km], tiers)
    low = _all_weak([vote for vote in found.votes if vote.grants_km == found.all_km], tiers)
    if not (high or low):
        return ""
    end = "both" if high and low else "highest" if high else "lowest"
    return " " + lang.say(f"finding.weak_{end}")


def _all_weak(edge: Iterable[Vote], tiers: dict[str, Tier]) -> bool:
    return all(tiers[claim.id] is Tier.C for vote in edge for claim in vote.claims)


def _no_finding(found: Contest, lang: Language) -> str:
    """Say what there is instead of a range."""
    limits = [item for item in found.judged if item.claim.quantity is Quantity.POLICY_LIMIT]
    declared = [item for item in limits if item.claim.stance is Stance.LIMITS]
    if declared:
        figures = sorted({item.claim.figure.top_km for item in declared if not item.claim.figure.converted})
        origins = len({item.claim.origin_id for item in declared})
        return lang.say("finding.limit", origins, figures=lang.kilometres(figures, "or"))
    return lang.say("finding.none_counts" if found.judged else "finding.no_source")


def _depends(coverage: Sequence[Coverage], named: Counter[str], lang: Language) -> str:
    """Say for how many countries it holds and for how many it depends on the claim."""
    within = [row for row in coverage if row.status is Status.WITHIN]
    contested = [row for row in coverage if row.status in (Status.CONTESTED, Status.UNCERTAIN)]
    name = _asked_about(contested, named)
    among = {"country": wording.named(lang, name)} if name else {}
    suffix = "_among" if name else ""
    if not within and not contested:
        return lang.say("depends.nobody")
    if not within:
        return lang.say(f"depends.only{suffix}", len(contested), **among)
    reached = lang.say("depends.within", len(within))
    more = lang.say(f"depends.more{suffix}", len(contested), **among) if contested else lang.say("depends.none_more")
    return _sentence([reached, more], lang)


def _asked_about(contested: Sequence[Coverage], named: Counter[str]) -> str:
    """Pick the contested country that the sources name most often; none where they name none."""
    asked = [(named[row.place.name.casefold()], -row.place.nearest_km, row.place.name) for row in contested]
    times, _, name = max(asked, default=(0, 0.0, ""))
    return name if times and len(contested) > 1 else ""


def country_sentence(region: Region, contests: Sequence[Contest], row: Sequence[Coverage], lang: Language) -> str:
    """Say how a country stands, in words: distance, who reaches it, by how much the others fall short."""
    near, far = row[0].place.nearest_km, row[0].place.farthest_km
    place = wording.place(lang, region.name)
    distance = (
        lang.say("standing.borders", place=place, distance=lang.km(far))
        if near < 1
        else lang.say("standing.from", place=place, distance=lang.span(near, far))
    )
    many = len(contests) > 1
    standing = [
        lang.say("standing.of_system", system=lang.foreign(found.system.name), standing=_standing(found, cell, lang))
        if many
        else wording.capital(_standing(found, cell, lang))
        for found, cell in zip(contests, row, strict=True)
        if found.votes
    ]
    return " ".join([distance, *standing])


def _standing(found: Contest, cell: Coverage, lang: Language) -> str:
    origins, near = len(found.votes), cell.place.nearest_km
    if cell.status is Status.BEYOND:
        return lang.say("standing.beyond", distance=lang.km(near - (found.any_km or 0.0)))
    if cell.status is Status.WITHIN:
        whole = len(cell.whole)
        if whole == origins:
            return lang.say("standing.all_whole", origins)
        return lang.say("standing.all_some", whole) if whole else lang.say("standing.all_none")
    key, may = "standing.contested_may" if cell.may_reach else "standing.contested", lang.word(len(cell.may_reach))
    reach = lang.say(key, len(cell.reaching), total=lang.number(origins), may=may)
    covers = _what_covers(found, cell, lang)
    said = lang.say("list.colon", a=reach, b=covers) if covers else reach
    return _sentence([said, *_shortfall(found, near, lang)], lang)


def _what_covers(found: Contest, cell: Coverage, lang: Language) -> str:
    """Name the figures that reach it where they are few."""
    figures = sorted({found.line_km(v.grants_km) for v in found.votes if v.origin in cell.reaching})
    if not figures or len(figures) > FEW_FIGURES:
        return ""
    key = "standing.covers_all" if figures[0] >= cell.place.farthest_km else "standing.covers_part"
    return lang.say(key, len(figures), figures=lang.kilometres(figures))


def _shortfall(found: Contest, near_km: float, lang: Language) -> list[str]:
    """Say by how much the figures that fail fall short."""
    gaps = sorted({round(near_km - v.allows_km) for v in found.votes if v.allows_km < near_km})
    if not gaps:
        return []
    distance = lang.km(gaps[0]) if gaps[0] == gaps[-1] else lang.span(gaps[0], gaps[-1])
    return [lang.say("standing.short", distance=distance)]
