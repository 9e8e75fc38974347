"""Places: the countries of the base map, cities, and the regions that a reach is drawn from."""

from __future__ import annotations

from rangemap.places.basemap import Scale, basemap_topology, countries, country, country_names, topology_of
from rangemap.places.gazetteer import cities, largest_cities
from rangemap.places.launch import MIN_AREA_KM2, geodesic_area_km2, region, regions, require_coarse
from rangemap.places.model import Cities, Country, Kind, Region, RegionInfo

__all__ = [
    "MIN_AREA_KM2",
    "Cities",
    "Country",
    "Kind",
    "Region",
    "RegionInfo",
    "Scale",
    "basemap_topology",
    "cities",
    "countries",
    "country",
    "country_names",
    "geodesic_area_km2",
    "largest_cities",
    "region",
    "regions",
    "require_coarse",
    "topology_of",
]
