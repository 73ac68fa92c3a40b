from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.geo.gazetteer import (
    Gazetteer,
    assumed_radius_km,
    gazetteer_certificate,
    shipped_gazetteer,
)
from safeconduct.geo.shipped import GeoDataDamaged, shipped_file, verify

GAZETTEER = shipped_gazetteer()
PLACES = list(GAZETTEER.places())


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Армянск", 713203),
        ("Armiansk", 713203),
        ("армянськ", 713203),
        ("Bagrationovsk", 579760),
        ("Vyborg", 470546),
        ("Выборг", 470546),
        ("Oral", 608668),
        ("Uralsk", 608668),
        ("Уральск", 608668),
        ("Орал", 608668),
        ("Алма-Ата", 1526384),
        ("Ալմաթի", 1526384),
        ("ალმათი", 1526384),
    ],
)
def test_a_town_is_found_under_each_of_its_names(name: str, identifier: int) -> None:
    assert identifier in [place.id for place in GAZETTEER.lookup(name)]


def test_all_homonyms_are_returned_the_most_populous_first() -> None:
    found = GAZETTEER.lookup("Октябрьский")
    assert len(found) > 5
    assert len({place.region for place in found}) > 3
    order = [(-place.population, place.id) for place in found]
    assert order == sorted(order)


def test_kirov_stands_in_several_countries_and_the_filter_keeps_one() -> None:
    everywhere = GAZETTEER.lookup("Kirov")
    in_russia = GAZETTEER.lookup("Kirov", "RU")
    assert len({place.country for place in everywhere}) > 2
    assert {place.country for place in in_russia} == {"RU"}
    assert set(in_russia) < set(everywhere)


def test_crimean_towns_are_listed_as_geonames_has_them() -> None:
    (armyansk,) = GAZETTEER.lookup("Армянск")
    assert (armyansk.country, armyansk.region) == ("UA", "Crimea")


def test_a_prefix_or_an_unknown_name_finds_nothing() -> None:
    assert GAZETTEER.lookup("Армянс") == ()
    assert GAZETTEER.lookup("Верхний Ларс") == ()
    assert GAZETTEER.lookup("") == ()
    assert GAZETTEER.lookup("’-") == ()
    assert GAZETTEER.lookup("\U0010ffff" * 400) == ()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(PLACES) - 1))
def test_every_shipped_place_is_found_by_name_and_by_identifier(number: int) -> None:
    place = PLACES[number]
    assert place in GAZETTEER.lookup(place.name)
    assert GAZETTEER.by_id(place.id) == place


def test_every_place_in_the_file_has_an_own_identifier_and_they_ascend() -> None:
    identifiers = [place.id for place in PLACES]
    assert identifiers == sorted(set(identifiers))
    assert len(GAZETTEER) == len(identifiers) == gazetteer_certificate()["rows"]


def test_the_folded_names_stand_in_byte_order() -> None:
    keys = [key.encode() for key in GAZETTEER.folded_names()]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("identifier", [-1, 0, 1, 713204, 2**40])
def test_an_identifier_that_is_not_shipped_gives_none(identifier: int) -> None:
    assert GAZETTEER.by_id(identifier) is None


def test_offsets_know_the_changes_of_their_years() -> None:
    (almaty,) = GAZETTEER.lookup("Алматы", "KZ")
    (oral,) = GAZETTEER.lookup("Орал", "KZ")
    assert almaty.offsets == (300, 360)  # +06:00, then +05:00 from 1 March 2024
    assert oral.offsets == (300, 300)


def test_the_assumed_radius_grows_with_people_and_is_wide_where_they_are_unknown() -> None:
    assert assumed_radius_km(500) < assumed_radius_km(0) == 5.0
    assert assumed_radius_km(500) >= 2.0
    assert 17.0 < assumed_radius_km(10_000_000) - assumed_radius_km(1_000_000) < 60.0


def test_the_shipped_file_is_what_its_certificate_says() -> None:
    verify("gazetteer")
    assert gazetteer_certificate()["kind"] == "gazetteer"
    assert "CC BY" in str(gazetteer_certificate()["licence"])


@pytest.mark.parametrize("keep", [0, 10, 1000])
def test_a_cut_file_is_refused(tmp_path: Path, keep: int) -> None:
    file = tmp_path / "cut.bin"
    file.write_bytes(shipped_file("gazetteer").read_bytes()[:keep])
    with pytest.raises(GeoDataDamaged) as caught:
        Gazetteer.open(file)
    assert caught.value.exit_code == 3
    assert str(file) in str(caught.value)


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(b"x" * 100)
    with pytest.raises(GeoDataDamaged, match="xxxxxxxx"):
        Gazetteer.open(file)
