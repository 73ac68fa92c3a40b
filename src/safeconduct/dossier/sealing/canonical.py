"""JSON with one reading and one form: read strictly, written by RFC 8785.

Whoever reads what was signed must read what the signer meant. So a key that stands twice, a number
that programs read differently, and nesting that exhausts a reader are refused, not repaired.
"""

import json
from typing import Any, TypeVar

import msgspec
import rfc8785

from safeconduct.dossier.sealing.errors import FormUnknown, NotCanonical

MOST_BYTES = 32 * 1024 * 1024
MOST_DEPTH = 32
_SAFE = 2**53 - 1
_LONGEST_NUMBER = 32
"""Characters; a longer number has no exact double, and reading it can take very long."""

_Form = TypeVar("_Form", bound=msgspec.Struct)


def canonical(value: Any) -> bytes:
    """Plain values → their RFC 8785 bytes. Raises NotCanonical for what has no such form."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonical(f"no canonical form: {error}") from None


def read_strictly(data: bytes) -> Any:
    """JSON → plain values. Raises NotCanonical where another reader could read something else."""
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"{len(data):,} bytes of JSON; accepted: at most {MOST_BYTES:,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotCanonical("JSON that is not UTF-8") from None
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise NotCanonical(f"no JSON at character {error.pos}") from None


def read_canonical(data: bytes) -> Any:
    """The same, where the bytes are the canonical form itself."""
    value = read_strictly(data)
    if canonical(value) != data:
        raise NotCanonical("JSON that is not in its canonical form (RFC 8785)")
    return value


def formed(value: Any, form: type[_Form]) -> _Form:
    """Plain values → the struct that they must be, with nothing more. Raises FormUnknown."""
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        raise FormUnknown(f"not a {form.__name__}: {error}") from None


def _refuse_depth(text: str) -> None:
    """Before it is parsed: the parser would follow any depth."""
    depth, in_text, escaped = 0, False, False
    for character in text:
        if in_text:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_text = False
        elif character == '"':
            in_text = True
        elif character in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise NotCanonical(f"JSON nested deeper than {MOST_DEPTH}")
        elif character in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("JSON with a key that stands twice")
    return found


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER or abs(int(text)) > _SAFE:
        raise NotCanonical("JSON with a number that not every program reads exactly")
    return int(text)


def _number(text: str) -> float:
    value = float(text) if len(text) <= _LONGEST_NUMBER else float("inf")
    if value in (float("inf"), float("-inf")):
        raise NotCanonical("JSON with a number that not every program reads exactly")
    return value


def _no_constant(text: str) -> Any:
    raise NotCanonical(f"JSON with {text}")
