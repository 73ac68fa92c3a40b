"""The HTML report: complete, well formed, and harmless whatever the case says."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from tests.unit.dossier.page import Page

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Outcome, Vetting
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.lettering import sentence
from safeconduct.dossier.report import html_report
from safeconduct.wording.language import Language

ON = date(2024, 11, 2)
HOSTILE = '"><script>a(1)</script><img src=x onerror=a(2)>{{ 7*7 }}{% x %}&lt;\x1b\u202e\x00'
SHOWN = (
    '"><script>a(1)</script><img src=x onerror=a(2)>{{ 7*7 }}{% x %}&lt;[U+001B][U+202E][U+0000]'
)
FREE_TEXT = """
title text words translation note organisation responsible name interpreter relation
value interviewer_role transcript unit role rank scope purpose legal_basis recorded_by
by tool query what reliability_reason credibility_reason publisher address file number
issuer because one_of
"""
ATTRIBUTES = """
lang charset http-equiv content name class href id tabindex aria-labelledby aria-label
role aria-hidden focusable viewbox width height fill stroke stroke-width stroke-linecap
d cx cy r x y stroke-dasharray dir open
"""


@pytest.fixture(scope="module")
def html(case: Case, vetting: Vetting, english: Language) -> str:
    """The report of the full case."""
    return html_report(case, vetting, english)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    """The same, read."""
    return Page(html)


def _with_text(value: Any, text: str, key: str = "") -> Any:
    """Builtins of a case with all free text replaced."""
    if isinstance(value, dict):
        kept = _choices(value)
        return {k: v if k in kept else _with_text(v, text, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text(one, text, key) for one in value]
    return text if key in FREE_TEXT.split() and isinstance(value, str) else value


def _choices(value: dict[str, Any]) -> frozenset[str]:
    """Which fields of that name are no free text here: a journey's means."""
    return frozenset({"by"} if value.get("kind") == "journey" else ())


def _changed(case: Case, text: str) -> Case:
    return msgspec.convert(_with_text(msgspec.to_builtins(case), text), Case, strict=False)


def _report(case: Case, english: Language) -> str:
    return html_report(case, vet(case, load_references(None), on=ON), english)


def test_it_is_one_file_without_script_or_outside_request(html: str, page: Page) -> None:
    assert not page.tags() & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert all(address.startswith("#") for address in page.all("href"))
    assert not page.all("src")
    assert not page.all("style")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert any(value.startswith(policy) for value in page.all("content"))
    style = html.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_same_vetting_gives_the_same_bytes(
    case: Case, vetting: Vetting, english: Language, html: str
) -> None:
    assert html_report(case, vetting, english) == html


def test_identifiers_are_unique_and_every_link_leads_somewhere(page: Page) -> None:
    identifiers = page.all("id")
    assert len(identifiers) == len(set(identifiers))
    targets = {address[1:] for address in page.all("href")}
    assert targets <= set(identifiers)
    assert set(page.all("aria-labelledby")) <= set(identifiers)


def test_headings_do_not_skip_a_level_and_there_is_one_title(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"main", "nav", "header", "footer"} <= page.tags()


def test_every_finding_stands_there_with_what_it_says_asks_and_cites(
    page: Page, vetting: Vetting, english: Language
) -> None:
    for finding in vetting.findings:
        assert finding.id in page.all("id")
        messages = (finding.message, *finding.repairs)
        for message in (*messages, finding.question) if finding.question else messages:
            assert " ".join(sentence(message, english).split()) in page.text
    assert "Rests on t1 C6, t2 F6" in page.text
    assert "(public events “safeconduct”, as of 22 November 2026)" in page.text


def test_everything_not_checked_stands_there_with_what_it_would_need(
    page: Page, vetting: Vetting, english: Language
) -> None:
    part = page.text.split("Not checked, and why")[-1]
    assert vetting.not_checked
    for one in vetting.not_checked:
        assert sentence(one.reason, english) in part
        assert f"It would need {sentence(one.needs, english)}" in part


def test_what_was_not_checked_looks_as_weighty_as_a_finding(html: str) -> None:
    heading = re.compile(r'<h3 id="([a-z-]+)"><svg class="sign"')
    assert heading.findall(html) == [*(one.value for one in _order()), "not-checked"]
    part = html.split('<h3 id="not-checked">')[1].split("</main>")[0]
    assert '<section class="finding short">' in part


def _order() -> tuple[Outcome, ...]:
    return (
        Outcome.CONFLICTS,
        Outcome.ASKS,
        Outcome.SUPPORTS,
        Outcome.NOTHING_FOUND,
        Outcome.UNKNOWN,
    )


def test_cited_claims_stand_beside_the_finding_as_told(html: str) -> None:
    finding = html.split('<h3 id="conflicts">')[1].split("</article>")[0]
    assert "Он был в части." in finding
    assert '<p dir="auto" lang="ru">я был в части с мая</p>' in finding
    assert "I was with the unit from May on" in finding
    assert "Words of the applicant, in Russian" in finding
    assert "00:12:31" in finding
    assert 'href="#c1"' in finding


