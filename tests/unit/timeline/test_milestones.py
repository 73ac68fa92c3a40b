"""The shipped milestones are cited and dated; a set with a bad line is refused by its number."""

import json
from datetime import date
from importlib.resources import files

import msgspec
import pytest

from safeconduct.casefile.account import Claim, ClaimKind
from safeconduct.casefile.edtf import parse_edtf
from safeconduct.timeline.milestones import MilestonesMistaken, parse_milestones, shipped_milestones

LINES = (files("safeconduct.timeline") / "data" / "milestones.jsonl").read_bytes().splitlines()


def test_the_shipped_set_has_at_least_sixty_milestones() -> None:
    assert len(shipped_milestones().by_id) == len(LINES) >= 60


@pytest.mark.parametrize("line", LINES, ids=[json.loads(line)["id"] for line in LINES])
def test_a_shipped_milestone_is_dated_cited_and_in_range(line: bytes) -> None:
    milestone = parse_milestones(line)[0]
    for edtf in filter(None, (milestone.when, milestone.ends, milestone.known_from)):
        parse_edtf(edtf)
    start, end = milestone.start[0], milestone.end[1]
    known = milestone.known[0]
    assert start is not None
    assert known is not None
    assert end is None or start < end
    assert len(milestone.title) <= 90
    assert milestone.citations
    for citation in milestone.citations:
        assert citation.address.startswith(("https://", "http://", "Regulation (EU)"))
        assert date.fromisoformat(citation.read_on) >= date(2026, 11, 22)
        assert len(citation.states) > 10
        assert citation.title is None or "[" not in citation.title[:1]
    for term in milestone.terms:
        assert len(term.split()) >= 2, "a single word is met by too many texts"
    if milestone.place:
        assert -90 <= milestone.place.lat <= 90
        assert -180 <= milestone.place.lon <= 180
        assert milestone.place.radius_km > 0


def test_the_events_that_the_founding_case_refers_to_are_there() -> None:
    milestones = shipped_milestones().by_id
    assert milestones["invasion-2022"].when == "2022-02-24"
    assert milestones["partial-mobilisation-2022"].when == "2022-09-21"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"citations": []}, "citation"),
        ({"when": "2022-02-31"}, "the day 31"),
        ({"kind": "rumour"}, "kind"),
        ({"nonsense": 1}, "nonsense"),
        ({"countries": ["Russia"]}, "countries"),
    ],
)
def test_a_bad_line_is_named_by_its_number(change: dict[str, object], found: str) -> None:
    bad = json.dumps(json.loads(LINES[1]) | change).encode()
    with pytest.raises(MilestonesMistaken, match="line 2") as refused:
        parse_milestones(LINES[0] + b"\n" + bad)
    assert found in str(refused.value)


def test_an_empty_set_and_a_repeated_id_are_refused() -> None:
    with pytest.raises(MilestonesMistaken):
        parse_milestones(b"\n\n")
    with pytest.raises(MilestonesMistaken, match="again"):
        parse_milestones(LINES[0] + b"\n" + LINES[0])


def _claim(text: str) -> Claim:
    return Claim(id="c1", kind=ClaimKind.STATEMENT, text=text)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("He left after the partial mobilisation.", True),
        ("после частичной мобилизации", True),
        ("He left after mobilisation.", False),
        ("The impartial mobilisation of helpers.", False),
        ("", False),
    ],
)
def test_a_mention_is_words_in_a_row_that_begin_with_the_stems(text: str, mentioned: bool) -> None:
    found = [one.id for one in shipped_milestones().mentioned(_claim(text or "nothing"))]
    assert ("partial-mobilisation-2022" in found) is mentioned


def test_the_data_set_says_what_it_is() -> None:
    (used,) = shipped_milestones().used
    assert used.kind == "milestones"
    assert len(used.sha256) == 64
    assert msgspec.to_builtins(used)["as_of"] == "2026-11-22"
