"""Edits change what was asked and no other byte."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.casefile.edit_scalars import block, inline
from safeconduct.casefile.editing import (
    NoSuchPlace,
    NotEditable,
    append_item,
    bytes_like,
    remove,
    set_value,
)
from safeconduct.casefile.yamltree import Mapping, Node, Scalar, decode, parse

FILE = """\
# A case.
schema: safeconduct/case/1   # the kind of file
id: 'alexander'

applicant:
  id: p1  # the applicant
  names:
    - text: Alexander   # as published
      kind: pseudonym
  citizenships: [RU]

claims:
  # The first.
  - id: c1
    text: >-
      He was
      stationed there.
    relations:
      - {is: before, claim: c2}

  - id: c2
    text: He left.
# The end.
"""


def data(text: str) -> Any:
    """What a text says, as plain data, by the project's own reader."""
    return _data(parse(text))


def _data(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.plain and node.value in ("", "null") else node.value
    if isinstance(node, Mapping):
        return {key.value: _data(value) for key, value in node.entries}
    return [_data(item) for item in node.items]


def kept(old: str, new: str) -> tuple[int, int]:
    """How many characters are the same at the start, and at the end."""
    least = min(len(old), len(new))
    first = next((i for i in range(least) if old[i] != new[i]), least)
    rest = least - first
    last = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return first, last


# ---------------------------------------------------------------- what people do to a file


def test_a_value_changes_in_its_place_and_its_comment_stays() -> None:
    edited = set_value(FILE, ("applicant", "id"), "p2")
    assert edited == FILE.replace("id: p1  # the", "id: p2  # the")


def test_a_value_that_already_stands_there_changes_nothing() -> None:
    assert set_value(FILE, ("id",), "alexander") == FILE
    assert set_value(FILE, ("applicant", "citizenships"), ["RU"]) == FILE
    assert set_value(FILE, ("claims", 0, "text"), "He was stationed there.") == FILE


def test_a_missing_key_goes_below_the_last_one_of_its_mapping() -> None:
    edited = set_value(FILE, ("applicant", "born"), {"edtf": "1990~", "words": "about 1990"})
    line = "  citizenships: [RU]\n"
    added = "  born:\n    edtf: 1990~\n    words: about 1990\n"
    assert edited == FILE.replace(line, line + added)


def test_a_missing_section_is_made_with_what_is_missing_on_the_way() -> None:
    edited = set_value(FILE, ("conventions", "approximate", "day"), "P3D")
    added = "\nconventions:\n  approximate:\n    day: P3D\n"
    assert edited == FILE.replace("# The end.", added + "# The end.")


def test_a_claim_is_added_below_the_last_one_with_its_empty_line_between() -> None:
    edited = append_item(FILE, ("claims",), {"id": "c3", "kind": "event", "text": "He: hid."})
    added = '\n  - id: c3\n    kind: event\n    text: "He: hid."\n'
    assert edited == FILE.replace("# The end.", added + "# The end.")


def test_an_item_beside_braces_stands_in_braces() -> None:
    edited = append_item(FILE, ("claims", 0, "relations"), {"is": "after", "claim": "c9"})
    line = "      - {is: before, claim: c2}\n"
    assert edited == FILE.replace(line, line + "      - {is: after, claim: c9}\n")


def test_an_item_is_added_within_brackets() -> None:
    edited = append_item(FILE, ("applicant", "citizenships"), "KZ")
    assert edited == FILE.replace("[RU]", "[RU, KZ]")


def test_the_first_item_makes_the_list() -> None:
    assert append_item("a: 1\n", ("b",), {"id": "n1"}) == "a: 1\nb:\n  - id: n1\n"
    assert append_item("b: []  # none\n", ("b",), {"id": "n1"}) == "b:  # none\n  - id: n1\n"
    assert append_item("b: # none\nc: 1", ("b",), {"x": "1a"}) == "b: # none\n  - x: 1a\nc: 1"


def test_a_removed_claim_takes_its_empty_line_with_it() -> None:
    added = append_item(FILE, ("claims",), {"id": "c3"})
    assert remove(added, ("claims", 2)) == FILE
    head, tail = FILE.split("\n  - id: c2")
    assert remove(FILE, ("claims", 1)) == head + tail.removeprefix("\n    text: He left.\n")


def test_the_first_key_behind_a_dash_gives_way_to_the_next() -> None:
    edited = remove(FILE, ("claims", 1, "id"))
    assert edited == FILE.replace("  - id: c2\n    text", "  - text")


def test_the_only_item_leaves_an_empty_list() -> None:
    assert remove(FILE, ("applicant", "names", 0)) == FILE.replace(
        """  names:
    - text: Alexander   # as published
      kind: pseudonym
""",
        "  names: []\n",
    )
    assert remove("a: [b]\n", ("a", 0)) == "a: []\n"


def test_several_lines_become_a_block_in_the_file_s_own_line_breaks() -> None:
    edited = set_value("a: 1\r\nb: 2\r\n", ("a",), "one\n\n  two")
    assert edited == "a: |-\r\n  one\r\n\r\n    two\r\nb: 2\r\n"
    assert data(edited) == {"a": "one\n\n  two", "b": "2"}


def test_several_lines_beside_a_comment_stay_on_one_line() -> None:
    assert set_value("a: 1 # why\n", ("a",), "x\ny") == 'a: "x\\ny" # why\n'


def test_a_comment_between_key_and_list_stays() -> None:
    assert set_value("a: # why\n- b\n- c\n", ("a",), "x") == "a: # why\n  x\n"


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end"])
def test_the_end_of_the_file_stays_as_it_was(end: str) -> None:
    assert append_item(f"a:\n- b{end}", ("a",), "c") == f"a:\n- b\n- c{end}"
    assert set_value(f"a:\n  b: 1{end}", ("c",), "2") == f'a:\n  b: 1\nc: "2"{end}'
    assert remove(f"a:\n- b\n- c{end}", ("a", 1)) == f"a:\n- b{end}"


def test_a_byte_order_mark_stays() -> None:
    before = b"\xef\xbb\xbfa: 1\r\n"
    assert bytes_like(before, set_value(decode(before), ("a",), "b")) == b"\xef\xbb\xbfa: b\r\n"
    assert bytes_like(b"a: 1\n", "a: b\n") == b"a: b\n"


def test_a_text_that_ends_with_the_file_is_not_lengthened_by_what_follows() -> None:
    # The file has no last line break, so the block would gain one by a line below it.
    with pytest.raises(NotEditable):
        set_value("a: |\n  x", ("b",), "1")


def test_a_place_that_cannot_be_is_named() -> None:
    with pytest.raises(NoSuchPlace, match=r"claims\.7"):
        remove(FILE, ("claims", 7))
    with pytest.raises(NoSuchPlace):
        set_value(FILE, ("id", "deeper"), "x")
    with pytest.raises(NoSuchPlace):
        append_item(FILE, ("id",), "x")
    with pytest.raises(NoSuchPlace):
        set_value(FILE, ("claims", 9, "id"), "x")


# ---------------------------------------------------------------- single texts


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "null", "~", "", " a", "a ", "1", "0x1F", "1e5", "12:31:07", "- a", "a: b",
     "a #b", "#a", "@x", "*x", "&x", "!x", "[2024-05..]", "a:", "...", "---", "=", "<<", "'", '"',
     "<b>x</b>", "\u202ex", "x\ty", "2022-09-21T10:00:00", "-1", ".5", "%", "?", "true", "1_0"],
)  # fmt: skip
def test_what_yaml_would_read_as_something_else_is_quoted(text: str) -> None:
    import yaml

    for flow, frame in ((False, "a: {}"), (True, "a: [{}]")):
        written = frame.format(inline(text, flow=flow))
        value = yaml.safe_load(written)["a"]
        assert (value[0] if flow else value) == text
        assert text == "<b>x</b>" or '"' in written


