"""The interview sheet: what was said and open questions, in four languages; never a repair."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when_values import When
from safeconduct.checks.asking import questions
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.interview import asked, sheet_html, sheet_text
from safeconduct.dossier.lettering import sentence
from safeconduct.wording.language import (
    LANGUAGES,
    SHEET_LANGUAGES,
    UnknownLanguage,
    language,
    sheet_language,
)

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FILES = sorted([*EXAMPLES.glob("planted/*.yaml"), EXAMPLES / "alexander/case.yaml"])


def vetted(file: Path) -> tuple[Case, Vetting]:
    case = read_case(file.read_bytes()).case
    return case, vet(case, load_references(None), on=date(2024, 11, 2))


def sheets(case: Case, vetting: Vetting, code: str) -> tuple[str, str]:
    words = sheet_language(code)
    shown = asked(case, questions(case, vetting), words)
    return sheet_text(case, shown, words), sheet_html(case, shown, words)


def one_line(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text).split())


@pytest.mark.parametrize("code", SHEET_LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_question_stands_on_the_sheet_once_with_its_identifier(file: Path, code: str) -> None:
    case, vetting = vetted(file)
    for sheet in sheets(case, vetting, code):
        for one in questions(case, vetting):
            assert sheet.count(one.id) == 1


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_finding_and_no_innocent_explanation_is_on_the_sheet(file: Path, code: str) -> None:
    case, vetting = vetted(file)
    words = language(code)
    for sheet in sheets(case, vetting, code):
        for finding in vetting.findings:
            assert finding.id not in sheet
            for message in (finding.message, *finding.repairs):
                assert sentence(message, words) not in one_line(sheet)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_questions_state_nothing_that_a_data_set_or_a_repair_holds(file: Path) -> None:
    """Dates of public events, expected forms and other places are known to the checks alone."""
    case, vetting = vetted(file)
    allowed = {"a", "b", "place_a", "place_b", "what", "claim", "claims", "name", "start", "end"}
    allowed |= {"document", "kind", "person"}
    for one in questions(case, vetting):
        assert set(one.message.parameters) <= allowed


def test_the_words_of_the_applicant_stand_before_those_of_the_caseworker() -> None:
    case, vetting = vetted(EXAMPLES / "alexander/case.yaml")
    text, html = sheets(case, vetting, "fr")
    claim = next(one for one in case.claims if one.words and one.id == "c2")
    assert one_line(claim.words or "")[:40] in one_line(text)
    assert one_line(claim.words or "")[:40] in one_line(html)


def test_an_answer_that_is_recorded_is_shown_and_the_question_is_not_open() -> None:
    case, vetting = vetted(EXAMPLES / "planted/order.yaml")
    first = questions(case, vetting)[0]
    answer = Answer(
        id="a1",
        question=first.id,
        asked="?",
        on=When(edtf="2024-05-06"),
        text="Сначала присяга.",
        language="ru",
    )
    held = msgspec.structs.replace(case, answers=(answer,))
    text, html = sheets(held, vetting, "en")
    assert "6 May 2024" in text
    assert "Сначала присяга." in html
    assert not next(one for one in questions(held, vetting) if one.id == first.id).is_open


def test_without_questions_the_sheet_says_so() -> None:
    case, vetting = vetted(EXAMPLES / "planted/nothing.yaml")
    nothing = msgspec.structs.replace(vetting, findings=())
    for sheet in sheets(case, nothing, "uk"):
        assert "Відкритих запитань немає." in sheet


def test_case_text_is_escaped_and_shown_as_it_stands() -> None:
    case, vetting = vetted(EXAMPLES / "planted/order.yaml")
    hostile = "<script>alert(1)</script> {{ 7*7 }} \u2028"
    claims = tuple(msgspec.structs.replace(one, text=hostile, words=None) for one in case.claims)
    case = msgspec.structs.replace(case, claims=claims)
    _, html = sheets(case, vetting, "en")
    assert "<script" not in html
    assert "{{ 7*7 }}" in html
    assert "&lt;script&gt;" in html


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    case, vetting = vetted(EXAMPLES / "alexander/case.yaml")
    _, html = sheets(case, vetting, "en")
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe|object|form|input)\b", html)
    assert not re.search(r"(href|src)=", html)


def test_lines_are_no_longer_than_asked_for() -> None:
    case, vetting = vetted(EXAMPLES / "alexander/case.yaml")
    words = sheet_language("ru")
    text = sheet_text(case, asked(case, questions(case, vetting), words), words, width=60)
    assert max(len(line) for line in text.splitlines()) <= 60


def test_ukrainian_is_for_sheets_alone() -> None:
    with pytest.raises(UnknownLanguage, match=r"en, fr, ru$"):
        language("uk")
    with pytest.raises(UnknownLanguage, match="en, fr, ru, uk"):
        sheet_language("de")
