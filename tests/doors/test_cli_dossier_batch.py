"""`dossier batch`: many cases for one recipient; stopped and taken up; a bad one stops no other."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from tests.doors.test_cli_dossier import COMMAND, run
from tests.unit.dossier.conftest import CASE

from safeconduct.cli.dossier_batch import JOURNAL
from safeconduct.cli.seal_keys import KeyFolder, create, revoke, taken_back


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with five cases, one of them without a consent, keys and a passphrase."""
    for number in range(1, 6):
        text = CASE.replace("id: full", f"id: full-{number}", 1)
        assert text != CASE
        if number == 3:
            text = text.replace("consents:", "searches_:", 1).partition("searches_:")[0]
        (tmp_path / f"case-{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "p").write_text("first\n")
    create(
        *(tmp_path / "keys", "Office of Trials"),
        on=date(2024, 1, 1),
        passphrase="first",
        root_passphrase="second",
    )
    return tmp_path


def arguments(
    desk: Path, *cases: Path, to: str = "out", recipient: str = "A consulate"
) -> list[str]:
    found = [
        *("dossier", "batch", *cases, "--to", desk / to, "--plain", "--on", "2024-11-02"),
        *("--profile", "lawyer", "--language", "en", "--for", recipient, "--consent", "k1"),
        *("--keys", desk / "keys", "--key-passphrase-file", desk / "p", "--jobs", "2"),
    ]
    return [str(one) for one in found]


def cases(desk: Path) -> list[Path]:
    return sorted(desk.glob("case-*.yaml"))


def sealed(desk: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (desk / "out").glob("*.pdf")}


def test_all_are_sealed_but_the_bad_one_which_is_named(desk: Path) -> None:
    done = run(*arguments(desk, *cases(desk)))
    assert done.returncode == 5, done.stderr
    assert set(sealed(desk)) == {f"case-{n}.pdf" for n in (1, 2, 4, 5)}
    assert "case-3.yaml: " in done.stderr
    assert "4 of 5 sealed" in done.stderr
    trust = desk / "keys" / "trust.json"
    for name in sealed(desk):
        found = run("verify", desk / "out" / name, "--trust", trust, "--on", "2024-11-03")
        assert found.returncode == 0, found.stdout
    assert not [one for one in (desk / "out").iterdir() if "partial" in one.name]


def test_keys_that_do_not_open_or_were_taken_back_are_told_once_before_any_work(
    desk: Path,
) -> None:
    (desk / "p").write_text("another\n")
    closed = run(*arguments(desk, *cases(desk)))
    assert closed.returncode == 2
    assert closed.stderr.count("does not open") == 1
    (desk / "p").write_text("first\n")
    keys = KeyFolder(desk / "keys")
    gone = taken_back(keys.certificate("signing"), on=date(2024, 6, 1), reason="lost")
    revoke(keys, (gone,), on=date(2024, 6, 1), root_passphrase="second")
    back = run(*arguments(desk, *cases(desk)))
    assert back.returncode == 2
    assert back.stderr.count("was taken back on 2024-06-01") == 1
    assert not (desk / "out").exists()


def test_taken_up_again_nothing_is_sealed_twice(desk: Path) -> None:
    first = run(*arguments(desk, *cases(desk)[:2]))
    assert first.returncode == 0, first.stderr
    before = sealed(desk)
    again = run(*arguments(desk, *cases(desk)[:2], desk / "case-4.yaml"))
    assert again.returncode == 0, again.stderr
    assert "2 sealed already" in again.stderr
    after = sealed(desk)
    assert {name: after[name] for name in before} == before
    assert len(after) == 3


def test_killed_anywhere_it_goes_on(desk: Path) -> None:
    command = [sys.executable, "-c", COMMAND, *arguments(desk, *cases(desk))]
    started = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list((desk / "out").glob("*.pdf")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    with (desk / "out" / JOURNAL).open("ab") as stream:
        stream.write(b'{"is":"sea')
    done = run(*arguments(desk, *cases(desk)))
    assert done.returncode == 5, done.stderr
    assert set(sealed(desk)) == {f"case-{n}.pdf" for n in (1, 2, 4, 5)}
    lines = (desk / "out" / JOURNAL).read_text().splitlines()
    assert len({json.loads(one)["output"] for one in lines[1:]}) == 4


def test_another_order_a_changed_case_and_a_foreign_file_are_refused(desk: Path) -> None:
    chosen = cases(desk)[:2]
    assert run(*arguments(desk, *chosen)).returncode == 0
    other = run(*arguments(desk, *chosen, recipient="Another consulate"))
    assert other.returncode == 2
    assert "begun with other keys, terms or options" in other.stderr
    before = sealed(desk)
    chosen[0].write_text(chosen[0].read_text() + "\n# more\n")
    (desk / "out" / "case-4.pdf").write_bytes(b"%PDF-1.7 of somebody")
    changed = run(*arguments(desk, *chosen, desk / "case-4.yaml"))
    assert changed.returncode == 5
    assert "changed since it was sealed" in changed.stderr
    assert "is there already" in changed.stderr
    assert {name: sealed(desk)[name] for name in before} == before
    assert sealed(desk)["case-4.pdf"] == b"%PDF-1.7 of somebody"


def test_two_cases_for_one_output_are_refused_before_any_work(desk: Path) -> None:
    (desk / "again").mkdir()
    (desk / "again" / "case-1.yaml").write_text(CASE)
    done = run(*arguments(desk, desk / "case-1.yaml", desk / "again" / "case-1.yaml"))
    assert done.returncode == 2
    assert "its dossier would be case-1.pdf" in done.stderr
    assert not (desk / "out").exists()
