"""The persons of the real lists, read plainly, so that both sides get the same.

Only persons; no importer of ours takes part. What a list says of a person stays as written but
for dates, which become ISO prefixes, and countries, which stay where they are codes.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ParserCreate

from bench.screening.records import Record, data, iso, record

_BORN = re.compile(r"(?:alt\. )?DOB ([^;]+?)(?: to [^;]+)?(?:;|\.?$)")
_POB = re.compile(r"(?:alt\. )?POB ([^;]+?)(?:;|\.?$)")
_PASSPORT = re.compile(r"Passport ([A-Z0-9-]{5,})")


def _text(path: str) -> str:
    return gzip.decompress(data(path).read_bytes()).decode("utf-8")


def _rows(path: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    yield from csv.DictReader(io.StringIO(_text(path)))


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    parsed = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    return tuple(part.strip() for part in parsed if part.strip())


def _turned(name: str) -> str:
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


@cache
def ofac() -> tuple[Record, ...]:
    """OFAC's list of July 2021; surnames moved from before the comma to the end."""
    aliases: dict[str, list[str]] = {}
    for row in csv.reader(io.StringIO(_text("watchlists/ofac_alt_2021-07.csv.gz"))):
        if len(row) > 3:
            aliases.setdefault(row[0], []).append(_turned(row[3]))
    found = []
    for row in csv.reader(io.StringIO(_text("watchlists/ofac_sdn_2021-07.csv.gz"))):
        if len(row) < 12 or row[2] != "individual":
            continue
        remarks = row[11].strip()
        found.append(
            record(
                f"ofac-{row[0]}",
                name=_turned(row[1]),
                alias=aliases.get(row[0], []),
                birthDate=[iso(text) for text in _BORN.findall(remarks)],
                birthPlace=_POB.findall(remarks),
                passportNumber=_PASSPORT.findall(remarks),
                gender={"M": "male", "F": "female"}.get(
                    (re.findall(r"Gender (M|F)", remarks) or [""])[0], ""
                ),
            )
        )
    return tuple(found)


def _said(node: Element, *paths: str) -> list[str]:
    found = (" ".join((one.text or "").split()) for path in paths for one in node.findall(path))
    return [text for text in found if text]


def _individual(node: Element) -> Record:
    parts = _said(node, "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    aliases: dict[bool, list[str]] = {True: [], False: []}
    for alias in node.findall("INDIVIDUAL_ALIAS"):
        aliases[alias.findtext("QUALITY") == "Low"] += _said(alias, "ALIAS_NAME")
    born = "INDIVIDUAL_DATE_OF_BIRTH"
    return record(
        f"un-{node.findtext('DATAID')}",
        name=[" ".join(parts), *_said(node, "NAME_ORIGINAL_SCRIPT")],
        alias=aliases[False],
        weakAlias=aliases[True],
        birthDate=[iso(text[:10]) for text in _said(node, f"{born}/DATE", f"{born}/YEAR")],
        gender=[text.lower() for text in _said(node, "GENDER") if text in ("Male", "Female")],
        birthPlace=_said(node, "INDIVIDUAL_PLACE_OF_BIRTH/CITY"),
        passportNumber=_said(node, "INDIVIDUAL_DOCUMENT/NUMBER"),
    )


@cache
def un() -> tuple[Record, ...]:
    """The UN consolidated list; its aliases of low quality are weak ones."""
    builder, parser = TreeBuilder(), ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(_text("watchlists/un_consolidated_2026-02.xml.gz"), True)
    return tuple(_individual(node) for node in builder.close().iter("INDIVIDUAL"))


@cache
def eu() -> tuple[Record, ...]:
    """The persons of the EU's consolidated annexes; a name of several forms stays whole."""
    return tuple(
        record(
            f"eu-{number}",
            name=row["name"],
            alias=_split(row["alias"]) + _split(row["previousName"]),
            weakAlias=_split(row["weakAlias"]),
            birthDate=[iso(text) for text in _split(row["birthDate"])],
            birthPlace=_split(row["birthPlace"]),
            gender=[text.lower() for text in _split(row["gender"])],
            passportNumber=_split(row["passportNumber"]),
        )
        for number, row in enumerate(_rows("watchlists/eu_journal_consolidated_dev.csv.gz"))
        if row["schema"] == "Person"
    )


@cache
def _targets(path: str) -> tuple[Record, ...]:
    return tuple(
        record(
            row["id"],
            name=row["name"],
            alias=_split(row["aliases"]),
            birthDate=[iso(text) for text in _split(row["birth_date"])],
            country=_split(row["countries"]),
        )
        for row in _rows(path)
        if row["schema"] == "Person"
    )


def ukraine() -> tuple[Record, ...]:
    """The persons of Ukraine's list, mostly named in Latin, Ukrainian and Russian."""
    return _targets("watchlists/ua_war_sanctions_dev.csv.gz")


def notices() -> tuple[Record, ...]:
    """The persons of Interpol's red notices."""
    return _targets("watchlists/interpol_red_notices_dev.csv.gz")


def sanctioned() -> tuple[Record, ...]:
    """OFAC, UN, EU and Ukraine together."""
    return ofac() + un() + eu() + ukraine()
