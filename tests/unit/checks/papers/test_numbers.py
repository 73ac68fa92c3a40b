"""Document numbers against the form of their kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.documents import DocumentKind
from safeconduct.checks.papers.forms import FORMS, SERIES_YEAR_CITATIONS, ZONE_NUMBER_CITATIONS
from safeconduct.checks.papers.numbers import (
    Exchanged,
    FormReason,
    FormState,
    number_form,
    number_in_zone,
)

INTERNAL = DocumentKind.RUSSIAN_INTERNAL_PASSPORT
TRAVEL = DocumentKind.RUSSIAN_TRAVEL_PASSPORT
MILITARY = DocumentKind.RUSSIAN_MILITARY_ID


@pytest.mark.parametrize(
    ("kind", "number", "found", "series"),
    [
        (INTERNAL, "45 02 573482", "4502573482", "4502"),
        (INTERNAL, "4502 № 573482", "4502573482", "4502"),
        (INTERNAL, "серия 45-02, номер 573482", "4502573482", "4502"),
        (INTERNAL, "4502\u00a0N573482", "4502573482", "4502"),
        (TRAVEL, "71 No. 1234567", "711234567", "71"),
        (TRAVEL, "71\u20131234567", "711234567", "71"),
        (MILITARY, "АН № 1234567", "АН1234567", "АН"),
        (MILITARY, "ан 123456", "АН123456", "АН"),
    ],
)
def test_a_number_agrees_however_it_is_spaced(
    kind: DocumentKind, number: str, found: str, series: str
) -> None:
    result = number_form(kind, number)

    assert (result.state, result.found, result.series) == (FormState.AGREES, found, series)
    assert result.citations
    assert result.exchanged == ()


@pytest.mark.parametrize(
    ("kind", "number", "reason", "where"),
    [
        (INTERNAL, "45 02 57348", FormReason.TOO_SHORT, 10),
        (INTERNAL, "45 02 5734821", FormReason.TOO_LONG, 11),
        (INTERNAL, "45 0A 573482", FormReason.LETTER_FOR_DIGIT, 4),
        (INTERNAL, "45 02 57+482", FormReason.OTHER_CHARACTER, 7),
        (TRAVEL, "45 02 573482", FormReason.TOO_LONG, 10),
        (MILITARY, "АН 12345", FormReason.TOO_SHORT, 8),
        (MILITARY, "АН 12345678", FormReason.TOO_LONG, 10),
        (MILITARY, "А1 1234567", FormReason.DIGIT_FOR_LETTER, 2),
        (MILITARY, "АN 1234567", FormReason.OTHER_CHARACTER, 2),
    ],
)
def test_a_number_of_another_form_differs_and_says_where(
    kind: DocumentKind, number: str, reason: FormReason, where: int
) -> None:
    result = number_form(kind, number)

    assert (result.state, result.reason, result.where) == (FormState.DIFFERS, reason, where)
    assert result.expected is not None
    assert result.series is None


@pytest.mark.parametrize("number", [None, "", "   ", "№", "серия номер"])
def test_a_missing_number_is_unknown(number: str | None) -> None:
    result = number_form(INTERNAL, number)

    assert (result.state, result.reason) == (FormState.UNKNOWN, FormReason.NO_NUMBER)


@pytest.mark.parametrize(
    "number",
    ["45 02 57?482", "45 02 ******", "45 02 XXXXXX", "45 02 ХХХ482", "45 02 ...482", "45?"],
)
def test_an_illegible_number_is_unknown_and_not_a_mismatch(number: str) -> None:
    result = number_form(INTERNAL, number)

    assert (result.state, result.reason) == (FormState.UNKNOWN, FormReason.ILLEGIBLE)


def test_a_kind_without_a_form_is_unknown() -> None:
    result = number_form(DocumentKind.LAISSEZ_PASSER, "123")

    assert (result.state, result.reason) == (FormState.UNKNOWN, FormReason.NO_FORM)
    assert result.citations == ()


def test_latin_look_alikes_in_a_military_series_are_read_and_reported() -> None:
    result = number_form(MILITARY, "AH 1234567")

    assert result.state is FormState.AGREES
    assert result.found == "АН1234567"
    assert result.exchanged == (
        Exchanged(position=1, found="A", read="А"),
        Exchanged(position=2, found="H", read="Н"),
    )


def test_digits_of_another_script_are_read_and_reported() -> None:
    result = number_form(TRAVEL, "٧1 1234567")

    assert result.state is FormState.AGREES
    assert result.exchanged == (Exchanged(position=1, found="٧", read="7"),)


@pytest.mark.parametrize(
    ("kind", "number", "repair"),
    [
        (INTERNAL, "45 O2 573482", "4502573482"),
        (INTERNAL, "45 02 57З482", "4502573482"),
        (MILITARY, "0Н 1234567", "ОН1234567"),
        (INTERNAL, "45 O2 57348", None),
        (INTERNAL, "45 Ж2 573482", None),
    ],
)
def test_a_letter_that_looks_like_a_digit_is_offered_as_a_repair(
    kind: DocumentKind, number: str, repair: str | None
) -> None:
    result = number_form(kind, number)

    assert result.state is FormState.DIFFERS
    assert result.repair == repair


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (TRAVEL, "71 1234567", "711234567"),
        (INTERNAL, "45 02 573482", "450573482"),
        (INTERNAL, "45 02 57?482", None),
        (MILITARY, "АН 1234567", None),
    ],
)
def test_a_zone_shows_nine_characters_of_a_number(
    kind: DocumentKind, number: str, shown: str | None
) -> None:
    assert number_in_zone(kind, number) == shown


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind.value)
def test_every_form_is_cited_and_its_template_says_the_same(form: object) -> None:
    entry = next(one for one in FORMS if one is form)
    template = entry.template.replace(" ", "")

    assert all(one.address.startswith("https://") and one.states for one in entry.citations)
    assert template.count("Б") == entry.letters
    assert template.count("9") == entry.digits_least
    assert template.count("9") + template.count("0") == entry.digits_most


def test_no_source_was_read_after_the_day_it_bears() -> None:
    cited = [one for form in FORMS for one in form.citations]

    assert {one.read_on for one in (*cited, *SERIES_YEAR_CITATIONS, *ZONE_NUMBER_CITATIONS)} == {
        "2026-11-22"
    }


@given(st.sampled_from(DocumentKind), st.text(max_size=40))
def test_any_text_has_a_state(kind: DocumentKind, number: str) -> None:
    result = number_form(kind, number)

    if result.state is FormState.AGREES:
        assert result.reason is None
    else:
        assert result.reason is not None


@given(
    st.text("0123456789", min_size=10, max_size=10),
    st.lists(st.sampled_from([" ", "-", " № ", "\u00a0"]), min_size=9, max_size=9),
)
def test_separators_change_no_result(digits: str, gaps: list[str]) -> None:
    spaced = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))

    assert number_form(INTERNAL, spaced) == number_form(INTERNAL, digits)
