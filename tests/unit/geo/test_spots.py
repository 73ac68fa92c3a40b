from math import acos, cos, pi, radians, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.geo.spots import (
    EARTH_RADIUS_KM,
    ELLIPSOID_MARGIN,
    HALF_CIRCUMFERENCE_KM,
    Spot,
    great_circle_km,
    separation_km,
)

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
POINTS = st.tuples(LATITUDES, LONGITUDES)
SPOTS = st.builds(
    lambda point, radius: Spot(label="x", lat=point[0], lon=point[1], radius_km=radius),
    POINTS,
    st.floats(0, 500),
)


def spot(lat: float, lon: float, radius_km: float = 0.0) -> Spot:
    return Spot(label="x", lat=lat, lon=lon, radius_km=radius_km)


def test_a_degree_of_the_equator_and_a_quarter_of_a_meridian() -> None:
    assert great_circle_km(0, 0, 0, 1) == pytest.approx(EARTH_RADIUS_KM * pi / 180)
    assert great_circle_km(0, 17, 90, 123) == pytest.approx(EARTH_RADIUS_KM * pi / 2)


def test_the_antimeridian_and_the_poles_are_no_obstacle() -> None:
    assert great_circle_km(0, 179.5, 0, -179.5) == pytest.approx(great_circle_km(0, 0, 0, 1))
    assert great_circle_km(90, 0, 90, 137) == pytest.approx(0, abs=1e-6)
    assert great_circle_km(89, 0, 89, 180) == pytest.approx(great_circle_km(0, 0, 0, 2))
    assert great_circle_km(10, 20, -10, -160) == pytest.approx(EARTH_RADIUS_KM * pi)


@given(POINTS, POINTS)
def test_distance_is_symmetric_and_never_beyond_half_the_circumference(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    assert great_circle_km(*a, *b) == pytest.approx(great_circle_km(*b, *a), abs=1e-6)
    assert 0 <= great_circle_km(*a, *b) <= HALF_CIRCUMFERENCE_KM


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert great_circle_km(*a, *c) <= great_circle_km(*a, *b) + great_circle_km(*b, *c) + 1e-3


@given(POINTS, POINTS)
def test_distance_agrees_with_the_law_of_cosines(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    (phi1, lam1), (phi2, lam2) = ((radians(x), radians(y)) for x, y in (a, b))
    cosine = sin(phi1) * sin(phi2) + cos(phi1) * cos(phi2) * cos(lam1 - lam2)
    assume(abs(cosine) < 0.999999)
    assert great_circle_km(*a, *b) == pytest.approx(EARTH_RADIUS_KM * acos(cosine), rel=1e-6)


@given(SPOTS, SPOTS)
def test_separation_is_symmetric_and_never_more_than_what_lies_between(a: Spot, b: Spot) -> None:
    between = great_circle_km(a.lat, a.lon, b.lat, b.lon) - a.radius_km - b.radius_km
    assert separation_km(a, b) == pytest.approx(separation_km(b, a), abs=1e-6)
    assert separation_km(a, b) <= max(0.0, between)
    assert separation_km(a, b) >= between - 1e-5


def test_overlapping_spots_are_not_apart() -> None:
    assert separation_km(spot(0, 0, 60), spot(0, 1, 60)) == 0.0
    assert separation_km(spot(0, 0, 50), spot(0, 1, 50)) == pytest.approx(11.195, abs=0.001)


def test_the_margin_covers_the_flattest_part_of_the_ellipsoid() -> None:
    a, f = 6378.137, 1 / 298.257223563  # the constants that define WGS 84
    least_curvature = a * (1 - f) ** 2
    assert 1 - least_curvature / EARTH_RADIUS_KM < ELLIPSOID_MARGIN < 0.006
