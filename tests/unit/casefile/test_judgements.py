"""A judgement stands for what was judged, and falls when the entry or the person changes."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from safeconduct.casefile.documents import Document, DocumentKind
from safeconduct.casefile.judgements import (
    Judged,
    Judgement,
    JudgementVerdict,
    entity_sha256,
    judged,
    person_sha256,
)
from safeconduct.casefile.people import Name, NameKind, NameParts, Person
from safeconduct.casefile.places import Place
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when import When
from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.screening.entities import Entity, ListedName

PERSON = Person(
    id="p1",
    names=(Name(text="Taras Zaliznyak"), Name(text="Тарас Залізняк", kind=NameKind.LEGAL)),
    born=When(edtf="1984-05-12"),
    birth_place=Place(name="Lviv"),
    citizenships=("UA", "RU"),
    documents=(Document(id="d1", kind=DocumentKind("russian-internal-passport"), number="40 10"),),
)
ENTITY = Entity(id="x1", schema="Person", caption="TZ", names=(ListedName(text="Taras"),), row=7)

HEAD = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [A]}\n"
JUDGED = """judgements:
- {id: j1, person: PERSON, list: un-sc, entity: "QDi.1", verdict: VERDICT, by: R. Caseworker,
   on: 2026-11-20, reason: another year of birth, entity_sha256: HASH, person_sha256: HASH}
"""


def judgement(number: int, verdict: str, *, entity: str = "a", person: str = "b") -> Judgement:
    return Judgement(
        id=f"j{number}",
        person="p1",
        list="un-sc",
        entity="x1",
        verdict=JudgementVerdict(verdict),
        by="R. Caseworker",
        on=When(edtf="2026-11-20"),
        reason="another year of birth",
        entity_sha256=entity * 64,
        person_sha256=person * 64,
    )


def asked(judgements: tuple[Judgement, ...], entry: str = "x1") -> Judged:
    return judged(
        judgements,
        person="p1",
        list_id="un-sc",
        entity=entry,
        person_sha256="b" * 64,
        entity_sha256="a" * 64,
    )


def test_a_judgement_on_the_same_person_and_entry_stands() -> None:
    one = judgement(1, "negative")
    assert asked((one,)) == ("standing", one)


@pytest.mark.parametrize("change", [{"entity": "c"}, {"person": "c"}])
def test_a_judgement_falls_when_the_entry_or_the_person_changed(change: dict[str, str]) -> None:
    one = judgement(1, "negative", **change)
    assert asked((one,)) == ("changed", one)


def test_a_judgement_on_another_entry_is_none_on_this_one() -> None:
    assert asked((judgement(1, "negative"),), entry="x2") == ("none", None)
    assert asked(()) == ("none", None)


def test_the_latest_of_several_counts_whatever_their_order_in_the_file() -> None:
    them = (
        judgement(2, "negative"),
        judgement(10, "unsure"),
        judgement(11, "positive", entity="c"),
    )
    for order in permutations(them):
        assert asked(order) == ("standing", them[1])


def test_what_is_compared_changes_the_hash_of_a_person() -> None:
    changes = (
        {"names": (*PERSON.names, Name(text="Taras Z."))},
        {"names": (Name(text="Taras Zaliznyak", parts=NameParts(given="Taras")), PERSON.names[1])},
        {"born": None},
        {"born": When(edtf="1984")},
        {"sex": "male"},
        {"citizenships": ("UA",)},
        {"birth_place": Place(name="Kyiv")},
        {"documents": ()},
    )
    hashes = {person_sha256(replace(PERSON, **change)) for change in changes}
    assert len(hashes | {person_sha256(PERSON)}) == len(changes) + 1


def test_remarks_and_the_order_of_lists_do_not() -> None:
    other = replace(
        PERSON,
        note="a remark",
        names=PERSON.names[::-1],
        citizenships=("RU", "UA"),
        born=When(edtf="1984-05-12", words="in May"),
    )
    assert person_sha256(other) == person_sha256(PERSON)


def test_an_entry_keeps_its_hash_when_its_row_moves_and_loses_it_when_it_changes() -> None:
    assert entity_sha256(replace(ENTITY, row=8, dataset="other")) == entity_sha256(ENTITY)
    assert entity_sha256(replace(ENTITY, programs=("X",))) != entity_sha256(ENTITY)


def text(person: str = "p1", verdict: str = "negative") -> bytes:
    body = JUDGED.replace("PERSON", person).replace("VERDICT", verdict).replace("HASH", "0a" * 32)
    return (HEAD + body).encode()


@given(st.sampled_from(list(JudgementVerdict)))
def test_a_case_file_holds_judgements(verdict: JudgementVerdict) -> None:
    (found,) = read_case(text(verdict=verdict)).case.judgements
    assert (found.verdict, found.entity, found.by) == (verdict, "QDi.1", "R. Caseworker")


@pytest.mark.parametrize(("person", "verdict"), [("p9", "negative"), ("p1", "cleared")])
def test_a_judgement_on_nobody_or_without_a_verdict_is_a_mistake(person: str, verdict: str) -> None:
    with pytest.raises(FileMistaken):
        read_case(text(person, verdict))
