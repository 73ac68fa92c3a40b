"""Texts are measured, wrapped and shortened by the shipped faces."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.drawing.text import (
    ascent,
    descent,
    font_files,
    plain,
    shortened,
    width_of,
    wrapped,
)

SAMPLES = ("He left.", "Қоңыр", "Բարև", "გამარჯობა", "مرحبا", "Ждал", "Éàüñ")


def test_the_metrics_are_those_of_the_shipped_faces() -> None:
    regular, bold = font_files()
    metrics = json.loads((regular.parent / "metrics.json").read_bytes())
    assert metrics["regular"]["sha256"] == hashlib.sha256(regular.read_bytes()).hexdigest()
    assert metrics["bold"]["sha256"] == hashlib.sha256(bold.read_bytes()).hexdigest()
    assert (regular.parent / "LICENSE.txt").read_text().strip()


@pytest.mark.parametrize("text", SAMPLES)
def test_every_script_of_our_accounts_has_measured_letters(text: str) -> None:
    regular = json.loads((font_files()[0].parent / "metrics.json").read_bytes())["regular"]
    known = {first + i for first, row in regular["runs"] for i in range(len(row))}
    assert {ord(character) for character in text} <= known


@pytest.mark.parametrize("text", SAMPLES)
def test_bold_has_widths_of_its_own_and_size_scales(text: str) -> None:
    assert width_of(text, 20) == pytest.approx(2 * width_of(text, 10))
    assert width_of(text, 10, bold=True) != width_of(text, 10)


def test_a_combining_mark_takes_no_room_and_an_unknown_sign_takes_much() -> None:
    assert width_of("e\u0301", 10) == width_of("e", 10)
    assert width_of("\U0001f9ed", 10) >= width_of("W", 10)


def test_letters_reach_above_and_below_the_line() -> None:
    assert 0 < descent(10) < ascent(10) < 12


@given(st.text(max_size=80), st.floats(20, 200))
def test_a_shortened_text_fits_and_is_whole_where_it_can_be(text: str, room: float) -> None:
    short = shortened(text, 10, room)
    assert width_of(short, 10) <= room
    assert short == text or short == "" or short.endswith("…")
    if width_of(text, 10) <= room:
        assert short == text


def _undirected(line: str) -> str:
    """Without the marks that turn a whole line; others would be case text, which `plain` clears."""
    return line[1:-1] if line[:1] == "\u2067" and line[-1:] == "\u2069" else line


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\u2067"), max_size=120),
    st.integers(1, 4),
)
def test_wrapped_lines_fit_and_lose_nothing_unless_cut(text: str, lines: int) -> None:
    room = 60.0
    whole = tuple(map(_undirected, wrapped(text, 10, room)))
    assert "".join("".join(whole).split()) == "".join(text.split())
    assert all(width_of(line, 10) <= room for line in whole)
    few = tuple(map(_undirected, wrapped(text, 10, room, lines=lines)))
    assert len(few) <= lines
    assert few == whole or few[-1].endswith("…")


def test_a_word_without_end_is_broken() -> None:
    found = wrapped("x" * 300, 10, 100)
    assert len(found) > 5
    assert "".join(found) == "x" * 300


def test_what_would_steer_a_line_is_shown_as_a_sign_of_its_own() -> None:
    assert plain("a\u202eb\x00c\n d") == "a�b�c d"
    assert plain("مرحبا") == "مرحبا"


def test_a_line_does_not_break_at_a_space_that_keeps_words_together() -> None:
    room = width_of("12\u00a0km", 10.0) + 1
    assert wrapped("some 12\u00a0km", 10.0, room) == ("some", "12\u00a0km")
    assert plain("12\u00a0km\n and  more") == "12\u00a0km and more"
