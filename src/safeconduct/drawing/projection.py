"""Degrees → pixels: an equirectangular projection for small extents, a conic one for large.

Both are formulas on the sphere. Equirectangular: x = λ cos φ₀, y = φ. Equidistant conic with two
standard parallels, true in scale along meridians: Weisstein, "Conic Equidistant Projection",
https://mathworld.wolfram.com/ConicEquidistantProjection.html. It draws nothing.
"""

from collections.abc import Callable, Iterable
from math import cos, pi, radians, sin

import msgspec

from safeconduct.geo.shapes import KM_PER_DEGREE

CONIC_FROM_DEGREES = 12.0
"""Extents higher than this, away from the equator, are drawn as a cone."""

LonLat = tuple[float, float]
Point = tuple[float, float]


class Projection(msgspec.Struct, frozen=True, kw_only=True):
    """`lon0`, `lat0`: the middle. `parallels` are those of the cone; None is equirectangular."""

    lon0: float
    lat0: float
    parallels: tuple[float, float] | None

    @property
    def name(self) -> str:
        """The message that says which projection it is."""
        return "drawing-projection-conic" if self.parallels else "drawing-projection-plain"

    def plane(self, lon: float, lat: float) -> Point:
        """Kilometres east and north of the middle, on paper; true in scale near the middle."""
        return self.plotter()(lon, lat)

    def plotter(self) -> Callable[[float, float], Point]:
        """`plane` as a function with its constants computed once, for many points."""
        lon0, lat0 = self.lon0, self.lat0
        if self.parallels is None:
            squeeze = cos(radians(lat0)) * KM_PER_DEGREE

            def flat(lon: float, lat: float) -> Point:
                return (turned(lon, lon0) - lon0) * squeeze, (lat - lat0) * KM_PER_DEGREE

            return flat
        n, g = _cone(self.parallels)
        rho0 = (g - radians(lat0)) * _KM_PER_RADIAN

        def conic(lon: float, lat: float) -> Point:
            rho = (g - radians(lat)) * _KM_PER_RADIAN
            angle = n * radians(turned(lon, lon0) - lon0)
            return rho * sin(angle), rho0 - rho * cos(angle)

        return conic


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A projection with a frame of pixels: left, top, width, height; pixels a kilometre."""

    projection: Projection
    left: float
    top: float
    width: float
    height: float
    scale: float
    centre: Point

    def at(self, lon: float, lat: float) -> Point:
        """Pixels of a point in degrees; also of points outside the frame."""
        return self.plotter()(lon, lat)

    def plotter(self) -> Callable[[float, float], Point]:
        """`at` as a function with its constants computed once, for many points."""
        plane, scale = self.projection.plotter(), self.scale
        left = self.left + self.width / 2 - self.centre[0] * scale
        top = self.top + self.height / 2 + self.centre[1] * scale

        def pixels(lon: float, lat: float) -> Point:
            x, y = plane(lon, lat)
            return left + x * scale, top - y * scale

        return pixels

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a pixel lies in the frame, `margin` from its edges."""
        across = self.left + margin <= x <= self.left + self.width - margin
        return across and self.top + margin <= y <= self.top + self.height - margin


_KM_PER_RADIAN = KM_PER_DEGREE * 180.0 / pi


def turned(lon: float, lon0: float) -> float:
    """The same longitude within half a turn of lon0."""
    return (lon - lon0 + 180.0) % 360.0 - 180.0 + lon0


def projection_of(places: Iterable[LonLat]) -> Projection:
    """The projection for some places (at least one), chosen by how far they extend."""
    found = list(places)
    lon0 = _middle([lon for lon, _ in found])
    lats = [lat for _, lat in found]
    low, high = min(lats), max(lats)
    lons = [turned(lon, lon0) for lon, _ in found]
    lon0, lat0 = (min(lons) + max(lons)) / 2, (low + high) / 2
    wide = max(high - low, (max(lons) - min(lons)) * cos(radians(lat0)))
    if wide < CONIC_FROM_DEGREES or low * high < 0 or not 20 <= abs(lat0) <= 72:
        return Projection(lon0=lon0, lat0=max(-84.0, min(84.0, lat0)), parallels=None)
    # Parallels a sixth inside the extent, as is usual for cones; where all places lie on nearly
    # one parallel, far enough apart that the formula does not divide by nothing.
    inset = max((high - low) / 6, 1.0)
    first, second = low + inset, high - inset
    if second - first < 2.0:
        first, second = lat0 - 1.0, lat0 + 1.0
    return Projection(lon0=lon0, lat0=lat0, parallels=(first, second))


def _middle(lons: list[float]) -> float:
    """The middle of the shortest arc that holds all longitudes."""
    ordered = sorted(lon % 360.0 for lon in lons)
    gaps = [
        ((after - before) % 360.0, after)
        for before, after in zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    ]
    if len(set(ordered)) == 1:
        return turned(ordered[0], 0.0)
    widest, start = max(gaps)
    return turned(start + (360.0 - widest) / 2, 0.0)


def _cone(parallels: tuple[float, float]) -> tuple[float, float]:
    """The constants n and G of the cone."""
    first, second = (radians(one) for one in parallels)
    n = (cos(first) - cos(second)) / (second - first)
    return n, cos(first) / n + first
