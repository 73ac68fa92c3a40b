"""What ships and what a catalogue holds are joined, listed, and refused where damaged."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from safeconduct.casefile.errors import DamagedReference
from safeconduct.checks import kinds
from safeconduct.checks.kinds import KINDS, BuiltFormUnreadable, load_references
from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.certificate import Certificate
from safeconduct.reference.errors import CatalogueMissing
from safeconduct.reference.importing import Built
from safeconduct.timeline.milestones import MilestonesDisagree

LINE = (files("safeconduct.timeline") / "data" / "milestones.jsonl").read_bytes().splitlines()[0]
SHIPPED_ID = json.loads(LINE)["id"]


def _add(root: Path, identifier: str, **change: object) -> Certificate:
    original = root.parent / f"{identifier}.jsonl"
    original.write_text(json.dumps(json.loads(LINE) | change))
    return (
        Catalogue(root)
        .add(
            original,
            "milestones",
            KINDS["milestones"],
            id=identifier,
            origin="us",
            licence="CC0",
        )
        .certificate
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty catalogue that is there."""
    root = tmp_path / "references"
    root.mkdir()
    return root


def test_without_a_catalogue_the_shipped_sets_are_at_hand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kinds, "default_root", lambda: tmp_path / "absent")
    used = load_references(None).used
    assert [one.kind for one in used] == ["gazetteer", "countries", "milestones"]


def test_the_users_own_catalogue_is_read_where_it_is_there(
    monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    _add(root, "ours", id="our-event")
    monkeypatch.setattr(kinds, "default_root", lambda: root)
    milestones = load_references(None).milestones
    assert milestones is not None
    assert "our-event" in milestones.by_id


def test_a_folder_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing) as refused:
        load_references(tmp_path / "absent")
    assert refused.value.exit_code == 2


def test_own_milestones_join_the_shipped_ones_and_are_cited_by_their_own_set(root: Path) -> None:
    certificate = _add(root, "ours", id="our-event")
    references = load_references(root)
    milestones = references.milestones
    assert milestones is not None
    assert milestones.dataset("our-event") == f"milestones/ours@{certificate.as_of}"
    assert milestones.dataset(SHIPPED_ID).startswith("milestones/safeconduct@")
    assert references.used[-1].sha256 == certificate.built.sha256
    assert [one.id for one in references.used[-2:]] == ["safeconduct", "ours"]


def test_an_own_milestone_stands_in_for_the_shipped_one(root: Path) -> None:
    _add(root, "ours", title="Said otherwise")
    milestones = load_references(root).milestones
    assert milestones is not None
    assert milestones.by_id[SHIPPED_ID].title == "Said otherwise"
    assert milestones.dataset(SHIPPED_ID).startswith("milestones/ours@")


def test_only_the_latest_version_of_a_set_counts(root: Path) -> None:
    _add(root, "ours", id="our-event")
    _add(root, "ours", id="our-other-event")
    references = load_references(root)
    assert references.milestones is not None
    assert "our-event" not in references.milestones.by_id
    assert len(references.used) == 4


def test_two_own_sets_that_disagree_are_refused_by_name(root: Path) -> None:
    _add(root, "ours", id="event", title="One")
    _add(root, "theirs", id="event", title="Other")
    with pytest.raises(MilestonesDisagree, match=r"event.*ours.*theirs"):
        load_references(root)


def test_two_own_sets_that_agree_are_joined(root: Path) -> None:
    _add(root, "ours", id="event")
    _add(root, "theirs", id="event")
    assert len(load_references(root).used) == 5


def test_a_damaged_set_is_refused_and_named(root: Path) -> None:
    certificate = _add(root, "ours", id="event")
    built = Catalogue(root).folder(certificate.address) / "built.bin"
    built.write_bytes(built.read_bytes().replace(b"2022", b"2021"))
    with pytest.raises(DamagedReference, match=r"built\.bin") as refused:
        load_references(root)
    assert refused.value.exit_code == 3


def test_a_built_form_that_this_program_cannot_read_is_named(root: Path) -> None:
    class Older:
        name, version, most_bytes = "milestones", 0, 1000

        def build(self, original: bytes) -> Built:
            return Built(data=original, rows=1)

    original = root.parent / "x"
    original.write_bytes(b"another form")
    Catalogue(root).add(
        original, "milestones", Older(), id="ours", as_of="2026-11-22", origin="us", licence="CC0"
    )
    with pytest.raises(BuiltFormUnreadable, match="milestones/ours@2026-11-22, built by"):
        load_references(root)
