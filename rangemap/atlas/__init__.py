"""An atlas: every system of a catalogue on a page of its own, an index to find them by, and feeds of the claims."""

from __future__ import annotations

from rangemap.atlas.make import Made, make_atlas

__all__ = ["Made", "make_atlas"]
