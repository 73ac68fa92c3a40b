"""What a watchlist says of one person or organisation, in one form for all lists.

The form stays close to FollowTheMoney, so that its JSON can be read and written: see `properties`
and `entity_of`. Nothing here reads a file (see importers) or compares (see comparing). What a list
says stays as written; what can be read of it without guessing stands beside it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.geo.countries import shipped_countries

NAME_KINDS = {
    "name": "name",
    "alias": "alias",
    "weak-alias": "weakAlias",
    "previous": "previousName",
    "original-script": "name",
}
"""Kind of a name → the property of FollowTheMoney that holds it."""

DOCUMENT_KINDS = {
    "passport": "passportNumber",
    "id": "idNumber",
    "tax": "taxNumber",
    "inn": "innCode",
    "social-security": "socialSecurityNumber",
    "registration": "registrationNumber",
    "ogrn": "ogrnCode",
    "imo": "imoNumber",
}
"""Kind of a document → its property; what is none of these is an `id`."""


class ListedName(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A name as the list writes it; `kind` is one of NAME_KINDS.

    `declared` says that the list itself tells which part is which; then `given`, `patronymic` and
    `family` hold them. `quality` is the list's own word. `script` and `language` as the list says.
    """

    text: str
    kind: str = "name"
    language: str | None = None
    script: str | None = None
    given: str | None = None
    patronymic: str | None = None
    family: str | None = None
    declared: bool = False
    quality: str | None = None


class ListedDay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A date as the list writes it, and what can be read of it without guessing.

    `value` is `1964`, `1964-05`, `1964-05-01`, or two of them with a slash between for a range;
    None where it cannot be read, and `remark` may then say why. `circa`: the list is not sure.
    """

    text: str
    value: str | None = None
    circa: bool = False
    remark: str | None = None


class ListedDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The number of a paper or of a register; `kind` is one of DOCUMENT_KINDS.

    `country` is a code in lower case, or the list's own words where they name no known country.
    """

    kind: str
    number: str
    country: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One record of a list. `row` is its line, or its number among the elements, from 1.

    `citizenships` and `countries` are ISO 3166 codes of two letters in lower case; what a list
    calls a country and we do not know stands in `countries_said`. `units` are military units as
    said. `other` keeps pairs of property and value that have no field here. `schema` is
    FollowTheMoney's: LegalEntity where the list does not tell a person from an organisation.
    """

    id: str
    schema: str
    caption: str
    names: tuple[ListedName, ...] = ()
    birth_dates: tuple[ListedDay, ...] = ()
    death_dates: tuple[ListedDay, ...] = ()
    birth_places: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    countries_said: tuple[str, ...] = ()
    sex: str | None = None
    documents: tuple[ListedDocument, ...] = ()
    positions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    row: int = 0
    dataset: str = ""


class EntityMistaken(SafeconductError):
    """A record that cannot be an entity, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_LISTS = {
    "birth_places": ("birthPlace",),
    "citizenships": ("nationality", "citizenship"),
    "countries": ("country", "jurisdiction"),
    "positions": ("position",),
    "units": ("militaryUnit",),
    "programs": ("programId", "program"),
    "topics": ("topics",),
    "notes": ("notes",),
    "addresses": ("address",),
    "links": ("sourceUrl",),
}
"""Field → the properties that are read into it; the first is the one that is written.

`militaryUnit` is ours: FollowTheMoney has no property for it.
"""
_DAYS = {"birth_dates": "birthDate", "death_dates": "deathDate"}
_PARTS = {"given": "firstName", "patronymic": "fatherName", "family": "lastName"}
_KIND_OF_NAME = {property_: kind for kind, property_ in reversed(NAME_KINDS.items())}
_KIND_OF_NAME["name"] = "name"
_KIND_OF_DOCUMENT = {property_: kind for kind, property_ in DOCUMENT_KINDS.items()}
_SEXES = ("male", "female", "other")
_READ = frozenset(
    {"gender", *_KIND_OF_NAME, *_KIND_OF_DOCUMENT, *_DAYS.values(), *_PARTS.values()}
    | {name for names in _LISTS.values() for name in names}
)


def properties(entity: Entity) -> dict[str, list[str]]:
    """The entity as properties of FollowTheMoney, each value once, in order.

    A range of dates or an uncertain one is written as EDTF, for which FollowTheMoney has no form.
    The country of a document and which parts belong to which name are lost.
    """
    found: dict[str, list[str]] = {}
    for name in entity.names:
        _add(found, NAME_KINDS.get(name.kind, "alias"), name.text)
        for part, property_ in _PARTS.items():
            _add(found, property_, getattr(name, part) if name.declared else None)
    for field, property_ in _DAYS.items():
        for day in getattr(entity, field):
            _add(found, property_, _edtf(day))
    for field, properties_ in _LISTS.items():
        for value in getattr(entity, field):
            _add(found, properties_[0], value)
    for value in entity.countries_said:
        _add(found, "country", value)
    _add(found, "gender", entity.sex)
    for document in entity.documents:
        _add(found, DOCUMENT_KINDS.get(document.kind, "idNumber"), document.number)
    for property_, value in entity.other:
        _add(found, property_, value)
    return found


