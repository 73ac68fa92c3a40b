"""Formulas of spreadsheets: which of them hold nothing but cells, numbers and common functions.

A text within a formula, a name or a function that is not listed may be somebody's word.
"""

import re
from collections.abc import Collection

from safeconduct.vault.cleaning.vocabulary import listed

_FUNCTIONS = listed("formulas-functions")
_PIECE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)
    |(?P<function>[A-Za-z][A-Za-z0-9.]*)(?=\()
    |(?P<cells>\$?[A-Z]{1,3}\$?[0-9]{1,7})
    |(?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})
    |(?P<number>[0-9]{1,15}(?:\.[0-9]{0,15})?(?:[eE][-+]?[0-9]{1,3})?)
    |(?P<sign>[-+*/^&=<>%(),;:{}\s!$|]|\#REF!|\#N/A)
    |(?P<truth>TRUE|FALSE)""",
    re.VERBOSE,
)


def says_nothing(formula: str, seen: Collection[str]) -> bool:
    """Is every piece of a formula a cell, a number, a common function, or a text that is `seen`?"""
    at = 0
    # What OpenDocument writes otherwise: a prefix, and cells in brackets with a point.
    plain = re.sub(r"^(?:of|oooc):=", "", formula)
    plain = re.sub(r"\[\.([^\]]*)\]", lambda found: found[1].replace(":.", ":"), plain)
    while at < len(plain):
        piece = _PIECE.match(plain, at)
        if piece is None or not _is_known(piece, seen):
            return False
        at = piece.end()
    return True


def _is_known(piece: re.Match[str], seen: Collection[str]) -> bool:
    kind, said = piece.lastgroup, piece[0]
    if kind == "text":
        return said == '""' or said[1:-1].replace('""', '"') in seen
    if kind == "sheet":
        return said[:-1].strip("'").replace("''", "'") in seen
    return kind != "function" or said.upper() in _FUNCTIONS
