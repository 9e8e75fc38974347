"""The embed kit: everything that it takes to put one map into somebody else's page, article or paper."""

from __future__ import annotations

from rangemap.embed.kit import make_kit, write_kit
from rangemap.embed.page import PageFacts, read_page

__all__ = ["PageFacts", "make_kit", "read_page", "write_kit"]
