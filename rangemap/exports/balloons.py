"""What Google Earth shows in a balloon: who says it, as HTML from escaped text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rangemap.cells import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rangemap.layers import LayerSet, Statement


def document_html(layerset: LayerSet) -> str:
    """Give the finding, how it was made and the credits, for the balloon of the whole file."""
    parts = [layerset.standfirst, *layerset.method, *layerset.limits, layerset.credits]
    return "".join(f"<p>{html(part.replace('**', ''))}</p>" for part in parts)


def feature_html(row: Mapping[str, Any], statements: Mapping[str, Statement]) -> str:
    """Give the heading of a feature and a line for each claim behind it, with a link to its source."""
    claims = "".join(_claim(statements[claim]) for claim in row["claims"] if claim in statements)
    about = f"<ol>{claims}</ol>" if claims else f"<p>{html(row['citation'] or '')}</p>"
    return f"<h3>{html(row['label'])}</h3>{about}"


def _claim(said: Statement) -> str:
    source = html(said.citation)
    cited = f'<a href="{html(said.url)}">{source}</a>' if said.url else source
    return f"<li>{html(said.claimant)}: {html(said.original)}. {cited}</li>"


def html(text: object) -> str:
    """Escape text for HTML in a balloon, where `$[name]` would stand for a field of the feature."""
    return escape(plain(text)).replace("$[", "&#36;[")
