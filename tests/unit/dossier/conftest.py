"""A fictional case in which every part that the report shows is filled."""

from datetime import date

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.wording.language import Language, language

CASE = """\
schema: safeconduct/case/1
id: full
title: Дело, заполненное целиком
language: ru
organisation: Office of Trials
responsible: R. Caseworker
conventions:
  approximate: {day: P3D}
gaps_longer_than: P90D
applicant:
  id: p1
  names:
    - {text: Руслан Тестов, script: Cyrl, language: ru, kind: legal}
    - {text: Ruslan, script: Latn, kind: pseudonym, note: chosen by himself}
  sex: male
  born: 1995-04
  birth_place: {name: Orenburg, country: RU}
  citizenships: [RU]
  documents:
    - id: d1
      kind: russian-internal-passport
      number: "40 10 123456"
      issued: 2015-05-02
      seen: copy
      note: a photograph on a telephone
household:
  - {id: p2, relation: wife, names: [Anna Testova], citizenships: [KZ]}
persons:
  - id: p3
    relation: comrade
    names: [{text: سامي الاختبار, script: Arab, language: ar}]
    may_be_checked: {purpose: to find a witness, legal_basis: consent of 3 March 2024}
tellings:
  - id: t1
    on: 2024-01-10
    place: Almaty
    language: ru
    interpreter: none needed
    interviewer_role: caseworker
    source: s1
    transcript: A transcript that stays in the case file.
    read_back: {on: 2024-01-12, language: ru, result: confirmed}
  - {id: t2, on: 2024-06-02, language: ru}
claims:
  - id: c1
    kind: stay
    text: Он был в части.
    words: я был в части с мая
    translation: I was with the unit from May on
    language: ru
    voice: applicant
    when: {edtf: 2022-05-01/2022-06-20, words: с мая}
    where: {gazetteer: 501175, name: Rostov-on-Don}
    told_in: t1
    passage: 00:12:31
    central: central
    documents: [d1]
    evidence: [{item: e1, bears: supports, note: the date fits}]
    note: said twice
  - id: c2
    kind: stay
    text: He recovered at his parents' home.
    when: 2022-05-30/2022-07-15
    where: {gazetteer: 515003, name: Orenburg}
    lasts: {iso: P2M, words: two months, approximate: true, least: P6W, most: P3M}
    told_in: t1
    central: supporting
    relations: [{is: before, claim: c3, least: P1D, most: P3M, words: shortly before}]
  - id: c3
    kind: journey
    text: He left the unit.
    from: {name: Rostov-on-Don, gazetteer: 501175}
    to: {words: у границы, lat: 51.2, lon: 51.4, radius_km: 30}
    by: car
    when: 2022-09-25~
    told_in: t1
    milestones: [{milestone: partial-mobilisation-2022, as: after}]
    details: [{what: colour of the car, one_of: [white, silver], because: both were said}]
  - id: c4
    kind: journey
    text: He left his unit by car.
    from: {name: Rostov-on-Don, gazetteer: 501175}
    by: car
    when: 2022-10-25
    told_in: t2
    retells: c3
    person: p1
    central: peripheral
service:
  - {id: v1, unit: Unit 00000, role: driver, rank: private, from: 2021-10, claims: [c1]}
sources:
  - id: s1
    name: The applicant
    kind: person
    reliability: C
    reliability_reason: heard once
  - id: s2
    name: A register
    kind: register
    address: https://register.example/x
    same_origin_as: [s1]
evidence:
  - id: e1
    what: A discharge paper from a hospital.
    source: s2
    credibility: "3"
    credibility_reason: legible in part
    collected: 2024-01-11
    file: paper.jpg
    custody: [{on: 2024-01-11, event: received, by: R. Caseworker, note: by hand}]
searches:
  - id: h1
    tool: court register
    query: Тестов Р.
    on: 2024-01-15
    by: RC
    result: no entry
    found: false
    about: [c1]
consents:
  - {id: k1, purpose: vetting, scope: this case, language: ru, on: 2024-01-10}
notes:
  - {id: n1, text: To be asked about the road., about: [c3], by: RC}
  - {id: n2, text: RESTRICTED-CANARY, restricted: true}
"""
ON = date(2024, 11, 2)


@pytest.fixture(scope="session")
def case() -> Case:
    """The case."""
    return read_case(CASE.encode()).case


@pytest.fixture(scope="session")
def vetting(case: Case) -> Vetting:
    """Its vetting on 2 November 2024 with the shipped data."""
    return vet(case, load_references(None), on=ON)


@pytest.fixture(scope="session")
def english() -> Language:
    """English."""
    return language("en")


@pytest.fixture(scope="session")
def empty() -> tuple[Case, Vetting]:
    """A case without claims, and its vetting."""
    case = read_case(b"schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [X]}\n").case
    return case, vet(case, load_references(None), on=ON)


@pytest.fixture(scope="session")
def large(case: Case) -> Case:
    """The case with 400 claims, each unlike the others in its identifier alone."""
    more = tuple(
        msgspec.structs.replace(case.claims[1], id=f"c{number}", relations=())
        for number in range(5, 401)
    )
    return msgspec.structs.replace(case, claims=(*case.claims, *more))