def test_innocent_explanations_are_shown_and_marked_as_for_the_investigator(html: str) -> None:
    boxes = re.findall(r'<details class="repairs" open>.*?</details>', html, re.DOTALL)
    assert boxes
    assert all("Innocent explanations, for the investigator only" in box for box in boxes)
    outside = re.sub(r'<details class="repairs" open>.*?</details>', "", html, flags=re.DOTALL)
    assert "is off by one" not in outside


def test_every_part_of_the_case_is_there(page: Page) -> None:
    for told in (
        "Office of Trials",
        "Руслан Тестов (legal name)",
        "Ruslan (pseudonym)",
        "April 1995",
        "40 10 123456",
        "a photograph on a telephone",
        "to find a witness",
        "confirmed, 12 January 2024, Russian",
        "kept in the case file",
        "before c3, at least 24 hours, at most 3 months, “shortly before”",
        "open between white and silver. both were said",
        "after “Decree No. 647 announces partial mobilisation in Russia”",
        "“у границы” (51.2, 51.4, within 30 km)",
        "e1 F3: supports. the date fits",
        "C: heard once",
        "3: legible in part",
        "11 January 2024: received, R. Caseworker. by hand",
        "Nothing found",
        "no entry",
        "To be asked about the road.",
        "Unit 00000",
    ):
        assert told in page.text


def test_an_unjudged_grade_is_shown_as_unjudged_not_left_out(page: Page) -> None:
    assert "A register (register) Reliability of the source F" in page.text


def test_restricted_notes_transcripts_and_machine_readable_lines_are_left_out(
    case: Case, vetting: Vetting, english: Language
) -> None:
    paper = msgspec.structs.replace(case.applicant.documents[0], mrz=("P<MRZ-CANARY",))
    applicant = msgspec.structs.replace(case.applicant, documents=(paper,))
    html = html_report(msgspec.structs.replace(case, applicant=applicant), vetting, english)
    for kept in ("RESTRICTED-CANARY", 'id="n2"', "MRZ-CANARY", "A transcript that stays"):
        assert kept not in html


def test_names_in_other_scripts_are_marked_with_language_and_direction(html: str) -> None:
    assert '<bdi lang="ar">سامي الاختبار</bdi>' in html
    assert '<bdi lang="ru">Руслан Тестов</bdi>' in html
    assert '<html lang="en">' in html


def test_hostile_text_in_every_field_stays_text(case: Case, english: Language) -> None:
    html = _report(_changed(case, HOSTILE), english)
    page = Page(html)
    assert not page.tags() & {"script", "img"}
    assert {name for one in page.elements for name in one.attributes} <= {*ATTRIBUTES.split()}
    assert page.text.count(SHOWN) > 60
    assert not set(html) & set("\x00\x1b\u202e")
    assert html.isprintable() is False  # line breaks, and nothing else
    assert html.replace("\n", "").replace("\u2068", "").isprintable()


def test_hostile_identifiers_open_no_attribute(
    case: Case, vetting: Vetting, english: Language
) -> None:
    claim = msgspec.structs.replace(case.claims[0], id='c"><script>')
    changed = msgspec.structs.replace(case, id=HOSTILE, claims=(claim,))
    page = Page(html_report(changed, msgspec.structs.replace(vetting, case=HOSTILE), english))
    assert "script" not in page.tags()


def test_a_case_with_400_claims_shows_each_of_them(large: Case, english: Language) -> None:
    page = Page(_report(large, english))
    assert {f"c{number}" for number in range(1, 401)} <= set(page.all("id"))
    in_order = [one for one in page.all("id") if re.fullmatch("c[0-9]+", one)]
    assert in_order == [f"c{number}" for number in range(1, 401)]


def test_a_case_without_claims_reads_as_nothing_compared(
    empty: tuple[Case, Vetting], english: Language
) -> None:
    page = Page(html_report(*empty, english))
    assert "Nothing was compared." in page.text
    assert "The case has no claims." in page.text
    assert "conflicts" not in page.all("id")
    assert "not-checked" in page.all("id")


def test_a_vetting_without_data_sets_says_so(
    case: Case, vetting: Vetting, english: Language
) -> None:
    html = html_report(case, msgspec.structs.replace(vetting, references=()), english)
    assert "No data set was at hand." in html


def test_one_conflict_more_changes_nothing_but_its_own_place(
    case: Case, vetting: Vetting, english: Language, page: Page
) -> None:
    """Nothing is counted: were there a total anywhere, text elsewhere would change."""
    conflict = next(one for one in vetting.findings if one.outcome is Outcome.CONFLICTS)
    left = tuple(one for one in vetting.findings if one.id != conflict.id)
    fewer = Page(html_report(case, msgspec.structs.replace(vetting, findings=left), english))
    before, after = (one.text.split("Findings What was")[0] for one in (page, fewer))
    assert before == after
    before, after = (
        # What to ask for next is ranked by the conflicts, and says so.
        re.sub("What would settle most Something.*?Not checked, and why", "", text)
        for text in (one.text.split("To ask What is open")[-1] for one in (page, fewer))
    )
    assert before.replace(f"{conflict.id}, ", "") == after
