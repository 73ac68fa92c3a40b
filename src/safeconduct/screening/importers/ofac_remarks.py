"""The last column of OFAC's sdn.csv: remarks such as `DOB 10 Dec 1948; POB Egypt; Gender Male.`

The column holds what has no column of its own, separated by `; `, and ends with a full stop;
aliases that OFAC calls weak stand here alone and not in alt.csv (both: announcement of 13 June
2012, ofac.treasury.gov/recent-actions/20120613, read 2026-11-23). What is not understood becomes a
note, as written.
"""

import re
from typing import NamedTuple

from safeconduct.screening.entities import ListedDay, ListedDocument, ListedName
from safeconduct.screening.importers.countries import of_document
from safeconduct.screening.importers.days import listed_day

_ALIAS = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.+)'")
_KINDS = {"a.k.a.": "weak-alias", "n.k.a.": "weak-alias", "f.k.a.": "previous"}
_DOCUMENTS = (
    (r"(?:\w+ )?Passport", "passport"),
    (r"Stateless Person Passport", "passport"),
    (r"SSN", "social-security"),
    (r"(?:Tax ID No\.|NIT #|R\.F\.C\.|RUC #|RIF #|Italian Fiscal Code|C\.U\.I\.T\.|RTN)", "tax"),
    (
        r"(?:National ID No\.|Identification Number|Cedula No\.|Cedula de Ciudadania|"
        r"Cedula de Residencia|Residency Number|Personal ID Card|Identity Card|D\.N\.I\.|"
        r"C\.U\.R\.P\.|National Foreign ID Number|Electoral Registry No\.|Driver's License No\.|"
        r"Birth Certificate Number|Citizen's Card Number|Travel Document Number|C\.U\.I\.P\.|"
        r"Kenyan ID No\.|Turkish Identification Number|Bosnian Personal ID No\.|"
        r"Tarjeta de Identidad|Refugee ID Card|I\.F\.E\.|Stateless Person ID Card|"
        r"Immigration No\.|Residency Permit No\.|British National Overseas Passport|"
        r"Cartilla de Servicio Militar Obligatorio|Credencial electoral|Matricula Mercantil No|"
        r"Voter Identification Number|Romanian C\.N\.P\.|N\.I\.E\.|LE Number)",
        "id",
    ),
)
_NUMBER = r" (?P<number>[^\s(]+(?: [^\s(]*\d[^\s(]*)*)(?: \((?P<country>[^)]*)\))?(?P<rest>.*)"
_PATTERNS = tuple((re.compile(kind + _NUMBER), name) for kind, name in _DOCUMENTS)


class Remarks(NamedTuple):
    """What the remarks hold, each in the order of the list."""

    names: list[ListedName]
    days: list[ListedDay]
    places: list[str]
    citizenships: list[str]
    sexes: list[str]
    documents: list[ListedDocument]
    links: list[str]
    notes: list[str]


def read_remarks(text: str) -> Remarks:
    """The remarks of one row."""
    found = Remarks([], [], [], [], [], [], [], [])
    for piece in text.strip().removesuffix(".").split("; "):
        bare = piece.strip().removeprefix("alt. ")
        if bare:
            _add(found, bare, piece.strip())
    return found


def _add(found: Remarks, bare: str, written: str) -> None:
    if alias := _ALIAS.fullmatch(bare):
        found.names.append(
            ListedName(text=alias[2], kind=_KINDS[alias[1]], quality="weak" * (alias[1][0] != "f"))
        )
        return
    word, _, rest = bare.partition(" ")
    if word == "DOB":
        found.days.append(listed_day(rest))
    elif word == "POB":
        found.places.append(rest)
    elif word in ("nationality", "citizen"):
        found.citizenships.append(rest)
    elif word == "Gender":
        found.sexes.append(rest.lower())
    elif word == "Website":
        found.links.append(rest)
    elif (document := _document(bare)) is not None:
        found.documents.append(document)
        found.notes.append(written)
    else:
        found.notes.append(written)


def _document(bare: str) -> ListedDocument | None:
    for pattern, kind in _PATTERNS:
        match = pattern.fullmatch(bare)
        if match and any(c.isdigit() for c in match["number"]):
            return ListedDocument(
                kind=kind, number=match["number"], country=of_document(match["country"] or "")
            )
    return None