@pytest.mark.parametrize("text", ["RU", "2022-09~", "2022-09-21", "../2024-11-02", "Омск", "a-b"])
def test_what_people_write_without_quotes_is_written_without_quotes(text: str) -> None:
    assert inline(text) == text


@given(st.text())
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    edited = set_value("a: {b: x}\nc: x\nd:\n- x\n", ("a", "b"), text)
    edited = set_value(edited, ("c",), text)
    edited = set_value(edited, ("d", 0), text)
    assert data(edited) == {"a": {"b": text}, "c": text, "d": [text]}
    decode(edited.encode())  # nothing stands in the file that reading refuses


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        set_value("a: 1\n", ("a",), "\ud800")


def test_a_number_has_no_exponent() -> None:
    assert set_value("a: 1\n", ("a",), 0.0000001) == "a: 0.0000001\n"
    with pytest.raises(ValueError, match="no number"):
        set_value("a: 1\n", ("a",), float("nan"))


def test_a_block_is_used_only_where_it_keeps_the_text() -> None:
    assert block("a\nb\n") == ("|", ("a", "b"))
    assert block("a\nb") == ("|-", ("a", "b"))
    assert [block(text) for text in ("a", " a\nb", "a\n\n", "\na", "a\r\nb", "\n")] == [None] * 6


