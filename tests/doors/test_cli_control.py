"""`safeconduct control …`: fixed before, put, answered, shown, judged; and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import KINDS
from safeconduct.cli import sealing
from safeconduct.cli.control import control
from safeconduct.reference.catalogue import Catalogue
from safeconduct.vault.age import open_sealed, seal

EXAMPLE = Path(__file__).parents[2] / "examples" / "control-pack" / "fictional.jsonl"
CASE = """\
# Kept by hand.
schema: safeconduct/case/1
id: x   # short
applicant:
  id: p1
  names: [Иван]
  documents:
    - {id: d1, kind: other, answered: {on: 2024-10-02, text: issued to him}}   # kept
claims:
  - {id: c1, kind: statement, text: He served.}
"""


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a case and a catalogue that holds the example pack."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(sealing.ENVIRONMENT, raising=False)
    (tmp_path / "x.yaml").write_text(CASE)
    Catalogue(tmp_path / "refs").add(
        EXAMPLE,
        "control-pack",
        KINDS["control-pack"],
        id="fictional",
        title="Example",
        origin="invented",
        licence="none",
        completeness="invented",
    )


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(control, [*arguments, "--plain"], input=text)


def fix(
    *rows: str, answers: str = "fixed.json", on: str = "2024-10-10", case: str = "x.yaml"
) -> Result:
    claim = ("--claim", "c1", "--by", "RC", "--on", on, "--references", "refs")
    return run("fix", case, "fictional", *rows, *claim, "--answers", answers)


def test_the_case_gets_the_question_and_a_hash_and_keeps_every_other_byte() -> None:
    done = fix("veshnyaki-pay", "veshnyaki-gate")
    assert done.exit_code == 0, done.output
    text = Path("x.yaml").read_text()
    assert text.startswith(CASE)
    case = read_case(text.encode()).case
    assert [one.id for one in case.controls] == ["w1", "w2"]
    assert case.controls[0].row == "veshnyaki-pay"
    assert case.controls[0].pack == "control-pack/fictional@2026-11-23"
    assert case.controls[0].commitment in done.stdout
    for answer in ("canteen", "water tower"):
        assert answer not in text
        assert answer not in done.output


def test_the_answers_stand_in_a_file_of_their_own_with_a_salt_each() -> None:
    fix("veshnyaki-pay", "veshnyaki-gate")
    found = json.loads(Path("fixed.json").read_text())
    assert found["schema"] == "safeconduct/control-answers/1"
    assert "canteen" in found["answers"][0]["expected"]
    assert len({one["salt"] for one in found["answers"]}) == 2
    assert all(len(one["salt"]) == 64 for one in found["answers"])


def test_a_file_of_answers_that_is_there_is_never_written_over() -> None:
    fix("veshnyaki-pay")
    before = Path("x.yaml").read_bytes(), Path("fixed.json").read_bytes()
    again = fix("veshnyaki-gate")
    assert again.exit_code == 2
    assert "there already" in again.output
    assert (Path("x.yaml").read_bytes(), Path("fixed.json").read_bytes()) == before


def test_further_answers_are_fixed_under_further_identifiers() -> None:
    fix("veshnyaki-pay")
    assert fix("veshnyaki-gate", answers="more.json").exit_code == 0
    assert json.loads(Path("more.json").read_text())["answers"][0]["id"] == "w2"
    assert "DOES NOT" not in run("show", "x.yaml", "more.json").output


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("fix", "x.yaml", "fictional", "nothing", "--claim", "c1"), "no question `nothing`"),
        (("fix", "x.yaml", "other", "veshnyaki-pay", "--claim", "c1"), "control-pack/other"),
        (("fix", "x.yaml", "fictional", "veshnyaki-pay", "--claim", "c9"), "c9"),
        (
            ("fix", "x.yaml", "fictional", "veshnyaki-pay", "--claim", "c1", "--language", "de"),
            "accepted: en, fr, ru, uk",
        ),
    ],
)
def test_what_cannot_be_fixed_writes_nothing(arguments: tuple[str, ...], found: str) -> None:
    more = ("--by", "RC", "--references", "refs", "--answers", "fixed.json")
    done = run(*arguments, *more)
    assert done.exit_code == 2
    assert found in done.output
    assert Path("x.yaml").read_text() == CASE
    assert not Path("fixed.json").exists()


def test_an_interview_from_fixing_to_judging() -> None:
    fix("veshnyaki-pay")
    asked = ("--on", "2024-10-14", "--language", "ru", "--by", "RC", "--interpreter", "A.")
    done = run("answer", "x.yaml", "w1", "--file", "-", *asked, text="наличными, из окна\n")
    assert done.exit_code == 0, done.output
    shown = run("show", "x.yaml", "fixed.json")
    assert shown.exit_code == 0
    assert "the hash holds" in shown.output
    assert "наличными, из окна (2024-10-14)" in shown.output
    assert "state:    answered" in shown.output
    judged = run(
        *("judge", "x.yaml", "w1", "--matched", "--by", "RC", "--on", "2024-10-15"),
        *("--reason", "window and cash"),
    )
    assert judged.exit_code == 0, judged.output
    (one,) = read_case(Path("x.yaml").read_bytes()).case.controls
    assert one.asked
    assert one.answered
    assert one.compared
    assert (one.asked.by, one.answered.interpreter, one.compared.result) == ("RC", "A.", "matched")
    assert Path("x.yaml").read_text().startswith(CASE)


@pytest.mark.parametrize("what", ["expected", "salt", "id"])
def test_an_answer_that_was_changed_is_found(what: str) -> None:
    fix("veshnyaki-pay")
    fixed = json.loads(Path("fixed.json").read_text())
    other = {"expected": "on a card", "salt": "ab" * 32, "id": "w7"}
    fixed["answers"][0][what] = other[what]
    Path("fixed.json").write_text(json.dumps(fixed))
    done = run("show", "x.yaml", "fixed.json")
    assert done.exit_code == 3
    assert "THE HASH DOES NOT HOLD" in done.output


def test_answers_of_another_case_and_other_files_are_refused() -> None:
    fix("veshnyaki-pay")
    Path("y.yaml").write_text(CASE.replace("id: x ", "id: y "))
    assert "of the case x" in run("show", "y.yaml", "fixed.json").output
    for wrong in ("x.yaml", "absent.json"):
        assert run("show", "x.yaml", wrong).exit_code == 2


def test_a_refusal_is_recorded_and_leaves_nothing_to_judge() -> None:
    fix("veshnyaki-pay")
    assert run("answer", "x.yaml", "w1", "--refused").exit_code == 0
    done = run("judge", "x.yaml", "w1", "--not-matched", "--by", "RC", "--reason", "x")
    assert done.exit_code == 2
    assert "nothing came back" in done.output


def test_what_was_answered_is_not_written_over() -> None:
    done = run("answer", "x.yaml", "d1", "--refused")
    assert done.exit_code == 2
    assert Path("x.yaml").read_text() == CASE


def test_a_paper_is_judged_where_it_stands() -> None:
    done = run("judge", "x.yaml", "d1", "--matched", "--by", "RC", "--reason", "number")
    assert done.exit_code == 0, done.output
    (paper,) = read_case(Path("x.yaml").read_bytes()).case.documents()
    assert paper.compared
    assert "   # kept" in Path("x.yaml").read_text()


def test_nothing_is_judged_without_saying_which() -> None:
    done = run("judge", "x.yaml", "d1", "--by", "RC", "--reason", "x")
    assert done.exit_code == 2
    assert run("judge", "x.yaml", "w9", "--matched", "--by", "RC", "--reason", "x").exit_code == 2


def test_answers_to_a_sealed_case_are_sealed_too() -> None:
    Path("secret").write_text("correct horse\n")
    Path("x.yaml.age").write_bytes(seal(CASE.encode(), passphrase="correct horse"))
    claim = ("--claim", "c1", "--by", "RC", "--references", "refs", "--answers", "fixed.json")
    opening = ("--passphrase-file", "secret")
    done = run("fix", "x.yaml.age", "fictional", "veshnyaki-pay", *claim, *opening)
    assert done.exit_code == 0, done.output
    assert not Path("fixed.json").exists()
    sealed = Path("fixed.json.age").read_bytes()
    assert b"canteen" in open_sealed(sealed, passphrase="correct horse")
    shown = run("show", "x.yaml.age", "fixed.json.age", *opening)
    assert "the hash holds" in shown.output
