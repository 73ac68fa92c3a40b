"""The one shape in which both sides get every person: properties of FollowTheMoney, as written."""

import os
import re
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared/data/screening"))

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]*\.? (\d{4})")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


class DataMissing(Exception):
    """The folder with lists and labelled pairs is not there."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A person as a list, a query or a labelled pair has them."""

    id: str
    schema: str = "Person"
    properties: dict[str, tuple[str, ...]]

    def values(self, *names: str) -> tuple[str, ...]:
        """The values of these properties, in order, each once."""
        found = (value for name in names for value in self.properties.get(name, ()))
        return tuple(dict.fromkeys(found))

    def only(self, names: tuple[str, ...]) -> "Record":
        """The same person with these names alone in place of all names."""
        kept = {k: v for k, v in self.properties.items() if k not in NAMING}
        return Record(id=self.id, schema=self.schema, properties={"name": names, **kept})

    def without(self, *names: str) -> "Record":
        """The same person less these properties."""
        kept = {k: v for k, v in self.properties.items() if k not in names}
        return Record(id=self.id, schema=self.schema, properties=kept)


NAMING = frozenset({
    "name", "alias", "weakAlias", "previousName", "title",
    "firstName", "secondName", "middleName", "lastName", "fatherName", "motherName",
})  # fmt: skip


def record(key: str, **properties: str | tuple[str, ...] | list[str]) -> Record:
    """A Record of what is not empty."""
    kept = {
        name: (given,) if isinstance(given, str) else tuple(dict.fromkeys(v for v in given if v))
        for name, given in properties.items()
        if given
    }
    return Record(id=key, properties={name: values for name, values in kept.items() if values})


def iso(text: str) -> str:
    """A date as lists write it → an ISO prefix (`1960`, `1960-08`, `1960-08-11`), or nothing."""
    text = text.strip()
    if _ISO.fullmatch(text):
        return text
    if found := _DOTTED.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    if found := _WORDED.search(text):
        day_text, month_text, year_text = found.groups()
        if month_text.lower() in _MONTHS:
            month = _MONTHS.index(month_text.lower()) + 1
            return f"{year_text}-{month:02}" + (f"-{int(day_text):02}" if day_text else "")
    years = _YEAR.findall(text)
    return years[0] if len(set(years)) == 1 else ""


def data(path: str) -> Path:
    """A file of the screening data, which is not a part of this repository."""
    found = DATA / path
    if not found.exists():
        raise DataMissing(f"{found} is missing; SCREENING_DATA names the folder")
    return found
