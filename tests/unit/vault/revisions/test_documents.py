"""A merged case is written into one side's text: comments stay, those of the other are told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.vault.revisions.trees_to_merge import Plain, documents

from safeconduct.casefile.editing import append_item, reorder, set_value
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken, parse
from safeconduct.vault.revisions.documents import comments, merge_documents, write_merged
from safeconduct.vault.revisions.merging import Choices, ConflictsOpen, merge
from safeconduct.vault.revisions.trees import plain, tree_of

BASE = b"""# our case
title: "no"
claims:
  - id: c1  # the first
    text: one
    when: 2022-09~
  - {id: c2, text: two}
"""
OURS = BASE.replace(b"text: one", b"text: mine  # as he said")
THEIRS = BASE.replace(b"2022-09~", b"2022-10").replace(b"# our case", b"# their case")
THEIRS += b"  - id: c3\n    text: three # new\n"


def test_both_sides_stand_in_one_text_and_lost_comments_are_told() -> None:
    found = write_merged(BASE, OURS, THEIRS, merge_documents(BASE, OURS, THEIRS))
    wanted = OURS.replace(b"2022-09~", b"2022-10") + b"  - id: c3\n    text: three\n"
    assert found.document == wanted
    assert found.comments_left == ("their case", "new")


def test_an_open_merge_is_not_written() -> None:
    theirs = BASE.replace(b"text: one", b"text: theirs")
    merged = merge_documents(BASE, OURS, theirs)
    with pytest.raises(ConflictsOpen, match="claims/c1/text"):
        write_merged(BASE, OURS, theirs, merged)
    chosen: Choices = {("claims", "c1", "text"): "both of us"}
    decided = merge_documents(BASE, OURS, theirs, chosen=chosen)
    written = write_merged(BASE, OURS, theirs, decided)
    assert b"text: both of us" in written.document
    assert b"as he said" in written.document


def test_removed_items_and_keys_go() -> None:
    theirs = BASE.replace(b"  - {id: c2, text: two}\n", b"").replace(b'title: "no"\n', b"")
    found = write_merged(BASE, OURS, theirs, merge_documents(BASE, OURS, theirs))
    assert tree_of(found.document) == {"claims": [{"id": "c1", "text": "mine", "when": "2022-09~"}]}


def test_quoted_words_are_texts_and_bare_ones_are_not() -> None:
    text = 'a: "true"\nb: true\nc: ""\nd:\ne: "null"\nf: null\ng: no\n'
    wanted = {"a": "true", "b": True, "c": "", "d": None, "e": "null", "f": None, "g": "no"}
    assert plain(parse(text)) == wanted


def test_comments_are_found_outside_of_values_only() -> None:
    text = (
        "# top\na: 'x # no'  # yes\nb: |\n  text # no\n  more\n# between\n"
        "c: [1, # in it\n  2]\nd: a#b\n# end"
    )
    assert comments(text) == ("top", "yes", "between", "in it", "end")


def test_a_document_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(FileMistaken):
        merge_documents(BASE, b"a: [", BASE)


def test_a_real_case_merges_and_is_still_a_case(root: Path) -> None:
    base = (root / "examples/alexander/case.yaml").read_bytes()
    text = base.decode()
    ours = set_value(text, ("claims", 0, "note"), "asked again").encode()
    note = {"id": "n9", "text": "a note"}
    theirs = append_item(set_value(text, ("claims", 0, "central"), "central"), ("notes",), note)
    merged = merge_documents(base, ours, theirs.encode())
    found = write_merged(base, ours, theirs.encode(), merged)
    case = read_case(found.document).case
    assert case.claims[0].note == "asked again"
    assert [one.id for one in case.notes][-1] == "n9"
    assert found.comments_left == ()


def test_what_fits_place_by_place_and_not_in_meaning_is_found_by_reading_the_case() -> None:
    base = (
        b"schema: safeconduct/case/1\nid: c\napplicant: {id: p1, names: [A]}\n"
        b"claims:\n  - {id: c1, kind: event, text: one}\n  - {id: c2, kind: event, text: two}\n"
    )
    ours = base.replace(b"  - {id: c2, kind: event, text: two}\n", b"")
    theirs = base.replace(b"text: one", b"text: one, relations: [{is: before, claim: c2}]")
    found = write_merged(base, ours, theirs, merge_documents(base, ours, theirs))
    assert read_case(base).case.claims
    with pytest.raises(FileMistaken, match="c2"):
        read_case(found.document)


@given(documents, documents, documents)
@settings(max_examples=60, deadline=None)
def test_what_was_merged_is_what_the_text_says(base: Plain, ours: Plain, theirs: Plain) -> None:
    texts = [set_value("schema: x\n", ("held",), one) for one in (base, ours, theirs)]
    data = [one.encode() for one in texts]
    trees = [tree_of(one) for one in data]
    assert trees == [{"schema": "x", "held": one} for one in (base, ours, theirs)]
    merged = merge(trees[0], trees[1], trees[2])
    chosen = {one.path: one.ours for one in merged.conflicts}
    decided = merge(trees[0], trees[1], trees[2], chosen=chosen)
    write_merged(data[0], data[1], data[2], decided)


LIST = b"""claims:
  # about the first
  - id: c1  # one
    text: one

  # about the second
  - {id: c2, text: two}
  - id: c3
    text: three
