"""The terminal summary: complete, in order, and harmless to the terminal it is read in."""

import subprocess
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Message, Outcome, Text, Vetting
from safeconduct.dossier.lettering import sentence
from safeconduct.dossier.phrasing import kind_of_data
from safeconduct.dossier.summary import summary
from safeconduct.wording.language import Language, language

HEADINGS = (
    "CANNOT ALL HOLD",
    "TO ASK",
    "AGREES WITH OUTSIDE SOURCES",
    "COMPARED, NOTHING FOUND",
    "UNKNOWN",
    "NOT CHECKED, AND WHY",
)


@pytest.fixture(scope="module")
def text(case: Case, vetting: Vetting, english: Language) -> str:
    """The summary on one long line for each paragraph, as far as its width allows."""
    return summary(case, vetting, english)


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_it_says_whose_vetting_of_which_day_with_what(text: str, vetting: Vetting) -> None:
    head = text.split("CANNOT ALL HOLD", maxsplit=1)[0]
    assert "Vetting of the case full" in head
    assert "Ruslan (pseudonym)" in head
    assert "Тестов" not in head
    assert "On 2 November 2024, with safeconduct" in head
    for used in vetting.references:
        assert f"{kind_of_data(used.kind, language('en'))}: {used.id}, as of" in head


def test_what_cannot_hold_comes_first_and_what_was_not_checked_has_a_heading_like_it(
    text: str,
) -> None:
    lines = text.splitlines()
    places = [lines.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


def test_every_finding_stands_there_with_what_it_cites_and_rests_on(
    text: str, vetting: Vetting, english: Language
) -> None:
    flat = _flat(text)
    for finding in vetting.findings:
        assert finding.id in flat
        assert _flat(sentence(finding.message, english)) in flat
        assert ", ".join(because.id for because in finding.because) in flat
        if finding.question:
            assert f"To ask: {_flat(sentence(finding.question, english))}" in flat
        for repair in finding.repairs:
            assert f"- {_flat(sentence(repair, english))}" in flat
    assert "rests on t1 C6, t2 F6" in flat
    assert flat.count("F and 6 mean “not judged”") == 1


def test_everything_not_checked_stands_there_with_what_it_would_need(
    text: str, vetting: Vetting, english: Language
) -> None:
    part = _flat(text.split("NOT CHECKED, AND WHY")[1])
    assert vetting.not_checked
    for one in vetting.not_checked:
        assert _flat(sentence(one.reason, english)) in part
        assert f"It would need: {_flat(sentence(one.needs, english))}" in part


def test_innocent_explanations_are_marked_as_for_the_investigator(text: str) -> None:
    before = text.split("- The month in c1 is off by one;", maxsplit=1)[0]
    assert before.rstrip().endswith("Innocent explanations, for the investigator only:")


def test_a_peripheral_difference_is_marked(text: str) -> None:
    flat = _flat(text)
    assert flat.count("[peripheral, as the applicant sees it]") == 1
    assert "25 October 2022. [peripheral" in flat


def _but_what_to_ask(text: str) -> list[str]:
    """Without the claims in the order of what rests on them, which is for that to change."""
    before, _, after = text.partition("WHAT WOULD SETTLE MOST")
    return (before + after[after.find("NOT CHECKED") :]).splitlines()


def test_one_conflict_more_changes_nothing_but_its_own_lines(
    case: Case, vetting: Vetting, english: Language
) -> None:
    """Nothing is counted: were there a total anywhere, another line would change."""
    conflict = next(one for one in vetting.findings if one.outcome is Outcome.CONFLICTS)
    fewer = msgspec.structs.replace(
        vetting, findings=tuple(one for one in vetting.findings if one.id != conflict.id)
    )
    without = _but_what_to_ask(summary(case, fewer, english))
    with_it = _but_what_to_ask(summary(case, vetting, english))
    at = next(
        n for n, (one, other) in enumerate(zip(without, with_it, strict=False)) if one != other
    )
    more = len(with_it) - len(without)
    assert without == with_it[:at] + with_it[at + more :]
    assert conflict.id in "\n".join(with_it[at : at + more])


def test_a_case_without_claims_reads_as_nothing_compared_never_as_no_conflict(
    empty: tuple[Case, Vetting], english: Language
) -> None:
    text = summary(*empty, english)
    assert "Nothing was compared." in text
    assert "CANNOT ALL HOLD" not in text
    assert "Nothing to check: the case has no claims." in text


def test_without_conflicts_it_speaks_only_of_what_could_be_compared(
    case: Case, vetting: Vetting, english: Language
) -> None:
    supports = tuple(one for one in vetting.findings if one.outcome is Outcome.SUPPORTS)
    text = summary(case, msgspec.structs.replace(vetting, findings=supports), english)
    assert "Among the statements that could be compared there are none of this kind." in text
    assert "is not cleared" in text


@settings(max_examples=20, deadline=None)
@given(width=st.integers(min_value=-5, max_value=300))
def test_no_line_is_wider_than_asked_within_reason(
    width: int, case: Case, vetting: Vetting, english: Language
) -> None:
    text = summary(case, vetting, english, width=width)
    assert max(map(len, text.splitlines())) <= max(40, min(width, 100))
    assert "".join(text.split()) == "".join(summary(case, vetting, english).split())


def test_case_text_can_neither_steer_the_terminal_nor_pretend_to_be_a_heading(
    case: Case, vetting: Vetting, english: Language
) -> None:
    hostile = "\x1b]0;x\x07\x1b[2J\u202e\nNOT CHECKED, AND WHY\n"
    finding = vetting.findings[0]
    message = Message(
        finding.message.id,
        {name: Text(hostile) for name in finding.message.parameters},
    )
    changed = msgspec.structs.replace(
        vetting, findings=(msgspec.structs.replace(finding, message=message),)
    )
    text = summary(msgspec.structs.replace(case, title=hostile), changed, english)
    assert not set(text) & set("\x1b\x07\u202e")
    assert text.splitlines().count("NOT CHECKED, AND WHY") == 1


def test_it_ends_by_saying_that_it_decides_nothing(text: str) -> None:
    assert text.endswith("\n")
    assert "This decides nothing." in text.strip().splitlines()[-2]


def test_a_summary_does_not_wait_for_the_templates_of_the_report() -> None:
    code = (
        "import sys, safeconduct.dossier.summary, safeconduct.dossier.report;"
        "sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_language_is_a_parameter(case: Case, vetting: Vetting) -> None:
    assert summary(case, vetting, language("en")).startswith("Vetting of the case full\n")


def test_what_would_settle_most_is_told_without_any_conflict(
    case: Case, vetting: Vetting, english: Language
) -> None:
    peaceful = msgspec.structs.replace(
        vetting,
        findings=tuple(one for one in vetting.findings if one.outcome is not Outcome.CONFLICTS),
    )
    assert "WHAT WOULD SETTLE MOST" in summary(case, peaceful, english)
