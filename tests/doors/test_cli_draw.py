"""`safeconduct draw` at its door: drawings that name every claim, sealed as the case is."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pyrage
import pytest

COMMAND = str(Path(sys.executable).parent / "safeconduct")
EXAMPLE = "examples/alexander/case.yaml"
DAY = ("--on", "2024-11-02")


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "draw", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_both_drawings_name_every_claim_in_their_words(
    root: Path, tmp_path: Path, language: str
) -> None:
    timeline, chart = tmp_path / "timeline.svg", tmp_path / "map.svg"
    files = ("--timeline", str(timeline), "--map", str(chart))
    done = run(root, EXAMPLE, "--plain", *DAY, "--language", language, *files)
    assert done.returncode == 0, done.stderr
    for file in (timeline, chart):
        drawing = ET.parse(file).getroot()  # noqa: S314  (our own output)
        described = drawing.findtext("{http://www.w3.org/2000/svg}desc") or ""
        for number in range(1, 13):
            assert f"c{number}" in described, file


def test_the_same_case_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"
    for file in (one, other):
        assert run(root, EXAMPLE, "--plain", *DAY, "--timeline", str(file)).returncode == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_drawing_of_a_sealed_case_is_sealed(root: Path, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    sealed, identity = tmp_path / "case.yaml.age", tmp_path / "key.txt"
    sealed.write_bytes(pyrage.encrypt((root / EXAMPLE).read_bytes(), [key.to_public()]))
    identity.write_text(str(key))
    options = ("--identity", str(identity), "--recipient", str(key.to_public()))
    done = run(root, str(sealed), *DAY, *options, "--map", str(tmp_path / "map.svg"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "map.svg").exists()
    assert b"<svg" in pyrage.decrypt((tmp_path / "map.svg.age").read_bytes(), [key])


def test_nothing_to_draw_is_said(root: Path) -> None:
    done = run(root, EXAMPLE, "--plain")
    assert done.returncode == 2
    assert "--timeline" in done.stderr


def test_two_drawings_for_one_file_are_refused_before_either_is_written(
    root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "one.svg"
    other = tmp_path / "." / "one.svg"
    done = run(root, EXAMPLE, "--plain", *DAY, "--timeline", str(file), "--map", str(other))
    assert done.returncode == 2
    assert "one file" in done.stderr
    assert not file.exists()
