"""The planted examples give what their README says: each row of its table, in the file it names."""

import re
from datetime import date
from pathlib import Path

import pytest

from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet

FOLDER = Path(__file__).parents[2] / "examples/planted"
ROW = re.compile(
    r"^\| `?(?P<file>[a-z-]+)`? \| (?P<cites>[^|]*) \| (?P<kind>[^|]*) \| `(?P<outcome>[^`]*)` \|"
)


def _rows() -> list[tuple[str, list[str], str]]:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := ROW.match(line))]
    return [(row["file"], re.findall(r"[a-z]\d+", row["cites"]), row["outcome"]) for row in found]


def test_every_planted_file_is_in_the_table() -> None:
    assert {row[0] for row in _rows()} == {file.stem for file in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize(("file", "cites", "outcome"), _rows())
def test_a_planted_example_gives_what_its_readme_says(
    file: str, cites: list[str], outcome: str
) -> None:
    case = read_case((FOLDER / f"{file}.yaml").read_bytes()).case
    vetting = vet(case, load_references(None), on=date(2024, 11, 2))
    given = [
        (f"{finding.check} {finding.outcome.value}", [because.id for because in finding.because])
        for finding in vetting.findings
    ]
    unchecked = [
        (f"{one.check} not-checked", [because.id for because in one.because])
        for one in vetting.not_checked
    ]
    about = [name for name, cited in [*given, *unchecked] if set(cites) <= set(cited)]
    if outcome.startswith("no "):
        assert outcome.removeprefix("no ") not in about, given
    else:
        assert outcome in about, (given, unchecked)
