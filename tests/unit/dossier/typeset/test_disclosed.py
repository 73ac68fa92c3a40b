"""What leaves the house, and what does not."""

import json
from datetime import date

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Message, Text, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.report import html_report
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.disclosed import (
    disclosable_case,
    disclosable_vetting,
    disclosed,
)
from safeconduct.dossier.typeset.values import Item
from safeconduct.dossier.vetting_json import vetting_object
from safeconduct.wording.language import LANGUAGES, Language, language


def test_the_disclosed_part_is_the_vetting_without_repairs(
    vetting: Vetting, english: Language
) -> None:
    whole = json.loads(json.dumps(vetting_object(vetting, english)))
    assert any(finding["repairs"] for finding in whole["findings"])
    for finding in whole["findings"]:
        del finding["repairs"]
    assert json.loads(disclosed(vetting, english)) == whole


def test_identifiers_of_findings_stay_what_they_were(vetting: Vetting) -> None:
    without = disclosable_vetting(vetting)
    assert [one.id for one in without.findings] == [one.id for one in vetting.findings]
    assert not any(one.repairs for one in without.findings)


def test_notes_and_remarks_of_the_staff_are_left_out_and_reasons_of_dates_stay(case: Case) -> None:
    kept = msgspec.json.encode(disclosable_case(case)).decode()
    gone = (
        "RESTRICTED-CANARY",
        "To be asked about the road",
        "said twice",
        "the date fits",
        "paper.jpg",
    )
    for words in (*gone, "A transcript that stays", "by hand"):
        assert words in msgspec.json.encode(case).decode()
        assert words not in kept
    assert "both were said" in kept


PEOPLE = (
    "applicant: {id: p1, names: [X]}\n"
    "tellings:\n"
    "  - id: t1\n"
    "    on: 2024-01-10\n"
    "    interpreter: INTERPRETER-CANARY\n"
    "    interviewer_role: lawyer\n"
    "    read_back: {on: 2024-01-12, language: ru, result: confirmed, interpreter: SECOND-CANARY}\n"
    "  - {id: t2, on: 2024-02-10}\n"
    "sources:\n"
    "  - id: s1\n"
    "    name: NAME-CANARY\n"
    "    kind: person\n"
    "    title: TITLE-CANARY\n"
    "    publisher: PUBLISHER-CANARY\n"
    "    address: ADDRESS-CANARY\n"
    "    reliability: C\n"
    "    reliability_reason: REASON-CANARY\n"
    "  - {id: s2, name: OTHER-CANARY}\n"
    "  - {id: s3, name: A register, kind: register, reliability_reason: kept since 1990}\n"
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_interpreters_and_sources_that_may_be_persons_stand_by_role_and_identifier(
    code: str, vetting: Vetting
) -> None:
    case = read_case(f"schema: safeconduct/case/1\nid: x\n{PEOPLE}".encode()).case
    assert "CANARY" not in msgspec.json.encode(disclosable_case(case)).decode()
    words = language(code)
    dossier = compose(case, vetting, words, {})
    said = msgspec.json.encode(dossier).decode()
    assert "CANARY" not in said
    items = {block.id: block for block in dossier.sections[4].blocks if isinstance(block, Item)}
    unnamed = words.text("dossier-unnamed")
    assert items["s1"].title[0].text == items["s2"].title[0].text == unnamed
    assert items["s3"].title[0].text == "A register"
    rows = {row.label: "".join(part.text for part in row.parts) for row in items["t1"].rows}
    assert rows[words.text("report-interpreter")] == unnamed
    assert rows[words.text("report-read-back")].endswith(unnamed)
    assert words.text("report-interpreter") not in {row.label for row in items["t2"].rows}
    assert words.text("dossier-withheld-names") in said


def test_the_working_report_of_those_who_prepare_the_case_keeps_the_names(
    vetting: Vetting, english: Language
) -> None:
    case = read_case(f"schema: safeconduct/case/1\nid: x\n{PEOPLE}".encode()).case
    html = html_report(case, vetting, english)
    assert "INTERPRETER-CANARY" in html
    assert "NAME-CANARY" in html


def test_repairs_of_any_wording_never_reach_the_attachment(
    vetting: Vetting, english: Language
) -> None:
    repair = Message("repair-month-off", {"claim": Text("REPAIR-CANARY")})
    findings = tuple(
        msgspec.structs.replace(finding, repairs=(repair,)) for finding in vetting.findings
    )
    told = disclosed(msgspec.structs.replace(vetting, findings=findings), english)
    assert b"REPAIR-CANARY" not in told


SOURCED = (
    "schema: safeconduct/case/1\nid: sourced\napplicant: {id: p1, names: [X]}\n"
    "sources: [{id: s1, kind: person, name: A}, {id: s2, kind: register, name: B}]\n"
    "evidence:\n"
    "  - {id: e1, what: a, source: s1, credibility: '2', credibility_reason: HIS-COUSIN-CANARY}\n"
    "  - {id: e2, what: b, source: s2, credibility: '2', credibility_reason: two copies agree}\n"
    "service: [{id: v1, unit: Unit 00000, role: driver, note: SERVICE-CANARY}]\n"
)


def test_why_what_a_person_gave_is_believed_stays_in_the_house() -> None:
    kept = msgspec.json.encode(disclosable_case(read_case(SOURCED.encode()).case)).decode()
    assert "HIS-COUSIN-CANARY" not in kept
    assert "two copies agree" in kept


def test_service_is_shown_as_stated_without_the_remark_on_it(english: Language) -> None:
    case = read_case(SOURCED.encode()).case
    vetting = vet(case, load_references(None), on=date(2024, 1, 1))
    shown = repr(compose(case, vetting, english, {}))
    assert "Unit 00000" in shown
    assert "SERVICE-CANARY" not in shown
