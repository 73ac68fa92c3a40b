"""Dates in words, in three languages."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.wording import dates
from safeconduct.wording.language import LANGUAGES, language

NB = "\u00a0"
"""A no-break space."""


def said(text: str, code: str) -> str:
    """With plain spaces, so that a test can be read."""
    return dates.edtf(text, language(code)).replace(NB, " ")


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("en", "1 November 2024", "2 November 2024"),
        ("fr", "1er novembre 2024", "2 novembre 2024"),
        ("ru", f"1 ноября 2024{NB}г.", f"2 ноября 2024{NB}г."),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code: str, first: str, second: str) -> None:
    assert dates.day(date(2024, 11, 1), language(code)) == first
    assert dates.day(date(2024, 11, 2), language(code)) == second


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "2 November 2024, 18:05 UTC"),
        ("fr", "2 novembre 2024 à 18:05 UTC"),
        ("ru", f"2 ноября 2024{NB}г., 18:05 UTC"),
    ],
)
def test_a_moment_names_its_day_and_utc(code: str, words: str) -> None:
    assert dates.instant(datetime(2024, 11, 2, 18, 5, tzinfo=UTC), language(code)) == words


SINGLE = (
    ("2022", "2022", "2022", "2022 г."),
    ("2022-09", "September 2022", "septembre 2022", "сентябрь 2022 г."),
    ("2022-09-28", "28 September 2022", "28 septembre 2022", "28 сентября 2022 г."),
    ("2022-21", "spring 2022", "printemps 2022", "весна 2022 г."),
    ("2022-24", "winter 2022", "hiver 2022", "зима 2022 г."),
    (
        "2022-09-28T23:50",
        "28 September 2022, 23:50",
        "28 septembre 2022 à 23:50",
        "28 сентября 2022 г., 23:50",
    ),
    (
        "2022-09-28T23:50:07Z",
        "28 September 2022, 23:50 UTC",
        "28 septembre 2022 à 23:50 UTC",
        "28 сентября 2022 г., 23:50 UTC",
    ),
    (
        "2022-09-28T23:50+05:00",
        "28 September 2022, 23:50 UTC+05:00",
        "28 septembre 2022 à 23:50 UTC+05:00",
        "28 сентября 2022 г., 23:50 UTC+05:00",
    ),
)
VAGUE = (
    ("2022-09~", "about September 2022", "environ septembre 2022", "примерно сентябрь 2022 г."),
    ("2022-09-20?", "perhaps 20 September 2022", "peut-être 20 septembre 2022", None),
    ("2022-09-20%", "perhaps about 20 September 2022", "peut-être environ 20 septembre 2022", None),
    ("2022-24~", "about winter 2022", "environ hiver 2022", "примерно зима 2022 г."),
)
INTERVALS = (
    (
        "2022-03-01/2022-04-30",
        "from 1 March 2022 to 30 April 2022",
        "1er mars 2022 – 30 avril 2022",
        "1 марта 2022 г. — 30 апреля 2022 г.",
    ),
    ("2022-09/..", "from September 2022 on", "septembre 2022 et après", "сентябрь 2022 г. и далее"),
    ("../2022-09", "until September 2022", "septembre 2022 et avant", "сентябрь 2022 г. и ранее"),
    (
        "2022-09/",
        "from September 2022 until an unknown date",
        "début : septembre 2022, fin inconnue",
        "начало: сентябрь 2022 г., окончание неизвестно",
    ),
    (
        "/2022-09",
        "from an unknown date until September 2022",
        "début inconnu, fin : septembre 2022",
        "начало неизвестно, окончание: сентябрь 2022 г.",
    ),
    ("2022/2023~", "from 2022 to about 2023", "2022 – environ 2023", "2022 г. — примерно 2023 г."),
)
SETS = (
    (
        "[2022-09-20,2022-09-22]",
        "one of 20 September 2022 and 22 September 2022",
        "une date parmi 20 septembre 2022 et 22 septembre 2022",
        "одна из дат: 20 сентября 2022 г. и 22 сентября 2022 г.",
    ),
    (
        "[2022-09-20..2022-09-22]",
        "some time from 20 September 2022 to 22 September 2022",
        "à un moment de la période 20 septembre 2022 – 22 septembre 2022",
        "в какой-то момент за период 20 сентября 2022 г. — 22 сентября 2022 г.",
    ),
    (
        "[..2024-11-02]",
        "2 November 2024 or before",
        "2 novembre 2024 ou avant",
        "2 ноября 2024 г. или раньше",
    ),
    (
        "[2022-12..]",
        "December 2022 or after",
        "décembre 2022 ou après",
        "декабрь 2022 г. или позже",
    ),
)


@pytest.mark.parametrize(
    ("text", "en", "fr", "ru"),
    [*SINGLE, *VAGUE, *INTERVALS, *SETS],
    ids=[row[0] for row in (*SINGLE, *VAGUE, *INTERVALS, *SETS)],
)
def test_an_edtf_date_is_worded_in_each_language(
    text: str, en: str, fr: str, ru: str | None
) -> None:
    assert said(text, "en") == en
    assert said(text, "fr") == fr
    if ru is not None:
        assert said(text, "ru") == ru


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "202X",
        "2022-XX",
        "2022-09-2X",
        "2022-09~-21",
        "~2022-?09-21",
        "2022-02-31",
        "2022-13",
        "2022-00-10",
        "0000-01-01",
        "[2020,2022-12..]",
        "spring",
        "",
    ],
)
def test_a_form_without_words_is_shown_as_it_stands(text: str, code: str) -> None:
    assert dates.edtf(text, language(code)) == text


def test_a_side_of_an_interval_without_words_is_shown_as_it_stands() -> None:
    assert said("2022-09-2X/2022-12", "en") == "from 2022-09-2X to December 2022"
    assert said("[..202X]", "en") == "202X or before"


def test_open_and_unknown_ends_are_worded_differently() -> None:
    for code in LANGUAGES:
        forms = ("2022/..", "2022/", "../2022", "/2022", "../", "/..", "/", "../..")
        words = [said(text, code) for text in forms]
        assert len(set(words)) == len(forms)


@given(st.text(alphabet="0123456789-/.~?%[],TZ:X+{} ", max_size=30), st.sampled_from(LANGUAGES))
def test_no_text_makes_it_fail_or_leaves_a_template_open(text: str, code: str) -> None:
    words = dates.edtf(text, language(code))
    assert words.count("{") == text.count("{")


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_and_its_edtf_text_are_worded_alike(day: date, code: str) -> None:
    assert dates.edtf(day.isoformat(), language(code)) == dates.day(day, language(code))
    assert str(day.year) in dates.day(day, language(code))
