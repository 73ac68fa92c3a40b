"""A merge is symmetric, loses no edit, and leaves to people what both sides changed."""

from itertools import product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.vault.revisions.trees_to_merge import Plain, documents, item_lists, leaves

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.revisions.merging import (
    Choices,
    Conflict,
    ConflictKind,
    ConflictsOpen,
    Merge,
    NotInConflict,
    merge,
)
from safeconduct.vault.revisions.trees import ABSENT, by_id

BASE: Plain = {"title": "x", "claims": [{"id": "c1", "text": "one"}, {"id": "c2", "text": "two"}]}


def claims(*items: Plain) -> Plain:
    return {"title": "x", "claims": list(items)}


def ids(found: Merge) -> list[str]:
    document = found.agreed
    assert isinstance(document, dict)
    return [item["id"] for item in document["claims"]]


def places(found: Merge) -> list[str]:
    return [one.place for one in found.conflicts]


def test_edits_of_different_fields_of_one_claim_are_both_kept() -> None:
    ours = claims({"id": "c1", "text": "mine"}, {"id": "c2", "text": "two"})
    theirs = claims({"id": "c1", "text": "one", "when": "2022"}, {"id": "c2", "text": "two"})
    found = merge(BASE, ours, theirs)
    wanted = claims({"id": "c1", "text": "mine", "when": "2022"}, {"id": "c2", "text": "two"})
    assert found.document == wanted


def test_a_field_that_both_changed_is_kept_for_a_person() -> None:
    ours = claims({"id": "c1", "text": "mine"}, {"id": "c2", "text": "two"})
    theirs = claims({"id": "c1", "text": "theirs"}, {"id": "c2", "text": "2"})
    found = merge(BASE, ours, theirs)
    assert found.conflicts == (
        Conflict(
            path=("claims", "c1", "text"),
            kind=ConflictKind.VALUE,
            base="one",
            ours="mine",
            theirs="theirs",
        ),
    )
    assert found.agreed == claims({"id": "c1", "text": "one"}, {"id": "c2", "text": "2"})
    with pytest.raises(ConflictsOpen, match="claims/c1/text"):
        _ = found.document
    assert "mine" not in repr(found.conflicts[0])


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    both = claims({"id": "c1", "text": "same"})
    assert merge(BASE, both, both).document == both


def test_a_removal_against_an_edit_is_a_conflict_and_against_nothing_is_a_removal() -> None:
    removed = claims({"id": "c2", "text": "two"})
    edited = claims({"id": "c1", "text": "mine"}, {"id": "c2", "text": "two"})
    found = merge(BASE, removed, edited)
    assert [(one.place, one.ours, one.theirs) for one in found.conflicts] == [
        ("claims/c1", ABSENT, {"id": "c1", "text": "mine"})
    ]
    assert ids(found) == ["c1", "c2"]
    assert merge(BASE, removed, BASE).document == removed
    assert merge(BASE, removed, removed).document == removed


def test_two_claims_under_one_new_id_are_a_conflict() -> None:
    ours = claims(*BASE["claims"], {"id": "c3", "text": "mine"})
    theirs = claims(*BASE["claims"], {"id": "c3", "text": "theirs"})
    found = merge(BASE, ours, theirs)
    assert places(found) == ["claims/c3"]
    assert found.conflicts[0].base is ABSENT
    assert ids(found) == ["c1", "c2"]
    chosen: Choices = {("claims", "c3"): {"id": "c3", "text": "theirs"}}
    assert merge(BASE, ours, theirs, chosen=chosen).document == theirs


def test_a_list_without_ids_is_one_value() -> None:
    base, ours, theirs = ({"cited": one} for one in (["c1"], ["c1", "c2"], ["c1", "c3"]))
    assert places(merge(base, ours, theirs)) == ["cited"]
    assert merge(base, ours, base).document == ours


def test_a_value_that_became_another_kind_is_a_conflict_with_an_edit_in_it() -> None:
    base = {"when": {"edtf": "2022"}}
    found = merge(base, {"when": "2022-09"}, {"when": {"edtf": "2022", "words": "autumn"}})
    assert places(found) == ["when"]


