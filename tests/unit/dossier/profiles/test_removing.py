"""What hangs on something that is left out goes along, is named, and is nobody else's."""

from datetime import date
from typing import get_args

import msgspec
import pytest

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.judgements import Judgement, JudgementVerdict
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when_values import When
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.itemising import disclosure
from safeconduct.dossier.profiles.making import chosen, dossier_of
from safeconduct.dossier.profiles.profile import LeftOut, Part, Profile, shipped_profile
from safeconduct.dossier.profiles.redacting import redact
from safeconduct.dossier.profiles.remains import NameRemains
from safeconduct.dossier.sealing.manifest import Disclosure, Terms
from safeconduct.wording.language import language

ON = date(2024, 11, 2)
CASE = b"""
schema: safeconduct/case/1
id: example
language: en
gaps_longer_than: P90D
applicant:
  id: p1
  names: [{text: Ruslan Testov, script: Latn, kind: legal}]
  born: 1995-04-17
  documents:
    - {id: d1, kind: identity-card, number: "AB 123456", issued: 1994-01-01, seen: copy,
       mrz: ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
             "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]}
household:
  - id: p2
    relation: wife
    names: [Nina Weber]
    born: 1990-07-07
    documents: [{id: d2, kind: identity-card, number: WIFE777, issued: 2001-01-01, seen: copy}]
persons:
  - id: p3
    relation: comrade
    names: [Otto Kahn]
    documents: [{id: d3, kind: identity-card, number: "00 777777", issued: 2020-01-01,
                 expires: 2019-01-01, seen: copy}]
    may_be_checked: {purpose: to find a witness, legal_basis: consent}
claims:
  - id: c1
    kind: stay
    text: He was in Rostov.
    when: 2022-05-01/2022-06-20
    where: {name: Rostov-on-Don, gazetteer: 501175}
    evidence: [{item: e1, bears: supports}]
  - id: c2
    kind: stay
    text: The comrade hid in a flat.
    when: 2022-05-30/2022-06-10
    where: {name: Almaty, gazetteer: 1526384}
    person: p3
    evidence: [{item: e2, bears: supports}]
  - id: c3
    kind: stay
    text: He was in Orenburg.
    when: 2022-06-10/2022-07-15
    where: {name: Orenburg, gazetteer: 515003}
    evidence: [{item: e1, bears: supports}, {item: e3, bears: supports}]
  - id: c4
    kind: statement
    text: He had a flat.
service:
  - {id: v1, unit: Unit 00000, role: driver, claims: [c3]}
sources:
  - {id: s1, name: A register, kind: register, reliability: E}
evidence:
  - {id: e1, what: A letter, source: s1, credibility: "3"}
  - {id: e2, what: A photograph of the comrade, source: s1}
  - {id: e3, what: A ticket, source: s1}
searches:
  - {id: h1, tool: register, query: a flat, on: 2024-01-15, by: RC, result: none, found: false,
     about: [c3]}
  - {id: h2, tool: register, query: the comrade, on: 2024-01-15, by: RC, result: none, found: false,
     about: [p3]}
identifiers:
  - {id: i1, kind: telephone, value: "+7 900 123-45-67", claims: [c1]}
"""
PLAIN = Choices(answers_for="R. Caseworker", pseudonym="Oak")
JUDGED = Judgement(
    id="j1",
    person="p1",
    list="un",
    entity="x",
    verdict=JudgementVerdict.POSITIVE,
    by="R. Caseworker",
    on=When(edtf="2024-06"),
    reason="the same face",
    entity_sha256="ab" * 32,
    person_sha256="cd" * 32,
)
LAWYER, CONSULATE = shipped_profile("lawyer"), shipped_profile("consulate")


@pytest.fixture(scope="module")
def case() -> Case:
    """A case with a wife, a comrade, and things that hang on claims."""
    return read_case(CASE).case


def vetted(case: Case) -> Vetting:
    return vet(case, load_references(None), on=ON)


def shown(
    case: Case, profile: Profile, vetting: Vetting | None = None, **chosen: object
) -> Disclosure:
    choices = msgspec.structs.replace(PLAIN, **chosen)
    redacted = redact(case, vetting or vetted(case), profile, choices)
    return disclosure(redacted, profile, choices, language("en"))


