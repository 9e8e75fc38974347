"""An audit bundle: one map with all that it was made from, and the proof that it can be made again."""

from __future__ import annotations

from rangemap.bundle.make import make_bundle
from rangemap.bundle.verify import Report, verify_bundle

__all__ = ["Report", "make_bundle", "verify_bundle"]
