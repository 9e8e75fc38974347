"""Statements about reach as rows of a table: what was said, and whether it follows from the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import wording
from rangemap.layers.model import VerdictRow
from rangemap.verdict_words import findings
from rangemap.verdicts import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import System
    from rangemap.language import Language
    from rangemap.verdicts import Judgement


def verdict_rows(
    systems: Sequence[System], data: Catalogue, region: str | None, filters: Filters, lang: Language
) -> tuple[VerdictRow, ...]:
    """Judge the statements about the systems, each from `region`, or from where it was made for."""
    return tuple(
        _row(judged, system, data, lang)
        for system in systems
        for judged in judge_all(data, system=system, region=region, filters=filters, alone=True)
    )


def _row(judged: Judgement, system: System, data: Catalogue, lang: Language) -> VerdictRow:
    assertion, source = judged.assertion, data.sources[judged.assertion.source]
    return VerdictRow(
        id=assertion.id,
        system=system.id,
        area=assertion.area,
        expected=assertion.expected,
        statement=lang.say(f"said.{assertion.expected}", area=wording.named(lang, assertion.area)),
        verdict=judged.verdict.value,
        required_km=judged.required_km,
        sentence=wording.capital(findings(judged, lang)),
        claimant=wording.claimant(assertion),
        as_of=assertion.as_of,
        source=source.id,
        citation=wording.citation(source),
        url=wording.web_address(source.url),
    )
