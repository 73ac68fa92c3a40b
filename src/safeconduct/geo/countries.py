"""Countries: which one a point lies in, how sure that is, and a whole country as a spot.

Shapes are Natural Earth's at 1:50,000,000, cut at the antimeridian: a border may be drawn a few
kilometres off. A result therefore names the other countries within that tolerance, also those of
which GeoNames knows a place there that the shapes leave out; points at sea near a coast belong to
no country but name the coast. How a disputed area is labelled is a
parameter; that it is disputed is always said.
"""

from collections.abc import Iterator
from functools import cache
from math import cos, inf, radians
from mmap import mmap
from pathlib import Path
from struct import Struct

import msgspec

from safeconduct.geo.disputed import AREA, DisputedView, label
from safeconduct.geo.folding import folded
from safeconduct.geo.shapes import DEGREE, KM_PER_DEGREE, distance_km, inside
from safeconduct.geo.shipped import certificate, mapped, sections, shipped_file
from safeconduct.geo.spots import Spot, great_circle_km

MAGIC = b"SCCTRY01"
"""Its sections: polygons, rings, vertices, facts (JSON), names (JSON)."""
POLYGON = Struct("<HHiiiiII")
"""Code, disputed area (0 is none), west, south, east, north, first ring, count of rings."""
RING = Struct("<II")
"""First coordinate pair and count of pairs in the vertices, which are i32 lon, lat."""
OVERLAY = 0xFFFF
"""Instead of a code: the outline of an area inside a country's own shape."""

BORDER_TOLERANCE_KM = 10.0
"""How far a drawn border may lie from the true one; measured, see docs/reference/places.md."""


class CountryAt(msgspec.Struct, frozen=True, kw_only=True):
    """What the shapes say of a point.

    `country` is None at sea, and in an area to which the view gives no country. `near` are other
    countries within the tolerance, nearest first: the point may lie in one of them. `disputed`
    names the area the point lies in, `near_disputed` those within the tolerance. `drawn` is
    Natural Earth's own label of the point.
    """

    country: str | None
    drawn: str | None
    disputed: str | None
    near: tuple[str, ...]
    near_disputed: tuple[str, ...]
    view: DisputedView

    @property
    def is_certain(self) -> bool:
        """Whether one undisputed country is the only answer within the tolerance."""
        return self.country is not None and not (self.disputed or self.near or self.near_disputed)


LonLat = tuple[float, float]
"""Degrees."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west and east may lie beyond 180."""


class Outline(msgspec.Struct, frozen=True):
    """One polygon as Natural Earth draws it: code or None, disputed area or None, rings in degrees.

    An overlay lies within a country's own polygon and marks the area only; it has no code.
    """

    code: str | None
    area: str | None
    overlay: bool
    rings: tuple[tuple[LonLat, ...], ...]


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """One country as a whole: the centre and radius of a disc that covers it, and its offsets."""

    lat: float
    lon: float
    radius_km: float
    offsets: tuple[int, int] | None


class _Directory(msgspec.Struct, frozen=True):
    codes: tuple[str, ...]
    areas: tuple[str, ...]
    countries: dict[str, Facts]
    elsewhere: tuple[tuple[str, float, float], ...]
    """Places (code, lat, lon) that GeoNames puts in a country which the shapes do not draw there:
    small islands, enclaves, settlements."""


class _Polygon(msgspec.Struct, frozen=True):
    code: str | None
    area: str | None
    overlay: bool
    rings: tuple[int, int]


