"""The names that office formats have by their standards: what is in none of them has no way on.

The lists say only that a name is known; what may stand under it is judged elsewhere.
"""

from functools import cache
from pathlib import Path

import msgspec

_STRICT = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Elements and attributes as `{namespace}name`, bare attributes, and values of enumerations."""

    elements: frozenset[str]
    attributes: frozenset[str]
    bare: frozenset[str]
    words: frozenset[str]

    def has_attribute(self, name: str) -> bool:
        """Is an attribute, with its namespace or without any, one of the standard's?"""
        return name in (self.attributes if name.startswith("{") else self.bare)


@cache
def ooxml() -> Vocabulary:
    """Word, Excel and PowerPoint: ECMA-376 in both of its forms, with VML."""
    return _load("ooxml.txt")


@cache
def odf() -> Vocabulary:
    """OpenDocument 1.3, without forms, scripts and properties."""
    return _load("odf.txt")


@cache
def names(of: str) -> frozenset[str]:
    """Names that programs bring along, in lower case: of `fonts`, or of `styles`."""
    lines = Path(__file__).with_name(f"{of}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """One of our own lists. Raises KeyError where there is none of that name."""
    found: dict[str, set[str]] = {}
    for line in Path(__file__).with_name("lists.txt").read_text("utf-8").splitlines():
        kind, *words = line.split()
        found.setdefault(kind, set()).update(words)
    return frozenset(found[name])


def _load(name: str) -> Vocabulary:
    elements: set[str] = set()
    attributes: set[str] = set()
    bare: set[str] = set()
    words: set[str] = set()
    spaces: tuple[str, ...] = ()
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        kind, *listed = line.split()
        if kind == "namespace":
            spaces = (listed[0], listed[0].replace(*_STRICT).replace("/2006/", "/"))
        elif kind == "elements":
            elements.update(f"{{{space}}}{one}" for space in spaces for one in listed)
        elif kind == "attributes":
            attributes.update(f"{{{space}}}{one}" for space in spaces for one in listed)
            bare.update(listed)
        elif kind == "words":
            words.update(listed)
    return Vocabulary(
        elements=frozenset(elements),
        attributes=frozenset(attributes),
        bare=frozenset(bare),
        words=frozenset(words),
    )