def test_what_both_added_to_different_lists_and_claims_stays_in_order() -> None:
    one, two = BASE["claims"]
    ours = claims(one, {"id": "c5"}, two, {"id": "c8"}, {"id": "c9"})
    theirs = claims({"id": "c0"}, one, two, {"id": "c10"})
    assert ids(merge(BASE, ours, theirs)) == ["c0", "c1", "c5", "c2", "c8", "c9", "c10"]
    assert ids(merge(BASE, theirs, ours)) == ["c0", "c1", "c5", "c2", "c8", "c9", "c10"]


def test_one_side_may_move_claims_and_both_may_not_differently() -> None:
    names = ("c1", "c2", "c3")
    base = claims(*({"id": name} for name in names))
    ours = claims(*({"id": name} for name in ("c3", "c1", "c2")))
    theirs = claims({"id": "c4"}, *({"id": name} for name in names))
    assert ids(merge(base, ours, theirs)) == ["c4", "c3", "c1", "c2"]
    other = claims(*({"id": name} for name in ("c2", "c1", "c3")))
    found = merge(base, ours, other)
    assert [(one.place, one.kind) for one in found.conflicts] == [("claims", ConflictKind.ORDER)]
    assert found.conflicts[0].theirs == ["c2", "c1", "c3"]
    assert ids(found) == list(names)
    chosen: Choices = {("claims",): ["c2", "c1", "c3"]}
    assert merge(base, ours, other, chosen=chosen).document == other
    with pytest.raises(NotUsable):
        merge(base, ours, other, chosen={("claims",): ["c2", "c1"]})


def test_a_choice_where_there_is_no_conflict_is_refused() -> None:
    with pytest.raises(NotInConflict, match="claims/c1"):
        merge(BASE, BASE, BASE, chosen={("claims", "c1"): ABSENT})


def test_a_chosen_removal_removes() -> None:
    removed = claims({"id": "c2", "text": "two"})
    edited = claims({"id": "c1", "text": "mine"}, {"id": "c2", "text": "two"})
    assert merge(BASE, removed, edited, chosen={("claims", "c1"): ABSENT}).document == removed


@pytest.mark.parametrize(
    "wrong",
    ["text", {"id": "c1"}, [{"text": "x"}], [{"id": "c1"}, {"id": "c1"}], [{"id": ""}], None],
)
def test_what_is_no_list_of_items_is_none(wrong: Plain) -> None:
    assert by_id(wrong) is None
    assert by_id([]) == {}


def swapped(found: Merge) -> Merge:
    return Merge(
        agreed=found.agreed,
        conflicts=tuple(
            msgspec.structs.replace(one, ours=one.theirs, theirs=one.ours)
            for one in found.conflicts
        ),
    )


@given(documents, documents, documents)
@settings(deadline=None)
def test_swapping_the_sides_swaps_nothing_but_their_names(
    base: Plain, ours: Plain, theirs: Plain
) -> None:
    assert merge(base, ours, theirs) == swapped(merge(base, theirs, ours))


@given(documents, documents)
@settings(deadline=None)
def test_a_side_that_changed_nothing_changes_nothing(base: Plain, ours: Plain) -> None:
    assert merge(base, ours, base).document == ours
    assert merge(base, base, ours).document == ours
    assert merge(base, ours, ours).document == ours


@given(documents, documents, documents)
@settings(max_examples=400, deadline=None)
def test_no_edit_of_either_side_is_lost(base: Plain, ours: Plain, theirs: Plain) -> None:
    found = merge(base, ours, theirs)
    was, merged = leaves(base), leaves(found.agreed)
    for side, own in ((ours, "ours"), (theirs, "theirs")):
        now = leaves(side)
        for path in {*was, *now}:
            if was.get(path, ABSENT) == now.get(path, ABSENT):
                continue
            if merged.get(path, ABSENT) == now.get(path, ABSENT):
                continue
            values = [one for one in found.conflicts if one.kind is ConflictKind.VALUE]
            held = [one for one in values if one.path == path[: len(one.path)]]
            assert held, path
            kept = getattr(held[0], own)
            rest = path[len(held[0].path) :]
            assert leaves(kept).get(rest, ABSENT) == now.get(path, ABSENT) or rest == ()