"""


def _ids(document: bytes) -> list[str]:
    tree = tree_of(document)
    assert isinstance(tree, dict)
    return [item["id"] for item in tree["claims"]]


def test_items_stand_in_the_merged_order_with_their_comments() -> None:
    theirs = b"claims:\n- {id: c2, text: two}\n- {id: c3, text: three}\n- {id: c1, text: one}\n"
    merged = merge_documents(LIST, LIST, theirs)
    found = write_merged(LIST, LIST, theirs, merged)
    assert _ids(found.document) == ["c2", "c3", "c1"]
    assert found.document == (
        b"claims:\n\n  # about the second\n  - {id: c2, text: two}\n  - id: c3\n    text: three\n"
        b"  # about the first\n  - id: c1  # one\n    text: one\n"
    )
    assert found.comments_standing == ("about the first", "one", "about the second")


def test_what_they_added_in_between_stands_in_between() -> None:
    theirs = LIST.replace(b"  - id: c3", b"  - {id: c9, text: nine}\n  - id: c3")
    found = write_merged(LIST, LIST, theirs, merge_documents(LIST, LIST, theirs))
    assert _ids(found.document) == ["c1", "c2", "c9", "c3"]


def test_an_order_that_somebody_chose_is_written() -> None:
    ours = b"claims:\n- {id: c3, text: three}\n- {id: c1, text: one}\n- {id: c2, text: two}"
    theirs = b"claims:\n- {id: c2, text: two}\n- {id: c1, text: one}\n- {id: c3, text: three}\n"
    chosen: Choices = {("claims",): ["c1", "c3", "c2"]}
    merged = merge_documents(LIST, ours, theirs, chosen=chosen)
    found = write_merged(LIST, ours, theirs, merged)
    assert _ids(found.document) == ["c1", "c3", "c2"]
    assert not found.document.endswith(b"\n")


def test_comments_of_ours_that_go_with_what_was_removed_are_told() -> None:
    ours = LIST.replace(b"{id: c2, text: two}", b"{id: c2, text: two}  # ask his mother")
    theirs = LIST.replace(b"  - {id: c2, text: two}\n", b"")
    found = write_merged(LIST, ours, theirs, merge_documents(LIST, ours, theirs))
    assert _ids(found.document) == ["c1", "c3"]
    assert found.comments_lost == ("ask his mother",)


def test_the_same_words_in_another_place_do_not_hide_a_comment() -> None:
    theirs = LIST.replace(b"    text: three", b"    text: three  # one")
    found = write_merged(LIST, LIST, theirs, merge_documents(LIST, LIST, theirs))
    assert found.comments_left == ("one",)
    both = write_merged(LIST, theirs, theirs, merge_documents(LIST, theirs, theirs))
    assert both.comments_left == ()


@settings(max_examples=60)
@given(st.permutations(range(4)), st.booleans(), st.booleans())
def test_items_keep_their_text_in_any_order(order: list[int], ends: bool, flow: bool) -> None:
    items = [f"{{id: c{at}, text: t{at}}}" for at in range(4)]
    lines = [f"  # above {at}\n  - {one} # behind {at}\n" for at, one in enumerate(items)]
    text = f"a: [{', '.join(items)}]\nb: 1" if flow else "a:\n" + "".join(lines)
    text = text if ends or flow else text.rstrip("\n")
    moved = reorder(text, ("a",), tuple(order))
    tree = plain(parse(moved))
    assert isinstance(tree, dict)
    assert [item["id"] for item in tree["a"]] == [f"c{at}" for at in order]
    if not flow:
        assert sorted(comments(moved)) == sorted(comments(text))
        assert comments(moved)[:2] == (f"above {order[0]}", f"behind {order[0]}")
    assert moved.endswith("\n") == text.endswith("\n")
