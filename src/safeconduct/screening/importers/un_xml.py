"""The consolidated list of the UN Security Council as XML.

`CONSOLIDATED_LIST` with `dateGenerated` holds `INDIVIDUAL`s and `ENTITY`s: FIRST_NAME to
FOURTH_NAME are parts of one name in its order and no roles; QUALITY is Good or Low (a.k.a. or
f.k.a. of entities), empty elements mean nothing; TYPE_OF_DATE is EXACT, APPROXIMATELY or BETWEEN.
Read off the list of 2026-02-27, github.com/moov-io/watchman, test/testdata/UN_consolidated.xml at
e61ce041 (read 2026-11-23).
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import Entity, ListedDay, ListedDocument, ListedName
from safeconduct.screening.importers.countries import codes, of_document
from safeconduct.screening.importers.days import listed_day
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique
from safeconduct.screening.importers.xmlstream import XmlStream, all_said, said

FORMAT = "un-xml"
ROOT = "CONSOLIDATED_LIST"
TITLE = "United Nations Security Council Consolidated List"
ORIGIN = "United Nations Security Council"
_SCHEMATA = {"INDIVIDUAL": "Person", "ENTITY": "Organization"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_KINDS = {"low": "weak-alias", "f.k.a.": "previous"}
_PASSPORT = ("passport", "passeport", "pasaporte")
_NOTHING = {"", "na", "n/a", "nr"}


def read_un_xml(original: bytes) -> Read:
    """The list, individuals before entities as in the file. Raises ImportRejected."""
    stream = XmlStream(original, frozenset(_SCHEMATA))
    rejected: list[RowMistake] = []
    entities = []
    for line, element in stream:
        if stream.root != ROOT:
            break
        if not said(element, "FIRST_NAME") or not said(element, "DATAID"):
            rejected.append(mistake(line, "no name, or no DATAID"))
            continue
        entities.append(_entity(line, element))
    if stream.root != ROOT:
        refuse(1, f"the outermost element is {stream.root}; expected {ROOT}")
    day = listed_day(stream.about.get("dateGenerated", "")[:10]).value
    return finished(FORMAT, entities, rejected, as_of=day, title=TITLE, origin=ORIGIN)


def _entity(line: int, element: Element) -> Entity:
    kind = element.tag
    names = tuple(_names(element, kind))
    places, place_countries = _places(element, "INDIVIDUAL_PLACE_OF_BIRTH")
    addresses, countries = _places(element, f"{kind}_ADDRESS")
    citizenships, others = codes(all_said(element, "NATIONALITY/VALUE"))
    known, unknown = codes(countries)
    sex = said(element, "GENDER").lower()
    return Entity(
        id=f"un-{said(element, 'REFERENCE_NUMBER') or said(element, 'DATAID')}",
        schema=_SCHEMATA[kind],
        caption=names[0].text,
        names=names,
        birth_dates=tuple(_days(element)),
        birth_places=unique((*places, *_places_of_aliases(element))),
        citizenships=citizenships,
        countries=known,
        countries_said=tuple(
            one for one in unique((*others, *unknown)) if one.lower() not in _NOTHING
        ),
        sex=sex if sex in ("male", "female") else None,
        documents=tuple(_documents(element)),
        positions=all_said(element, "DESIGNATION/VALUE"),
        programs=unique([said(element, "UN_LIST_TYPE")]),
        topics=("sanction",),
        notes=unique((said(element, "COMMENTS1"), *all_said(element, "INDIVIDUAL_DOCUMENT/NOTE"))),
        addresses=addresses,
        other=tuple(("title", title) for title in all_said(element, "TITLE/VALUE"))
        + tuple(("birthCountry", code) for code in codes(place_countries)[0]),
        row=line,
    )


def _names(element: Element, kind: str) -> Iterator[ListedName]:
    yield ListedName(text=" ".join(unique(said(element, tag) for tag in _NAMES)))
    for text in all_said(element, "NAME_ORIGINAL_SCRIPT"):
        yield ListedName(text=text, kind="original-script")
    for alias in element.findall(f"{kind}_ALIAS"):
        text, quality = said(alias, "ALIAS_NAME"), said(alias, "QUALITY")
        if text:
            yield ListedName(
                text=text, kind=_KINDS.get(quality.lower(), "alias"), quality=quality or None
            )


def _days(element: Element) -> Iterator[ListedDay]:
    """Dates of birth; those of an alias are as much the person's."""
    for born in element.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        note = said(born, "NOTE")
        circa = "approximately" in f"{said(born, 'TYPE_OF_DATE')} {note}".lower()
        text = said(born, "DATE") or said(born, "YEAR")
        if years := [year for tag in ("FROM_YEAR", "TO_YEAR") if (year := said(born, tag))]:
            text = text or " to ".join(years)
        text = text[:10] if text[4:5] == "-" else text
        if text or note:
            day = listed_day(text or note)
            yield ListedDay(
                text=f"circa {day.text}" if circa else day.text,
                value=day.value,
                circa=circa or day.circa,
                remark=note if text and note else day.remark,
            )
    for text in all_said(element, "INDIVIDUAL_ALIAS/DATE_OF_BIRTH"):
        yield listed_day(text)


def _places(element: Element, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places as `street, city, state, country`, and their countries."""
    tags = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
    found = element.findall(path)
    texts = (", ".join(unique(said(one, tag) for tag in tags)) for one in found)
    return unique(texts), unique(said(one, "COUNTRY") for one in found)


def _places_of_aliases(element: Element) -> Iterator[str]:
    for alias in element.findall("INDIVIDUAL_ALIAS"):
        yield ", ".join(unique(said(alias, tag) for tag in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")))


def _documents(element: Element) -> Iterator[ListedDocument]:
    for paper in element.findall("INDIVIDUAL_DOCUMENT"):
        number = said(paper, "NUMBER")
        what = f"{said(paper, 'TYPE_OF_DOCUMENT')} {said(paper, 'TYPE_OF_DOCUMENT2')}".lower()
        if number:
            yield ListedDocument(
                kind="passport" if any(word in what for word in _PASSPORT) else "id",
                number=number,
                country=of_document(
                    said(paper, "ISSUING_COUNTRY") or said(paper, "COUNTRY_OF_ISSUE")
                ),
            )
