"""Which texts are read as YAML, where their parts stand, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.yamltree import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    FileMistaken,
    Mapping,
    Mistake,
    Scalar,
    Sequence,
    decode,
    parse,
    shown,
)


def only(data: bytes | str) -> Mistake:
    """The one mistake in a file."""
    with pytest.raises(FileMistaken) as caught:
        parse(decode(data) if isinstance(data, bytes) else data)
    assert len(caught.value.mistakes) == 1
    return caught.value.mistakes[0]


def test_parts_remember_where_they_stand() -> None:
    text = "имя: 'Иван'  # c\nlist:\n  - 1\n"
    root = parse(text)
    assert isinstance(root, Mapping)
    name = root.get("имя")
    assert isinstance(name, Scalar)
    assert text[name.span.start : name.span.end] == "'Иван'"
    assert (name.span.line, name.span.column, name.plain) == (0, 5, False)
    items = root.get("list")
    assert isinstance(items, Sequence)
    assert (items.span.line, items.span.column, items.flow) == (2, 2, False)
    assert root.get("no such key") is None


def test_a_scalar_without_quotes_is_plain_and_keeps_its_letters() -> None:
    root = parse('[no, 007, 2022-09-21, "x"]')
    assert isinstance(root, Sequence)
    assert [(one.value, one.plain) for one in root.items if isinstance(one, Scalar)] == [
        ("no", True),
        ("007", True),
        ("2022-09-21", True),
        ("x", False),
    ]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1") == "a: 1"


@pytest.mark.parametrize("data", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert only(data).found == "an empty file"


def test_a_file_of_comments_is_no_case() -> None:
    assert only("# nothing\n").found == "a file with comments only"


def test_a_binary_is_refused_where_it_ceases_to_be_text() -> None:
    mistake = only(b"a: 1\nb: \xff\xfe")
    assert (mistake.line, mistake.column) == (2, 4)
    assert "UTF-8" in mistake.found
    assert only(b"\x7fELF\x01").found == "a control character (U+007F)"
    assert only(b"a: \x00").found == "a control character (U+0000)"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u202a"])
def test_marks_that_reorder_text_are_refused_by_code_point(mark: str) -> None:
    mistake = only(f"a: 1\nb: x{mark}y".encode())
    assert mistake.found == f"a control character (U+{ord(mark):04X})"
    assert (mistake.line, mistake.column) == (2, 5)


def test_a_long_file_is_refused_and_one_of_the_longest_length_is_read() -> None:
    assert decode(b"a" * MOST_BYTES)
    assert only(b"a" * (MOST_BYTES + 1)).accepted == f"at most {MOST_BYTES:,} bytes"


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    mistake = only(bomb)
    assert (mistake.line, mistake.found) == (1, "an anchor or alias (& or *)")


@pytest.mark.parametrize("text", ["a: !!python/object:os.system x", "a: !x y", "!!map {a: 1}"])
def test_tags_are_refused(text: str) -> None:
    assert only(text).accepted == "text without tags"


def test_five_thousand_brackets_are_refused_at_the_depth_that_is_too_deep() -> None:
    assert only("[" * 5000).column == MOST_DEPTH + 1
    assert parse("[" * MOST_DEPTH + "]" * MOST_DEPTH)


def test_values_without_end_are_refused() -> None:
    assert only("- a\n" * (MOST_NODES + 1)).found == "values without end"


def test_a_second_document_is_refused() -> None:
    assert only("a: 1\n---\nb: 2\n").found == "a second document (---)"


def test_every_duplicate_key_is_named_with_the_line_of_the_first() -> None:
    with pytest.raises(FileMistaken) as caught:
        parse("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert sorted(caught.value.mistakes) == [
        Mistake(2, 11, "the key `c` again (first in line 2)", "each key once"),
        Mistake(3, 1, "the key `a` again (first in line 1)", "each key once"),
    ]


def test_a_key_that_is_a_list_is_refused() -> None:
    assert only("? [a]\n: 1\n").found == "a key that is no text"


def test_a_broken_file_is_refused_where_it_breaks() -> None:
    assert only("a: 'x\nb: 2").line >= 1
    assert only("a: b: c").line == 1


def places(data: bytes) -> list[tuple[int, int]]:
    """Where a text or the mistakes in it stand; any other error comes through."""
    try:
        span = parse(decode(data)).span
    except FileMistaken as error:
        return [(one.line, one.column) for one in error.mistakes]
    return [(span.line + 1, span.column + 1)]


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_make_anything_but_a_tree_or_mistakes_with_a_place(data: bytes) -> None:
    found = places(data)
    assert found
    assert all(line >= 1 and column >= 1 for line, column in found)


def test_what_is_shown_of_a_file_is_short_and_hides_nothing() -> None:
    assert shown("a\u202eb\x00") == "a\\u202eb\\u0000"
    assert shown("x" * 100) == "x" * 60 + "…"
    assert shown("Иван") == "Иван"
