"""Addresses of data sets, and the one place where texts become folder names."""

import re
from typing import Annotated, NamedTuple

from msgspec import Meta

from safeconduct.reference.errors import AddressRefused

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LABEL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([1-9][0-9]{0,5}))?")

Day = Annotated[
    str,
    Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="a day such as 2026-11-22"),
]


class Address(NamedTuple):
    """One version of one data set. `version` counts from 1 within an as-of day."""

    kind: str
    id: str
    as_of: str
    version: int = 1

    @property
    def label(self) -> str:
        """The as-of day, with the version where it is not the first: 2026-11-22-2."""
        return self.as_of if self.version == 1 else f"{self.as_of}-{self.version}"

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}@{self.label}"


def parsed(kind: str, identifier: str, label: str) -> Address:
    """Texts that somebody gave → an address. Raises AddressRefused."""
    as_of, version = _split(label)
    return Address(slug("kind", kind), slug("id", identifier), as_of, version)


def slug(what: str, text: str) -> str:
    """A text that may name a folder: no path, no upper case, not empty. Raises AddressRefused."""
    if not _SLUG.fullmatch(text):
        raise AddressRefused(what, text, "lower-case letters, digits and hyphens, at most 64")
    return text


def day(what: str, text: str) -> str:
    """A day that the calendar has, YYYY-MM-DD. Raises AddressRefused."""
    if not _DAY.fullmatch(text) or not _in_calendar(text):
        raise AddressRefused(what, text, "a day such as 2026-11-22")
    return text


def is_slug(text: str) -> bool:
    """Could it name a kind or a data set?"""
    return _SLUG.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Could it name a version?"""
    try:
        return bool(_split(text))
    except AddressRefused:
        return False


def _split(label: str) -> tuple[str, int]:
    found = _LABEL.fullmatch(label)
    # Version 1 has no number, so that each version has one name only.
    if not found or found[2] == "1" or not _in_calendar(found[1]):
        raise AddressRefused("as-of", label, "a day such as 2026-11-22, or 2026-11-22-2")
    return found[1], int(found[2] or 1)


def _in_calendar(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
