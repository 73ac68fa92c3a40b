"""Messages → sentences: parameters as each language writes them, and case text left alone."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.findings import (
    Day,
    Ids,
    Instant,
    Km,
    Lapse,
    Message,
    Number,
    Parameter,
    Speed,
    Term,
    Text,
    Texts,
    Told,
    Vetting,
)
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.wording.events import event_title
from safeconduct.wording.language import LANGUAGES, UnknownLanguage, UnworkedMessage, language
from safeconduct.wording.sentences import lapse, parameter, say

EXAMPLES = Path(__file__).parents[3] / "examples"
CASES = sorted((*EXAMPLES.rglob("case*.yaml"), *EXAMPLES.glob("planted/*.yaml")))
HOUR, DAY = 60, 24 * 60


def plain(text: str) -> str:
    """With plain spaces, so that a test can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (HOUR, "1 hour"),
        (HOUR + 1, "1 hour 1 minute"),
        (2 * DAY - 1, "47 hours 59 minutes"),
        (2 * DAY, "2 days"),
        (2 * DAY + 59, "2 days"),
        (2 * DAY + HOUR, "2 days 1 hour"),
        (14 * DAY - 1, "13 days 23 hours"),
        (14 * DAY, "14 days"),
        (15 * DAY - 1, "14 days"),
        (2000 * DAY, "2,000 days"),
    ],
)
def test_a_length_of_time_is_in_the_unit_that_its_size_asks_for(minutes: int, words: str) -> None:
    assert lapse(minutes, language("en")) == words


@pytest.mark.parametrize(
    ("days", "russian", "french"),
    [
        (14, "14 дней", "14 jours"),
        (21, "21 день", "21 jours"),
        (22, "22 дня", "22 jours"),
        (25, "25 дней", "25 jours"),
        (111, "111 дней", "111 jours"),
        (121, "121 день", "121 jours"),
        (1234, "1 234 дня", "1 234 jours"),
    ],
)
def test_a_number_of_days_takes_its_plural_form(days: int, russian: str, french: str) -> None:
    assert plain(lapse(days * DAY, language("ru"))) == russian
    assert plain(lapse(days * DAY, language("fr"))) == french


def test_zero_and_one_are_singular_in_french_and_not_in_english_or_russian() -> None:
    assert plain(lapse(0, language("fr"))) == "0 minute"
    assert plain(lapse(0, language("ru"))) == "0 минут"
    assert plain(lapse(61, language("ru"))) == "1 час 1 минута"


WRITTEN: tuple[tuple[Parameter, str, str, str], ...] = (
    (Number(12345), "12,345", "12\u202f345", "12\u00a0345"),
    (Km(7.25), "7.2 km", "7,2\u00a0km", "7,2\u00a0км"),
    (Km(1182.4), "1,182 km", "1\u202f182\u00a0km", "1\u00a0182\u00a0км"),
    (Speed(3600.0), "3,600 km/h", "3\u202f600\u00a0km/h", "3\u00a0600\u00a0км/ч"),
    (Lapse(90), "1 hour 30 minutes", "1\u00a0heure 30\u00a0minutes", "1\u00a0час 30\u00a0минут"),
    (Day(date(2024, 11, 1)), "1 November 2024", "1er novembre 2024", "1 ноября 2024\u00a0г."),
    (
        Instant(datetime(2024, 11, 1, 8, 5, tzinfo=UTC)),
        "1 November 2024, 08:05 UTC",
        "1er novembre 2024 à 08:05 UTC",
        "1 ноября 2024\u00a0г., 08:05 UTC",
    ),
    (
        Told("2022-09", "in September"),
        "“in September” (read as September 2022)",
        "«\u00a0in September\u00a0», lu comme\u00a0: septembre 2022",
        "«in September», прочтение: сентябрь 2022\u00a0г.",
    ),
    (Term("means-foot"), "on foot", "à pied", "пешком"),
    (Ids(("c1", "c2", "c10")), "c1, c2 and c10", "c1, c2 et c10", "c1, c2 и c10"),
    (Texts(("a", "b")), "a and b", "a et b", "a и b"),
    (Texts(("a",)), "a", "a", "a"),
    (Texts(()), "", "", ""),
    (Text("Орёл, 1,000.5"), "Орёл, 1,000.5", "Орёл, 1,000.5", "Орёл, 1,000.5"),
)


