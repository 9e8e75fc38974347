"""Numbers as text for the page: varints, gzip and base 91, and arcs on a coarser grid."""

from __future__ import annotations

import gzip
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import get_coordinates, linestrings, simplify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DIGITS = "".join(sorted({chr(code) for code in range(33, 127)} - set("&<\\")))
"""The 91 characters that packed data is written with: ASCII that can be seen, but nothing that could be markup."""


def pack(data: bytes) -> str:
    """Compress with gzip and write in base 91: the same text for the same data on every day."""
    return base91(gzip.compress(data, compresslevel=9, mtime=0))


def base91(data: bytes) -> str:
    """Write every 13 bits as two of 91 digits, the lower first (8 % less than base64); up to six bits more as one."""
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8))
    rest = len(bits) % 13
    padded = np.pad(bits, (0, -rest % (6 if 0 < rest <= 6 else 13)))  # noqa: PLR2004 - the bits of one digit, or of two
    pairs, last = np.split(padded, [len(padded) - len(padded) % 13])
    values = pairs.reshape(-1, 13) @ (1 << np.arange(13)[::-1])
    places = np.column_stack([values % 91, values // 91]).ravel()
    places = np.append(places, last @ (1 << np.arange(6)[::-1])) if len(last) else places
    return bytes(np.frombuffer(DIGITS.encode(), dtype=np.uint8)[places]).decode()


def varints(values: NDArray[np.int64]) -> bytes:
    """Write whole numbers in as few bytes as each needs: zigzag, then seven bits a byte, lowest first."""
    if not len(values):
        return b""
    rest = (values.astype(np.int64) << 1) ^ (values.astype(np.int64) >> 63)
    columns, more = [], np.ones(len(rest), dtype=bool)
    while more.any():
        follows = rest >= 128  # noqa: PLR2004 - seven bits
        columns.append(np.where(more, (rest & 127) | (follows << 7), -1))
        more = more & follows
        rest >>= 7
    flat = np.column_stack(columns).ravel()
    return flat[flat >= 0].astype(np.uint8).tobytes()


def coarse(arcs: Sequence[Any], scale: NDArray[np.float64]) -> tuple[list[int], NDArray[np.int64]]:
    """Put the arcs of a topology on a coarser grid, all at once.

    Bends of less than a cell go, and steps of no length; ends stay, and an island keeps at least a triangle.

    Parameters
    ----------
    arcs
        Delta-encoded, as TopoJSON has them.
    scale
        Cells of the new grid in a cell of the old one, east and north.

    Returns
    -------
    tuple
        The number of positions of every arc; and all steps, x, y, x, y: each arc's first position, then its steps.
    """
    steps = np.array(list(chain.from_iterable(arcs)), dtype=np.int64)
    of = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    walked = np.cumsum(steps, axis=0)
    starts = np.flatnonzero(_changes(of))
    walked -= (walked[starts] - steps[starts])[of]
    kept, of = get_coordinates(simplify(linestrings(walked * scale, indices=of), 1.0), return_index=True)
    grid = np.round(kept).astype(np.int64)
    moved = np.any(np.diff(grid, axis=0, prepend=0) != 0, axis=1) | _changes(of)
    moved |= np.roll(_changes(of), -1) & (np.bincount(of, weights=moved)[of] < 2)  # noqa: PLR2004 - an arc has two ends
    grid, of = grid[moved], of[moved]
    found = np.diff(grid, axis=0, prepend=0)
    found[_changes(of)] = grid[_changes(of)]
    return np.bincount(of).tolist(), found.ravel()


def _changes(of: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark where a new arc begins."""
    return np.asarray(np.diff(of, prepend=-1) != 0)
