"""Benchmarks: `pip install -e ".[bench]"`, then `pytest benchmarks --benchmark-group-by=group`."""

from __future__ import annotations

import pytest

pytest.importorskip("pytest_benchmark", reason="pip install 'rangemap[bench]'")
