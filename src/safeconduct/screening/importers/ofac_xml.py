"""OFAC's advanced sanctions data model: sdn_advanced.xml and cons_advanced.xml.

Top elements refer to each other by number: the day of issue, sets of reference values, locations,
papers, parties, relations, entries. A party has a profile with identities; an identity has aliases,
an alias documented names (one in each script), a name has parts whose group tells the type (First
Name, Patronymic, Last Name). Sources: OFAC's explanatory notes of 2015-01-12 as stored at
vdocuments.site/specially-esignated-ationals-s-advanced-sanctions-ata-.html; the reader in
github.com/opensanctions/opensanctions, datasets/us/ofac/ofac_advanced.py at 01d2442f; excerpts of
the real file in stored tests (all read 2026-11-23).

A period of birth that spans a year, or a month, says that no more is known.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.importers.countries import codes
from safeconduct.screening.importers.ofac_values import (
    Feature,
    References,
    features,
    issued,
)
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique
from safeconduct.screening.importers.xmlstream import XmlStream, said

FORMAT = "ofac-xml"
ROOT = "Sanctions"
TITLE = "OFAC sanctions lists, advanced data model"
ORIGIN = "U.S. Department of the Treasury, Office of Foreign Assets Control"
_WANTED = frozenset(
    {"DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty"}
    | {"SanctionsEntry"}
)
_SCHEMATA = {
    "Individual": "Person",
    "Entity": "Organization",
    "Vessel": "Vessel",
    "Aircraft": "Airplane",
}
_KINDS = {"Name": "name", "A.K.A.": "alias", "F.K.A.": "previous", "N.K.A.": "name"}
_PARTS = {"First Name": "given", "Patronymic": "patronymic", "Last Name": "family"}
_FIRST_OF_ALL = "Last Name"
_LATIN = "Latin"
_CITIZENSHIPS = ("Nationality Country", "Citizenship Country")
_READ = ("Birthdate", "Place of Birth", "Gender", "Title", "Location", "Website", *_CITIZENSHIPS)


def read_ofac_xml(original: bytes) -> Read:
    """The list in the order of its parties. Raises ImportRejected."""
    stream = XmlStream(original, _WANTED)
    references = References()
    entities: list[Entity] = []
    rejected: list[RowMistake] = []
    programs: dict[str, list[str]] = {}
    as_of = None
    for line, element in stream:
        if element.tag == "DateOfIssue":
            as_of = issued(element)
        elif element.tag == "DistinctParty":
            entity = _entity(line, element, references)
            if isinstance(entity, RowMistake):
                rejected.append(entity)
            else:
                entities.append(entity)
        elif element.tag == "SanctionsEntry":
            programs.setdefault(element.get("ProfileID", ""), []).extend(
                _programs(element, references)
            )
        else:
            references.add(element)
    if stream.root != ROOT:
        refuse(1, f"the outermost element is {stream.root}; expected {ROOT}")
    found = (
        msgspec.structs.replace(one, programs=unique(programs.get(one.id[5:], ())))
        for one in entities
    )
    return finished(FORMAT, found, rejected, as_of=as_of, title=TITLE, origin=ORIGIN)


def _programs(entry: Element, references: References) -> Iterator[str]:
    for measure in entry.findall("SanctionsMeasure"):
        if references.text("SanctionsType", measure.get("SanctionsTypeID")) == "Program":
            yield said(measure, "Comment")


def _entity(line: int, party: Element, references: References) -> Entity | RowMistake:
    profile = party.find("Profile")
    number = profile.get("ID") if profile is not None else None
    if profile is None or not number:
        return mistake(line, "a party without a profile, or a profile without a number")
    names = tuple(_names(profile, references))
    if not names:
        return mistake(line, f"no name of {number}")
    kind = references.party_type(profile.get("PartySubTypeID"))
    found = features(profile, references)
    citizenships, others = codes(_countries(found, *_CITIZENSHIPS))
    countries, unknown = codes(_countries(found, "Location"))
    papers = [
        paper
        for identity in profile.findall("Identity")
        for paper in references.papers.get(identity.get("ID", ""), ())
    ]
    return Entity(
        id=f"ofac-{number}",
        schema=_SCHEMATA.get(kind, "LegalEntity"),
        caption=names[0].text,
        names=names,
        birth_dates=tuple(one.day for one in found.get("Birthdate", ()) if one.day is not None),
        birth_places=_texts(found, "Place of Birth"),
        citizenships=citizenships,
        countries=countries,
        countries_said=unique((*others, *unknown)),
        sex=next(
            (s for t in _texts(found, "Gender") if (s := t.lower()) in ("male", "female")), None
        ),
        documents=tuple(papers),
        positions=_texts(found, "Title"),
        topics=("sanction",),
        notes=unique((said(party, "Comment"), *_notes(found))),
        addresses=_texts(found, "Location"),
        links=_texts(found, "Website"),
        row=line,
    )


def _sex(texts: tuple[str, ...]) -> str | None:
    said = {text.lower() for text in texts}
    return said.pop() if said in ({"male"}, {"female"}) else None


def _texts(found: dict[str, list[Feature]], *labels: str) -> tuple[str, ...]:
    return unique(one.text for label in labels for one in found.get(label, ()))


def _countries(found: dict[str, list[Feature]], *labels: str) -> tuple[str, ...]:
    return unique(one.country or one.text for label in labels for one in found.get(label, ())
                  if one.country or label in _CITIZENSHIPS)  # fmt: skip


def _notes(found: dict[str, list[Feature]]) -> Iterator[str]:
    for label, values in found.items():
        if label not in _READ:
            for one in values:
                yield f"{label.rstrip(':- ')}: {one.text or (one.day.text if one.day else '')}"


def _names(profile: Element, references: References) -> Iterator[ListedName]:
    """The names of all identities, those of the kind `name` first."""
    found = [
        name
        for identity in profile.findall("Identity")
        for alias in identity.findall("Alias")
        for name in _documented(alias, _groups(identity, references), references)
    ]
    yield from sorted(found, key=lambda name: name.kind != "name")


def _groups(identity: Element, references: References) -> dict[str, str]:
    path = "NamePartGroups/MasterNamePartGroup/NamePartGroup"
    return {
        group.get("ID", ""): references.text("NamePartType", group.get("NamePartTypeID"))
        for group in identity.findall(path)
    }


def _documented(
    alias: Element, groups: dict[str, str], references: References
) -> Iterator[ListedName]:
    weak = alias.get("LowQuality") == "true"
    kind = _KINDS.get(references.text("AliasType", alias.get("AliasTypeID")), "alias")
    for name in alias.findall("DocumentedName"):
        parts: list[tuple[str, str]] = []
        script = ""
        for value in name.findall("DocumentedNamePart/NamePartValue"):
            text = " ".join((value.text or "").split())
            script = script or references.text("Script", value.get("ScriptID"))
            if text:
                parts.append((groups.get(value.get("NamePartGroupID", ""), ""), text))
        if not parts:
            continue
        foreign = script not in ("", _LATIN)
        declared = {field: " ".join(texts) for type_, field in _PARTS.items()
                    if (texts := [text for one, text in parts if one == type_])}  # fmt: skip
        whole = "given" in declared and "family" in declared
        yield ListedName(
            text=_as_listed(parts),
            kind="weak-alias" if weak else "original-script" if foreign else kind,
            script=script or None,
            declared=whole,
            quality="low" if weak else None,
            **(declared if whole else {}),
        )


def _as_listed(parts: list[tuple[str, str]]) -> str:
    """The name as OFAC's other files write it: the surname, a comma, the rest."""
    first = " ".join(text for type_, text in parts if type_ == _FIRST_OF_ALL)
    rest = " ".join(text for type_, text in parts if type_ != _FIRST_OF_ALL)
    return f"{first}, {rest}" if first and rest else first or rest