# ---------------------------------------------------------------- whatever the file looks like

WORDS = st.sampled_from(["x", "He left.", "Омск", "2022-09~", "'it''s'", '"a: b"', '"#"', "c1"])
COMMENTS = st.sampled_from(["", "", "", " # why", "   # a: - [b"])
KEYS = st.lists(st.sampled_from(["id", "text", "when", "a b", "note"]), min_size=1, unique=True)


@st.composite
def flows(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 2)) if depth else 0
    if kind == 0:
        return draw(WORDS.filter(lambda word: not word.startswith("He")))
    inner = draw(st.lists(flows(depth - 1), max_size=3))
    gap = draw(st.sampled_from([", ", ",", " , "]))
    if kind == 1:
        return "[" + gap.join(inner) + "]"
    return "{" + gap.join(f"k{i}: {one}" for i, one in enumerate(inner)) + "}"


@st.composite
def blocks(
    draw: st.DrawFn, column: int, depth: int, step: int, dash: int
) -> tuple[bool, list[str]]:
    """Whether it is a list, and the lines; written apart from the code under test."""
    pad = " " * column
    lines: list[str] = []
    as_list = draw(st.booleans())
    spread = draw(st.booleans())
    for key in draw(KEYS):
        if lines and spread:
            lines.append("")
        if draw(st.integers(0, 5)) == 0:
            lines.append(pad + "# a remark: - {")
        head = pad + ("-" if as_list else f"{key}:")
        kind = draw(st.integers(0, 5 if depth else 2))
        comment = draw(COMMENTS)
        if kind == 0:
            lines.append(head + comment)
        elif kind == 1:
            lines.append(f"{head} {draw(WORDS)}{comment}")
        elif kind == 2:
            lines.append(f"{head} {draw(flows())}{comment}")
        elif kind == 3:
            header = draw(st.sampled_from(["|", "|-", ">", ">-", "|+"]))
            body = draw(st.sampled_from([["one"], ["one", "", "two"], ["one", "  # two"]]))
            indent = " " * (column + step)
            lines += [f"{head} {header}{comment}", *(indent + one if one else "" for one in body)]
        else:
            inner_list, inner = draw(blocks(column + step, depth - 1, step, dash))
            if as_list and inner[0].strip()[:1] != "#":
                lines += [head + inner[0][column + 1 :], *inner[1:]]
            elif not as_list and inner_list and dash == 0:
                lines += [head + comment, *(one[step:] for one in inner)]
            else:
                lines += [head + comment, *inner]
    return as_list, lines


@st.composite
def files(draw: st.DrawFn) -> str:
    step = draw(st.sampled_from([2, 3, 4]))
    _, lines = draw(blocks(0, 3, step, draw(st.sampled_from([0, step]))))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    ends = st.sampled_from(["", newline, newline * 2, f"{newline}# end{newline}"])
    text = draw(st.sampled_from(["", "# top" + newline, "---" + newline])) + newline.join(lines)
    return text + draw(ends)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.text(max_size=12), st.sampled_from(["a\nb", "a\nb\n"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "text", "no"]), inner, max_size=3),
    ),
    max_leaves=4,
)


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value or ())
    deeper = inner if isinstance(value, dict | list) else ()
    return [path, *(p for key, one in deeper for p in paths_of(one, (*path, key)))]


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a place."""
    for part in path:
        value = value[part]
    return value


def told(value: Any) -> Any:
    """A value as it is read back: `true` is a text until a type is known."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items()}
    return [told(one) for one in value] if isinstance(value, list) else value


