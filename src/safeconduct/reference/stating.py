"""What a certificate must state: said by whoever adds the data, or told by the file itself."""

from typing import NamedTuple

from safeconduct.reference.addresses import day
from safeconduct.reference.errors import StatementRefused, StatementsMissing
from safeconduct.reference.importing import Built

_MOST = 2000
_NOT_STATED = "not stated"


class Stated(NamedTuple):
    """The statements of a certificate that no program can find out for itself."""

    as_of: str
    title: str
    origin: str
    licence: str
    completeness: str


def stated_by(
    built: Built,
    *,
    identifier: str,
    as_of: str | None,
    title: str | None,
    origin: str | None,
    licence: str | None,
    completeness: str | None,
) -> Stated:
    """What a person stated, and where they said nothing, what the file tells.

    The identifier stands in for a title; as-of day, origin and licence are never guessed.
    Raises StatementsMissing with all that are missing, StatementRefused, or AddressRefused for a
    day that is none.
    """
    wanted = {
        "as-of": as_of or built.as_of,
        "title": title or built.title or identifier,
        "origin": origin or built.origin,
        "licence": licence or built.licence,
        "completeness": completeness or built.completeness or _NOT_STATED,
    }
    if missing := tuple(name for name, found in wanted.items() if not found):
        raise StatementsMissing(missing)
    texts = {name: _text(name, found or "") for name, found in wanted.items()}
    return Stated(
        day("as-of", texts["as-of"]),
        texts["title"],
        texts["origin"],
        texts["licence"],
        texts["completeness"],
    )


def _text(name: str, found: str) -> str:
    clean = found.strip()
    try:
        clean.encode()
    except UnicodeEncodeError:
        raise StatementRefused(name, "text in UTF-8") from None
    if not clean or len(clean) > _MOST:
        raise StatementRefused(name, f"1 to {_MOST} characters")
    return clean
