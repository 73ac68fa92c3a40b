"""Which places the map shows: each spot once, with the claims that name it; and what it cannot.

A whole country is a shaded country, not a point in it; the point by which lines reach it is chosen
for drawing alone. A place that is open or unknown gets no mark.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, hypot, radians
from typing import Literal

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.drawing.projection import turned
from safeconduct.drawing.text import plain
from safeconduct.geo.countries import LonLat, shipped_countries
from safeconduct.geo.resolving import Ambiguous, Resolution, Resolved
from safeconduct.geo.shapes import KM_PER_DEGREE
from safeconduct.timeline.layout import Layout, Occurrence

Key = tuple[str, float, float, float]
"""Label or country, latitude, longitude, radius: equal for the same place."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A place: its name as told, where, how sure, and the claims that name it.

    `country` is the code of a whole country, else None; then lat and lon are for drawing alone.
    """

    key: Key
    label: str
    lat: float
    lon: float
    radius_km: float
    country: str | None
    claims: tuple[str, ...]


class Missing(msgspec.Struct, frozen=True):
    """A place of a claim that has no mark: why, and what was told of it."""

    claim: str
    why: Literal["ambiguous", "unresolved"]
    told: str


class Shown(msgspec.Struct, frozen=True):
    """The marks, the places without one, and the claims that name no place at all."""

    marks: tuple[Mark, ...]
    missing: tuple[Missing, ...]
    placeless: tuple[str, ...]


def places_shown(layout: Layout) -> Shown:
    """All places of an account, in the order of its claims."""
    found: dict[Key, tuple[Resolved, list[str]]] = {}
    missing: list[Missing] = []
    placeless: list[str] = []
    for occurrence in layout.occurrences.values():
        places = tuple(stated(occurrence))
        if not places:
            placeless.append(occurrence.claim.id)
        for told, place in places:
            if isinstance(place, Resolved):
                claims = found.setdefault(key_of(place), (place, []))[1]
                if occurrence.claim.id not in claims:
                    claims.append(occurrence.claim.id)
            else:
                why: Literal["ambiguous", "unresolved"] = (
                    "ambiguous" if isinstance(place, Ambiguous) else "unresolved"
                )
                missing.append(Missing(occurrence.claim.id, why, told))
    return Shown(_marks(found), tuple(missing), tuple(placeless))


def stated(occurrence: Occurrence) -> Iterator[tuple[str, Resolution]]:
    """The places that a claim states, in words, with what they mean."""
    claim: Claim = occurrence.claim
    pairs = (
        (claim.where, occurrence.where),
        (claim.from_, occurrence.origin),
        (claim.to, occurrence.destination),
    )
    for place, resolution in pairs:
        if place is not None and resolution is not None:
            told = place.name or place.words or place.country or str(place.gazetteer or "")
            yield plain(told), resolution


def key_of(place: Resolved) -> Key:
    """By what two statements name the same place."""
    spot = place.spot
    name = spot.label if place.is_country else ""
    return name, round(spot.lat, 4), round(spot.lon, 4), round(spot.radius_km, 2)


def _marks(found: dict[Key, tuple[Resolved, list[str]]]) -> tuple[Mark, ...]:
    centres = {key: (place.spot.lon, place.spot.lat) for key, (place, _) in found.items()}
    return tuple(
        _mark(key, place, tuple(claims), [at for other, at in centres.items() if other != key])
        for key, (place, claims) in found.items()
    )


def _mark(key: Key, place: Resolved, claims: tuple[str, ...], others: Sequence[LonLat]) -> Mark:
    spot = place.spot
    country = (spot.country or spot.label) if place.is_country else None
    lon, lat = spot.lon, spot.lat
    if country:
        lon, lat = _anchor(country, (lon, lat), tuple(others))
    return Mark(
        key=key,
        label=plain(spot.label),
        lat=lat,
        lon=lon,
        radius_km=spot.radius_km,
        country=country,
        claims=claims,
    )


_DEEP_KM = 350.0
_GRID = 11


@lru_cache(maxsize=256)
def _anchor(code: str, centre: LonLat, others: tuple[LonLat, ...]) -> LonLat:
    """A point well inside a country, on the side of the other places; its centre without shapes."""
    rings = tuple(shipped_countries().outlines(code))
    if not rings:
        return centre
    ring = max(rings, key=_extent)
    thin = ring[:: max(1, len(ring) // 110)]
    target = _mean(others, centre)
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    best, chosen = -1e9, centre
    for i in range(1, _GRID):
        for j in range(1, _GRID):
            lon = min(lons) + (max(lons) - min(lons)) * i / _GRID
            lat = min(lats) + (max(lats) - min(lats)) * j / _GRID
            if not _inside(thin, lon, lat):
                continue
            deep = min(_DEEP_KM, min(_km(point, (lon, lat)) for point in thin))
            score = deep - 0.12 * _km(target, (lon, lat))
            if score > best:
                best, chosen = score, (lon, lat)
    return chosen


def _extent(ring: Sequence[LonLat]) -> float:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    middle = cos(radians((min(lats) + max(lats)) / 2))
    return (max(lons) - min(lons)) * middle * (max(lats) - min(lats))


def _mean(points: Sequence[LonLat], around: LonLat) -> LonLat:
    if not points:
        return around
    lons = [turned(lon, around[0]) for lon, _ in points]
    return sum(lons) / len(lons), sum(lat for _, lat in points) / len(points)


def _inside(ring: Sequence[LonLat], x: float, y: float) -> bool:
    odd = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y2 > y) != (y1 > y) and x < (x1 - x2) * (y - y2) / (y1 - y2) + x2:
            odd = not odd
        x1, y1 = x2, y2
    return odd


def _km(one: LonLat, other: LonLat) -> float:
    """Roughly, for choosing a point to draw to."""
    middle = cos(radians((one[1] + other[1]) / 2))
    return hypot((turned(one[0], other[0]) - other[0]) * middle, one[1] - other[1]) * KM_PER_DEGREE
