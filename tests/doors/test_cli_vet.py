"""`safeconduct vet` at its door: outputs, exit codes, and that a sealed case stays sealed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

COMMAND = str(Path(sys.executable).parent / "safeconduct")
EXAMPLE = "examples/alexander/case.yaml"


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_version_is_answered_at_once_and_help_lists_the_commands(root: Path) -> None:
    assert run(root, "--version").stdout.startswith("safeconduct 0.")
    helped = run(root, "--help")
    assert helped.returncode == 0
    assert all(name in helped.stdout for name in ("vet", "case", "reference"))


def test_json_on_standard_output_is_json_and_nothing_else(root: Path) -> None:
    done = run(root, "vet", EXAMPLE, "--plain", "--on", "2024-11-02", "--json", "-")
    assert done.returncode == 0
    written = json.loads(done.stdout)
    assert written["schema"] == "safeconduct/vetting/1"
    assert written["on"] == "2024-11-02"
    assert {one["outcome"] for one in written["findings"]} >= {"asks", "supports", "unknown"}
    assert not [one for one in written["findings"] if one["outcome"] == "conflicts"]


def test_the_same_bytes_in_other_folders_zones_and_locales(root: Path, tmp_path: Path) -> None:
    case = tmp_path / "other" / "renamed.yaml"
    case.parent.mkdir()
    case.write_bytes((root / EXAMPLE).read_bytes())
    arguments = ("--plain", "--on", "2024-11-02", "--json", "-")
    here = run(root, "vet", EXAMPLE, *arguments, TZ="Asia/Kamchatka", LC_ALL="C.UTF-8")
    there = run(case.parent, "vet", case.name, *arguments, TZ="America/Lima", LANG="de_DE")
    assert here.stdout == there.stdout != ""


def test_a_plain_case_is_warned_about_in_one_line_unless_it_is_meant(root: Path) -> None:
    warned = run(root, "vet", EXAMPLE, "--on", "2024-11-02")
    assert warned.returncode == 0
    assert len(warned.stderr.splitlines()) == 1
    assert "--plain" in warned.stderr
    assert run(root, "vet", EXAMPLE, "--on", "2024-11-02", "--plain").stderr == ""


def test_what_is_written_from_a_sealed_case_is_sealed(root: Path, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    sealed, identity = tmp_path / "case.yaml.age", tmp_path / "key.txt"
    sealed.write_bytes(pyrage.encrypt((root / EXAMPLE).read_bytes(), [key.to_public()]))
    identity.write_text(str(key))
    options = ("--identity", str(identity), "--recipient", str(key.to_public()))
    done = run(
        root, "vet", str(sealed), "--on", "2024-11-02", *options,
        "--json", str(tmp_path / "vetting.json"), "--html", str(tmp_path / "report.html"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["case.yaml.age", "key.txt", "report.html.age", "vetting.json.age"]
    for name in ("report.html.age", "vetting.json.age"):
        data = (tmp_path / name).read_bytes()
        assert b"Kazakhstan" not in data
        assert b"Kazakhstan" in pyrage.decrypt(data, [key])
    refused = run(root, "vet", str(sealed), *options, "--json", "-")
    assert refused.returncode == 2
    assert "Kazakhstan" not in refused.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("vet",), 2, "Missing argument"),
        (("vet", EXAMPLE, "--on", "yesterday"), 2, "2024-11-02"),
        (("vet", EXAMPLE, "--plain", "--language", "xx"), 2, "en, fr, ru"),
        (("vet", "missing.yaml"), 2, "missing.yaml"),
        (("vet", "examples"), 2, "examples"),
        (("vet", "README.md"), 2, ".yaml"),
        (("vet", EXAMPLE, "--plain", "--references", "nowhere"), 2, "nowhere"),
        (("vet", EXAMPLE, "--plain", "--html", "no/such/folder/x.html"), 4, "no/such/folder"),
        (("vet", EXAMPLE, "--plain", "--html", EXAMPLE), 2, "another name"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_bad_usage_says_what_is_accepted(
    root: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(root, *arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_mistakes_are_told_by_file_line_and_column(root: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [X]}\n"
        "claims:\n  - {id: c1, kind: stay, text: x, when: 2022-02-31, wher: Samara}\n"
    )
    done = run(root, "vet", str(case), "--plain")
    assert done.returncode == 2
    assert f"{case}:5:41:" in done.stderr
    assert "`where`?" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_dossier_of_a_sealed_case_is_sealed(root: Path, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    sealed, identity = tmp_path / "case.yaml.age", tmp_path / "key.txt"
    sealed.write_bytes(pyrage.encrypt((root / EXAMPLE).read_bytes(), [key.to_public()]))
    identity.write_text(str(key))
    options = ("--identity", str(identity), "--recipient", str(key.to_public()))
    target = tmp_path / "dossier.pdf"
    done = run(root, "vet", str(sealed), "--on", "2024-11-02", *options, "--pdf", str(target))
    assert done.returncode == 0, done.stderr
    assert not target.exists()
    data = (tmp_path / "dossier.pdf.age").read_bytes()
    assert bytes(pyrage.decrypt(data, [key])).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_every_planted_case_is_reported_in_every_language(
    root: Path, tmp_path: Path, language: str
) -> None:
    for file in sorted((root / "examples/planted").glob("*.yaml")):
        report = tmp_path / f"{file.stem}.html"
        done = run(
            root, "vet", str(file), "--plain", "--on", "2024-11-02",
            "--language", language, "--html", str(report),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "{" not in done.stdout
        assert f'lang="{language}"' in report.read_text(encoding="utf-8")
