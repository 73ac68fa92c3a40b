"""Values of a case in words."""

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.durations import Lasting
from safeconduct.casefile.evidence import Credibility, Reliability
from safeconduct.casefile.findings import RestsOn
from safeconduct.casefile.people import Name
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import When
from safeconduct.dossier.phrasing import (
    applicant_name,
    country_name,
    dataset_words,
    grade_words,
    kind_of_data,
    language_name,
    lasting_words,
    passage_words,
    place_words,
    when_words,
)
from safeconduct.wording.durations import bounds_words, duration_words
from safeconduct.wording.language import LANGUAGES, Language, language


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P2Y", "2 years"),
        ("P1Y6M", "1 year 6 months"),
        ("P18M", "1 year 6 months"),
        ("P2W", "14 days"),
        ("PT36H", "36 hours"),
        ("P1M3D", "1 month 3 days"),
        ("P0D", "0 minutes"),
    ],
)
def test_a_duration_is_said_in_whole_units(iso: str, words: str, english: Language) -> None:
    assert duration_words(iso, english) == words


def test_a_stated_duration_keeps_its_words_and_how_wide_it_is_meant(english: Language) -> None:
    lasting = Lasting(iso="P2Y", words="zwei Jahre", approximate=True, least="P20M", most="P3Y")
    assert lasting_words(lasting, english) == (
        "“zwei Jahre” (read as about 2 years, at least 1 year 8 months, at most 3 years)"
    )


def test_a_bound_that_was_not_stated_is_not_said(english: Language) -> None:
    assert bounds_words(None, "P1M", english) == ("at most 1 month",)


def test_a_place_is_said_in_all_the_ways_it_was_stated(english: Language) -> None:
    place = Place(
        words="у границы", name="X", country="RU", lat=51.2, lon=-4.12345678, radius_km=30
    )
    assert place_words(place, english) == "“у границы”, X, Russia (51.2, -4.1235, within 30 km)"
    assert place_words(Place(candidates=(1, 2)), english) == "GeoNames 1, GeoNames 2"


@pytest.mark.parametrize(
    ("code", "words"), [("en", "Kazakhstan"), ("fr", "Kazakhstan"), ("ru", "Казахстан")]
)
@pytest.mark.parametrize("written", ["Kazakhstan", "Казахстан", None])
def test_a_country_is_named_once_and_in_the_language(
    code: str, words: str, written: str | None
) -> None:
    assert place_words(Place(name=written, country="KZ"), language(code)) == words


def test_a_town_that_is_called_like_another_country_keeps_both_names(english: Language) -> None:
    assert place_words(Place(name="Georgia", country="US"), english) == "Georgia, United States"


def test_a_country_or_kind_of_data_without_a_word_is_shown_by_its_code(english: Language) -> None:
    assert country_name("XQ", english) == "XQ"
    assert kind_of_data("incidents-of-somebody", english) == "incidents-of-somebody"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "public events “own/set”, as of 2 November 2024"),
        ("fr", "événements publics «\u00a0own/set\u00a0», état\u00a0: 2 novembre 2024"),
        ("ru", "публичные события «own/set», состояние данных: 2 ноября 2024\u00a0г."),
    ],
)
def test_a_cited_data_set_is_said_in_words(code: str, words: str) -> None:
    assert dataset_words("milestones/own/set@2024-11-02", language(code)) == words
    assert dataset_words("own set", language(code)) == "own set"


def test_a_passage_is_said_in_words_and_a_time_code_as_it_stands() -> None:
    assert passage_words("lines 4-6", language("ru")) == "строки\u00a04–6"
    assert passage_words("paragraph 3", language("fr")) == "paragraphe\u00a03"
    assert passage_words("00:12:31-00:13:00", language("fr")) == "00:12:31-00:13:00"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("what", ["line", "page", "paragraph"])
def test_each_kind_of_passage_has_its_wording(code: str, what: str) -> None:
    assert passage_words(f"{what} 1", language(code)) != passage_words(f"{what}s 1", language(code))


def test_a_date_keeps_its_words_beside_its_reading(english: Language) -> None:
    assert when_words(When(edtf="2022-09", words="осенью"), english) == (
        "“осенью” (read as September 2022)"
    )


def test_a_language_without_a_word_is_shown_by_its_tag(english: Language) -> None:
    assert language_name("ru", english) == "Russian"
    assert language_name("kk-Cyrl", english) == "Kazakh (Cyrl)"
    assert language_name("xal", english) == "xal"


def test_people_speak_of_the_case_by_the_pseudonym_where_there_is_one(
    case: Case, english: Language
) -> None:
    assert applicant_name(case, english) == "Ruslan (pseudonym)"
    other = msgspec.structs.replace(case.applicant, names=(Name(text="A"), Name(text="B")))
    assert applicant_name(msgspec.structs.replace(case, applicant=other), english) == "A"


def test_the_two_grades_stand_beside_each_other() -> None:
    grade = RestsOn(
        kind="telling", id="t1", reliability=Reliability.B, credibility=Credibility.UNJUDGED
    )
    assert grade_words(grade) == "t1 B6"
