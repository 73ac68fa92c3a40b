"""What the shipped face can show, and what stands in for the rest."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.dossier.typeset.coverage import covered_characters, drawable, shown


def test_the_scripts_of_those_who_ask_are_covered() -> None:
    for text in ("Éçñłőß", "Ёжик", "Қоңыр Әлия", "Հայաստան", "საქართველო", "سامي الاختبار"):
        assert shown(text) == text


def test_a_character_without_a_shape_is_shown_as_its_code_point() -> None:
    assert shown("a中b") == "a[U+4E2D]b"
    assert shown("🫠") == "[U+1FAE0]"
    assert shown("\ue000") == "[U+E000]"
    assert shown("\x00\ufeff\u202e") == "[U+0000][U+FEFF][U+202E]"


def test_isolates_and_joiners_stay_since_they_need_no_shape() -> None:
    assert shown("\u2068سامي\u2069 می\u200cخواهم") == "\u2068سامي\u2069 می\u200cخواهم"


def test_a_long_word_may_be_broken_and_a_short_one_may_not() -> None:
    assert shown("x" * 32) == "x" * 32
    assert shown("x" * 33) == "\u200b".join(("x" * 12, "x" * 12, "x" * 9))


def test_an_address_is_broken_after_its_strokes() -> None:
    address = "https://register.example/some/folder/page"
    assert shown(address).split("\u200b") == [
        "https://",
        "register.example/",
        "some/",
        "folder/",
        "page",
    ]


@given(st.text())
def test_showing_twice_is_showing_once_but_for_the_breaks(text: str) -> None:
    once = shown(text).replace("\u200b", "")
    assert shown(once).replace("\u200b", "") == once


@given(st.characters(exclude_categories=["Cs"]))
def test_each_character_is_itself_or_names_itself(character: str) -> None:
    told = shown(character)
    stand_in = f"[U+{ord(character):04X}]"
    assert told in (character, stand_in, " " if character == "\t" else stand_in)


def test_nothing_private_and_no_control_counts_as_covered() -> None:
    covered = covered_characters()
    assert len(covered) > 5000
    assert not covered & set("\n\x00\ue000\uf8ff\ufeff\u200e")


def test_a_drawing_keeps_its_markup_and_what_can_be_shown() -> None:
    svg = '<svg viewBox="0 0 1 1">\n<text>Қоңыр 中x🫠</text></svg>'
    assert drawable(svg) == '<svg viewBox="0 0 1 1">\n<text>Қоңыр \ufffdx\ufffd</text></svg>'


def test_an_isolate_that_is_not_closed_or_not_opened_does_not_turn_what_stands_behind_it() -> None:
    assert shown("a\u2068b") == "a[U+2068]b"
    assert shown("a\u2067b\u2069") == "a[U+2067]b[U+2069]"
    assert shown("\u2068a\u2069\u2069") == "\u2068a\u2069[U+2069]"


def test_a_break_of_the_case_is_not_taken_for_one_of_ours() -> None:
    assert shown("a\u200bb") == "a[U+200B]b"
