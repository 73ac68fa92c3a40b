"""The map's ground comes from the shapes that ship, cut to what a view may show."""

import pytest

from safeconduct.drawing.outlines import drawn_rings, window_of
from safeconduct.drawing.projection import View, projection_of
from safeconduct.geo.countries import shipped_countries


def view_around(lon: float, lat: float) -> View:
    corners = [(lon - 3, lat - 2), (lon + 3, lat + 2)]
    projection = projection_of(corners)
    x, y = projection.plane(lon, lat)
    return View(
        projection=projection, left=0, top=0, width=400, height=300, scale=0.8, centre=(x, y)
    )


def test_shapes_near_a_place_are_found_and_far_ones_are_not() -> None:
    codes = {one.code for one in shipped_countries().outlines_within((43.0, 40.0, 46.0, 42.0))}
    assert {"GE", "AM", "AZ", "TR"} <= codes
    assert not codes & {"FR", "BR", "AU"}


def test_a_window_beyond_the_antimeridian_holds_both_sides() -> None:
    found = shipped_countries().outlines_within((170.0, 60.0, 200.0, 70.0))
    assert {"RU", "US"} <= {one.code for one in found}


def test_an_area_within_a_country_is_an_overlay_without_a_code() -> None:
    overlays = [
        one for one in shipped_countries().outlines_within((40.0, 42.0, 42.0, 44.0)) if one.overlay
    ]
    assert {one.area for one in overlays} == {"Abkhazia"}
    assert all(one.code is None for one in overlays)


@pytest.mark.parametrize(("lon", "lat"), [(44.8, 41.7), (179.0, 66.0)])
def test_borders_near_a_place_are_in_its_view(lon: float, lat: float) -> None:
    view = view_around(lon, lat)
    window = window_of(view)
    rings = [
        ring
        for shape in shipped_countries().outlines_within(window)
        for ring in drawn_rings(shape, view, window)
    ]
    assert all(rings)
    assert any(view.holds(x, y) for ring in rings for (x, y), _ in ring)
