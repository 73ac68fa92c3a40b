from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.geo.countries import (
    BORDER_TOLERANCE_KM,
    Countries,
    countries_certificate,
    country_at,
    country_spot,
    shipped_countries,
)
from safeconduct.geo.disputed import DisputedView
from safeconduct.geo.gazetteer import GazetteerPlace, shipped_gazetteer
from safeconduct.geo.shipped import GeoDataDamaged, verify
from safeconduct.geo.spots import great_circle_km

COUNTRIES = shipped_countries()
SETTLED = [place for place in shipped_gazetteer().places() if place.population >= 15_000]


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (55.75, 37.62, "RU"),
        (51.2, 51.4, "KZ"),
        (40.18, 44.51, "AM"),
        (48.85, 2.35, "FR"),
        (-29.5, 28.2, "LS"),  # a hole in South Africa
        (66.0, -175.0, "RU"),  # Chukotka, beyond the antimeridian
        (66.0, 179.99, "RU"),
        (4.9, -52.3, "GF"),  # drawn under France, a code of its own in ISO 3166
        (-80.0, 0.0, "AQ"),
    ],
)
def test_a_point_far_from_any_border_has_one_certain_country(
    lat: float, lon: float, code: str
) -> None:
    found = country_at(lat, lon)
    assert found.country == code
    assert found.is_certain


@pytest.mark.parametrize(("lat", "lon"), [(43.0, 34.0), (0.0, -150.0), (60.0, -179.9), (70, 179.9)])
def test_the_open_sea_belongs_to_no_country(lat: float, lon: float) -> None:
    found = country_at(lat, lon)
    assert found.country is None
    assert not found.is_certain


def test_crimea_is_ukraine_by_default_and_always_named_as_disputed() -> None:
    default = country_at(44.95, 34.1)
    drawn = country_at(44.95, 34.1, disputed=DisputedView.DE_FACTO)
    neither = country_at(44.95, 34.1, disputed=DisputedView.UNASSIGNED)
    assert [one.country for one in (default, drawn, neither)] == ["UA", "RU", None]
    assert {one.disputed for one in (default, drawn, neither)} == {"Crimea"}
    assert {one.drawn for one in (default, drawn, neither)} == {"RU"}
    assert not default.is_certain


@pytest.mark.parametrize(
    ("lat", "lon", "area", "code"),
    [
        (43.0, 41.02, "Abkhazia", "GE"),
        (42.22, 43.97, "South Ossetia", "GE"),
        (46.84, 29.64, "Transnistria", "MD"),
        (35.3, 33.4, "Northern Cyprus", "CY"),
        (42.66, 21.16, "Kosovo", "XK"),
    ],
)
def test_other_disputed_areas_are_named_too(lat: float, lon: float, area: str, code: str) -> None:
    found = country_at(lat, lon)
    assert (found.disputed, found.country) == (area, code)
    assert not found.is_certain


def test_next_to_a_disputed_area_it_is_named_as_near_only() -> None:
    chonhar = country_at(45.98, 34.55)
    assert chonhar.country == "UA"
    assert chonhar.disputed is None
    assert chonhar.near_disputed == ("Crimea",)
    gori = country_at(41.9, 44.11)
    assert gori.disputed is None
    assert gori.is_certain


def test_a_town_on_a_border_is_never_certainly_in_one_country() -> None:
    bagrationovsk = country_at(54.387, 20.644)
    assert {bagrationovsk.country, *bagrationovsk.near} == {"RU", "PL"}
    assert not bagrationovsk.is_certain


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SETTLED))
def test_a_certain_country_is_the_one_that_the_gazetteer_gives(
    place: GazetteerPlace,
) -> None:
    found = country_at(place.lat, place.lon)
    assert not found.is_certain or found.country == place.country


