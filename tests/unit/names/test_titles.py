"""Titles, particles, suffixes and initials are told from names, and weak titles from sure ones."""

import pytest

from safeconduct.names import titles


@pytest.mark.parametrize("text", ["Dr.", "полковник", "Gen.", "підполковник", "Mr"])
def test_a_title_is_one_in_any_case_and_with_its_stop(text: str) -> None:
    assert titles.is_title(text)
    assert titles.is_title(text.upper())


@pytest.mark.parametrize("text", ["Hajji", "Sheikh", "Mullah", "Sayyid", "Khan", "шейх"])
def test_a_religious_or_noble_title_is_weak(text: str) -> None:
    assert titles.is_weak_title(text)
    assert not titles.is_title(text)


@pytest.mark.parametrize("text", ["В.", "V", "V.V.", "Yu.", "Zh.", "ა"])
def test_a_letter_stands_for_a_name(text: str) -> None:
    assert titles.is_initial(text, others_mixed=True)


def test_capitals_are_initials_only_among_names_that_are_not_all_capitals() -> None:
    assert titles.is_initial("JP", others_mixed=True)
    assert not titles.is_initial("JP", others_mixed=False)
    assert not titles.is_initial("ALI", others_mixed=True)


@pytest.mark.parametrize("text", ["Li", "Ян", "Jo", "Ivan", ""])
def test_a_short_name_is_no_initial(text: str) -> None:
    assert not titles.is_initial(text, others_mixed=True)


def test_generations_and_callsigns_are_known() -> None:
    assert titles.is_suffix("Jr.")
    assert titles.is_suffix("III")
    assert not titles.is_initial("JR", others_mixed=True)
    assert not titles.is_suffix("V")
    assert titles.announces_nickname("позывной")
    assert titles.is_particle("von")
    assert not titles.is_particle("Vonn")
