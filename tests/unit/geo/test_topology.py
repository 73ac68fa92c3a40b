from hypothesis import given
from hypothesis import strategies as st
from scripts.build_countries import covering
from scripts.topology import Ring, cut, stitched, unwrapped

from safeconduct.geo.shapes import DEGREE
from safeconduct.geo.spots import great_circle_km

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def ring(*points: tuple[float, float]) -> Ring:
    return [(round(lon * DEGREE), round(lat * DEGREE)) for lon, lat in points]


def span(piece: Ring) -> tuple[float, float]:
    xs = [x / DEGREE for x, _ in piece]
    return min(xs), max(xs)


def test_a_ring_across_the_antimeridian_is_cut_in_two() -> None:
    across = ring((170, 60), (-170, 60), (-170, 70), (170, 70), (170, 60))
    pieces = cut([across])
    assert sorted(span(piece[0]) for piece in pieces) == [(-180, -170), (170, 180)]


def test_a_ring_that_stays_on_one_side_stays_whole() -> None:
    plain = ring((10, 0), (20, 0), (20, 10), (10, 0))
    ((only,),) = cut([plain])
    assert set(only) == set(plain)


def test_a_hole_goes_with_its_side() -> None:
    outer = ring((150, 0), (-150, 0), (-150, 30), (150, 30), (150, 0))
    hole = ring((160, 10), (170, 10), (170, 20), (160, 10))
    pieces = {len(piece): span(piece[0]) for piece in cut([outer, hole])}
    assert pieces == {2: (150, 180), 1: (-180, -150)}


def test_an_edge_along_a_pole_is_no_way_across() -> None:
    around = ring((-180, -90), (180, -90), (180, -70), (0, -75), (-180, -70), (-180, -90))
    assert unwrapped(around) == around


def test_arcs_are_joined_and_walked_backwards() -> None:
    arcs = [[(0, 0), (1, 0)], [(0, 0), (0, 1), (1, 0)]]
    assert stitched([0, ~1], arcs) == [(0, 0), (1, 0), (0, 1), (0, 0)]


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_the_covering_disc_covers_every_point(points: list[tuple[float, float]]) -> None:
    lat, lon, radius = covering(points, 1.0)
    assert all(great_circle_km(lat, lon, *point) <= radius - 0.9 for point in points)
