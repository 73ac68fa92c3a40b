"""Check digits of zones: the standard's own examples, every state, and an outside referee."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mrz.checker.td1 import TD1CodeChecker
from mrz.checker.td2 import TD2CodeChecker
from mrz.checker.td3 import TD3CodeChecker
from mrz.generator.td1 import TD1CodeGenerator
from mrz.generator.td2 import TD2CodeGenerator
from mrz.generator.td3 import TD3CodeGenerator

from safeconduct.checks.papers.check_digits import check_digit
from safeconduct.checks.papers.mrz import read_mrz
from safeconduct.checks.papers.zone import CheckedField, CheckReason, CheckState, Mrz

ON = date(2024, 11, 2)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
LONG = (
    "IDUTO123456789<07<<<<<<<<<<<<<",
    "8601012M3001019UTO<<<<<<<<<<<6",
    "SPECIMEN<<JANE<<<<<<<<<<<<<<<<",
)


def with_character(lines: tuple[str, ...], line: int, position: int, read: str) -> tuple[str, ...]:
    changed = list(lines)
    old = changed[line - 1]
    changed[line - 1] = old[: position - 1] + read + old[position:]
    return tuple(changed)


def states(zone: Mrz) -> dict[str, str]:
    return {check.field.value: check.state.value for check in zone.checks}


def test_the_digit_of_the_standard_s_example_is_computed() -> None:
    assert check_digit("520727") == "3"


def test_a_foreign_character_has_no_check_digit() -> None:
    assert check_digit("52072?") is None


@pytest.mark.parametrize("lines", [TD3, TD2, LONG])
def test_every_digit_of_a_sound_specimen_agrees(lines: tuple[str, ...]) -> None:
    assert set(states(read_mrz(lines, on=ON)).values()) == {"agrees"}


def test_a_wrong_birth_digit_differs_with_printed_and_computed() -> None:
    zone = read_mrz(with_character(TD3, 2, 20, "3"), on=ON)
    check = zone.check(CheckedField.BIRTH)

    assert check is not None
    assert (check.printed, check.computed, check.state) == ("3", "2", CheckState.DIFFERS)
    assert (check.line, check.position) == (2, 20)
    assert states(zone)["document-number"] == "agrees"


def test_an_unreadable_character_leaves_its_field_and_the_composite_unknown() -> None:
    zone = read_mrz(with_character(TD3, 2, 3, "*"), on=ON)

    assert states(zone) == {
        "document-number": "unknown",
        "birth-date": "agrees",
        "expiry-date": "agrees",
        "optional-data": "agrees",
        "composite": "unknown",
    }


def test_an_unreadable_digit_is_unknown_and_not_a_mismatch() -> None:
    check = read_mrz(with_character(TD3, 2, 28, "?"), on=ON).check(CheckedField.EXPIRY)

    assert check is not None
    assert (check.state, check.reason) == (CheckState.UNKNOWN, CheckReason.UNREADABLE)
    assert check.computed == "9"


def test_a_letter_in_the_place_of_a_digit_is_unknown() -> None:
    check = read_mrz(with_character(TD3, 2, 44, "O"), on=ON).check(CheckedField.COMPOSITE)

    assert check is not None
    assert (check.state, check.reason) == (CheckState.UNKNOWN, CheckReason.NOT_A_DIGIT)


@pytest.mark.parametrize("digit", ["0", "<"])
def test_unused_optional_data_agree_with_a_zero_or_a_filler(digit: str) -> None:
    body = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<" + digit
    composite = check_digit(body[:10] + body[13:20] + body[21:])
    zone = read_mrz((TD3[0], body + str(composite)), on=ON)

    assert set(states(zone).values()) == {"agrees"}


def test_a_filler_after_used_optional_data_is_unknown() -> None:
    check = read_mrz(with_character(TD3, 2, 43, "<"), on=ON).check(CheckedField.OPTIONAL)

    assert check is not None
    assert (check.state, check.reason) == (CheckState.UNKNOWN, CheckReason.NOT_A_DIGIT)


def test_an_expiry_that_the_paper_leaves_unused_is_unknown_and_no_mismatch() -> None:
    body = "L898902C36UTO7408122F<<<<<<<ZE184226B<<<<<1"
    composite = str(check_digit(body[:10] + body[13:20] + body[21:]))
    zone = read_mrz((TD3[0], body + composite), on=ON)
    check = zone.check(CheckedField.EXPIRY)

    assert check is not None
    assert (check.state, check.reason) == (CheckState.UNKNOWN, CheckReason.FIELD_UNUSED)
    assert zone.misreadings == ()


def test_a_long_card_number_is_checked_where_it_ends() -> None:
    zone = read_mrz(LONG, on=ON)
    check = zone.check(CheckedField.NUMBER)

    assert zone.number == "1234567890"
    assert check is not None
    assert (check.line, check.position, check.printed) == (1, 17, "7")


def test_the_filler_inside_a_long_number_is_left_out_of_the_sum() -> None:
    # 7+6+3+28+15+6+49+24+9 = 147, and the tenth digit weighs 7: 154, so 4.
    upper = "IDUTO123456789<14<<<<<<<<<<<<<"
    check = read_mrz((upper, *LONG[1:]), on=ON).check(CheckedField.NUMBER)

    assert check is not None
    assert (check.computed, check.state) == ("4", CheckState.AGREES)


def test_a_long_card_number_with_a_wrong_digit_differs() -> None:
    zone = read_mrz(with_character(LONG, 1, 16, "1"), on=ON)

    assert states(zone)["document-number"] == "differs"


def test_a_card_without_check_digit_or_rest_is_unknown() -> None:
    zone = read_mrz(("IDUTO123456789<<<<<<<<<<<<<<<<", *LONG[1:]), on=ON)

    assert states(zone)["document-number"] == "unknown"
    assert zone.number == "123456789"


def test_the_referee_takes_long_card_numbers_for_wrong_and_we_do_not() -> None:
    """mrz 0.6.2 knows no overflow (Doc 9303-5, 4.2.2, note j), so it is no referee there."""
    assert not TD1CodeChecker("\n".join(LONG)).document_number_hash
    assert states(read_mrz(LONG, on=ON))["document-number"] == "agrees"


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
NUMBERS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9)
DATES = st.dates(date(1950, 1, 1), date(2049, 12, 31)).map(lambda day: day.strftime("%y%m%d"))
OPTIONAL = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=7)
FORMATS: dict[int, tuple[Any, Any]] = {
    1: (TD1CodeGenerator, TD1CodeChecker),
    2: (TD2CodeGenerator, TD2CodeChecker),
    3: (TD3CodeGenerator, TD3CodeChecker),
}


@st.composite
def zones(draw: st.DrawFn) -> tuple[Any, tuple[str, ...]]:
    size = draw(st.sampled_from([1, 2, 3]))
    generator, checker = FORMATS[size]
    common = {
        "country_code": "UTO",
        "nationality": "UTO",
        "document_number": draw(NUMBERS),
        "birth_date": draw(DATES),
        "expiry_date": draw(DATES),
        "sex": draw(st.sampled_from(["M", "F", "<"])),
        "surname": draw(LETTERS),
        "given_names": draw(LETTERS),
        "force": True,
    }
    if size == 1:
        extra = {"document_type": "I", "optional_data1": draw(OPTIONAL)}
        extra["optional_data2"] = draw(st.text("0123456789ABC", min_size=9, max_size=11))
    elif size == 2:
        extra = {"document_type": "I", "optional_data": draw(OPTIONAL)}
    else:
        extra = {"document_type": "P", "optional_data": draw(OPTIONAL)}
    return checker, tuple(str(generator(**common, **extra)).splitlines())


def referee(checker: Any, lines: tuple[str, ...]) -> dict[str, bool]:
    judged = checker("\n".join(lines))
    verdicts = {
        "document-number": judged.document_number_hash,
        "birth-date": judged.birth_date_hash,
        "expiry-date": judged.expiry_date_hash,
        "composite": judged.final_hash,
    }
    if isinstance(judged, TD3CodeChecker):
        verdicts["optional-data"] = judged.optional_data_hash
    return verdicts


@given(zones())
def test_generated_zones_agree_in_every_digit(zone: tuple[Any, tuple[str, ...]]) -> None:
    read = read_mrz(zone[1], on=ON)

    assert set(states(read).values()) == {"agrees"}
    assert read.faults == ()
    assert read.misreadings == ()


@given(zones(), st.data())
def test_the_referee_and_we_judge_every_digit_of_a_changed_zone_alike(
    zone: tuple[Any, tuple[str, ...]], data: st.DataObject
) -> None:
    checker, lines = zone
    line = data.draw(st.integers(1, len(lines)))
    position = data.draw(st.integers(1 if line > 1 else 6, len(lines[0])))
    changed = with_character(lines, line, position, data.draw(st.sampled_from("0123456789ABKZ")))

    verdicts = referee(checker, changed)
    for field, state in states(read_mrz(changed, on=ON)).items():
        assert (state == "agrees") is verdicts[field], (field, state, changed)


@given(zones(), st.data())
def test_one_wrong_digit_in_a_date_is_always_found(
    zone: tuple[Any, tuple[str, ...]], data: st.DataObject
) -> None:
    lines = zone[1]
    first = 1 if len(lines) == 3 else 14
    position = first + data.draw(st.integers(0, 5))
    found = lines[1][position - 1]
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != found]))
    read = read_mrz(with_character(lines, 2, position, other), on=ON)

    assert states(read)["birth-date"] == "differs"
    assert states(read)["composite"] == "differs"
