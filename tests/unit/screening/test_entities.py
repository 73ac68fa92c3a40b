import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.entities import (
    DOCUMENT_KINDS,
    Entity,
    EntityMistaken,
    ListedDay,
    ListedDocument,
    ListedName,
    country_code,
    entity_of,
    iso_day,
    properties,
)

TARAS = {
    "id": "x1",
    "schema": "Person",
    "caption": "Taras Kuzubov",
    "properties": {
        "name": ["Taras Petrovych Kuzubov"],
        "alias": ["Kuzubov, Taras Petrovych", "Тарас Кузубов"],
        "weakAlias": ["Kuzya"],
        "firstName": ["Taras"],
        "fatherName": ["Petrovych"],
        "lastName": ["Kuzubov"],
        "birthDate": ["1964-05-12", "1966", "1963/1967", "1968~", "spring"],
        "nationality": ["ru"],
        "citizenship": ["Ukraine"],
        "country": ["suhh", "pl"],
        "gender": ["male"],
        "passportNumber": ["AB1234567"],
        "militaryUnit": ["99999"],
        "ethnicity": ["Ruritanian"],
    },
}


def test_a_record_becomes_an_entity_with_what_can_be_read() -> None:
    found = entity_of(TARAS, row=7, dataset="example")
    assert found.caption == "Taras Kuzubov"
    assert (found.row, found.dataset) == (7, "example")
    assert [name.kind for name in found.names] == ["name", "alias", "alias", "weak-alias"]
    assert [day.value for day in found.birth_dates] == [
        "1964-05-12", "1966", "1963/1967", "1968", None,
    ]  # fmt: skip
    assert [day.circa for day in found.birth_dates] == [False, False, False, True, False]
    assert found.citizenships == ("ru", "ua")
    assert found.countries == ("pl",)
    assert found.countries_said == ("suhh",)
    assert found.sex == "male"
    assert found.units == ("99999",)
    assert found.documents == (ListedDocument(kind="passport", number="AB1234567"),)
    assert found.other == (("ethnicity", "Ruritanian"),)


def test_declared_parts_go_to_the_names_that_they_make_up() -> None:
    first, turned, cyrillic, weak = entity_of(TARAS).names
    assert (first.given, first.patronymic, first.family) == ("Taras", "Petrovych", "Kuzubov")
    assert turned.declared
    assert not cyrillic.declared
    assert not weak.declared


def test_parts_without_a_name_make_one() -> None:
    record = {"id": "x", "properties": {"firstName": ["Taras"], "lastName": ["Kuzubov"]}}
    (name,) = entity_of(record).names
    assert (name.text, name.given, name.family, name.declared) == (
        "Taras Kuzubov", "Taras", "Kuzubov", True,
    )  # fmt: skip


def test_parts_of_several_names_are_kept_but_not_guessed_to_belong_together() -> None:
    given = {"name": ["A B", "C D"], "firstName": ["A", "C"], "lastName": ["B", "D"]}
    found = entity_of({"id": "x", "schema": "Person", "properties": given})
    assert not any(name.declared for name in found.names)
    assert ("firstName", "C") in found.other
    assert properties(found)["firstName"] == ["A", "C"]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": 7, "properties": {}},
        {"id": "", "properties": {}},
        {"id": "x"},
        {"id": "x", "properties": []},
        {"id": "x", "properties": {"name": "Taras"}},
        {"id": "x", "properties": {"name": [1]}},
    ],
)
def test_what_is_no_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(EntityMistaken):
        entity_of(record)


def test_unknown_stays_unknown() -> None:
    found = entity_of({"id": "x", "properties": {"name": ["Taras"], "gender": ["unknown"]}})
    assert found.schema == "Thing"
    assert found.sex is None
    assert not found.birth_dates
    assert not found.citizenships


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1964", "1964"),
        ("1964-05", "1964-05"),
        ("1964-02-29", "1964-02-29"),
        ("1963-02-29", None),
        ("1964-13", None),
        ("1960/1964", "1960/1964"),
        ("1964/1960", None),
        ("1960/1962/1964", None),
        ("/", None),
        ("", None),
        ("about 1964", None),
        ("19640512", None),
    ],
)
def test_only_days_of_the_calendar_have_a_value(text: str, value: str | None) -> None:
    assert iso_day(text).value == value
    assert iso_day(text).text == text


def test_a_country_is_known_by_its_code_or_name_and_else_unknown() -> None:
    assert country_code("UA") == country_code("ua") == country_code("Україна") == "ua"
    assert country_code("xx") is None
    assert country_code("Ruritania") is None
    assert country_code("") is None


TEXTS = st.text("abcdefgh АБВГ", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
SOME = st.lists(TEXTS, max_size=3, unique=True).map(tuple)
DAYS = st.lists(
    st.sampled_from(
        (
            ListedDay(text="1964", value="1964"),
            ListedDay(text="1964-05-12", value="1964-05-12"),
            ListedDay(text="1960/1964", value="1960/1964"),
            ListedDay(text="in spring"),
        )
    ),
    unique=True,
).map(tuple)
KINDS = tuple(DOCUMENT_KINDS)


def _in_order(found: list[ListedDocument]) -> tuple[ListedDocument, ...]:
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


ENTITIES = st.builds(
    Entity,
    id=TEXTS,
    schema=st.sampled_from(("Person", "Organization")),
    caption=TEXTS,
    names=st.lists(TEXTS, min_size=1, max_size=3, unique=True).map(
        lambda texts: tuple(ListedName(text=text) for text in texts)
    ),
    birth_dates=DAYS,
    death_dates=DAYS,
    birth_places=SOME,
    citizenships=st.lists(st.sampled_from(("ru", "ua", "ge")), unique=True).map(tuple),
    countries=st.lists(st.sampled_from(("ru", "pl")), unique=True).map(tuple),
    countries_said=st.lists(st.sampled_from(("Ruritania", "suhh")), unique=True).map(tuple),
    sex=st.sampled_from(("male", "female", "other", None)),
    documents=st.lists(
        st.builds(ListedDocument, kind=st.sampled_from(KINDS), number=TEXTS),
        unique=True,
        max_size=2,
    ).map(_in_order),
    positions=SOME,
    units=SOME,
    programs=SOME,
    topics=SOME,
    notes=SOME,
    addresses=SOME,
    links=SOME,
    other=st.sampled_from(((), (("ethnicity", "x"),), (("phone", "1"), ("phone", "2")))),
)


@given(ENTITIES)
def test_an_entity_survives_being_written_as_properties_and_read_again(entity: Entity) -> None:
    record = {
        "id": entity.id,
        "schema": entity.schema,
        "caption": entity.caption,
        "properties": properties(entity),
    }
    assert entity_of(record) == entity
