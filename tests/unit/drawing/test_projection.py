"""Both projections keep short distances about the middle and know no seam at 180 degrees."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.drawing.map_view import circle
from safeconduct.drawing.projection import projection_of, turned
from safeconduct.geo.spots import great_circle_km

LAT = st.floats(-65, 65)
LON = st.floats(-180, 180)


@given(LAT, LON, st.floats(1, 200))
def test_a_circle_lies_at_its_distance(lat: float, lon: float, km: float) -> None:
    for at_lon, at_lat in circle(lat, lon, km, 12):
        assert great_circle_km(lat, lon, at_lat, at_lon) == pytest.approx(km, abs=0.01)


@given(LAT, LON, st.floats(-2, 2), st.floats(-2, 2))
def test_distances_near_the_middle_are_true(
    lat: float, lon: float, east: float, north: float
) -> None:
    projection = projection_of([(lon - 3, lat - 3), (lon + 3, lat + 3)])
    x, y = projection.plane(lon + east, lat + north)
    x0, y0 = projection.plane(lon, lat)
    true = great_circle_km(lat, lon, lat + north, lon + east)
    assert hypot(x - x0, y - y0) == pytest.approx(true, rel=0.12, abs=0.5)


@pytest.mark.parametrize("places", [((2.0, 46.0), (67.0, 48.0)), ((30.0, 35.0), (130.0, 60.0))])
def test_a_large_extent_is_a_cone_true_along_its_middle_meridian(
    places: tuple[tuple[float, float], ...],
) -> None:
    projection = projection_of(places)
    assert projection.parallels is not None
    _, low = projection.plane(projection.lon0, projection.lat0 - 5)
    _, high = projection.plane(projection.lon0, projection.lat0 + 5)
    assert high - low == pytest.approx(10 * 111.195, rel=1e-4)


def test_a_small_extent_and_one_across_the_equator_are_equirectangular() -> None:
    assert projection_of([(44.0, 41.0), (45.0, 42.0)]).parallels is None
    assert projection_of([(10.0, -20.0), (20.0, 30.0)]).parallels is None
    assert projection_of([(5.0, 5.0)]).parallels is None


def test_both_sides_of_the_antimeridian_are_neighbours() -> None:
    projection = projection_of([(178.0, 65.0), (-178.0, 65.0)])
    west, _ = projection.plane(178.0, 65.0)
    east, _ = projection.plane(-178.0, 65.0)
    assert 0 < east - west < 250
    assert turned(-178.0, 180.0) == 182.0
