"""Single slips of reading that would let all check digits agree."""

from datetime import date

import pytest

from safeconduct.checks.papers.misreadings import LOOK_ALIKE
from safeconduct.checks.papers.mrz import read_mrz
from safeconduct.checks.papers.zone import Misreading

ON = date(2024, 11, 2)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
LONG = (
    "IDUTO123456789<07<<<<<<<<<<<<<",
    "8601012M3001019UTO<<<<<<<<<<<6",
    "SPECIMEN<<JANE<<<<<<<<<<<<<<<<",
)


def misread(
    position: int, read: str, lines: tuple[str, ...] = TD3, line: int = 2
) -> tuple[Misreading, ...]:
    changed = list(lines)
    old = changed[line - 1]
    changed[line - 1] = old[: position - 1] + read + old[position:]
    return read_mrz(tuple(changed), on=ON).misreadings


@pytest.mark.parametrize(
    ("position", "true", "seen"),
    [
        (6, "0", "O"),
        (3, "9", "4"),
        (15, "4", "A"),
        (20, "2", "Z"),
        (32, "8", "B"),
        (17, "8", "3"),
        (44, "0", "D"),
    ],
)
def test_the_true_character_is_among_the_repairs(position: int, true: str, seen: str) -> None:
    found = misread(position, seen)

    assert Misreading(line=2, position=position, found=seen, read=true) in found


def test_a_sound_zone_has_no_repairs() -> None:
    assert misread(6, "0") == ()


def test_two_slips_in_one_zone_have_no_single_repair() -> None:
    lower = TD3[1].replace("L898902C3", "L89B902C3").replace("740812", "740312")

    assert read_mrz((TD3[0], lower), on=ON).misreadings == ()


def test_an_unreadable_character_is_restored_from_the_digits() -> None:
    assert Misreading(line=2, position=17, found="?", read="8") in misread(17, "?")
    assert {one.read for one in misread(17, "?")} == {"8"}


def test_an_unreadable_letter_of_a_number_keeps_every_candidate() -> None:
    reads = {one.read for one in misread(8, "*")}

    # C counts 12: 2, M and W leave the same remainder, and nothing tells them apart.
    assert reads == {"2", "C", "M", "W"}


def test_a_cyrillic_letter_is_repaired_only_to_its_look_alike() -> None:
    assert misread(8, "С") == (Misreading(line=2, position=8, found="С", read="C"),)


def test_an_unreadable_character_in_a_name_needs_no_repair() -> None:
    assert misread(8, "?", line=1) == ()


def test_a_slip_in_the_rest_of_a_long_number_is_repaired() -> None:
    assert Misreading(line=1, position=16, found="O", read="0") in misread(16, "O", LONG, 1)


def test_no_repair_puts_a_letter_into_a_date() -> None:
    for one in misread(17, "3"):
        assert one.position not in range(14, 20) or one.read.isdigit()


def test_no_repair_makes_a_date_that_is_on_no_calendar() -> None:
    # 74?812: 0 and < count alike, but a month cannot be half known.
    assert misread(16, "?") == (Misreading(line=2, position=16, found="?", read="0"),)


def test_every_pair_of_look_alikes_is_two_different_characters() -> None:
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in LOOK_ALIKE)
    assert len(set(map(frozenset, LOOK_ALIKE))) == len(LOOK_ALIKE)
