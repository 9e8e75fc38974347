"""Verdicts as schema.org's ClaimReview, for a publisher who has checked them and stands by them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rangemap.layers import LayerSet, VerdictRow

RATINGS: dict[str, tuple[int, str]] = {
    "holds": (5, "Follows from every counted claim"),
    "depends": (3, "Depends on which claim is right"),
    "fails": (1, "Follows from no counted claim"),
}


def claim_reviews(layerset: LayerSet, *, url: str | None) -> str:
    """Write all verdicts that are one as JSON-LD; what can't be tested is left out.

    No reviewer is named: `author` is the publisher's to fill in, who answers for the review.
    """
    reviews = [_review(row, layerset, url) for row in layerset.verdicts if row.verdict in RATINGS]
    return json.dumps(reviews, ensure_ascii=False, indent=2) + "\n"


def _review(row: VerdictRow, layerset: LayerSet, url: str | None) -> dict[str, Any]:
    value, words = RATINGS[row.verdict]
    name = next((system.name for system in layerset.systems if system.id == row.system), row.system)
    said: dict[str, Any] = {"@type": "Claim", "author": {"@type": "Organization", "name": row.claimant}}
    if row.as_of:
        said["datePublished"] = row.as_of
    if row.url:
        said["appearance"] = {"@type": "CreativeWork", "url": row.url}
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": f"{name}: {row.statement}",
        "itemReviewed": said,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": words,
        },
        "reviewBody": row.sentence.replace("**", ""),
    }
    return review | ({"url": url} if url else {})
