from datetime import UTC, datetime, timedelta
from math import asin, atan2, cos, degrees, inf, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.geo.prisms import Prism, budget_km, feasible, radii_at, reachable
from safeconduct.geo.spots import EARTH_RADIUS_KM, Spot, great_circle_km

START = datetime(2022, 2, 24, tzinfo=UTC)
LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-180, 180)


def spot(lat: float, lon: float, radius_km: float = 0.0) -> Spot:
    return Spot(label="x", lat=lat, lon=lon, radius_km=radius_km)


def hours(number: float) -> datetime:
    return START + timedelta(hours=number)


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Where one arrives on the sphere; shares nothing with the code under test."""
    phi, theta, angle = radians(lat), radians(bearing), km / EARTH_RADIUS_KM
    end = asin(max(-1.0, min(1.0, sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(theta))))
    turn = atan2(sin(theta) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(end))
    return degrees(end), (lon + degrees(turn) + 540) % 360 - 180


@given(
    LATITUDES,
    LONGITUDES,
    st.lists(st.tuples(st.floats(0, 360), st.floats(0, 1)), min_size=1, max_size=12),
    st.floats(1, 900),
)
def test_a_way_really_travelled_is_always_within_reach(
    lat: float, lon: float, steps: list[tuple[float, float]], speed: float
) -> None:
    way = [(lat, lon)]
    for bearing, effort in steps:
        way.append(moved(*way[-1], bearing, effort * speed))  # one hour each
    prism = Prism(
        a=spot(*way[0]),
        b=spot(*way[-1]),
        departs=START,
        arrives=hours(len(steps)),
        speed_kmh=speed,
    )
    assert feasible(prism)
    for number, point in enumerate(way):
        assert reachable(prism, spot(*point), hours(number))
        assert reachable(prism, spot(*point))


@given(LATITUDES, LONGITUDES, st.floats(0, 3), st.floats(0, 3), st.floats(1, 24), st.floats(5, 200))
def test_reach_at_any_time_agrees_with_trying_every_time(
    lat: float, lon: float, up: float, aside: float, length: float, speed: float
) -> None:
    a, b, point = spot(0, 0), spot(0, 2), spot(min(up, 3), aside - 0.5)
    prism = Prism(a=a, b=b, departs=START, arrives=hours(length), speed_kmh=speed)
    to_point = great_circle_km(a.lat, a.lon, point.lat, point.lon)
    from_point = great_circle_km(point.lat, point.lon, b.lat, b.lon)
    moments = [length * n / 200 for n in range(201)]
    tried = any(to_point <= speed * m and from_point <= speed * (length - m) for m in moments)
    assert not tried or reachable(prism, point)
    if reachable(prism, point):  # then the moment of arriving as early as possible serves
        assert reachable(prism, point, hours(min(length, to_point / speed + 1e-6)))


def test_the_way_over_a_point_decides_and_not_the_straight_line() -> None:
    prism = Prism(a=spot(0, 0), b=spot(0, 2), departs=START, arrives=hours(4), speed_kmh=60)
    assert budget_km(prism) == 240
    assert reachable(prism, spot(0.3, 1))
    assert not reachable(prism, spot(0.6, 1))


def test_uncertain_spots_shorten_each_leg() -> None:
    prism = Prism(a=spot(0, 0), b=spot(0, 2), departs=START, arrives=hours(4), speed_kmh=60)
    assert not reachable(prism, spot(0.6, 1))
    assert reachable(prism, spot(0.6, 1, 20))


def test_an_impossible_prism_reaches_nothing_not_even_its_own_ends() -> None:
    prism = Prism(a=spot(0, 0), b=spot(0, 20), departs=START, arrives=hours(1), speed_kmh=900)
    assert not feasible(prism)
    assert not reachable(prism, spot(0, 0))
    assert not reachable(prism, spot(0, 0), START)


def test_moments_outside_the_prism_are_not_its_own() -> None:
    prism = Prism(a=spot(0, 0), b=spot(0, 1), departs=START, arrives=hours(4), speed_kmh=60)
    assert radii_at(prism, hours(-1)) is None
    assert not reachable(prism, spot(0, 0), hours(5))
    assert radii_at(prism, hours(1)) == (60, 180)


def test_without_a_limit_of_speed_everything_is_within_reach_given_any_time_at_all() -> None:
    prism = Prism(a=spot(0, 0), b=spot(0, 1), departs=START, arrives=hours(1), speed_kmh=inf)
    assert reachable(prism, spot(-80, 170))
    at_once = Prism(a=spot(0, 0), b=spot(0, 1), departs=START, arrives=START, speed_kmh=inf)
    assert not feasible(at_once)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_a_speed_that_is_none_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        Prism(a=spot(0, 0), b=spot(0, 1), departs=START, arrives=START, speed_kmh=speed)


def test_an_arrival_before_the_departure_is_refused() -> None:
    with pytest.raises(ValueError, match="arrival"):
        Prism(a=spot(0, 0), b=spot(0, 1), departs=START, arrives=hours(-1), speed_kmh=1)