class Countries:
    """A reader over the bytes of a built countries file."""

    def __init__(self, data: bytes | mmap, file: str = "countries") -> None:
        self._polygons, self._rings, self._vertices, facts, self._names = sections(
            data, MAGIC, file
        )
        self._directory = msgspec.json.decode(facts, type=_Directory)
        self._by_name: dict[str, str] | None = None

    @classmethod
    def open(cls, file: Path) -> "Countries":
        """A countries file, mapped read-only; GeoDataDamaged if it is not one."""
        return cls(mapped(file), str(file))

    def codes(self) -> tuple[str, ...]:
        """Every country of which there is a spot, sorted."""
        return tuple(self._directory.countries)

    def at(
        self,
        lat: float,
        lon: float,
        *,
        disputed: DisputedView = DisputedView.RECOGNISED,
        within_km: float = BORDER_TOLERANCE_KM,
    ) -> CountryAt:
        """The country of a point, in WGS 84 degrees, and what lies within `within_km` of it.

        For more than a hundred kilometres or so leave a tenth on top: distances are a plane's.
        """
        homes, near, near_areas = self._around_point(lat, lon, disputed, within_km)
        drawn = next((polygon.code for polygon in homes if not polygon.overlay), None)
        within: str | None = None
        for polygon in homes:
            if not polygon.area:
                continue
            # An outline drawn a little across a coast or a border marks nothing there.
            if polygon.overlay and AREA[polygon.area].drawn != drawn:
                near_areas[polygon.area] = 0.0
                _nearest(near, _label(polygon, disputed), 0.0)
            else:
                within = polygon.area
        country = label(within, disputed) if within else drawn
        near.pop(country or "", None)
        near_areas.pop(within or "", None)
        return CountryAt(
            country=country,
            drawn=drawn,
            disputed=within,
            near=tuple(sorted(near, key=near.__getitem__)),
            near_disputed=tuple(sorted(near_areas, key=near_areas.__getitem__)),
            view=disputed,
        )

    def spot(self, code: str) -> Spot | None:
        """A whole country as a spot whose radius covers it under every labelling, or None."""
        facts = self._directory.countries.get(code)
        if facts is None:
            return None
        return Spot(
            label=code,
            lat=facts.lat,
            lon=facts.lon,
            radius_km=facts.radius_km,
            country=code,
            offsets=facts.offsets,
        )

    def named(self, name: str) -> str | None:
        """The code of the country that bears this name in one of the shipped languages."""
        if self._by_name is None:
            self._by_name = msgspec.json.decode(self._names, type=dict[str, str])
        return self._by_name.get(folded(name))

    def outlines(self, code: str) -> Iterator[tuple[LonLat, ...]]:
        """The rings that Natural Earth draws under a code."""
        for fields in POLYGON.iter_unpack(self._polygons):
            polygon = self._polygon(fields)
            if polygon.code == code and not polygon.overlay:
                yield from self._degrees(polygon)

    def outlines_within(self, box: Box) -> Iterator[Outline]:
        """The polygons, overlays too, whose own box, moved by whole turns, meets this one."""
        west, south, east, north = (side * DEGREE for side in box)
        turns = (-360 * DEGREE, 0, 360 * DEGREE)
        for fields in POLYGON.iter_unpack(self._polygons):
            x0, y0, x1, y1 = fields[2:6]
            if y1 < south or y0 > north:
                continue
            if any(x1 + turn >= west and x0 + turn <= east for turn in turns):
                polygon = self._polygon(fields)
                rings = tuple(self._degrees(polygon))
                yield Outline(polygon.code, polygon.area, polygon.overlay, rings)

    def _degrees(self, polygon: _Polygon) -> Iterator[tuple[LonLat, ...]]:
        for ring in self._rings_of(polygon):
            pairs = zip(ring[::2], ring[1::2], strict=True)
            yield tuple((x / DEGREE, y / DEGREE) for x, y in pairs)

    def _around_point(
        self, lat: float, lon: float, view: DisputedView, within_km: float
    ) -> tuple[list[_Polygon], dict[str, float], dict[str, float]]:
        """The polygons that hold the point; the countries and the areas near it, with km."""
        x, y = lon * DEGREE, lat * DEGREE
        homes: list[_Polygon] = []
        near: dict[str, float] = {}
        near_areas: dict[str, float] = {}
        for polygon in self._around(lat, lon, within_km):
            away = self._distance_km(polygon, x, y, within_km)
            if away == 0.0:
                homes.append(polygon)
            elif away <= within_km:
                _nearest(near, _label(polygon, view), away)
                _nearest(near_areas, polygon.area, away)
        for code, place_lat, place_lon in self._directory.elsewhere:
            away = great_circle_km(lat, lon, place_lat, place_lon)
            if away <= within_km:
                _nearest(near, code, away)
        return homes, near, near_areas

    def _around(self, lat: float, lon: float, within_km: float) -> Iterator[_Polygon]:
        """Polygons whose box, widened by so many kilometres, holds the point."""
        up = within_km / KM_PER_DEGREE
        aside = up / max(cos(radians(min(89.9, abs(lat) + up))), 1e-9)
        y, dy, dx = lat * DEGREE, up * DEGREE, aside * DEGREE
        turns = [(lon + turn) * DEGREE for turn in (0.0, 360.0, -360.0)]
        for fields in POLYGON.iter_unpack(self._polygons):
            if fields[3] - dy <= y <= fields[5] + dy and any(
                fields[2] - dx <= x <= fields[4] + dx for x in turns
            ):
                yield self._polygon(fields)

    def _polygon(self, fields: tuple[int, ...]) -> _Polygon:
        code, area, *_, first, count = fields
        overlay = code == OVERLAY
        return _Polygon(
            code=None if overlay else self._directory.codes[code] or None,
            area=self._directory.areas[area] or None,
            overlay=overlay,
            rings=(first, count),
        )

    def _rings_of(self, polygon: _Polygon) -> Iterator[tuple[int, ...]]:
        first, count = polygon.rings
        for number in range(first, first + count):
            start, pairs = RING.unpack_from(self._rings, number * RING.size)
            yield Struct(f"<{2 * pairs}i").unpack_from(self._vertices, start * 8)

    def _distance_km(self, polygon: _Polygon, x: float, y: float, limit_km: float) -> float:
        """0 inside the polygon, else to its edge; infinite beyond the limit."""
        rings = list(self._rings_of(polygon))
        if sum(inside(ring, x, y) for ring in rings) % 2:
            return 0.0
        away = min(distance_km(ring, x, y, limit_km) for ring in rings)
        # On the very edge is not inside: both sides then name it as near.
        return max(away, 1e-9)


def _label(polygon: _Polygon, view: DisputedView) -> str | None:
    return label(polygon.area, view) if polygon.area else polygon.code


def _nearest(found: dict[str, float], name: str | None, away: float) -> None:
    if name is not None:
        found[name] = min(found.get(name, inf), away)


@cache
def shipped_countries() -> Countries:
    """The countries that come with the package; opened once."""
    return Countries.open(shipped_file("countries"))


def country_at(
    lat: float, lon: float, *, disputed: DisputedView = DisputedView.RECOGNISED
) -> CountryAt:
    """The country of a point by the shipped shapes; see `Countries.at`."""
    return shipped_countries().at(lat, lon, disputed=disputed)


def country_spot(code: str) -> Spot | None:
    """A whole country as a spot by the shipped shapes; see `Countries.spot`."""
    return shipped_countries().spot(code)


def countries_certificate() -> dict[str, object]:
    """The birth certificate of the shipped shapes."""
    return certificate("countries")
