from typing import Any

import pytest

from safeconduct.casefile.places import Place
from safeconduct.geo.countries import shipped_countries
from safeconduct.geo.disputed import DisputedView
from safeconduct.geo.gazetteer import shipped_gazetteer
from safeconduct.geo.resolving import Ambiguous, Resolution, Resolved, Unresolved, resolve

ARMYANSK, ORAL, BAGRATIONOVSK = 713203, 608668, 579760


def resolution(view: DisputedView = DisputedView.RECOGNISED, **stated: Any) -> Resolution:
    return resolve(Place(**stated), shipped_gazetteer(), shipped_countries(), disputed=view)


def resolved(**stated: Any) -> Resolved:
    found = resolution(**stated)
    assert isinstance(found, Resolved)
    return found


def test_a_bare_name_stays_open_even_with_a_single_known_town() -> None:
    found = resolution(name="Армянск")
    assert isinstance(found, Ambiguous)
    assert found.reason == "bare-name"
    assert [place.id for place in found.candidates] == [ARMYANSK]


def test_homonyms_are_all_shown_and_none_is_chosen() -> None:
    found = resolution(name="Октябрьский", country="RU")
    assert isinstance(found, Ambiguous)
    assert found.reason == "homonyms"
    assert len(found.candidates) > 3
    assert {place.country for place in found.candidates} == {"RU"}
    assert found.within is not None
    assert found.within.country == "RU"


def test_a_name_that_is_unique_in_the_stated_country_resolves() -> None:
    found = resolved(name="Уральск", country="KZ")
    assert found.how == "name-in-country"
    assert found.spot.gazetteer_id == ORAL
    assert found.spot.label == "Уральск"
    assert found.spot.offsets == (300, 300)


def test_a_name_known_only_elsewhere_shows_where() -> None:
    found = resolution(name="Армянск", country="KZ")
    assert isinstance(found, Ambiguous)
    assert found.reason == "not-in-stated-country"
    assert found.candidates[0].id == ARMYANSK


@pytest.mark.parametrize("country", ["UA", "RU"])
def test_a_crimean_town_is_found_under_either_country_and_marked_disputed(country: str) -> None:
    found = resolved(name="Армянск", country=country)
    assert found.spot.gazetteer_id == ARMYANSK
    assert (found.spot.country, found.spot.disputed) == ("UA", "Crimea")
    assert found.country_disagrees is None
    assert found.spot.offsets == (120, 240)  # clocks there are in dispute too


def test_the_label_of_a_disputed_town_follows_the_chosen_view() -> None:
    found = resolution(DisputedView.DE_FACTO, gazetteer=ARMYANSK)
    assert isinstance(found, Resolved)
    assert (found.spot.country, found.spot.disputed) == ("RU", "Crimea")


def test_an_unknown_name_is_unresolved_within_its_country() -> None:
    found = resolution(name="Верхний Ларс", country="GE")
    assert isinstance(found, Unresolved)
    assert found.reason == "not-in-gazetteer"
    assert found.within is not None
    assert resolution(name="Верхний Ларс") == Unresolved(reason="not-in-gazetteer")


@pytest.mark.parametrize("stated", [{"country": "KZ"}, {"name": "Казахстан"}])
def test_a_country_alone_is_the_whole_country(stated: dict[str, str]) -> None:
    found = resolved(**stated)
    assert found.is_country
    assert found.spot.country == "KZ"
    assert found.spot.radius_km > 1000


def test_a_country_name_in_another_country_is_looked_up_as_a_town() -> None:
    found = resolution(name="Mexico", country="RU")
    assert not isinstance(found, Resolved)


def test_a_country_that_nobody_knows_is_unresolved() -> None:
    assert resolution(country="ZZ") == Unresolved(reason="unknown-country")


def test_words_alone_are_unresolved_and_words_with_a_country_are_that_country() -> None:
    assert resolution(words="a village by the river") == Unresolved(reason="words-only")
    found = resolved(words="a village near the border", country="KZ")
    assert found.is_country
    assert found.spot.label == "a village near the border"


def test_an_identifier_resolves_and_a_stated_radius_replaces_the_assumed_one() -> None:
    assert resolved(gazetteer=BAGRATIONOVSK).spot.radius_km == pytest.approx(3.6)
    assert resolved(gazetteer=BAGRATIONOVSK, radius_km=1.0).spot.radius_km == 1.0
    assert resolved(gazetteer=BAGRATIONOVSK).spot.country == "RU"


def test_an_identifier_that_contradicts_the_stated_country_says_so() -> None:
    found = resolved(gazetteer=ORAL, country="RU")
    assert found.country_disagrees == "KZ"
    assert found.spot.country is None
    assert resolved(gazetteer=ORAL, country="KZ").country_disagrees is None


def test_an_unknown_identifier_is_unresolved() -> None:
    assert resolution(gazetteer=1) == Unresolved(reason="unknown-identifier")


def test_several_stated_towns_stay_several_and_unknown_ones_are_named() -> None:
    found = resolution(candidates=(BAGRATIONOVSK, ORAL, 1))
    assert isinstance(found, Ambiguous)
    assert [place.id for place in found.candidates] == [ORAL, BAGRATIONOVSK]
    assert found.missing == (1,)
    assert resolution(candidates=(1, 2)) == Unresolved(reason="unknown-identifier")


def test_coordinates_take_their_country_from_the_shapes() -> None:
    found = resolved(lat=50.3, lon=57.2, radius_km=5)
    assert found.spot.country == "KZ"
    assert found.spot.offsets == (300, 360)
    assert found.near == ()


def test_coordinates_near_a_border_have_no_country_unless_one_is_stated() -> None:
    point = {"lat": 54.387, "lon": 20.644, "radius_km": 1}
    found = resolved(**point)
    assert found.spot.country is None
    assert set(found.near) == {"RU", "PL"}
    stated = resolved(**point, country="RU")
    assert stated.spot.country == "RU"
    assert stated.country_disagrees is None
    assert stated.near == ("PL",)


def test_a_wide_radius_reaches_the_neighbours() -> None:
    found = resolved(lat=51.2, lon=51.4, radius_km=100)
    assert found.spot.country is None
    assert set(found.near) == {"KZ", "RU"}


def test_coordinates_that_contradict_the_stated_country_say_so() -> None:
    found = resolved(lat=55.75, lon=37.62, radius_km=1, country="KZ")
    assert found.country_disagrees == "RU"
    assert found.spot.country is None


def test_coordinates_in_crimea_fit_either_country_and_no_third() -> None:
    point = {"lat": 45.3, "lon": 34.4, "radius_km": 1}
    for country in ("RU", "UA"):
        found = resolved(**point, country=country)
        assert (found.spot.country, found.country_disagrees) == ("UA", None)
        assert found.spot.disputed == "Crimea"
    assert resolved(**point, country="KZ").country_disagrees == "UA"


def test_coordinates_at_sea_contradict_nothing() -> None:
    found = resolved(lat=43.0, lon=34.0, radius_km=1, country="TR")
    assert (found.spot.country, found.country_disagrees) == ("TR", None)
    assert resolved(lat=43.0, lon=34.0, radius_km=1).spot.country is None


def test_a_stated_offset_is_kept() -> None:
    assert resolved(gazetteer=ORAL, offset="+05:00").spot.offsets == (300, 300)
    assert resolved(country="RU", offset="-03:30").spot.offsets == (-210, -210)
    assert resolved(lat=0.0, lon=-150.0, radius_km=1).spot.offsets is None