@pytest.mark.parametrize(
    ("value", "en", "fr", "ru"), WRITTEN, ids=[type(row[0]).__name__ for row in WRITTEN]
)
def test_a_parameter_is_written_as_its_kind_is_in_the_language(
    value: Parameter, en: str, fr: str, ru: str
) -> None:
    assert [parameter(value, language(code)) for code in ("en", "fr", "ru")] == [en, fr, ru]


def test_the_three_languages_say_the_same_sentence() -> None:
    message = Message("no-gap", {"declared": Lapse(180 * DAY)})
    assert [plain(say(message, language(code))) for code in ("en", "fr", "ru")] == [
        "No gap that is certain to be longer than 180 days.",
        "Aucune période passée sous silence dont il soit certain qu’elle dépasse 180 jours.",
        "Нет периода, о котором ничего не говорится и который наверняка был бы длиннее чем "
        "180 дней.",
    ]


@given(text=st.text(max_size=40), code=st.sampled_from(LANGUAGES))
def test_text_of_the_case_stands_as_it_is_whatever_is_in_it(text: str, code: str) -> None:
    for harmful in (text, f"{{{text}}}", "{claim}", "{0}", "{what.__class__}", "}{"):
        message = Message("no-date", {"claim": Text("c1"), "what": Text(harmful)})
        assert harmful in say(message, language(code))


def test_a_message_that_lacks_a_parameter_is_a_mistake_of_ours_and_named() -> None:
    with pytest.raises(UnworkedMessage, match=r"'no-date'.*'what'"):
        say(Message("no-date", {"claim": Text("c1")}), language("en"))


def test_a_message_or_a_term_without_wording_is_never_shown_as_its_identifier() -> None:
    for code in LANGUAGES:
        with pytest.raises(UnworkedMessage):
            say(Message("no-such-message"), language(code))
        with pytest.raises(UnworkedMessage):
            parameter(Term("no-such-term"), language(code))
        with pytest.raises(UnworkedMessage):
            language(code).count("no-such-unit", 2)


def test_a_language_without_a_catalogue_is_refused_and_those_there_are_named() -> None:
    with pytest.raises(UnknownLanguage, match="en, fr, ru"):
        language("de")


def vetting(file: Path) -> Vetting:
    case = read_case(file.read_bytes()).case
    return vet(case, load_references(None), on=date(2024, 11, 2))


def messages(of: Vetting) -> list[Message]:
    found = [message for one in of.not_checked for message in (one.reason, one.needs)]
    for finding in of.findings:
        found += [finding.message, *finding.repairs]
        found += [finding.question] if finding.question else []
    return found


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_sentence_of_the_example_cases_is_said_in_each_language(file: Path) -> None:
    said = messages(vetting(file))
    assert said
    for message in said:
        for code in LANGUAGES:
            sentence = say(message, language(code))
            assert not re.search(r"[{}]", sentence), message.id
            assert not sentence.endswith(".."), message.id
            assert "г.." not in sentence, message.id


def test_the_example_cases_make_most_sentences_of_the_checks_be_said() -> None:
    assert len(CASES) > 8
    assert len({message.id for file in CASES for message in messages(vetting(file))}) > 60


@pytest.mark.parametrize("code", LANGUAGES)
def test_nought_has_no_sign_and_no_needless_decimal(code: str) -> None:
    words = language(code)
    assert words.number(-0.2) == "0"
    assert words.number(-1.6) == "-2"
    assert not {",", "."} & set(parameter(Km(0.0), words))
    assert {",", "."} & set(parameter(Km(0.4), words))


def test_every_shipped_public_event_has_a_title_in_each_language() -> None:
    events = load_references(None).milestones
    assert events is not None
    for one in events.by_id.values():
        assert event_title(one.title, language("en")) == one.title
        for code in ("fr", "ru"):
            assert event_title(one.title, language(code)) != one.title, one.id


def test_the_title_of_a_public_event_is_in_the_language_of_the_sentence() -> None:
    title = "Russia begins the full-scale invasion of Ukraine"
    parameters = {"claim": Text("c1"), "milestone": Text(title)}
    said = say(Message("milestone-not-in-set", parameters), language("fr"))
    assert "invasion à grande échelle" in said
    assert title in say(Message("milestone-not-in-set", parameters), language("en"))
    # An event of somebody's own set stays as it is written there.
    assert event_title("Convoy leaves", language("ru")) == "Convoy leaves"