@given(documents, documents, documents)
@settings(deadline=None)
def test_what_nobody_changed_stays(base: Plain, ours: Plain, theirs: Plain) -> None:
    merged = leaves(merge(base, ours, theirs).agreed)
    sides = [leaves(one) for one in (base, ours, theirs)]
    for path, value in sides[0].items():
        if all(path in one and one[path] == value for one in sides):
            assert path in merged
            assert merged[path] == value


@given(documents, documents, documents, st.sampled_from(["ours", "theirs", "base"]))
@settings(deadline=None)
def test_every_conflict_can_be_chosen_and_then_none_is_open(
    base: Plain, ours: Plain, theirs: Plain, side: str
) -> None:
    found = merge(base, ours, theirs)
    chosen = {one.path: getattr(one, side) for one in found.conflicts}
    again = merge(base, ours, theirs, chosen=chosen)
    assert again.conflicts == ()
    if side == "base":
        assert again.agreed == found.agreed


@given(item_lists, item_lists, item_lists)
@settings(deadline=None)
def test_the_merged_list_has_every_item_once(base: Plain, ours: Plain, theirs: Plain) -> None:
    found = merge({"claims": base}, {"claims": ours}, {"claims": theirs})
    names = ids(found)
    assert len(set(names)) == len(names)
    sides = [[item["id"] for item in one] for one in (base, ours, theirs)]
    conflicts = {one.path[1] for one in found.conflicts if len(one.path) > 1}
    for name in {*sides[0], *sides[1], *sides[2]}:
        was, mine, other = (name in one for one in sides)
        if name not in conflicts:
            assert (name in names) == ((mine or other) if not was else (mine and other))
    for side in sides[1:]:
        # Among what only this side added, its order holds.
        added = [one for one in side if one not in sides[0] and one in names]
        alone = [one for one in added if sum(one in other for other in sides) == 1]
        kept = [one for one in names if one in alone]
        in_one_gap = [one for one in side if one in sides[0]] == []
        if in_one_gap:
            assert kept == alone


@given(item_lists, item_lists, item_lists)
@settings(deadline=None)
def test_an_order_that_a_side_changed_holds_or_is_in_conflict(
    base: Plain, ours: Plain, theirs: Plain
) -> None:
    found = merge({"claims": base}, {"claims": ours}, {"claims": theirs})
    sides = [[item["id"] for item in one] for one in (base, ours, theirs)]
    shared = set(sides[0]) & set(sides[1]) & set(sides[2])
    was, mine, other = ([one for one in names if one in shared] for names in sides)
    kept = [one for one in ids(found) if one in shared]
    if mine != was and other not in (was, mine):
        assert ConflictKind.ORDER in {one.kind for one in found.conflicts}
    else:
        assert kept == (other if mine == was else mine)


# The referee: one claim in every state that two fields of two values each can have, on three sides.
FIELD = (None, "0", "1")
STATES: list[dict[str, str] | None] = [
    None,
    *(
        {"id": "c1"} | {key: one for key, one in (("f", f), ("g", g)) if one is not None}
        for f, g in product(FIELD, FIELD)
    ),
]


def refereed(base: Plain, ours: Plain, theirs: Plain) -> tuple[Plain, set[str]]:
    """The claim as it must come out, and where somebody has to choose: by cases, no recursion."""
    if None in (base, ours, theirs):
        if ours == theirs:
            return ours, set()
        if ours == base:
            return theirs, set()
        return (ours, set()) if theirs == base else (base, {"claims/c1"})
    result, open_places = {"id": "c1"}, set[str]()
    for key in ("f", "g"):
        was, mine, other = (one.get(key) for one in (base, ours, theirs))
        if mine == other:
            value = mine
        elif was == mine:
            value = other
        elif was == other:
            value = mine
        else:
            value = was
            open_places.add(f"claims/c1/{key}")
        if value is not None:
            result[key] = value
    return result, open_places


def test_the_referee_agrees_on_every_state_of_a_claim() -> None:
    other = {"id": "c2"}
    for base, ours, theirs in product(STATES, STATES, STATES):
        sides = [claims(*([one] if one else []), other) for one in (base, ours, theirs)]
        found = merge(sides[0], sides[1], sides[2])
        wanted, conflicts = refereed(base, ours, theirs)
        assert found.agreed == claims(*([wanted] if wanted else []), other)
        assert set(places(found)) == conflicts
