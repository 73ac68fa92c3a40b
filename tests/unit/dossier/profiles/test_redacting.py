"""What a profile leaves out is gone, and no check is cited by half."""

from datetime import date

import msgspec
import pytest

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.weighing import Expectation
from safeconduct.casefile.when_values import When
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.profiles.choices import ChoiceRefused, Choices
from safeconduct.dossier.profiles.itemising import disclosure, finding_items
from safeconduct.dossier.profiles.profile import SHIPPED, LeftOut, Profile, shipped_profile
from safeconduct.dossier.profiles.redacting import redact
from safeconduct.dossier.profiles.remains import NameRemains
from safeconduct.dossier.sealing.manifest import Disclosure, Terms, refuse_unseen
from safeconduct.wording.language import language

BY = "R. Caseworker"
PLAIN = Choices(answers_for=BY, pseudonym="Oak")
TERMS = Terms(recipient="X", purpose="y", issued=date(2024, 11, 2), expires=date(2024, 12, 2))


def shown(case: Case, vetting: Vetting, profile: Profile, choices: Choices = PLAIN) -> Disclosure:
    redacted = redact(case, vetting, profile, choices)
    return disclosure(redacted, profile, choices, language("en"))


def text(value: object) -> str:
    return msgspec.json.encode(value).decode()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_profile_lists_every_check_and_hides_nothing(
    case: Case, vetting: Vetting, name: str
) -> None:
    found = shown(case, vetting, shipped_profile(name))
    refuse_unseen(found, TERMS)
    listed = {run.check for run in found.checks}
    assert listed >= {one.check for one in vetting.findings}
    assert listed >= {one.check for one in vetting.not_checked}
    own = {one.id: one.value["id"] for one in found.items if one.kind == "finding"}
    for run in found.checks:
        every = {one.id for one in vetting.findings if one.check == run.check}
        assert {own[one] for one in run.findings} == (set() if run.withheld else every)
        if run.withheld:
            assert run.withheld.answers_for == BY
            assert run.not_checked == 0


@pytest.mark.parametrize("name", SHIPPED)
def test_no_profile_lets_remarks_repairs_or_transcripts_out(
    case: Case, vetting: Vetting, name: str
) -> None:
    out = text(shown(case, vetting, shipped_profile(name)).items)
    for words in (
        "RESTRICTED-CANARY",
        "said twice",
        "chosen by himself",
        "a photograph on a telephone",
        "A transcript that stays",
        "repairs",
        "consent of 3 March 2024",
    ):
        assert words not in out


def test_the_consulate_gets_name_papers_and_claims_and_no_third_person(
    case: Case, vetting: Vetting
) -> None:
    found = shown(case, vetting, shipped_profile("consulate"))
    out = text(found.items)
    for words in ("Руслан Тестов", "40 10 123456", "Orenburg", "я был в части с мая"):
        assert words in out
    assert "سامي" not in out
    assert found.subject.item == "person"
    assert any("Third persons" in one.reason for one in found.omissions)


def test_the_copy_that_names_nothing_names_nothing(case: Case, vetting: Vetting) -> None:
    found = shown(case, vetting, shipped_profile("applicant"))
    out = text((found.items, found.references, found.subject))
    for words in ("Тестов", "Ruslan", "RU", "1995", "male", "Rostov", "c1", "geonames"):
        assert words not in out
    assert [one.id for one in found.items] == ["person"]


def test_a_claim_left_out_takes_along_every_check_that_rests_on_it(
    case: Case, vetting: Vetting
) -> None:
    choices = msgspec.structs.replace(PLAIN, left_out={"c2": "it concerns his parents"})
    profile = shipped_profile("lawyer")
    found = shown(case, vetting, profile, choices)
    citing = {
        one.check for one in vetting.findings if any(because.id == "c2" for because in one.because)
    }
    assert citing
    withheld = {run.check for run in found.checks if run.withheld}
    assert citing <= withheld
    assert withheld != {run.check for run in found.checks}
    # The choice itself is named, with its reason; nothing else speaks of the claim.
    assert [one.reason for one in found.omissions] == ["it concerns his parents"]
    rest = text(found.items)
    assert '"c2"' not in rest
    assert "parents" not in rest


def test_relations_to_a_claim_that_is_left_out_go_too(case: Case, vetting: Vetting) -> None:
    choices = msgspec.structs.replace(PLAIN, left_out={"c3": "x"})
    kept = redact(case, vetting, shipped_profile("lawyer"), choices).case
    assert any(one.relations for one in case.claims)
    assert not any(one.relations or one.retells for one in kept.claims)


def test_without_anything_left_out_no_check_is_withheld(case: Case, vetting: Vetting) -> None:
    found = shown(case, vetting, shipped_profile("lawyer"))
    assert not any(run.withheld for run in found.checks)
    findings = set(finding_items(vetting).values())
    assert {one.id for one in found.items if one.kind == "finding"} == findings