def leaving(*parts: Part, identity: str = "true") -> Profile:
    words = {"en": "not needed", "fr": "inutile", "ru": "не нужно"}
    left = tuple(LeftOut(part=part, reason=words) for part in parts)
    return msgspec.structs.replace(LAWYER, id="own", leaves_out=left, identity=identity)


def text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def ids(found: Disclosure) -> set[str]:
    return {one.id for one in found.items}


def left(found: Disclosure) -> set[str]:
    return {one.what for one in found.omissions}


def test_a_claim_about_a_person_who_is_left_out_is_never_the_applicants(case: Case) -> None:
    whole, found = shown(case, LAWYER), shown(case, CONSULATE)
    (theirs,) = (one for one in whole.items if one.id == "claim/c2")
    assert theirs.value["person"] == "p3"
    assert not {"claim/c2", "evidence/e2", "search/h2", "person/p3"} & ids(found)
    assert {"claim/c1", "claim/c3", "evidence/e1"} <= ids(found)
    assert "comrade" not in text(found.items)
    for words in ("Of the account, c2", "Of the evidence, e2", "Of the searches made by hand, h2"):
        assert words in left(found)
    assert all(one.answers_for == PLAIN.answers_for for one in found.omissions)


def test_what_concerns_such_a_person_alone_withholds_no_check_and_is_named(case: Case) -> None:
    vetting = vetted(case)
    about_d3 = [one for one in vetting.findings if {b.id for b in one.because} <= {"d3", "p3"}]
    assert {one.check for one in about_d3} == {"documents"}
    found = shown(case, CONSULATE, vetting)
    (run,) = (one for one in found.checks if one.check == "documents")
    assert run.withheld is None
    assert run.findings
    assert "d3" not in text(found.items)
    assert any(what.startswith("What the checks found about persons") for what in left(found))
    assert not any(what.startswith("What the checks") for what in left(shown(case, LAWYER)))


def test_what_hangs_on_a_claim_that_is_left_out_alone_goes_with_it(case: Case) -> None:
    found = shown(case, LAWYER, left_out={"c3": "danger"})
    assert not {"claim/c3", "search/h1", "service/v1", "evidence/e3"} & ids(found)
    assert {"evidence/e1", "search/h2", "evidence/e2"} <= ids(found)
    assert {"Of the account, c3", "Of the evidence, e3", "Of the service in units, v1"} <= left(
        found
    )


@pytest.mark.parametrize(
    ("name", "item"), [("e1", "evidence/e1"), ("h1", "search/h1"), ("s1", "source/s1")]
)
def test_not_claims_alone_can_be_left_out(case: Case, name: str, item: str) -> None:
    found = shown(case, LAWYER, left_out={name: "danger"})
    assert item not in ids(found)
    assert "danger" in {one.reason for one in found.omissions}
    assert f'"{name}"' not in text(found.items)


def test_a_paper_that_is_left_out_withholds_what_was_found_about_it(case: Case) -> None:
    found = shown(case, LAWYER, left_out={"d1": "danger"})
    (run,) = (one for one in found.checks if one.check == "documents")
    assert run.withheld is not None
    assert "d1" in run.withheld.reason
    assert "123456" not in text(found.items)


def test_birth_and_papers_are_those_of_everybody(case: Case) -> None:
    found = text(shown(case, leaving("birth", "papers")).items)
    for words in ("1995", "1990-07", "WIFE777", "123456"):
        assert words not in found
    found = text(shown(case, leaving("birth")).items)
    assert "WIFE777" in found
    assert "1990-07" not in found


def test_a_finding_on_a_birth_date_goes_with_the_birth_date(case: Case) -> None:
    vetting = vetted(case)
    told = {one.message.id for one in vetting.findings}
    assert {"document-issued-before-birth", "document-zone-birth-differs"} <= told
    runs = {run.check: run for run in shown(case, leaving("birth"), vetting).checks}
    why = runs["documents"].withheld
    assert why is not None
    assert why.reason == "It rests on what is left out: Date and place of birth."
    assert not {run.check: run for run in shown(case, LAWYER, vetting).checks}["documents"].withheld


