from typing import Any

import pytest
from scripts.build_gazetteer import built, chosen, is_wanted, offset_range

from safeconduct.geo.gazetteer import Gazetteer
from safeconduct.geo.layout import UNKNOWN_ZONE


def city(number: int, name: str, country: str, population: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": 50.0 + number / 1000,
        "longitude": -30.0 - number / 1000,
        "countrycode": country,
        "population": population,
        "timezone": "Nowhere/Unknown",
        "admin1code": "07",
        "alternatenames": list(others),
    }


CITIES = [
    city(3, "Novoye", "KZ", 600, "Новое", "nobooye", "NVY", "新"),
    city(1, "Novoye", "RU", 900, "Новое"),
    city(2, "Little", "JP", 900),
    *(city(100 + n, f"Town {n:03}", "RU", n) for n in range(200)),
]


def test_the_same_input_in_any_order_gives_the_same_bytes() -> None:
    names = {"KZ.07": "West"}
    forwards = built(chosen(CITIES), names)
    assert forwards == built(chosen(reversed(CITIES)), names)
    assert forwards != built(chosen(CITIES[1:]), names)


def test_what_was_built_reads_back() -> None:
    gazetteer = Gazetteer(built(chosen(CITIES), {"KZ.07": "West"}))
    assert [(one.id, one.region) for one in gazetteer.lookup("новое")] == [(1, None), (3, "West")]
    found = gazetteer.by_id(3)
    assert found is not None
    assert (found.lat, found.lon, found.offsets) == (50.003, -30.003, None)
    for number in range(200):
        assert [one.id for one in gazetteer.lookup(f"Town {number:03}")] == [100 + number]


def test_small_places_are_left_out_where_accounts_do_not_pass() -> None:
    assert Gazetteer(built(chosen(CITIES), {})).lookup("Little") == ()


@pytest.mark.parametrize("name", ["Новое", "Novoye", "Орал", "თბილისი", "Ալմաթի", "Ōral"])
def test_names_in_our_scripts_are_wanted(name: str) -> None:
    assert is_wanted(name)


@pytest.mark.parametrize("name", ["nobooye", "NVY", "新", "Ново-ville", "", "-", "أورال"])
def test_romanisations_codes_and_other_scripts_are_not(name: str) -> None:
    assert not is_wanted(name)


def test_an_unknown_zone_is_unknown_and_a_known_one_has_its_extremes() -> None:
    assert offset_range("Nowhere/Unknown") == UNKNOWN_ZONE
    pytest.importorskip("tzdata")
    assert offset_range("Asia/Almaty") == (300, 360)
    assert offset_range("Europe/Paris") == (60, 120)
