"""The interactive map: one offline HTML file, made with folium."""

from __future__ import annotations

from rangemap.webmap.build import build, render, save

__all__ = ["build", "render", "save"]