def _add(found: dict[str, list[str]], property_: str, value: str | None) -> None:
    values = found.setdefault(property_, []) if value else []
    if value and value not in values:
        values.append(value)


def _edtf(day: ListedDay) -> str:
    return day.text if day.value is None else day.value + "~" * day.circa


def entity_of(record: Mapping[str, Any], *, row: int = 0, dataset: str = "") -> Entity:
    """The entity of FollowTheMoney's JSON: `{"id", "schema", "caption", "properties": {…}}`.

    Where the record has one first name and one last name that make up one of its names, or has no
    name but these, that name has declared parts. Raises EntityMistaken.
    """
    identifier, schema = record.get("id"), record.get("schema", "Thing")
    if not isinstance(identifier, str) or not identifier or not isinstance(schema, str):
        raise EntityMistaken("no id, or no schema")
    values = _values(record.get("properties"))
    names = _names(values)
    caption = record.get("caption")
    said = dict.fromkeys(
        value
        for field in ("citizenships", "countries")
        for value in _all(values, *_LISTS[field])
        if country_code(value) is None
    )
    return Entity(
        id=identifier,
        schema=schema,
        caption=caption if isinstance(caption, str) else names[0].text if names else identifier,
        names=names,
        countries_said=tuple(said),
        sex=next((one for v in values.get("gender", ()) if (one := v.lower()) in _SEXES), None),
        documents=tuple(
            ListedDocument(kind=kind, number=number)
            for property_, kind in _KIND_OF_DOCUMENT.items()
            for number in values.get(property_, ())
        ),
        other=_other(values, names),
        row=row,
        dataset=dataset,
        **_plain(values),
    )


def _plain(values: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The fields that are lists of texts, of country codes or of days."""
    found: dict[str, Any] = {}
    for field, names in _LISTS.items():
        listed: Iterable[str] = _all(values, *names)
        if field in ("citizenships", "countries"):
            listed = (code for value in listed if (code := country_code(value)) is not None)
        found[field] = tuple(dict.fromkeys(listed))
    for field, name in _DAYS.items():
        found[field] = tuple(iso_day(text) for text in values.get(name, ()))
    return found


def _values(given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, Mapping):
        raise EntityMistaken("no properties")
    found = {}
    for name, values in given.items():
        if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
            raise EntityMistaken(f"property {name!s:.60}: not a list of texts")
        if kept := tuple(dict.fromkeys(one for one in values if one.strip())):
            found[name] = kept
    return found


def _all(values: dict[str, tuple[str, ...]], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name in names for value in values.get(name, ())))


def _names(values: dict[str, tuple[str, ...]]) -> tuple[ListedName, ...]:
    """The names, the best kinds first; a text of several kinds once."""
    kinds: dict[str, str] = {}
    for property_ in ("name", "alias", "previousName", "weakAlias"):
        for text in values.get(property_, ()):
            kinds.setdefault(text, _KIND_OF_NAME[property_])
    said = _single_parts(values)
    if said is None:
        return tuple(ListedName(text=text, kind=kind) for text, kind in kinds.items())
    if not kinds:
        return (ListedName(text=" ".join(said.values()), declared=True, **said),)
    words = sorted(" ".join(said.values()).casefold().split())
    made = []
    for text, kind in kinds.items():
        same = sorted(text.casefold().replace(",", " ").split()) == words
        more: dict[str, Any] = {"declared": True, **said} if same else {}
        made.append(ListedName(text=text, kind=kind, **more))
    return tuple(made)


def _single_parts(values: dict[str, tuple[str, ...]]) -> dict[str, str] | None:
    """The parts of the one name that has parts; None where they may be those of several."""
    parts = {part: values.get(name, ()) for part, name in _PARTS.items()}
    if any(len(found) > 1 for found in parts.values()) or not (parts["given"] and parts["family"]):
        return None
    return {part: found[0] for part, found in parts.items() if found}


def _other(
    values: dict[str, tuple[str, ...]], names: tuple[ListedName, ...]
) -> tuple[tuple[str, str], ...]:
    """What has no field; parts of names among it where no name has them as its own."""
    read = _READ if any(name.declared for name in names) else _READ - set(_PARTS.values())
    return tuple((name, value) for name in values if name not in read for value in values[name])


_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def iso_day(text: str) -> ListedDay:
    """A date of which the form is known to be ISO 8601's or an EDTF range of two, also with `~`."""
    bare = text.strip().rstrip("~")
    ends = [end for one in bare.split("/") if (end := is_day(one))]
    whole = len(ends) == bare.count("/") + 1 <= 2 and ends == sorted(ends)
    return ListedDay(text=text, value=bare if whole else None, circa=whole and bare != text.strip())


def is_day(text: str) -> str | None:
    """The text where it is a year, a month or a day of the calendar in ISO 8601, else None."""
    if not _ISO.fullmatch(text):
        return None
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None
    return text


@lru_cache(maxsize=4096)
def country_code(said: str) -> str | None:
    """The ISO 3166 code of two letters, in lower case, of a code or of a country's name, or None.

    Names are those that ship with `geo`; nothing is guessed of others.
    """
    countries = shipped_countries()
    if len(said) == 2 and said.isascii():
        upper = said.upper()
        return upper.lower() if upper in countries.codes() else None
    code = countries.named(said)
    return None if code is None else code.lower()
