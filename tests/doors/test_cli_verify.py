"""`safeconduct verify` at its door: texts, JSON, exit codes, and what it does not load."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from tests.unit.dossier.sealing.house import TERMS, House, house, small_pdf

from safeconduct.dossier.sealing.trust import trust_bytes

COMMAND = "import sys; from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, "verify", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Files(NamedTuple):
    """A sealed dossier and the trust file of who sealed it."""

    dossier: Path
    trust: Path
    ours: House


@pytest.fixture(scope="module")
def at_hand(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Both files in a folder."""
    folder, ours = tmp_path_factory.mktemp("sealed"), house()
    (folder / "d.pdf").write_bytes(ours.seals(small_pdf()))
    (folder / "trust.json").write_bytes(trust_bytes(ours.trust))
    return Files(folder / "d.pdf", folder / "trust.json", ours)


def test_all_good_is_told_in_words_with_what_is_not_proven(at_hand: Files) -> None:
    done = run(at_hand.dossier, "--trust", at_hand.trust, "--on", "2024-12-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Intact: yes" in done.stdout
    assert "Not revoked: not known" in done.stdout
    assert "What this does not prove" in done.stdout
    assert "withheld" in done.stdout


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_it_is_told_in_other_languages(at_hand: Files, code: str) -> None:
    done = run(at_hand.dossier, "--language", code, "--on", "2024-12-01")
    assert done.returncode == 12
    assert "Intact" not in done.stdout


def test_the_json_meets_its_schema_and_says_the_exit_code(at_hand: Files) -> None:
    done = run(at_hand.dossier, "--trust", at_hand.trust, "--on", "2024-12-01", "--json")
    written = json.loads(done.stdout)
    shipped = files("safeconduct.dossier.sealing") / "shipped" / "verification-1.json"
    jsonschema.Draft202012Validator(json.loads(shipped.read_text("utf-8"))).validate(written)
    assert written["schema"] == "safeconduct/verification/1"
    assert written["exit_code"] == done.returncode == 0
    assert written["points"]["for_recipient"]["answer"] == "unknown"


def test_each_exit_code_has_its_case(at_hand: Files, tmp_path: Path) -> None:
    trust, day = ("--trust", at_hand.trust), ("--on", "2024-12-01")
    data = at_hand.dossier.read_bytes()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(data.replace(TERMS.purpose.encode(), b"a vis?"))
    assert run(broken, *trust, *day).returncode == 10
    assert run(at_hand.dossier, *day).returncode == 12
    assert run(at_hand.dossier, *trust, "--on", "2025-12-01").returncode == 13
    assert run(at_hand.dossier, *trust, *day, "--recipient", "B").returncode == 13
    assert run(at_hand.trust, *trust, *day).returncode == 2
    assert run(tmp_path / "none.pdf", *day).returncode == 2


def test_a_file_that_is_no_dossier_is_told_in_one_line(at_hand: Files, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"GIF89a")
    done = run(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "not a PDF" in done.stderr


def test_what_a_forger_writes_cannot_steer_the_terminal(at_hand: Files, tmp_path: Path) -> None:
    import msgspec

    hostile = msgspec.structs.replace(TERMS, recipient="\x1b[2Jyou \u202eshall", purpose="x\ny")
    file = tmp_path / "hostile.pdf"
    file.write_bytes(at_hand.ours.seals(small_pdf(), hostile))
    done = run(file, "--on", "2024-12-01")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "[U+001B]" in done.stdout


def test_it_loads_nothing_of_pyhanko_or_of_a_network(at_hand: Files) -> None:
    tell = (
        "import sys, atexit; atexit.register(lambda: print(' '.join(sys.modules)));"
        f"{COMMAND.removeprefix('import sys; ')}"
    )
    command = [sys.executable, "-c", tell, "verify", str(at_hand.dossier)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    loaded = {one.partition(".")[0] for one in done.stdout.splitlines()[-1].split()}
    assert {"cryptography", "rfc8785"} <= loaded
    assert not loaded & {"pyhanko", "asn1crypto", "aiohttp", "typst", "numpy", "http", "ssl"}


@pytest.mark.parametrize("encoding", ["cp866", "cp1252", "latin-1", "ascii"])
@pytest.mark.parametrize("extra", [("--language", "ru"), ("--language", "fr"), ("--json",)])
def test_a_system_whose_encoding_lacks_letters_gets_them_all(
    at_hand: Files, encoding: str, extra: tuple[str, ...]
) -> None:
    trust: tuple[str | Path, ...] = ("--trust", at_hand.trust, "--on", "2024-12-01")
    arguments = (at_hand.dossier, *trust, *extra)
    command = [sys.executable, "-c", COMMAND, "verify", *map(str, arguments)]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8") == run(*arguments).stdout


def test_a_terminal_shows_a_mark_for_a_letter_that_it_lacks(at_hand: Files) -> None:
    pty = pytest.importorskip("pty", reason="a system without pseudo-terminals")
    reader, writer = pty.openpty()
    command = [sys.executable, "-c", COMMAND, "verify", str(at_hand.dossier), "--language", "ru"]
    encoding = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    shown = b""
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, env=encoding) as asked:
        os.close(writer)
        with os.fdopen(reader, "rb", buffering=0) as terminal, suppress(OSError):
            while more := terminal.read(65536):  # Linux: an error where the other end is closed
                shown += more
        assert asked.stderr is not None
        errors = asked.stderr.read()
    assert (asked.returncode, errors) == (12, b"")
    assert b"?" in shown


def test_a_status_list_that_is_none_is_named_and_not_the_dossier(
    at_hand: Files, tmp_path: Path
) -> None:
    bad = tmp_path / "status.json"
    bad.write_text("{}")
    done = run(at_hand.dossier, "--trust", at_hand.trust, "--status", bad)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{bad}: ")
    assert str(at_hand.dossier) not in done.stderr


def test_a_folder_is_told_what_is_accepted_in_its_place(at_hand: Files, tmp_path: Path) -> None:
    asked: dict[str, tuple[str | Path, ...]] = {
        "a sealed dossier (PDF), or a part of one (JSON)": (tmp_path,),
        "a trust file": (at_hand.dossier, "--trust", tmp_path),
        "a status list": (at_hand.dossier, "--status", tmp_path),
    }
    for accepted, arguments in asked.items():
        done = run(*arguments)
        assert done.returncode == 2
        assert f"a folder; accepted: {accepted}" in done.stderr
        assert "case file" not in done.stderr


def test_the_page_overwrites_nothing_but_an_older_page(at_hand: Files, tmp_path: Path) -> None:
    page = tmp_path / "verify.html"
    assert run("--page", page).returncode == 0
    english = page.read_bytes()
    assert run("--page", page, "--language", "fr").returncode == 0
    assert page.read_bytes() != english
    for file in (at_hand.dossier, at_hand.trust):
        before = file.read_bytes()
        refused = run("--page", file)
        assert refused.returncode == 2
        assert "no page of this command" in refused.stderr
        assert file.read_bytes() == before
    other = tmp_path / "other.html"
    other.write_text("<!doctype html>\n<title>Our site</title>\n")
    assert run("--page", other).returncode == 2


def test_a_file_and_the_page_together_are_refused(at_hand: Files, tmp_path: Path) -> None:
    page = tmp_path / "verify.html"
    done = run(at_hand.dossier, "--page", page)
    assert done.returncode == 2
    assert "verifies no FILE" in done.stderr
    assert not page.exists()


def test_a_file_that_was_cut_is_told_to_be_cut(at_hand: Files, tmp_path: Path) -> None:
    whole = at_hand.dossier.read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole[:300])
    done = run(cut)
    assert done.returncode == 2
    assert "cut or damaged" in done.stderr
    cut.write_bytes(small_pdf())
    done = run(cut)
    assert done.returncode == 2
    assert "no signature" in done.stderr
    assert "cut" not in done.stderr.removeprefix(str(cut))
