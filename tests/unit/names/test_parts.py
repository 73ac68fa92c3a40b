"""Every token of a name is in one part; what is declared wins; doubt stays doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.people import NameParts
from safeconduct.names.parts import Part, parts
from safeconduct.names.reading import read_name

WORDS = st.sampled_from(
    (
        *("Иван", "Петрович", "Абрамович", "Олена", "Іванівна", "Ali", "bin", "ibn", "oğlu", "ძე"),
        *("ვანოს", "von", "al", "Dr.", "полковник", "Sheikh", "Jr", "В.", "V.V.", "JP", "III"),
        *("позывной", "«Вагнер»", "(Grom)", "Abu", "Smith", "Ivanova-Petrova", "محمد", "O'Brien"),
    )
)
NAMES = st.lists(WORDS | st.text(min_size=1, max_size=8), max_size=8).map(" ".join)


def typed(text: str, declared: NameParts | None = None) -> dict[str, Part]:
    """Part by the words that it holds."""
    read = read_name(text)
    return {
        " ".join(read.tokens[at].text for at in part.tokens): part for part in parts(read, declared)
    }


def kinds(text: str, declared: NameParts | None = None) -> dict[str, str]:
    return {words: part.kind for words, part in typed(text, declared).items()}


@given(NAMES, st.none() | st.builds(NameParts, given=NAMES, family=NAMES, patronymic=NAMES))
def test_every_token_is_in_exactly_one_part(text: str, declared: NameParts | None) -> None:
    read = read_name(text)
    held = [at for part in parts(read, declared) for at in part.tokens]
    assert sorted(held) == list(range(len(read.tokens)))


@given(NAMES, WORDS)
def test_a_declared_family_name_is_the_family_name(text: str, family: str) -> None:
    read = read_name(f"{text} {family}")
    wanted = {token.form for token in read_name(family).tokens}
    found = parts(read, NameParts(family=family))
    held = {read.tokens[at].form for part in found if part.kind == "family" for at in part.tokens}
    assert held == wanted


def test_a_patronymic_among_three_names_is_one() -> None:
    found = typed("Иванов Иван Петрович")
    assert found["Петрович"].kind == "patronymic"
    assert found["Петрович"].stem == "петр"
    assert found["Иванов"].kind == found["Иван"].kind == "unknown"


def test_the_first_token_is_never_the_patronymic() -> None:
    assert kinds("Абрамович Роман Аркадьевич") == {
        "Абрамович": "unknown",
        "Роман": "unknown",
        "Аркадьевич": "patronymic",
    }


@pytest.mark.parametrize("text", ["Roman Abramovich", "Иван Петрович"])
def test_an_ending_alone_leaves_the_doubt(text: str) -> None:
    last = list(typed(text).values())[-1]
    assert (last.kind, last.may_be) == ("unknown", "patronymic")
    assert last.stem


def test_two_such_endings_leave_the_doubt_in_both() -> None:
    found = typed("Roman Arkadyevich Abramovich")
    assert found["Arkadyevich"].may_be == found["Abramovich"].may_be == "patronymic"


def test_half_of_a_hyphenated_name_is_no_patronymic() -> None:
    assert "patronymic" not in kinds("Анна Мария Абрамович-Иванова").values()


def test_a_daughters_ending_leaves_none() -> None:
    found = typed("Олена Іванівна")
    assert found["Іванівна"].kind == "patronymic"
    assert found["Іванівна"].stem == "іван"


def test_a_declared_family_name_in_ovich_is_no_patronymic() -> None:
    declared = NameParts(given="Роман", family="Абрамович")
    assert kinds("Роман Абрамович", declared) == {"Роман": "given", "Абрамович": "family"}


def test_a_declared_patronymic_without_an_ending_is_the_fathers_name() -> None:
    declared = NameParts(given="Ahmed", patronymic="Hassan", family="Ali")
    found = typed("Ahmed Hassan Ali", declared)
    assert (found["Hassan"].kind, found["Hassan"].stem) == ("patronymic", "hassan")


def test_a_comma_tells_the_family_name() -> None:
    assert kinds("IVANOV, Ivan Petrovich") == {
        "IVANOV": "family",
        "Ivan": "given",
        "Petrovich": "patronymic",
    }
    assert kinds("KING, Martin") == {"KING": "family", "Martin": "given"}
    assert kinds("BIN LADEN, Usama bin Muhammad") == {
        "BIN LADEN": "family",
        "Usama": "given",
        "bin Muhammad": "father",
    }
    assert kinds("ABU BAKR, Ali")["ABU BAKR"] == "family"


def test_a_comma_before_a_title_alone_tells_nothing() -> None:
    assert kinds("Ivan Petrov, Colonel") == {
        "Ivan": "unknown",
        "Petrov": "unknown",
        "Colonel": "title",
    }


@pytest.mark.parametrize(
    ("text", "words", "stem"),
    [
        ("Heydər Əlirza oğlu Əliyev", "Əlirza oğlu", "əlirza"),
        ("Айгуль Кенжебек кызы", "Кенжебек кызы", "кенжебек"),
        ("გიორგი ვანოს ძე ბერიძე", "ვანოს ძე", "ვანო"),
    ],
)
def test_a_word_for_son_or_daughter_makes_a_patronymic(text: str, words: str, stem: str) -> None:
    part = typed(text)[words]
    assert (part.kind, part.stem) == ("patronymic", stem)


def test_a_nasab_names_the_father_and_may_be_a_family_name() -> None:
    part = typed("Osama bin Laden")["bin Laden"]
    assert (part.kind, part.stem, part.may_be) == ("father", "laden", "family")
    assert kinds("Ben Smith")["Ben"] == "unknown"


def test_titles_stand_apart_from_names_and_weak_ones_keep_the_doubt() -> None:
    assert kinds("полковник Сергей Иванов")["полковник"] == "title"
    weak = typed("Hajji Muhammad Ali")["Hajji"]
    assert (weak.kind, weak.may_be) == ("title", "name")
    assert typed("Sheikh Ahmed")["Sheikh"].may_be == "title"
    assert kinds("Генерал") == {"Генерал": "unknown"}


def test_a_nom_de_guerre_is_its_own_kind() -> None:
    found = kinds("Дмитрий «Вагнер» Уткин")
    assert found["Вагнер"] == "nickname"
    assert typed("Анна Иванова (Петрова)")["Петрова"].may_be == "name"
    assert found["Уткин"] == "unknown"
    assert kinds("Иван Иванов позывной Гром")["позывной Гром"] == "nickname"


def test_a_name_of_one_role_only_is_hinted_never_decided() -> None:
    found = typed("Дмитрий Шевченко")
    assert (found["Дмитрий"].kind, found["Дмитрий"].likely) == ("unknown", "given")
    assert (found["Шевченко"].kind, found["Шевченко"].likely) == ("unknown", "family")
