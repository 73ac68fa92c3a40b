"""`safeconduct sources capture`: what people type, what they read, and the exit codes."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner, Result
from tests.unit.acquire.serving import Server, answer, moved

from safeconduct.acquire import drawers
from safeconduct.acquire.capturing import no_picture
from safeconduct.acquire.wire import Network
from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.cli import sources
from safeconduct.cli.commands import safeconduct
from safeconduct.vault.age import open_sealed, seal

AT = datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
PAGE = "<h1>Повестка</h1>".encode()
CASE = "# By hand.\nschema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [Иван]}\n"
FOLDER = Path("captures") / "capture-20261123T071500Z"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and a moment of its own, and no Chromium; this machine may be asked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sources, "now", lambda: AT)
    monkeypatch.setattr(sources, "network", lambda: Network(loopback=True, plain=True))
    monkeypatch.setattr(drawers, "drawer", lambda **_: lambda _: no_picture("none here"))


@pytest.fixture
def server() -> Iterator[Server]:
    """A page at `/page`."""
    server = Server()
    server.replies |= {"/page?who=x": answer(PAGE, Content_Type="text/html")}
    yield server
    server.stop()


def capture(*arguments: object, answers: str | None = None) -> Result:
    command = ["sources", "capture", *(str(one) for one in arguments)]
    return CliRunner().invoke(safeconduct, command, input=answers)


def case_of(path: str = "x.yaml") -> Case:
    return read_case(Path(path).read_bytes()).case


def plain_case() -> str:
    Path("x.yaml").write_text(CASE, encoding="utf-8")
    return "x.yaml"


def test_a_page_is_captured_and_its_hashes_are_printed(server: Server) -> None:
    done = capture(f"{server.base}/page?who=x")
    assert done.exit_code == 0, done.output
    warc = (FOLDER / "capture.warc").read_bytes()
    assert f"{FOLDER}: whole, status 200, text/html, {len(PAGE)} bytes" in done.stdout
    assert f"{sha256(warc).hexdigest()}  capture.warc" in done.stdout
    assert "not captured: a picture of the page (none here)" in done.stderr
    assert PAGE in warc


def test_an_address_that_is_asked_for_works_as_well(server: Server) -> None:
    done = capture("-", answers=f"{server.base}/page?who=x\n")
    assert done.exit_code == 0, done.output
    assert server.asked == ["/page?who=x"]


def test_a_file_is_captured_without_its_path() -> None:
    Path("inside").mkdir()
    Path("inside/letter.pdf").write_bytes(b"%PDF-1.7")
    done = capture("inside/letter.pdf", "--into", "kept")
    assert done.exit_code == 0, done.output
    known = json.loads((Path("kept") / FOLDER.name / "capture.json").read_bytes())
    assert (known["kind"], known["asked"]) == ("file", "letter.pdf")


@pytest.mark.parametrize(
    "what", ["missing.pdf", "news.example/page", "ftp://news.example/x?token=s"]
)
def test_what_is_neither_page_nor_file_is_refused(what: str) -> None:
    done = capture(what)
    assert done.exit_code == 2
    assert "accepted: https://" in done.stderr
    assert "token" not in done.stderr
    assert not Path("captures").exists()


def test_a_private_address_is_refused_and_leaves_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "network", lambda: Network(plain=True))
    done = capture(f"{server.base}/page?who=x")
    assert (done.exit_code, server.heads) == (2, [])
    assert "private address" in done.stderr
    assert list(Path("captures").iterdir()) == []


def test_a_page_that_never_ends_is_refused_or_cut_as_wanted(server: Server) -> None:
    server.replies["/page"] = answer(b"x" * 1_100_000, Content_Length="")
    done = capture(f"{server.base}/page", "--most-mb", 1)
    assert done.exit_code == 2
    assert "more than 1,000,000 bytes" in done.stderr
    assert f"{FOLDER}: the attempt is recorded here, not the page" in done.stderr
    kept = capture(f"{server.base}/page", "--most-mb", 1, "--keep-truncated")
    assert kept.exit_code == 0
    assert f"{FOLDER}-2: truncated, status 200" in kept.stdout
    assert b"WARC-Truncated: length" in Path(f"{FOLDER}-2", "capture.warc").read_bytes()


def test_a_redirect_into_a_house_is_recorded_and_exits_with_two(server: Server) -> None:
    server.replies["/page"] = moved("http://10.0.0.1/secret?token=s")
    done = capture(f"{server.base}/page")
    assert done.exit_code == 2
    assert "private address" in done.stderr
    assert json.loads((FOLDER / "capture.json").read_bytes())["outcome"] == "not-captured"


def test_a_folder_that_cannot_be_written_exits_with_four(server: Server) -> None:
    Path("captures").write_bytes(b"")
    done = capture(f"{server.base}/page?who=x")
    assert (done.exit_code, server.heads) == (4, [])


def test_evidence_is_added_to_the_case_and_nothing_else_changes(server: Server) -> None:
    done = capture(
        *(f"{server.base}/page?who=x", "--case", plain_case(), "--item", "e7"),
        *("--by", "M. Keller", "--what", "the summons"),
    )
    assert done.exit_code == 0, done.output
    item = case_of().evidence[0]
    assert (item.id, item.what, item.file) == ("e7", "the summons", f"{FOLDER}/capture.warc")
    assert item.sha256 == sha256((FOLDER / "capture.warc").read_bytes()).hexdigest()
    assert item.custody[0].by == "M. Keller"
    assert Path("x.yaml").read_text(encoding="utf-8").startswith(CASE)


def test_a_search_is_added_also_where_the_page_did_not_come(server: Server) -> None:
    case = plain_case()
    server.replies["/page"] = b""
    for number, path in enumerate(("/page?who=x", "/page"), start=1):
        address = f"{server.base}{path}"
        capture(address, "--case", case, "--item", f"h{number}", "--by", "M. Keller")
    found, missed = case_of().searches
    assert (found.found, missed.found) == (True, False)
    assert found.query == f"{server.base}/page?who=x"
    assert missed.result.startswith("not-captured: ")
    warc = Path(f"{FOLDER}-2", "capture.warc").read_bytes()
    assert missed.capture_sha256 == sha256(warc).hexdigest()


def test_a_page_that_did_not_come_is_no_evidence(server: Server) -> None:
    server.replies["/page"] = b""
    done = capture(f"{server.base}/page", "--case", plain_case(), "--item", "e1", "--by", "K")
    assert done.exit_code == 2
    assert "e1: not added" in done.stderr
    assert Path("x.yaml").read_text(encoding="utf-8") == CASE


def test_an_entry_that_cannot_be_added_is_told_before_anything_is_asked(server: Server) -> None:
    case = plain_case()
    address = f"{server.base}/page?who=x"
    capture(address, "--case", case, "--item", "e1", "--by", "K")
    server.heads.clear()
    for options in (
        ("--case", case, "--item", "e1", "--by", "K"),
        ("--case", case, "--item", "c1", "--by", "K"),
        ("--case", case, "--item", "e0", "--by", "K"),
        ("--case", case, "--item", "e2"),
        ("--case", "missing.yaml", "--item", "e2", "--by", "K"),
        ("--item", "e2", "--by", "K"),
        ("--user-agent", "x\r\nCookie: y"),
    ):
        assert capture(address, *options).exit_code == 2, options
    assert server.heads == []
    assert len(list(Path("captures").iterdir())) == 1


def test_without_an_item_the_entries_are_printed_for_pasting(server: Server) -> None:
    done = capture(f"{server.base}/page?who=x", "--case", plain_case())
    assert done.exit_code == 0, done.output
    pasted = done.stdout[done.stdout.index("evidence:") :]
    filled = re.sub(r"id: .….|id: …", "id: e1", pasted, count=1)
    filled = re.sub(r"id: .….|id: …", "id: h1", filled, count=1)
    case = read_case((CASE + filled).encode()).case
    assert (len(case.evidence), len(case.searches)) == (1, 1)
    assert Path("x.yaml").read_text(encoding="utf-8") == CASE


def test_a_sealed_case_stays_sealed_and_is_told_that_captures_are_not(server: Server) -> None:
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    Path("keys.txt").write_text(f"{identity}\n")
    Path("x.yaml.age").write_bytes(seal(CASE.encode(), recipients=(public,)))
    address, by = f"{server.base}/page?who=x", ("--item", "e1", "--by", "K")
    opening = ("--case", "x.yaml.age", "--identity", "keys.txt", "--recipient", public)
    done = capture(address, *opening, *by)
    assert done.exit_code == 0, done.output
    assert "a capture is not" in done.stderr
    text = open_sealed(Path("x.yaml.age").read_bytes(), identities=(str(identity),))
    assert read_case(text).case.evidence[0].id == "e1"
