"""Each file of this folder: a small case, and the findings that it must and must not give."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeconduct.casefile.findings import Finding
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


def _examples() -> list[Any]:
    return [
        pytest.param(example, id=f"{file.stem}: {example['name']}")
        for file in FILES
        for example in yaml.safe_load_all(file.read_text(encoding="utf-8"))
    ]


def _matches(finding: Finding, expected: dict[str, Any]) -> bool:
    cited = [because.id for because in finding.because]
    return (
        finding.check == expected["check"]
        and finding.outcome.value == expected["outcome"]
        and expected.get("message", finding.message.id) == finding.message.id
        and expected.get("because", cited) == cited
        and set(expected.get("repairs", ())) <= {repair.id for repair in finding.repairs}
        and expected.get("peripheral", finding.peripheral) == finding.peripheral
    )


@pytest.mark.parametrize("example", _examples())
def test_a_case_gives_its_findings(example: dict[str, Any]) -> None:
    case = read_case(example["case"].encode()).case
    on = date.fromisoformat(str(example.get("on", "2024-11-02")))
    vetting = vet(case, load_references(None), on=on)
    told = [
        (f.check, f.outcome.value, f.message.id, [b.id for b in f.because])
        for f in vetting.findings
    ]
    for expected in example.get("gives", ()):
        found = [finding for finding in vetting.findings if _matches(finding, expected)]
        assert len(found) == 1, (expected, told)
    for refused in example.get("not", ()):
        found = [finding for finding in vetting.findings if _matches(finding, refused)]
        assert not found, (refused, told)
    for expected in example.get("not_checked", ()):
        reasons = [(one.check, one.reason.id) for one in vetting.not_checked]
        assert (expected["check"], expected["reason"]) in reasons, (expected, reasons)
