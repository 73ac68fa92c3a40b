"""A file as it was: unchanged in its WARC, with its name and nothing of its path."""

import json
import os
from hashlib import sha256
from io import BufferedReader
from pathlib import Path

import pytest
from tests.unit.acquire.test_capturing import AT, described, passes_check, records

from safeconduct.acquire import filing
from safeconduct.acquire.capturing import Page, Pictures
from safeconduct.acquire.filing import FileNotCaptured, capture_file
from safeconduct.acquire.payloads import Measured

DATA = bytes(range(256)) * 1_000 + b"\r\n\r\nWARC/1.1\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a telling path."""
    path = tmp_path / "alexander" / "повестка 1.pdf"
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


def test_a_file_is_kept_unchanged_with_its_name_alone(file: Path, tmp_path: Path) -> None:
    stored = capture_file(file, tmp_path / "captures", at=AT)
    kind, lines, block = records(stored)[1]
    assert passes_check(stored)
    assert (kind, block) == ("resource", DATA)
    assert lines["WARC-Payload-Digest"] == f"sha256:{sha256(DATA).hexdigest()}"
    known = described(stored)
    assert (known["kind"], known["asked"]) == ("file", "повестка 1.pdf")
    assert known["payload"]["sha256"] == sha256(DATA).hexdigest()
    assert known["media_type"] is None
    assert file.read_bytes() == DATA
    for kept in stored.folder.iterdir():
        assert b"alexander" not in kept.read_bytes()


def test_the_same_file_at_the_same_moment_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    first, second = (capture_file(file, tmp_path / "c", at=AT).folder for _ in range(2))
    assert first != second
    for name in ("capture.warc", "capture.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_an_empty_file_is_captured_too(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"")
    known = described(capture_file(file, tmp_path / "c", at=AT))
    assert known["payload"]["bytes"] == 0
    assert known["outcome"] == "whole"


def test_a_file_that_changes_meanwhile_is_refused(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = filing._measured

    def then_changed(path: Path, handle: BufferedReader) -> Measured:
        found = measured(path, handle)
        path.write_bytes(DATA[::-1])
        return found

    monkeypatch.setattr(filing, "_measured", then_changed)
    with pytest.raises(FileNotCaptured, match="changed"):
        capture_file(file, tmp_path / "c", at=AT)
    assert list((tmp_path / "c").iterdir()) == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "missing", Path("a\0b")):
        with pytest.raises(FileNotCaptured):
            capture_file(path, tmp_path / "c", at=AT)
    assert not (tmp_path / "c").exists()


def test_a_stored_page_is_drawn_at_an_address_of_no_place(tmp_path: Path) -> None:
    path = tmp_path / "page.HTML"
    path.write_bytes(b"<h1>x</h1>")
    drawn: list[Page] = []

    def draw(page: Page) -> Pictures:
        drawn.append(page)
        return Pictures(files=(("picture.png", b"PNG"),))

    stored = capture_file(path, tmp_path / "c", at=AT, draw=draw)
    assert [file["name"] for file in described(stored)["files"]] == ["capture.warc", "picture.png"]
    assert drawn[0].url.startswith("http://file.invalid/")
    path.with_suffix(".pdf").write_bytes(b"%PDF")
    capture_file(path.with_suffix(".pdf"), tmp_path / "c", at=AT, draw=draw)
    assert len(drawn) == 1


def test_the_json_is_the_last_word(file: Path, tmp_path: Path) -> None:
    stored = capture_file(file, tmp_path / "c", at=AT)
    read = json.loads((stored.folder / "capture.json").read_bytes())
    assert next(iter(read)) == "schema"
    assert read["schema"] == "safeconduct/capture/1"
