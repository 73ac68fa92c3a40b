"""`dossier batch`: what was decided for each case, pseudonyms, and a process that is killed."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.test_cli_dossier import COMMAND, run
from tests.doors.test_cli_dossier_batch import arguments, cases, desk, sealed
from tests.unit.cli.test_dossier_workers import worker

from safeconduct.cli.dossier_batch import JOURNAL
from safeconduct.cli.dossier_batch_choices import read_choices
from safeconduct.cli.errors import FileRefused
from safeconduct.dossier.sealing.examining import examine

__all__ = ["desk"]

CHOICES = """\
case-1.yaml: {pseudonym: Oak}
case-2.yaml: {pseudonym: Elm, other_words: [Maple]}
"""


def under_pseudonyms(desk: Path, *chosen: Path, choices: str = CHOICES) -> list[str]:
    (desk / "choices.yaml").write_text(choices, encoding="utf-8")
    found = arguments(desk, *chosen)
    found[found.index("lawyer")] = "host-organisation"
    return [*found, "--choices", str(desk / "choices.yaml")]


def hidden(case: Path) -> str:
    return f"dossier-{hashlib.sha256(case.read_bytes()).hexdigest()[:12]}.pdf"


def test_under_a_pseudonym_the_name_of_the_file_says_nothing_and_the_journal_does(
    desk: Path,
) -> None:
    chosen = cases(desk)[:2]
    done = run(*under_pseudonyms(desk, *chosen))
    assert done.returncode == 0, done.stderr
    assert set(sealed(desk)) == {hidden(one) for one in chosen}
    for case, name in zip(chosen, ("Oak", "Elm"), strict=True):
        found = examine((desk / "out" / hidden(case)).read_bytes()).disclosed
        assert found is not None
        assert found.manifest.subject.pseudonym == name
    lines = [json.loads(one) for one in (desk / "out" / JOURNAL).read_text().splitlines()[1:]]
    assert {one["case"]: one["output"] for one in lines} == {
        one.name: hidden(one) for one in chosen
    }
    again = run(*under_pseudonyms(desk, *chosen))
    assert again.returncode == 0, again.stderr
    assert "2 sealed already" in again.stderr


def test_a_case_or_choice_that_changed_is_told_and_its_dossier_stays(desk: Path) -> None:
    chosen = cases(desk)[:2]
    assert run(*under_pseudonyms(desk, *chosen)).returncode == 0
    before, first = sealed(desk), hidden(chosen[0])
    chosen[0].write_text(chosen[0].read_text() + "\n# more\n")
    changed = run(*under_pseudonyms(desk, *chosen, choices=CHOICES.replace("Elm", "Ash")))
    assert changed.returncode == 5
    assert changed.stderr.count("changed since it was sealed; move ") == 2
    assert first in changed.stderr
    assert sealed(desk) == before


def test_what_is_for_one_case_is_refused_for_several(desk: Path) -> None:
    chosen = cases(desk)[:2]
    for option in (
        ("--pseudonym", "Oak"),
        ("--leave-out", "c1=private"),
        ("--answers", str(desk / "answers.yaml")),
    ):
        done = run(*arguments(desk, *chosen), *option)
        assert done.returncode == 2
        assert f"{option[0]} is for one case alone" in done.stderr
        assert "--choices" in done.stderr
    assert not (desk / "out").exists()
    alone = run(*arguments(desk, chosen[0]), "--leave-out", "c1=private")
    assert alone.returncode == 0, alone.stderr


def test_a_statement_is_left_out_of_the_case_for_which_that_was_decided_alone(desk: Path) -> None:
    (desk / "choices.yaml").write_text("case-1.yaml: {left_out: {c1: it is private}}\n")
    chosen = cases(desk)[:2]
    done = run(*arguments(desk, *chosen), "--choices", str(desk / "choices.yaml"))
    assert done.returncode == 0, done.stderr
    shown = [
        json.loads(run("verify", desk / "out" / f"case-{n}.pdf", "--json").stdout)["shown"]
        for n in (1, 2)
    ]
    assert "claim/c1" not in shown[0]
    assert "claim/c1" in shown[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case-9.yaml: {pseudonym: Oak}", "no case case-9.yaml in this batch"),
        ("a.yaml: {pseudonym: Oak}\nb.yaml: {pseudonym: ' oak'}", "are under one pseudonym"),
        ("a.yaml: {pseudo: Oak}", "accepted: case file → pseudonym, answers, left_out"),
        ("- a.yaml", "accepted: case file"),
        ("a.yaml: [", "accepted: case file"),
    ],
)
def test_choices_that_fit_no_case_are_refused(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "choices.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_choices(file, [Path("a.yaml"), Path("b.yaml")])
    assert said in str(caught.value)


def test_a_killed_process_does_not_stop_the_batch(desk: Path) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("no /proc, by which the processes of a batch are found here")
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments(desk, *cases(desk))],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as started:
        try:
            os.kill(worker(started.pid), signal.SIGKILL)
            _, said = started.communicate(timeout=300)
        finally:
            started.kill()
    assert started.returncode == 5, said
    assert set(sealed(desk)) == {f"case-{n}.pdf" for n in (1, 2, 4, 5)}
    assert "4 of 5 sealed" in said
