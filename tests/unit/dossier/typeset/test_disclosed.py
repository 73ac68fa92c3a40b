"""What leaves the house, and what does not."""

import json

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Message, Text, Vetting
from safeconduct.dossier.typeset.disclosed import (
    disclosable_case,
    disclosable_vetting,
    disclosed,
)
from safeconduct.dossier.vetting_json import vetting_object
from safeconduct.wording.language import Language


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


def test_repairs_of_any_wording_never_reach_the_attachment(
    vetting: Vetting, english: Language
) -> None:
    repair = Message("repair-month-off", {"claim": Text("REPAIR-CANARY")})
    findings = tuple(
        msgspec.structs.replace(finding, repairs=(repair,)) for finding in vetting.findings
    )
    told = disclosed(msgspec.structs.replace(vetting, findings=findings), english)
    assert b"REPAIR-CANARY" not in told
