"""A map in a notebook: its page in a frame of its own, laid over a picture for readers whose notebook runs no script.

A notebook that is not trusted takes the frame away, and what lay beneath remains (docs/notebooks.md).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup

from rangemap.layers import LayerSet
from rangemap.webmap import text

if TYPE_CHECKING:
    from collections.abc import Collection

Picture: TypeAlias = Callable[[LayerSet], bytes | None]
"""What draws a layer set as PNG, or None where it can't: handed in from upstairs, as the page knows no figures."""

FORMS = ("text/html", "image/png", "text/plain")
"""The MIME types that a map has."""
HEIGHT_PX = 720
"""Height of the frame: head, map and its legend at the width of a notebook's cell; the rest is scrolled to."""
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""What a framed page may do: all that the map needs, but nothing with the page that it stands in."""

_FRAME = Markup(
    '<div class="rangemap" style="display:grid">{picture}'
    '<iframe title="{title}" loading="lazy" width="100%" height="{height}" sandbox="{sandbox}"'
    ' style="grid-area:1/1;border:0;width:100%" srcdoc="{page}"></iframe></div>'
)
_PICTURE = Markup(
    '<img alt="{alt}" src="data:image/png;base64,{data}"'
    ' style="grid-area:1/1;width:100%;max-width:1040px;height:auto;margin:0">'
)


def bundle(page: str, layerset: LayerSet, png: bytes | None, wanted: Collection[str]) -> tuple[dict[str, str], Any]:
    """Give a map in the forms that a notebook asks for.

    Parameters
    ----------
    page
        The whole page as HTML.
    png
        The static picture, if there is one.
    wanted
        MIME types to give; others are left out.

    Returns
    -------
    data, metadata
        By MIME type: "text/html", "image/png" (base64) and "text/plain"; the picture's size in pixels.
    """
    data = {"text/plain": plain(layerset)}
    metadata: dict[str, dict[str, int]] = {}
    if png is not None:
        data["image/png"] = b64encode(png).decode()
        metadata["image/png"] = {"width": int.from_bytes(png[16:20]), "height": int.from_bytes(png[20:24])}
    if "text/html" in wanted:
        data["text/html"] = frame(page, layerset, data.get("image/png"))
    return {kind: content for kind, content in data.items() if kind in wanted}, metadata


def frame(page: str, layerset: LayerSet, picture: str | None = None) -> str:
    """Write the page as the content of a sandboxed frame, over the picture (base64) if there is one.

    The frame has no colour of its own: where its page is taken away from it, the picture shows through.
    """
    beneath = _PICTURE.format(alt=plain(layerset), data=picture) if picture else ""
    title = text.finalize(layerset.title)
    return str(_FRAME.format(picture=beneath, title=title, height=HEIGHT_PX, sandbox=SANDBOX, page=page))


def plain(layerset: LayerSet) -> str:
    """Say in words what the map is and what it finds."""
    return str(text.finalize(f"{layerset.title} {layerset.standfirst}".replace("**", "").strip()))
