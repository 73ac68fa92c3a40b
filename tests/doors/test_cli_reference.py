"""`safeconduct reference`: what people type, what they read, and the exit codes."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import reference_commands
from safeconduct.cli.commands import safeconduct
from safeconduct.reference.certificate import Certificate
from safeconduct.reference.importing import Built, RowMistake
from safeconduct.reference.listing import OUTPUTS

LINES = (files("safeconduct.timeline") / "data" / "milestones.jsonl").read_bytes().splitlines()
SCHEMAS = files("safeconduct.reference") / "schemas"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the catalogue will lie."""
    return tmp_path / "references"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A small set of milestones."""
    file = tmp_path / "Our events.jsonl"
    file.write_bytes(b"\n".join(LINES[:3]))
    return file


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(safeconduct, ["reference", *(str(one) for one in arguments)])


def _add(original: Path, root: Path, *more: str) -> Result:
    stated = ("--origin", "us", "--licence", "CC0", "--references", root)
    return _run("add", "milestones", original, *stated, *more)


def test_a_set_is_added_listed_shown_verified_and_removed(original: Path, root: Path) -> None:
    added = _add(original, root, "--title", "Our own events")
    assert added.exit_code == 0
    assert added.stdout == "milestones/our-events@2026-11-22: added; 3 rows\n"
    listed = _run("list", "--references", root).stdout.splitlines()
    assert [line.split("  ")[1] for line in listed] == ["shipped", "shipped", "shipped", "own"]
    assert listed[-1].endswith("3 rows; Our own events")
    assert "licence: CC0" in _run("show", "our-events", "--references", root).stdout
    verified = _run("verify", "--references", root)
    assert verified.exit_code == 0
    assert all(line.endswith(": whole") for line in verified.stdout.splitlines())
    at = ("milestones", "our-events", "2026-11-22", "--references", root)
    assert _run("remove", *at).exit_code == 0
    assert _run("remove", *at).exit_code == 2
    assert len(_run("list", "--references", root).stdout.splitlines()) == 3


def test_the_same_file_again_says_so(original: Path, root: Path) -> None:
    _add(original, root)
    again = _add(original, root)
    assert again.exit_code == 0
    assert "there already, nothing changed" in again.stdout


def test_other_content_is_added_beside(original: Path, root: Path) -> None:
    _add(original, root)
    original.write_bytes(LINES[3])
    assert "our-events@2026-11-22-2: added; 1 row\n" in _add(original, root).stdout


def test_what_has_to_be_stated_is_named_by_its_options(original: Path, root: Path) -> None:
    refused = _run("add", "milestones", original, "--references", root)
    assert refused.exit_code == 2
    assert "--origin TEXT, --licence TEXT" in refused.stderr
    assert not root.exists()


def test_every_bad_line_is_named_and_nothing_is_added(original: Path, root: Path) -> None:
    original.write_bytes(b"\n".join([b"{", LINES[0], b"}"]))
    refused = _add(original, root)
    assert refused.exit_code == 2
    lines = refused.stderr.splitlines()
    assert lines[0].startswith(f"{original}:1: ")
    assert lines[1].startswith(f"{original}:3: ")
    assert lines[2] == f"{original}: not added"
    assert not root.exists()


def test_rows_that_were_left_out_are_named_and_end_with_5(
    original: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lenient:
        name, version, most_bytes = "lenient", 1, 1_000_000

        def build(self, original: bytes) -> Built:
            mistakes = (RowMistake(2, "no\u202eday"), *(RowMistake(3, "odd"),) * 1200)
            return Built(data=original, rows=1, rejected=mistakes, as_of="2026-11-22")

    monkeypatch.setattr(reference_commands, "importer", lambda _: Lenient())
    for what in ("added", "there already, nothing changed"):
        added = _add(original, root)
        assert added.exit_code == 5
        assert added.stdout == f"milestones/our-events@2026-11-22: {what}; 1 row\n"
        lines = added.stderr.splitlines()
        assert lines[0] == f"{original}:2: no\\u202eday"
        assert lines[-1] == f"{original}: 1201 rows left out (201 of them not named here)"
        assert len(lines) == 1001
    assert "rejected: 1201" in _run("show", "our-events", "--references", root).stdout


@pytest.mark.parametrize(
    "more", [("--id", "../x"), ("--id", ""), ("--id", "Ours"), ("--id", "safeconduct")]
)
def test_an_id_that_cannot_be_used_is_refused(
    original: Path, root: Path, more: tuple[str, str]
) -> None:
    refused = _add(original, root, *more)
    assert refused.exit_code == 2
    assert "accepted: " in refused.stderr
    assert not root.exists()


def test_a_kind_that_nobody_reads_is_refused_with_those_that_are(original: Path) -> None:
    refused = _run("add", "weather", original)
    assert refused.exit_code == 2
    assert "accepted: control-pack, milestones, network, watchlist" in refused.stderr


@pytest.mark.parametrize("command", [("list",), ("show", "x"), ("verify",)])
def test_a_folder_that_was_named_and_is_not_there_is_said(
    root: Path, command: tuple[str, ...]
) -> None:
    refused = _run(*command, "--references", root)
    assert refused.exit_code == 2
    assert str(root) in refused.stderr


def test_a_damaged_set_ends_verify_with_3_and_names_the_file(original: Path, root: Path) -> None:
    _add(original, root)
    (root / "milestones" / "our-events" / "2026-11-22" / "built.bin").write_bytes(b"")
    verified = _run("verify", "--references", root)
    assert verified.exit_code == 3
    assert "milestones/our-events@2026-11-22: damaged; built.bin: " in verified.stdout


def test_an_unreadable_certificate_is_listed_as_such(original: Path, root: Path) -> None:
    _add(original, root)
    (root / "milestones" / "our-events" / "2026-11-22" / "certificate.json").write_text("{}")
    listed = _run("list", "--references", root)
    assert listed.exit_code == 0
    assert "our-events@2026-11-22  own  certificate: found" in listed.stdout


def test_a_folder_that_cannot_be_written_ends_with_4(original: Path) -> None:
    refused = _add(original, original / "below")
    assert refused.exit_code == 4
    assert "the catalogue is as it was" in refused.stderr


@pytest.mark.parametrize(
    ("command", "schema"),
    [
        (("list",), "reference-list-1"),
        (("show", "our-events"), "reference-show-1"),
        (("verify",), "reference-verification-1"),
    ],
)
def test_json_meets_its_shipped_schema_and_names_no_folder(
    original: Path, root: Path, command: tuple[str, ...], schema: str
) -> None:
    _add(original, root)
    (root / "milestones" / "our-events" / "2026-11-22" / "built.bin").write_bytes(b"")
    written = _run(*command, "--references", root, "--json").stdout
    assert str(root.parent) not in written
    shipped = json.loads((SCHEMAS / f"{schema}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.Draft202012Validator(shipped).validate(json.loads(written))


@pytest.mark.parametrize("of", [Certificate, *OUTPUTS])
def test_a_shipped_schema_is_that_of_its_type(of: type) -> None:
    stated = msgspec.json.schema(of)
    (name,) = stated["$defs"][of.__name__]["properties"]["schema"]["enum"]
    file = SCHEMAS / f"{name.removeprefix('safeconduct/').replace('/', '-')}.json"
    shipped = json.loads(file.read_text())
    assert shipped.pop("$schema").endswith("2020-12/schema")
    assert _folded(shipped) == _folded(stated)


def _folded(value: object) -> object:
    """With white space in descriptions folded: Python 3.13 strips the indent of docstrings."""
    if isinstance(value, dict):
        return {name: _folded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_folded(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def test_a_network_is_added_from_its_two_tables(tmp_path: Path, root: Path) -> None:
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text("id,lat,lon\n0,50,30\n1,50,31\n2,95,31\n")
    edges.write_text("a,b,km\n0,1,80\n")
    stated = ("--id", "ways", "--origin", "us", "--licence", "CC0", "--as-of", "2024-01-01")
    where = (*stated, "--references", root)
    added = _run("add", "network", nodes, edges, "--format", "road", *where)
    assert added.exit_code == 5
    assert "network/ways@2024-01-01: added; 1 row" in added.stdout
    assert "no place on earth: 95.0, 31.0" in added.stderr
    assert _run("verify", "--references", root).exit_code == 0
    for unstated, said in (
        ((nodes, edges), "no mode"),
        ((nodes, edges, "--format", "sea"), "the mode 'sea'"),
        ((nodes, "--format", "road"), "no table with the columns a, b, km"),
        ((nodes, edges, "--mapping", nodes), "--mapping is for watchlists"),
    ):
        refused = _run("add", "network", *unstated, *where)
        assert refused.exit_code == 2
        assert said in refused.stderr
