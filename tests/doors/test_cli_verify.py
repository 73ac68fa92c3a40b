"""`safeconduct verify` at its door: texts, JSON, exit codes, and what it does not load."""

import json
import subprocess
import sys
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
