"""The bytes of a plain case file → a `Case`, or every mistake in it at once."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec import inspect as types

from safeconduct.casefile import yamltree
from safeconduct.casefile.case import Case
from safeconduct.casefile.coherence import incoherences
from safeconduct.casefile.durations import Lasting, parse_duration
from safeconduct.casefile.edtf import EdtfError, parse_edtf
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.people import Name
from safeconduct.casefile.places import Place
from safeconduct.casefile.typed import Found, Path, TypedReader
from safeconduct.casefile.when import When
from safeconduct.casefile.yamltree import FileMistaken, Node, Span, shown

# Where a bare text may stand for the whole value: `when: 2022-09~`, `where: Samara`.
SHORTHANDS: Mapping[type, str] = {When: "edtf", Name: "text", Place: "name", Lasting: "iso"}


class ReadCase(NamedTuple):
    """A case with the text it was read from and the place of each of its values."""

    case: Case
    text: str
    tree: Node
    spans: Mapping[Path, Span]


def _edtf(value: When) -> Found | None:
    try:
        parse_edtf(value.edtf)
    except EdtfError as error:
        return f"the date `{shown(value.edtf)}`: {error.found}", error.accepted
    return None


def _lasting(value: Lasting) -> Found | None:
    try:
        parse_duration(value.iso)
    except SafeconductError:
        return f"the duration `{shown(value.iso)}`", "such as P10D, P2W, P3M, P2Y, PT36H"
    return None


# What a type alone does not say.
CHECKED: Mapping[type, Callable[[Any], Found | None]] = {When: _edtf, Lasting: _lasting}


def read_case(data: bytes) -> ReadCase:
    """Bytes of a plain case file → the case. Raises FileMistaken with every mistake."""
    text = yamltree.decode(data)
    tree = yamltree.parse(text)
    reader = TypedReader(SHORTHANDS, CHECKED)
    case = reader.read(tree, types.type_info(Case))
    mistakes = {*reader.mistakes, *incoherences(reader)}
    if mistakes:
        raise FileMistaken(tuple(sorted(mistakes)))
    return ReadCase(case, text, tree, reader.spans)