@given(st.floats(-90, 90), st.floats(-180, 180))
@settings(max_examples=200, deadline=None)
def test_every_point_of_the_earth_has_an_answer_under_every_view(lat: float, lon: float) -> None:
    answers = [country_at(lat, lon, disputed=view) for view in DisputedView]
    assert len({answer.drawn for answer in answers}) == 1
    assert len({answer.disputed for answer in answers}) == 1
    assert answers[0].country not in answers[0].near


def test_a_wider_circle_names_more_countries() -> None:
    assert country_at(51.2, 51.4).near == ()
    wide = COUNTRIES.at(51.2, 51.4, within_km=100)
    assert wide.near == ("RU",)


@pytest.mark.parametrize("code", ["RU", "UA", "KZ", "FR", "AM", "GE", "FJ", "US", "NZ", "AQ"])
def test_a_country_spot_covers_every_vertex_of_its_shape(code: str) -> None:
    spot = country_spot(code)
    assert spot is not None
    reach = max(
        great_circle_km(spot.lat, spot.lon, lat, lon)
        for ring in COUNTRIES.outlines(code)
        for lon, lat in ring
    )
    assert reach + BORDER_TOLERANCE_KM <= spot.radius_km + 0.001


def test_both_parties_country_spots_cover_crimea() -> None:
    for code in ("RU", "UA"):
        spot = country_spot(code)
        assert spot is not None
        assert great_circle_km(spot.lat, spot.lon, 44.95, 34.1) < spot.radius_km


def test_a_country_spot_covers_every_gazetteer_place_of_its_country() -> None:
    spots = {code: COUNTRIES.spot(code) for code in COUNTRIES.codes()}
    for place in SETTLED:
        spot = spots[place.country]
        assert spot is not None
        assert great_circle_km(spot.lat, spot.lon, place.lat, place.lon) <= spot.radius_km


def test_a_country_spot_is_no_larger_than_it_needs_to_be() -> None:
    armenia, france = country_spot("AM"), country_spot("FR")
    assert armenia is not None
    assert france is not None
    assert armenia.radius_km < 200
    assert france.radius_km < 750  # without what has an ISO code of its own


def test_country_spots_know_their_clocks() -> None:
    russia, kazakhstan = country_spot("RU"), country_spot("KZ")
    assert russia is not None
    assert kazakhstan is not None
    assert russia.offsets == (120, 720)
    assert kazakhstan.offsets == (300, 360)


def test_an_unknown_country_has_no_spot() -> None:
    assert country_spot("ZZ") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Казахстан", "KZ"),
        ("Қазақстан", "KZ"),
        ("kazakhstan", "KZ"),
        ("Россия", "RU"),
        ("Russian Federation", "RU"),
        ("France", "FR"),
        ("საქართველო", "GE"),
        ("Հայաստան", "AM"),
        ("Türkiye", "TR"),
        ("Армянск", None),
        ("", None),
    ],
)
def test_countries_are_known_by_their_names(name: str, code: str | None) -> None:
    assert COUNTRIES.named(name) == code


def test_shapes_are_cut_at_the_antimeridian_so_that_no_sea_is_filled() -> None:
    for code in ("RU", "FJ"):
        for ring in COUNTRIES.outlines(code):
            xs = [lon for lon, _ in ring]
            assert -180 <= min(xs) <= max(xs) <= 180
            assert max(abs(a - b) for a, b in pairwise(xs)) < 30


def test_the_shipped_file_is_what_its_certificate_says() -> None:
    verify("countries")
    assert "public domain" in str(countries_certificate()["licence"])


def test_another_file_is_refused() -> None:
    with pytest.raises(GeoDataDamaged):
        Countries(b"x" * 100)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [(35.89, -5.32, "ES"), (54.18, 7.89, "DE"), (32.1, 35.17, "IL")],
    ids=["Ceuta, an enclave", "Helgoland, an island", "Ariel, a settlement"],
)
def test_what_the_shapes_leave_out_is_named_as_near_where_geonames_knows_it(
    lat: float, lon: float, code: str
) -> None:
    found = country_at(lat, lon)
    assert code in found.near
    assert not found.is_certain
