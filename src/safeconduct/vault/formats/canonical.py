"""Canonical JSON (RFC 8785): one value has one text, so that a hash of the text means the value.

Texts that are not canonical are refused on reading, since two texts of one value would give a
changed row an innocent look.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from safeconduct.vault.formats.errors import Malformed, NotUsable

Json: TypeAlias = Any


def canonical(value: Json) -> bytes:
    """A value → its one text. Raises NotUsable for what JSON cannot say exactly."""
    import rfc8785

    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotUsable(f"no canonical JSON: {type(error).__name__}") from None


def read_canonical(text: bytes, schema: str) -> dict[str, Json]:
    """A canonical text → its object, which says that it is of `schema`. Raises Malformed."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("no JSON") from None
    if not isinstance(value, dict) or value.get("schema") != schema:
        raise Malformed(f"not of {schema}")
    try:
        same = canonical(value) == text
    except NotUsable:
        same = False
    if not same:
        raise Malformed("the JSON is not in its canonical form")
    return value


def text_of(row: Mapping[str, Json], key: str) -> str:
    """The text at `key`. Raises Malformed."""
    value = row.get(key)
    if not isinstance(value, str):
        raise Malformed(f"{key} is no text")
    return value


def number_of(row: Mapping[str, Json], key: str) -> int:
    """The whole number at `key`, nought or more. Raises Malformed."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Malformed(f"{key} is no whole number")
    return value


def bytes_of(row: Mapping[str, Json], key: str) -> bytes:
    """The bytes written at `key` by `to_text`. Raises Malformed."""
    text = text_of(row, key)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(f"{key} is no base64url") from None
    if to_text(data) != text:
        raise Malformed(f"{key} is no canonical base64url")
    return data


def to_text(data: bytes) -> str:
    """Bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
