"""A set of milestones is imported whole, in one fixed form, or refused with every mistake."""

import json
from importlib.resources import files

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.timeline.milestone_import import MilestoneImporter
from safeconduct.timeline.milestones import parse_milestones

SHIPPED = (files("safeconduct.timeline") / "data" / "milestones.jsonl").read_bytes()
LINES = SHIPPED.splitlines()


def _changed(line: bytes, **change: object) -> bytes:
    return json.dumps(json.loads(line) | change).encode()


def test_the_built_form_holds_the_same_milestones() -> None:
    built = MilestoneImporter().build(SHIPPED)
    assert sorted(parse_milestones(built.data), key=lambda one: one.id) == sorted(
        parse_milestones(SHIPPED), key=lambda one: one.id
    )
    assert built.rows == len(LINES)
    assert built.rejected == ()
    assert built.as_of == "2026-11-22"


def test_order_line_ends_and_a_byte_order_mark_change_no_byte_of_the_built_form() -> None:
    built = MilestoneImporter().build(SHIPPED).data
    other = b"\xef\xbb\xbf" + b"\r\n\r\n".join(reversed(LINES))
    assert MilestoneImporter().build(other).data == built
    assert MilestoneImporter().build(built).data == built


def test_the_days_covered_are_local_days() -> None:
    line = _changed(LINES[0], when="2022-02-24", ends="2022-03-01")
    built = MilestoneImporter().build(line)
    assert (built.covers_from, built.covers_to) == ("2022-02-24", "2022-03-01")


def test_a_citation_read_on_no_day_leaves_the_as_of_day_to_be_stated() -> None:
    citation = json.loads(LINES[0])["citations"][0] | {"read_on": "last week"}
    assert MilestoneImporter().build(_changed(LINES[0], citations=[citation])).as_of is None


def test_every_bad_line_is_named_with_its_number() -> None:
    bad = [b"{", LINES[0], b"\xff\xfe", _changed(LINES[1], when="2022-02-31"), b"[" * 9000]
    with pytest.raises(ImportRejected) as refused:
        MilestoneImporter().build(b"\n".join([LINES[0], b"", *bad]))
    assert [one.line for one in refused.value.mistakes] == [3, 4, 5, 6, 7]
    assert "again" in refused.value.mistakes[1].reason


def test_what_a_file_says_in_a_mistake_is_made_legible() -> None:
    with pytest.raises(ImportRejected) as refused:
        MilestoneImporter().build(_changed(LINES[0], **{"a\u202eb": 1}))
    assert "\u202e" not in str(refused.value)
    assert "u202e" in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_set_without_a_milestone_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRejected):
        MilestoneImporter().build(data)


def test_a_thousand_bad_lines_are_counted_and_a_hundred_named() -> None:
    with pytest.raises(ImportRejected) as refused:
        MilestoneImporter().build(b"x\n" * 1000)
    assert (len(refused.value.mistakes), refused.value.more) == (100, 900)


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "Y170000002", "-0001"])
def test_a_year_that_no_account_reaches_is_refused_by_its_line(when: str) -> None:
    with pytest.raises(ImportRejected, match="line 1: "):
        MilestoneImporter().build(_changed(LINES[0], when=when))


@pytest.mark.parametrize(
    ("when", "covers"),
    [("../2022-01-01", (None, "2022-01-01")), ("2022-01-01/..", ("2022-01-01", None))],
)
def test_what_has_no_bound_leaves_that_side_of_the_days_covered_unknown(
    when: str, covers: tuple[str | None, str | None]
) -> None:
    built = MilestoneImporter().build(_changed(LINES[0], when=when, ends=None))
    assert (built.covers_from, built.covers_to) == covers