def test_a_grade_stays_where_its_source_is_left_out(case: Case) -> None:
    found = redact(case, vetted(case), leaving("sources"), PLAIN).case
    assert [one.reliability for one in found.sources] == ["E"]
    assert "register" not in text(found.sources).replace('"kind":"register"', "")
    assert not any(one.kind == "source" for one in shown(case, leaving("sources")).items)


def test_a_judgement_withholds_screening_though_no_list_is_loaded(case: Case) -> None:
    runs = {run.check: run for run in shown(case, LAWYER).checks}
    assert runs["identity-screening"].withheld is None
    judged = msgspec.structs.replace(case, judgements=(JUDGED,))
    runs = {run.check: run for run in shown(judged, LAWYER, vetted(case)).checks}
    assert runs["identity-screening"].withheld is not None
    assert not any("watchlist" in text(one) for one in shown(judged, LAWYER).items)


def test_an_answer_goes_and_stays_with_the_finding_that_asked(case: Case) -> None:
    vetting = vetted(case)
    asking = next(one for one in vetting.findings if one.question_id and one.check != "gaps")
    assert asking.question_id is not None
    answers = tuple(
        Answer(id=name, question=question, asked="What then?", on=When(edtf="2024-06"), text=name)
        for name, question in (("a1", asking.question_id), ("a2", "q0000000000"))
    )
    answered = msgspec.structs.replace(case, answers=answers)
    assert {"answer/a1", "answer/a2"} <= ids(shown(answered, LAWYER, vetting))
    own = msgspec.convert(
        {
            **msgspec.to_builtins(LAWYER),
            "withholds": [{"check": asking.check, "reason": {"en": "x", "fr": "x", "ru": "x"}}],
        },
        Profile,
    )
    found = shown(answered, own, vetting)
    assert not {"answer/a1", "answer/a2"} & ids(found)
    assert {"Of the answers, a1", "Of the answers, a2"} <= left(found)


@pytest.mark.parametrize(
    "words",
    [
        "call +7 (900) 123 45 67",
        "born on 17.04.1995",
        "born 17 April 1995",
        "родился 17 апреля 1995 г.",
        "né le 17 avril 1995",
        "1995-04-17",
        "paper AB123456",
        "paper ab-123-456",
    ],
)
def test_numbers_and_dates_that_may_not_go_stop_a_dossier(case: Case, words: str) -> None:
    claims = tuple(
        msgspec.structs.replace(one, text=words) if one.id == "c4" else one for one in case.claims
    )
    said = msgspec.structs.replace(case, claims=claims)
    with pytest.raises(NameRemains, match=r"number, handle or date.*/c4/text"):
        shown(said, leaving("birth", "papers"))


@pytest.mark.parametrize("words", ["in April 1995", "room 123", "17.04.19951", "AB 12"])
def test_other_numbers_stop_nothing(case: Case, words: str) -> None:
    claims = tuple(
        msgspec.structs.replace(one, text=words) if one.id == "c4" else one for one in case.claims
    )
    said = msgspec.structs.replace(case, claims=claims)
    found = shown(said, leaving("birth", "papers"))
    (claim,) = (one for one in found.items if one.id == "claim/c4")
    assert claim.value["text"] == words


def test_a_number_that_goes_stops_nothing(case: Case) -> None:
    claims = tuple(
        msgspec.structs.replace(one, text="paper AB123456, 17.04.1995") if one.id == "c4" else one
        for one in case.claims
    )
    assert "claim/c4" in ids(shown(msgspec.structs.replace(case, claims=claims), LAWYER))


@pytest.mark.parametrize("part", get_args(Part))
@pytest.mark.parametrize("identity", ["true", "pseudonym"])
def test_any_part_can_be_left_out_of_the_document_alone(
    case: Case, part: Part, identity: str
) -> None:
    own = leaving(*dict.fromkeys((part, "papers", "birth")), identity=identity)
    # A search about the applicant is linked to nothing where no part on the identity stands.
    about = tuple(msgspec.structs.replace(one, about=("p1",)) for one in case.searches)
    asked = msgspec.structs.replace(case, searches=about, household=())
    references = load_references(None)
    made = chosen(asked, vet(asked, references, on=ON), own, PLAIN, language("en"))
    terms = Terms(recipient="R", purpose="P", issued=ON, expires=ON)
    assert dossier_of(made, terms, references).startswith(b"%PDF-")
