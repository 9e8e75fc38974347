"""The command line: parse, one call, print. Data to stdout, talk to stderr."""

from __future__ import annotations

from rangemap.cli.app import main

__all__ = ["main"]