def test_the_name_of_an_item_holds_nothing_of_what_a_finding_says(
    case: Case, vetting: Vetting
) -> None:
    found = shown(case, vetting, shipped_profile("lawyer"))
    names = text((found.checks, [one.id for one in found.items]))
    assert vetting.findings
    assert not any(one.id in names for one in vetting.findings)


def test_screening_against_lists_is_named_and_withheld(case: Case, vetting: Vetting) -> None:
    lists = msgspec.structs.replace(vetting.references[0], kind="watchlist", id="l")
    screened = msgspec.structs.replace(vetting, references=(*vetting.references, lists))
    found = shown(case, screened, shipped_profile("lawyer"))
    (run,) = (one for one in found.checks if one.check == "identity-screening")
    assert run.withheld is not None
    assert "watchlists" in run.withheld.reason


@pytest.mark.parametrize(
    ("name", "change", "because"),
    [
        ("lawyer", {"answers_for": " "}, "whoever answers for"),
        ("lawyer", {"answers_for": "\u200b"}, "whoever answers for"),
        ("lawyer", {"left_out": {"c99": "x"}}, "no c99"),
        ("lawyer", {"left_out": {"p1": "x"}}, "no p1"),
        ("lawyer", {"left_out": {"c2": " "}}, "reason why c2"),
        ("lawyer", {"left_out": {"c2": "\u2060"}}, "reason why c2"),
        ("lawyer", {"left_out": {"c2": "x\n- The account: all shown"}}, "line break"),
        ("consulate", {"answers": {"links": ""}}, "statement links is empty"),
        ("lawyer", {"answers": {"links": "x"}}, "does not ask"),
        ("applicant", {"pseudonym": None}, "pseudonym"),
    ],
)
def test_choices_that_do_not_fit_are_refused(
    case: Case, vetting: Vetting, name: str, change: dict[str, object], because: str
) -> None:
    choices = msgspec.structs.replace(PLAIN, **change)
    with pytest.raises(ChoiceRefused, match=because):
        redact(case, vetting, shipped_profile(name), choices)


def test_what_the_recipient_asks_is_an_item_of_its_own(case: Case, vetting: Vetting) -> None:
    choices = msgspec.structs.replace(PLAIN, answers={"links": "A cousin lives in Lyon."})
    found = shown(case, vetting, shipped_profile("consulate"), choices)
    (item,) = (one for one in found.items if one.kind == "statement")
    assert item.id == "statement/links"
    assert item.value["answer"] == "A cousin lives in Lyon."
    assert item.value["stated_by"] == BY


def test_an_answer_goes_as_an_item_and_stays_with_any_claim_that_it_is_about(
    case: Case, vetting: Vetting
) -> None:
    first, second = case.claims[:2]
    answer = Answer(
        id="a1",
        question="q0123456789",
        asked="When was this?",
        on=When(edtf="2024-05-06"),
        text="In the answer's own words.",
        interpreter="Olga",
        note="a remark of the staff",
        about=(first.id, second.id),
    )
    held = msgspec.structs.replace(case, answers=(answer,))
    profile = shipped_profile("lawyer")
    items = {one.id: one for one in shown(held, vetting, profile).items}
    assert "own words" in text(items["answer/a1"].value)
    assert "Olga" not in text(items["answer/a1"].value)
    assert "remark of the staff" not in text(list(items.values()))
    choices = msgspec.structs.replace(PLAIN, left_out={second.id: "it is not needed"})
    redacted = redact(held, vetting, profile, choices)
    assert redacted.case.answers == ()


def test_a_name_in_an_answer_that_may_not_go_stops_the_sealing(
    case: Case, vetting: Vetting
) -> None:
    hidden = case.applicant.names[0].text
    answer = Answer(
        id="a1",
        question="q0123456789",
        asked="When was this?",
        on=When(edtf="2024-05-06"),
        text=f"My name is {hidden}.",
        about=(case.claims[0].id,),
    )
    held = msgspec.structs.replace(case, answers=(answer,))
    profile = msgspec.structs.replace(shipped_profile("lawyer"), identity="pseudonym")
    with pytest.raises(NameRemains):
        shown(held, vetting, profile)


def test_where_it_was_looked_for_goes_with_the_searches_and_the_check_says_so(case: Case) -> None:
    first, *others = case.claims
    expected = Expectation(what="EXPECTED-CANARY", looked=("h1",), result="seen")
    first = msgspec.structs.replace(first, if_untrue=(expected,))
    changed = msgspec.structs.replace(case, claims=(first, *others))
    again = vet(changed, load_references(None), on=date(2024, 11, 2))
    words = {"en": "x", "fr": "x", "ru": "х"}
    own = msgspec.structs.replace(
        shipped_profile("lawyer"), leaves_out=(LeftOut(part="searches", reason=words),)
    )
    found = shown(changed, again, own)
    assert "EXPECTED-CANARY" not in text(found.items)
    (run,) = (one for one in found.checks if one.check == "corroboration")
    assert run.withheld
