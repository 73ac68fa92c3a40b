"""Short, stable identifiers that people can cite aloud, and other shared text forms."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

Id = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{1,2}[1-9][0-9]{0,4}$",
        description="a letter and a number, such as c3, e2, s1",
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}$",
        description="lower-case letters, digits and hyphens, at most 64",
    ),
]
Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
        description="a language tag such as ru, uk, kk-Cyrl, fr-FR",
    ),
]
Country = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}$", description="an ISO 3166-1 alpha-2 code such as RU, KZ, FR")
]
Sha256 = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}$", description="a SHA-256 hash in 64 lower-case hex digits")
]
Iso8601Duration = Annotated[
    str,
    Meta(
        pattern=r"^P(?=[0-9T])([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?"
        r"(T(?=[0-9])([0-9]{1,5}H)?([0-9]{1,6}M)?)?$",
        description="an ISO 8601 duration such as P10D, P2W, P3M, P2Y, PT36H",
    ),
]

# Which first letter each kind of thing bears, so that "e2" is known to be evidence when heard.
PREFIXES = {
    "claims": "c",
    "tellings": "t",
    "evidence": "e",
    "sources": "s",
    "service": "v",
    "searches": "h",
    "answers": "a",
    "judgements": "j",
    "consents": "k",
    "notes": "n",
    "persons": "p",
    "documents": "d",
    "explanations": "x",
    "controls": "w",
    "registers": "r",
    "identifiers": "i",
}


def next_id(prefix: str, taken: Iterable[str]) -> str:
    """The identifier after the highest of a list: `a3` after `a1` and `a2`."""
    numbers = (int("".join(filter(str.isdigit, one)) or 0) for one in taken)
    return f"{prefix}{max(numbers, default=0) + 1}"
