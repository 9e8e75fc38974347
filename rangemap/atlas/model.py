"""What passes between the parts of an atlas: a task, the page made of it, and its card in the index."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue

PAGES = "systems"
"""Folder of the pages within an atlas, so that no system's id can take the index's name."""


@dataclass(frozen=True, slots=True)
class Task:
    """One page to make: small enough to send to another machine, and all that it takes there.

    Attributes
    ----------
    system
        Id of the system.
    catalogue
        The system with its sources, and nothing else of the catalogue.
    key
        Hash of everything that decides the page's bytes.
    """

    system: str
    catalogue: Catalogue
    filters: Filters
    key: str

    @property
    def regions(self) -> tuple[str, ...]:
        """Launch regions, by which tasks that share their measurements are kept together."""
        return self.catalogue.systems[self.system].regions


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small globe: its centre in degrees, and paths with their classes and fills over land that many share.

    `paths` are triples of classes, fill (empty for that of the classes) and SVG path data.
    """

    lon: float
    lat: float
    paths: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the index says of a system, as plain values that JSON can hold.

    `figures` is from the least to the greatest counted distance, "750 to 1,700 km"; empty where none is counted.
    """

    system: str
    name: str
    aliases: tuple[str, ...]
    country: str
    country_name: str
    kind: str
    kind_label: str
    agreement: str
    projected: bool
    origins: int
    claims: int
    figures: str
    newest: str | None
    thumbnail: Thumbnail

    def as_dict(self) -> dict[str, Any]:
        """Give the card as JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Card:
        """Make a card of what `as_dict` gave, read back from JSON."""
        globe = data["thumbnail"]
        paths = tuple((str(classes), str(fill), str(path)) for classes, fill, path in globe["paths"])
        thumbnail = Thumbnail(float(globe["lon"]), float(globe["lat"]), paths)
        return cls(**{**data, "aliases": tuple(data["aliases"]), "thumbnail": thumbnail})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came from a worker: its HTML and its card, or the reason why there is none."""

    system: str
    key: str
    html: str = ""
    card: Card | None = None
    error: str = ""
