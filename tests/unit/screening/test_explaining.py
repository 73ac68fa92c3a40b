"""An explanation accounts for every part of both names once, and says it in three languages."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from safeconduct.casefile.people import NameParts
from safeconduct.names.reading import read_name
from safeconduct.screening.alike import Way
from safeconduct.screening.births import BirthAgreement
from safeconduct.screening.comparing import Match, compare
from safeconduct.screening.entities import Entity, ListedDay, ListedDocument, ListedName
from safeconduct.screening.explaining import Explanation, Part, explain
from safeconduct.screening.sought import Sought, SoughtName
from safeconduct.wording.language import LANGUAGES, language
from safeconduct.wording.sentences import say

WORDS = (
    *("Ivan", "Іван", "Mykola", "Микола", "Sasha", "Oleksandr", "Ивановна", "Petrovych", "bin"),
    *("al", "Dr", "Jr", "I.", "Abdul", "Rahman", "Abdulrahman", "Zaliznyak", "Залізняк", "김"),
    *("Beridze", "ბერიძე", "(Grom)", "полковник", "Сергійович", "x" * 60, "Iv\u200ban", "Ivаn"),
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join)


def entity(*names: str, born: str | None = None, **more: object) -> Entity:
    return Entity(
        id="x1",
        schema="Person",
        caption=names[0],
        names=tuple(ListedName(text=name) for name in names),
        birth_dates=(ListedDay(text=born, value=born),) if born else (),
        **more,  # type: ignore[arg-type]
    )


def matched(sought: Sought, listed: Entity) -> Match:
    found = compare(sought, listed, list="made-up")
    assert found is not None
    return found


def explained(ours: str, theirs: str) -> Explanation:
    return explain(matched(Sought(names=(ours,)), entity(theirs)))


def words(parts: tuple[Part, ...], side: str) -> Counter[str]:
    told = (getattr(part, side) for part in parts if part.kind == "name")
    return Counter(word for text in told for word in text.split())


def of(parts: tuple[Part, ...], kind: str) -> Part:
    (part,) = [one for one in parts if one.kind == kind]
    return part


def part_with(explanation: Explanation, word: str) -> Part:
    (part,) = [one for one in explanation.parts if word in (one.ours.split() + one.theirs.split())]
    return part


@given(NAMES, NAMES)
def test_every_part_of_both_names_is_told_exactly_once(ours: str, theirs: str) -> None:
    found = compare(Sought(names=(ours,)), entity(theirs))
    if found is None:
        return
    parts = explain(found).parts
    assert words(parts, "ours") == Counter(token.text for token in read_name(ours).tokens)
    assert words(parts, "theirs") == Counter(token.text for token in read_name(theirs).tokens)


@given(NAMES, NAMES)
def test_whose_words_a_part_holds_is_what_its_side_says(ours: str, theirs: str) -> None:
    found = compare(Sought(names=(ours,)), entity(theirs))
    if found is None:
        return
    for part in explain(found).parts:
        if part.kind == "name":
            filled = (bool(part.ours), bool(part.theirs))
            sides = {(True, True): "both", (True, False): "ours", (False, True): "theirs"}
            assert part.side == sides[filled]


@pytest.mark.parametrize("code", LANGUAGES)
@given(NAMES, NAMES)
def test_every_explanation_has_its_words_in_every_language(
    code: str, ours: str, theirs: str
) -> None:
    found = compare(
        Sought(names=(SoughtName(ours, weak=True),), born="1984", citizenships=("ru",)),
        entity(theirs, born="1984-05-12", sex="male"),
    )
    if found is None:
        return
    for message in explain(found).messages():
        assert say(message, language(code))


def test_spellings_of_one_name_agree_and_another_father_differs() -> None:
    told = explained("Микола Олегович Залізняк", "Mykola Petrovych Zaliznyak")
    assert part_with(told, "Залізняк").says == "agrees"
    assert part_with(told, "Zaliznyak").says == "agrees"
    fathers = part_with(told, "Олегович")
    assert (fathers.theirs, fathers.says, fathers.how) == ("Petrovych", "differs", "fathers-differ")
    assert fathers.role == "patronymic"


def test_a_father_left_out_is_missing_and_does_not_differ() -> None:
    told = explained("Mykola Zaliznyak", "Mykola Petrovych Zaliznyak")
    father = part_with(told, "Petrovych")
    assert (father.side, father.says, father.how) == ("theirs", "missing", "only")


def test_another_surname_differs_on_both_sides() -> None:
    told = explained("Mykola Zaliznyak", "Mykola Beridze")
    assert part_with(told, "Zaliznyak").says == "differs"
    assert part_with(told, "Beridze").says == "differs"


def test_a_title_is_told_as_not_compared() -> None:
    title = part_with(explained("полковник Taras Zaliznyak", "Taras Zaliznyak"), "полковник")
    assert (title.says, title.how, title.side) == ("not-compared", "title", "ours")


def test_a_word_in_a_script_that_is_not_read_is_not_told_as_differing() -> None:
    told = explained("Taras Zaliznyak 김", "Taras Zaliznyak")
    assert part_with(told, "김").says == "not-compared"
    assert "explain-remark-not-compared" in {one.id for one in told.remarks}


def test_letters_that_look_alike_are_remarked_on() -> None:
    told = explained("Tarаs Zaliznyak", "Taras Zaliznyak")
    assert "explain-remark-homoglyph" in {one.id for one in told.remarks}


def test_glued_names_are_one_part_that_holds_both_words() -> None:
    told = explained("Abdul Rahman Beridze", "Abdulrahman Beridze")
    glued = part_with(told, "Abdulrahman")
    assert (glued.ours, glued.says) == ("Abdul Rahman", "agrees")


def test_a_missing_birth_date_is_told_as_missing_and_another_as_different() -> None:
    born = Sought(names=("Taras Zaliznyak",), born="1984-05-12")
    cases = {None: "missing", "1984-05-12": "agrees", "1984": "agrees", "1951-01-30": "differs"}
    for listed, says in cases.items():
        parts = explain(matched(born, entity("Taras Zaliznyak", born=listed))).parts
        assert of(parts, "birth").says == says
    day = ListedDay(text="about harvest")
    unreadable = structs.replace(entity("Taras Zaliznyak"), birth_dates=(day,))
    part = of(explain(matched(born, unreadable)).parts, "birth")
    assert (part.says, part.how, part.theirs) == ("not-compared", "not-comparable", "about harvest")


def test_other_papers_are_told_to_say_nothing() -> None:
    sought = Sought(names=("Taras Zaliznyak",), documents=("AA 123456",))
    listed = (ListedDocument(kind="passport", number="BB 654321"),)
    part = of(
        explain(matched(sought, entity("Taras Zaliznyak", documents=listed))).parts, "document"
    )
    assert part.how == "none-shared"
    assert "says nothing" in say(part.message(), language("en"))


def test_everything_beside_the_name_stands_once_also_where_it_is_missing() -> None:
    parts = explained("Taras Zaliznyak", "Taras Zaliznyak").parts
    beside = [part.kind for part in parts if part.kind != "name"]
    assert beside == ["birth", "sex", "citizenship", "birth-place", "document", "unit"]


def test_the_rule_that_decided_is_told_in_words() -> None:
    assert explained("Zaliznyak", "Zaliznyak").rule.id == "explain-rule-single-part"
    same = Sought(names=("Taras Zaliznyak",), born="1984-05-12")
    told = explain(matched(same, entity("Taras Zaliznyak", born="1984-05-12")))
    assert told.rule.id == "explain-rule-name-and-more"
    assert told.messages()[-1].id == "explain-a-person-judges"


def test_declared_parts_keep_their_roles() -> None:
    declared = NameParts(given="Taras", family="Zaliznyak")
    sought = Sought(names=(SoughtName("Taras Zaliznyak", declared),))
    told = explain(matched(sought, entity("Zaliznyak Taras")))
    assert part_with(told, "Taras").role == "given"


def test_no_wording_clears_or_accuses_anybody() -> None:
    forbidden = ("clear", "innocent", "guilty", "agent", "criminal", "cleared")
    for name in ("Taras Zaliznyak", "Ivan Ivanov", "Zaliznyak", "김"):
        for message in explained(name, "Taras Zaliznyak").messages():
            sentence = say(message, language("en")).lower()
            assert not any(word in sentence for word in forbidden), sentence


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_way_to_agree_or_differ_has_its_words(code: str) -> None:
    ways = [f"explain-both-{way.value}" for way in Way]
    births = [f"explain-birth-{how.value}" for how in BirthAgreement if how != "missing"]
    for message in (*ways, *births):
        assert language(code).text(message)