def test_the_generator_writes_files_that_can_be_read() -> None:
    @settings(max_examples=50, database=None)
    @given(files())
    def readable(text: str) -> None:
        parse(text)

    readable()


@settings(max_examples=400, deadline=None)
@given(files(), VALUES, st.data())
def test_a_set_value_is_the_only_thing_that_changes(
    text: str, value: Any, draw: st.DataObject
) -> None:
    before = data(text)
    path = draw.draw(st.sampled_from(paths_of(before)[1:]))
    edited = set_value(text, path, value)
    expected = data(text)
    at(expected, path[:-1])[path[-1]] = told(value)
    assert data(edited) == expected
    if isinstance(before, dict):
        assert list(data(edited)) == list(before)
    before_it, after_it = around(text, path)
    assert edited.startswith(before_it)
    assert edited.endswith(after_it)


def around(text: str, path: tuple[str | int, ...]) -> tuple[str, str]:
    """The text up to the part at a path, and from the next part of the same holder on."""
    node = parse(text)
    for part in path[:-1]:
        node = inner(node, part)
    assert not isinstance(node, Scalar)
    if isinstance(node, Mapping):
        starts = [key.span.start for key, _ in node.entries]
        index = [key.value for key, _ in node.entries].index(str(path[-1]))
    else:
        starts = [item.span.start for item in node.items]
        index = int(path[-1])
    return text[: starts[index]], text[starts[index + 1] :] if index + 1 < len(starts) else ""


def inner(node: Node, part: str | int) -> Node:
    """The part of a mapping or list."""
    assert not isinstance(node, Scalar)
    if isinstance(node, Mapping):
        return next(value for key, value in node.entries if key.value == part)
    return node.items[int(part)]


@settings(max_examples=400, deadline=None)
@given(files(), VALUES, st.data())
def test_an_added_item_is_the_only_thing_that_changes(
    text: str, value: Any, draw: st.DataObject
) -> None:
    before = data(text)
    lists = [path for path in paths_of(before) if isinstance(at(before, path), list)]
    assume(lists)
    path = draw.draw(st.sampled_from(lists))
    assume(path)
    try:
        edited = append_item(text, path, value)
    except NotEditable:
        # Only a block text that ends with the file, without a line break, allows no line below.
        assert not text.endswith("\n")
        assert {"|", ">"} & set(text)
        return
    expected = data(text)
    at(expected, path).append(told(value))
    assert data(edited) == expected
    if at(before, path):
        first, last = kept(text, edited)
        assert first + last == len(text)  # something was put in, nothing was taken out
        if len(at(before, path)) > 1:
            assert data(remove(edited, (*path, len(at(before, path))))) == before


@settings(max_examples=400, deadline=None)
@given(files(), st.data())
def test_a_removed_part_is_the_only_thing_that_changes(text: str, draw: st.DataObject) -> None:
    before = data(text)
    path = draw.draw(st.sampled_from(paths_of(before)[1:]))
    assume(len(path) > 1 or len(before) > 1)
    try:
        edited = remove(text, path)
    except NotEditable:
        # Only a block text that would take in the end of the file keeps a part where it is.
        assert "|" in text
        return
    expected = data(text)
    del at(expected, path[:-1])[path[-1]]
    assert data(edited) == expected
    if len(at(before, path[:-1])) > 1:
        first, last = kept(text, edited)
        assert first + last >= len(edited) - 2  # something was taken out, nothing was put in
    comments = [line for line in text.splitlines() if line.strip() == "# a remark: - {"]
    if len(path) == 1 and not isinstance(at(before, path), dict | list):
        assert edited.count("# a remark") == len(comments)
