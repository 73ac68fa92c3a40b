"""Control packs: one fixed form, every mistake named, no question that gives its answer away."""

import json
from pathlib import Path
from typing import Any

import pytest

from safeconduct.casefile.proofs import ControlTopic
from safeconduct.checks.control_packs import ControlPackImporter, PackMistaken, pack_of
from safeconduct.checks.kinds import KINDS, load_control_pack
from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.errors import NoSuchDataSet
from safeconduct.reference.importing import ImportRejected

EXAMPLE = Path(__file__).parents[3] / "examples" / "control-pack" / "fictional.jsonl"
LINE = {
    "id": "gate",
    "topic": "layout",
    "about": "a garrison",
    "question": {"en": "What do you see first?"},
    "expected": "a water tower",
    "source": "a former conscript",
    "read_on": "2024-10-01",
}


def built(*lines: dict[str, Any]) -> bytes:
    text = "\n".join(json.dumps(line) for line in lines)
    return ControlPackImporter().build(text.encode()).data


def test_the_example_has_every_topic_in_the_languages_of_the_sheet() -> None:
    questions = pack_of(ControlPackImporter().build(EXAMPLE.read_bytes()).data)
    assert {one.topic for one in questions} == set(ControlTopic)
    assert all(set(one.question) == {"en", "fr", "ru", "uk"} for one in questions)
    assert all("fictional" in one.about for one in questions)


def test_the_order_of_lines_changes_nothing() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    whole = ControlPackImporter().build("\n".join(lines).encode())
    again = ControlPackImporter().build("\n".join(reversed(lines)).encode())
    assert (again.data, again.as_of) == (whole.data, "2026-11-23")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"question": {"en": "Was there  A WATER\ttower?"}}, "holds its expected answer"),
        ({"question": {}}, "one language at least"),
        ({"question": {"english": "What?"}}, "regex"),
        ({"topic": "morale"}, "morale"),
        ({"expected": " "}, "empty"),
        ({"from": "2022-13"}, "2022-13"),
        ({"read_on": "yesterday"}, "date"),
        ({"answer": "x"}, "answer"),
    ],
)
def test_a_wrong_line_is_refused_and_named(change: dict[str, Any], found: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        built(LINE, {**LINE, "id": "other", **change})
    (mistake,) = caught.value.mistakes
    assert mistake.line == 2
    assert found in mistake.reason


def test_the_same_identifier_twice_and_an_empty_file_are_refused() -> None:
    with pytest.raises(ImportRejected, match="again"):
        built(LINE, LINE)
    with pytest.raises(ImportRejected, match="no question"):
        ControlPackImporter().build(b"\n\n")


def test_a_damaged_built_form_is_no_pack() -> None:
    with pytest.raises(PackMistaken):
        pack_of(b'{"id": "gate"}\n')


def test_a_pack_of_the_catalogue_is_found_by_its_identifier(tmp_path: Path) -> None:
    Catalogue(tmp_path).add(
        EXAMPLE,
        "control-pack",
        KINDS["control-pack"],
        id="fictional",
        title="Example",
        origin="invented",
        licence="none",
        completeness="invented",
    )
    address, questions = load_control_pack(tmp_path, "fictional")
    assert address == "control-pack/fictional@2026-11-23"
    assert len(questions) == 7
    with pytest.raises(NoSuchDataSet):
        load_control_pack(tmp_path, "another")
