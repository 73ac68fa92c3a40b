from math import inf

import pytest

from safeconduct.geo.shapes import DEGREE, distance_km, inside

SQUARE = [0, 0, DEGREE, 0, DEGREE, DEGREE, 0, DEGREE]


def test_a_point_within_a_ring_is_inside_and_its_neighbour_is_not() -> None:
    assert inside(SQUARE, 0.5 * DEGREE, 0.5 * DEGREE)
    assert not inside(SQUARE, 1.01 * DEGREE, 0.5 * DEGREE)
    assert not inside(SQUARE, 0.5 * DEGREE, -0.01 * DEGREE)


def test_distance_is_measured_to_the_nearest_edge() -> None:
    assert distance_km(SQUARE, 1.05 * DEGREE, 0.5 * DEGREE, 10) == pytest.approx(5.56, abs=0.01)
    assert distance_km(SQUARE, 0.5 * DEGREE, -0.05 * DEGREE, 10) == pytest.approx(5.56, abs=0.01)


def test_beyond_the_limit_the_distance_is_infinite() -> None:
    assert distance_km(SQUARE, 2 * DEGREE, 0.5 * DEGREE, 10) == inf


def test_distance_runs_across_the_antimeridian() -> None:
    west = [-180 * DEGREE, 0, -179 * DEGREE, 0, -179 * DEGREE, DEGREE, -180 * DEGREE, DEGREE]
    away = distance_km(west, 179.95 * DEGREE, 0.5 * DEGREE, 10)
    assert away == pytest.approx(5.56, abs=0.01)
