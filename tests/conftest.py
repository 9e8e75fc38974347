"""What all tests share: no cache outside the test's own folder."""

from __future__ import annotations

import os

os.environ["RANGEMAP_CACHE"] = "off"
