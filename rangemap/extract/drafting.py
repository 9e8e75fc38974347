"""Turn what was extracted into a draft file that a person can review."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from rangemap.catalogue.drafts import DraftAssertion, DraftDocument, DraftRange, DraftSource, source_id
from rangemap.catalogue.models import Quote, check_date
from rangemap.types import Quantity, Stance

if TYPE_CHECKING:
    from rangemap.extract.extraction import DraftClaim, DraftReach, Extraction, Passage
    from rangemap.extract.readers import Article

_LONGEST = 3900


def draft_document(article: Article, found: Extraction) -> DraftDocument:
    """Make the draft of one article: its source as far as the file tells, and everything found."""
    return DraftDocument(
        file=article.file,
        source=_source(article),
        claims=tuple(_claim(number, claim) for number, claim in enumerate(found.claims, 1)),
        reach=tuple(_reach(number, reach) for number, reach in enumerate(found.reach, 1)),
    )


def _source(article: Article) -> DraftSource:
    title = article.title or ""
    publisher = article.publisher or ""
    date = _date(article.date)
    proposed = source_id(publisher, date, title) if title else source_id("", date, PurePath(article.file).stem)
    return DraftSource(
        id=proposed if re.match(r"[a-z0-9]", proposed) else f"source-{proposed}",
        title=title[:400],
        publisher=publisher[:400],
        author=(article.author or "")[:400],
        issued=date,
        url=article.url,
    )


def _date(text: str | None) -> str | None:
    try:
        return check_date(text) if text else None
    except ValueError:
        return None


def _quote(passage: Passage) -> Quote:
    return Quote(exact=passage.exact[:_LONGEST], prefix=passage.prefix, suffix=passage.suffix)


def _claim(number: int, claim: DraftClaim) -> DraftRange:
    return DraftRange(
        id=f"c{number}",
        system=claim.system,
        system_text=claim.system_text,
        range=re.sub(r"\b(?:an?|the)\s+(?=\d)", "", claim.original),
        low_km=claim.low_km,
        high_km=claim.high_km,
        qualifier=claim.qualifier,
        quantity=Quantity(claim.quantity),
        stance=Stance(claim.stance),
        hedge=claim.hedge,
        claimant=claim.claimant,
        flags=claim.flags,  # the only flag given here is one of the model's
        start=claim.passage.start,
        end=claim.passage.end,
        sentence=claim.passage.sentence,
        quote=_quote(claim.passage),
        reason=claim.reason,
    )


def _reach(number: int, reach: DraftReach) -> DraftAssertion:
    return DraftAssertion(
        id=f"r{number}",
        system=reach.system,
        subject=reach.subject,
        area=reach.area,
        expected="reaches" if reach.expected == "reaches" else "does-not-reach",
        stance=Stance(reach.stance),
        claimant=reach.claimant,
        start=reach.passage.start,
        end=reach.passage.end,
        sentence=reach.passage.sentence,
        quote=_quote(reach.passage),
        reason=reach.reason,
    )
