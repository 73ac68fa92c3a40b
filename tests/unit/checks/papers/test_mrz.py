"""Zones read from lines: fields, names, dates of two digits, and what is wrong with the lines."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.checks.papers.mrz import read_mrz
from safeconduct.checks.papers.zone import (
    DateState,
    Fault,
    FaultKind,
    Mrz,
    ZoneFormat,
    ZoneNotReadable,
)

ON = date(2024, 11, 2)
UPPER = "P<RUSIVANOV<<PETR<<<<<<<<<<<<<<<<<<<<<<<<<<<"
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


def kinds(zone: Mrz) -> list[FaultKind]:
    return [fault.kind for fault in zone.faults]


def refused(lines: tuple[str, ...]) -> ZoneNotReadable:
    with pytest.raises(ZoneNotReadable) as caught:
        read_mrz(lines, on=ON)
    return caught.value


def upper_line(names: str) -> tuple[str, str]:
    return ("P<UTO" + names.ljust(39, "<"), TD3[1])


def lower_line(first: int, text: str) -> tuple[str, str]:
    old = TD3[1]
    return (TD3[0], old[: first - 1] + text + old[first - 1 + len(text) :])


def test_every_field_of_a_passport_is_read() -> None:
    zone = read_mrz(TD3, on=ON)

    assert zone.format is ZoneFormat.TD3
    assert zone.document_code == "P"
    assert zone.number == "L898902C3"
    assert zone.sex == "female"
    assert zone.optional == ("ZE184226B",)
    assert zone.names.primary == ("ERIKSSON",)
    assert zone.names.secondary == ("ANNA", "MARIA")
    assert zone.nationality.special == "specimen"
    assert zone.faults == ()


def test_every_field_of_a_card_is_read() -> None:
    zone = read_mrz(TD1, on=ON)

    assert zone.format is ZoneFormat.TD1
    assert zone.number == "D23145890"
    assert zone.birth.readings == ("1974-08-12",)
    assert zone.names.secondary == ("ANNA", "MARIA")


def test_lines_handed_in_as_one_text_are_the_same_zone() -> None:
    assert read_mrz(("\n".join(TD3) + "\n",), on=ON) == read_mrz(TD3, on=ON)


def test_a_state_code_loses_its_fillers_and_keeps_what_was_printed() -> None:
    german = read_mrz(("P<D<<" + UPPER[5:], TD3[1]), on=ON).issuing_state
    russian = read_mrz((UPPER, TD3[1]), on=ON).issuing_state

    assert (german.printed, german.code, german.special) == ("D<<", "D", None)
    assert (russian.code, russian.special) == ("RUS", None)


def test_a_stateless_holder_is_told_from_a_national() -> None:
    assert read_mrz(lower_line(11, "XXA"), on=ON).nationality.special == "stateless"


def test_a_name_without_second_part_is_read() -> None:
    names = read_mrz(upper_line("SATRIYA<SUDARPA"), on=ON).names

    assert names.primary == ("SATRIYA", "SUDARPA")
    assert names.secondary == ()
    assert not names.may_be_cut


def test_a_name_field_full_to_its_last_letter_may_be_cut() -> None:
    names = read_mrz(upper_line("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"), on=ON).names

    assert names.may_be_cut
    assert names.secondary[-1] == "K"


def test_the_century_of_a_birth_is_left_open_where_both_are_possible() -> None:
    birth = read_mrz(lower_line(14, "200101"), on=ON).birth

    assert birth.readings == ("1920-01-01", "2020-01-01")
    assert birth.ruled_out == ()


def test_a_birth_after_the_day_is_ruled_out_and_named() -> None:
    birth = read_mrz(lower_line(14, "241103"), on=ON).birth

    assert birth.readings == ("1924-11-03",)
    assert birth.ruled_out == ("2024-11-03",)


def test_a_birth_on_the_day_itself_is_not_ruled_out() -> None:
    birth = read_mrz(lower_line(14, "241102"), on=ON).birth

    assert birth.readings == ("1924-11-02", "2024-11-02")


def test_an_expiry_before_the_birth_is_ruled_out() -> None:
    assert read_mrz(TD3, on=ON).expiry.readings == ("2012-04-15",)


def test_an_expiry_keeps_both_centuries_where_the_birth_is_unknown() -> None:
    lines = (TD3[0], "L898902C36UTO<<<<<<<F1204159ZE184226B<<<<<10")
    zone = read_mrz(lines, on=ON)

    assert zone.birth.state is DateState.UNUSED
    assert zone.expiry.readings == ("1912-04-15", "2012-04-15")


@pytest.mark.parametrize(
    ("printed", "readings"),
    [
        ("7408<<", ("1974-08",)),
        ("74<<<<", ("1974",)),
        ("74<<12", ("1974-XX-12",)),
        ("<<0812", ()),
    ],
)
def test_a_birth_that_is_known_in_part_keeps_what_is_known(
    printed: str, readings: tuple[str, ...]
) -> None:
    birth = read_mrz(lower_line(14, printed), on=ON).birth

    assert birth.state is DateState.PARTIAL
    assert birth.readings == readings


def test_29_february_exists_only_in_the_century_that_has_it() -> None:
    birth = read_mrz(lower_line(14, "000229"), on=ON).birth

    assert birth.readings == ("2000-02-29",)
    assert birth.ruled_out == ()


@pytest.mark.parametrize("printed", ["741312", "740231", "74O812", "7<0812"])
def test_a_date_on_no_calendar_is_a_fault_and_has_no_reading(printed: str) -> None:
    zone = read_mrz(lower_line(14, printed), on=ON)

    assert zone.birth.state is DateState.IMPOSSIBLE
    assert zone.birth.readings == ()
    assert kinds(zone) == [FaultKind.DATE]


def test_an_unreadable_date_is_unreadable_and_no_fault_of_the_paper() -> None:
    zone = read_mrz(lower_line(14, "74?812"), on=ON)

    assert zone.birth.state is DateState.UNREADABLE
    assert kinds(zone) == [FaultKind.UNREADABLE]


@pytest.mark.parametrize(("printed", "sex"), [("M", "male"), ("F", "female"), ("<", "unspecified")])
def test_sex_is_read(printed: str, sex: str) -> None:
    zone = read_mrz(lower_line(21, printed), on=ON)

    assert zone.sex == sex
    assert zone.faults == ()


def test_another_letter_for_sex_is_a_fault_and_not_a_guess() -> None:
    zone = read_mrz(lower_line(21, "X"), on=ON)

    assert zone.sex is None
    assert kinds(zone) == [FaultKind.SEX]


def test_lower_case_is_read_and_noted() -> None:
    zone = read_mrz((TD3[0].replace("ANNA", "anna"), TD3[1]), on=ON)

    assert zone.names.secondary == ("ANNA", "MARIA")
    assert kinds(zone) == [FaultKind.LOWER_CASE]


def test_spaces_between_groups_are_left_out_and_noted() -> None:
    spaced = (TD3[0], "L898902C36 UTO 7408122 F 1204159 ZE184226B<<<<< 10")
    zone = read_mrz(spaced, on=ON)

    assert zone.lines == TD3
    assert [(fault.kind, fault.found) for fault in zone.faults] == [(FaultKind.SPACES, "6")]


def test_a_space_in_a_line_of_the_right_length_is_unreadable() -> None:
    zone = read_mrz((TD3[0].replace("<<ANNA<MARIA", "<<ANNA MARIA"), TD3[1]), on=ON)

    assert [(one.kind, one.found, one.position) for one in zone.faults] == [
        (FaultKind.UNREADABLE, " ", 20)
    ]


def test_a_cyrillic_letter_of_the_same_look_is_noted_with_its_place() -> None:
    zone = read_mrz((TD3[0], TD3[1].replace("UTO", "UТO")), on=ON)

    assert [(one.kind, one.found, one.line, one.position) for one in zone.faults] == [
        (FaultKind.UNREADABLE, "Т", 2, 12)
    ]
    assert zone.lines[1][11] == "?"


def test_a_digit_in_a_name_is_a_fault() -> None:
    assert kinds(read_mrz(upper_line("IVAN0V<<PETR"), on=ON)) == [FaultKind.DIGIT_IN_NAME]


def test_a_digit_in_a_name_of_a_russian_internal_passport_is_no_fault() -> None:
    lines = ("PNRUS" + "IVANOV<<PETR<PETROVI3".ljust(39, "<"), TD3[1])

    assert read_mrz(lines, on=ON).faults == ()


def test_a_passport_whose_code_is_no_passport_s_is_noted() -> None:
    assert kinds(read_mrz(("I" + TD3[0][1:], TD3[1]), on=ON)) == [FaultKind.DOCUMENT_CODE]


def test_a_visa_is_refused_and_not_checked_as_a_passport() -> None:
    error = refused(("V" + TD3[0][1:], TD3[1]))

    assert [fault.kind for fault in error.faults] == [FaultKind.VISA]


def test_a_line_of_the_wrong_length_is_named_with_its_length() -> None:
    error = refused((TD3[0], TD3[1][:-1]))

    assert [(one.kind, one.line, one.found, one.accepted) for one in error.faults] == [
        (FaultKind.LINE_LENGTH, 2, "43", "36|44")
    ]


@pytest.mark.parametrize(("lines", "found"), [((), "0"), (("", "  "), "0"), (TD3[:1], "1")])
def test_a_wrong_number_of_lines_is_named(lines: tuple[str, ...], found: str) -> None:
    error = refused(lines)

    assert [(one.kind, one.found, one.accepted) for one in error.faults] == [
        (FaultKind.LINE_COUNT, found, "2|3")
    ]


def read_or_refused(lines: list[str]) -> Mrz | tuple[Fault, ...]:
    try:
        return read_mrz(lines, on=ON)
    except ZoneNotReadable as error:
        return error.faults


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_read_or_refused_with_facts(lines: list[str]) -> None:
    assert read_or_refused(lines)


@given(st.text(min_size=44, max_size=44), st.text(min_size=44, max_size=44))
def test_any_lines_of_the_right_length_never_break_the_reader(first: str, second: str) -> None:
    zone = read_or_refused([first, second])

    assert zone
    if isinstance(zone, Mrz):
        assert [len(line) for line in zone.lines] == [44, 44]
