"""Spellings of one name share a group; spellings of two names do not; short forms are weaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.variants import OWN, diminutive_of, groups, source_of, table_key

ONE_NAME = [
    ("Олександр", "Aleksandr"),
    ("Oleksandr", "Aliaksandr"),
    ("Oleksandr", "Alexandre"),
    ("Евгений", "Євген"),
    ("Yevhen", "Evgenii"),
    ("Дмитро", "Dmitrii"),
    ("Mykola", "Nikolai"),
    ("Olena", "Elena"),
    ("Serhii", "Siarhei"),
    ("محمد", "Mohamed"),
    ("يوسف", "Youssef"),
    ("დავით", "David"),
]
TWO_NAMES = [("Ivan", "Igor"), ("Андрій", "Антон"), ("Ahmed", "Mahmoud"), ("Maria", "Marina")]
SHORT = [
    ("Саша", "Олександр"),
    ("Sasha", "Aleksandra"),
    ("Alyosha", "Aleksei"),
    ("Алеша", "Алексей"),
    ("Вова", "Volodymyr"),
    ("Bill", "William"),
    ("Сашко", "Олександр"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_share_a_group(one: str, other: str) -> None:
    assert groups(one) & groups(other)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_share_none(one: str, other: str) -> None:
    assert groups(one)
    assert groups(other)
    assert not groups(one) & groups(other)


@pytest.mark.parametrize(("short", "full"), SHORT)
def test_a_short_form_points_to_the_full_name_but_is_no_variant(short: str, full: str) -> None:
    assert diminutive_of(short) & groups(full)
    assert not groups(short) & groups(full)


def test_a_full_name_is_no_diminutive_of_its_short_form() -> None:
    assert not diminutive_of("Владимир") & groups("Вова")
    assert diminutive_of("Владимир") == frozenset()


def test_an_unknown_form_is_in_no_group() -> None:
    assert groups("Xqzvw") == diminutive_of("Xqzvw") == frozenset()
    assert groups("") == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("ALEXANDRE", "alexandre"), ("Alyósha", "Alyosha"), ("Фёдор", "Федор"), ("أحمد", "احمد")],
)
def test_case_accents_and_keyboards_do_not_matter(one: str, other: str) -> None:
    assert table_key(one) == table_key(other)


def test_letters_that_make_another_name_are_kept() -> None:
    assert table_key("Андрій") != table_key("Андрии")


@given(st.text(max_size=20))
def test_a_table_key_is_stable(form: str) -> None:
    key = table_key(form)
    assert table_key(key) == key


def test_a_group_tells_where_it_comes_from() -> None:
    assert source_of(923) == "Q923"
    assert source_of(OWN + 5) is None
    assert any(source_of(group) for group in groups("Олександр"))
