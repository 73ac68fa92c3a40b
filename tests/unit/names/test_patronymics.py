"""The father's name comes out of every usual spelling of a patronymic, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.patronymics import fathers, genitive_father


@pytest.mark.parametrize(
    ("form", "father"),
    [
        ("Олексійович", "олексій"),
        ("Алексеевич", "алексей"),
        ("Alekseevich", "aleksei"),
        ("Alekseyevich", "aleksei"),
        ("Аляксеевіч", "аляксей"),
        ("Oleksiiovych", "oleksii"),
        ("Олексіївна", "олексій"),
        ("Oleksiivna", "oleksii"),
        ("Иванович", "иван"),
        ("Ivanovitch", "ivan"),
        ("Iwanowitsch", "iwan"),
        ("Ivanovič", "ivan"),
        ("Іванівна", "іван"),
        ("Іванаўна", "іван"),
        ("Васильевич", "василий"),
        ("Васильович", "василь"),
        ("Юрьевна", "юрий"),
        ("Юріївна", "юрій"),
        ("Игоревич", "игорь"),
        ("Igorevich", "igor"),
        ("Яковлевич", "яков"),
        ("Yakovlevna", "yakov"),
        ("Дмитриевич", "дмитрий"),
        ("Николаевна", "николай"),
        ("Мікалаеўна", "мікалай"),
        ("Ильич", "илья"),
        ("Ілліч", "ілля"),
        ("Illich", "illia"),
        ("Ильинична", "илья"),
        ("Лукич", "лука"),
        ("Никитич", "никита"),
        ("Львович", "лев"),
        ("Павлович", "павел"),
        ("Nursultanqyzy", "nursultan"),
        ("Абишұлы", "абиш"),
        ("Davutoğlu", "davut"),
    ],
)
def test_the_fathers_name_is_what_the_ending_was_put_to(form: str, father: str) -> None:
    found = fathers(form)
    assert found is not None
    assert found.names[0] == father


@pytest.mark.parametrize("form", ["Иван", "Anna", "Hanna", "Shauna", "Бабич", "Petrović", "Rich"])
def test_a_name_that_only_looks_a_little_alike_has_no_father(form: str) -> None:
    assert fathers(form) is None


@pytest.mark.parametrize("form", ["Абрамович", "Павлович", "Davutoğlu", "Iwanowicz"])
def test_endings_that_surnames_share_say_so(form: str) -> None:
    found = fathers(form)
    assert found is not None
    assert found.surname_like


def test_a_daughters_ending_is_no_surname() -> None:
    found = fathers("Павловна")
    assert found is not None
    assert not found.surname_like


@pytest.mark.parametrize(
    ("form", "father"), [("ვანოს", "ვანო"), ("გიორგის", "გიორგი"), ("Vanos", "Vano".lower())]
)
def test_the_georgian_genitive_loses_its_ending(form: str, father: str) -> None:
    assert genitive_father(form)[0] == father


@given(st.text(max_size=25))
def test_any_text_is_judged_and_no_father_is_empty(form: str) -> None:
    found = fathers(form)
    assert found is None or (found.names and all(found.names))
