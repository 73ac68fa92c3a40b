"""The order of results: nothing is left out and nothing is counted."""

import msgspec

from safeconduct.casefile.findings import Because, Message, NotChecked, Outcome, Vetting
from safeconduct.dossier.grouping import OUTCOMES, findings_of, not_checked_by_check


def test_every_outcome_has_its_place() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert OUTCOMES[0] is Outcome.CONFLICTS


def test_every_finding_is_in_one_group(vetting: Vetting) -> None:
    shown = [finding.id for outcome in OUTCOMES for finding in findings_of(vetting, outcome)]
    assert sorted(shown) == sorted(finding.id for finding in vetting.findings)


def test_what_is_peripheral_stands_last_in_its_group(vetting: Vetting) -> None:
    marks = [finding.peripheral for finding in findings_of(vetting, Outcome.CONFLICTS)]
    assert marks == [False, True]


def test_what_is_said_twice_stands_once_and_cites_both(vetting: Vetting) -> None:
    one, other = (
        NotChecked(
            check="tellings",
            reason=Message("telling-after-the-day"),
            needs=Message("needs-day-of-telling"),
            because=(Because("telling", telling),),
        )
        for telling in ("t1", "t2")
    )
    groups = not_checked_by_check(msgspec.structs.replace(vetting, not_checked=(one, other)))
    assert [[b.id for b in entry.because] for entry in groups["tellings"]] == [["t1", "t2"]]


def test_what_needs_something_else_stands_by_itself(vetting: Vetting) -> None:
    one = NotChecked(check="x", reason=Message("a"), needs=Message("b"))
    other = NotChecked(check="x", reason=Message("a"), needs=Message("c"))
    groups = not_checked_by_check(msgspec.structs.replace(vetting, not_checked=(one, other)))
    assert groups == {"x": (one, other)}
