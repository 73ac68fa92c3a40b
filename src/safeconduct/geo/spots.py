"""A spot on the earth with its uncertainty, and how far two spots surely lie apart.

Great circles on a sphere of 6371.0088 km. On the WGS 84 ellipsoid the same way may be shorter by
ELLIPSOID_MARGIN; callers who decide "impossible" leave that much themselves.
"""

from math import asin, cos, radians, sin, sqrt

import msgspec

EARTH_RADIUS_KM = 6371.0088
HALF_CIRCUMFERENCE_KM = 20015.115
"""No two points of the sphere lie further apart than this (rounded up)."""

ELLIPSOID_MARGIN = 0.0057
"""By what share a way on WGS 84 may be shorter than on this sphere: most along a meridian at the
equator, where the radius of curvature is a(1 - e²) = 6335.44 km."""

_ROUNDING_KM = 1e-6


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A point and the radius within which the place meant surely lies.

    `lat`, `lon` in WGS 84 degrees, `radius_km` in kilometres. `country` is ISO 3166-1 alpha-2
    under the labelling that the caller chose; `disputed` names the disputed area in which the
    spot lies, so that nobody reads `country` there as undisputed. `offsets` are the least and the
    greatest offset from UTC, in minutes, that clocks there may have shown; None is unknown.
    """

    label: str
    lat: float
    lon: float
    radius_km: float
    country: str | None = None
    offsets: tuple[int, int] | None = None
    gazetteer_id: int | None = None
    disputed: str | None = None


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The length of the shortest way on the sphere, in kilometres; arguments in degrees.

    Haversine formula, stable for small distances; safe across poles and the antimeridian.
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half_phi = sin((phi2 - phi1) / 2.0)
    half_lambda = sin(radians(lon2 - lon1) / 2.0)
    chord = half_phi * half_phi + cos(phi1) * cos(phi2) * half_lambda * half_lambda
    return 2.0 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def separation_km(a: Spot, b: Spot) -> float:
    """Kilometres that surely lie between two spots: the distance less both radii, at least 0.

    It never says more than the true figure: floating-point error is taken off.
    """
    apart = great_circle_km(a.lat, a.lon, b.lat, b.lon) - a.radius_km - b.radius_km
    return max(0.0, apart - _ROUNDING_KM)
