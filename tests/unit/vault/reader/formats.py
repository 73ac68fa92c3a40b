"""A second reader of the small formats, written from docs/reference/vault.md and nothing else.

It imports nothing of the project, and stands for whoever has to read a vault without it.
"""

import base64
import json
from decimal import Decimal
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
from nacl.exceptions import CryptoError

Json = dict[str, Any]


class Refused(Exception):
    """What is read is not what the page says; the first word is the reason."""


def unpacked(data: bytes, count: int) -> list[bytes]:
    """Packed fields."""
    fields = []
    while data:
        if len(data) < 4:
            raise Refused("a length is cut")
        length, data = int.from_bytes(data[:4], "big"), data[4:]
        if len(data) < length:
            raise Refused("a field is cut")
        fields.append(data[:length])
        data = data[length:]
    if len(fields) != count:
        raise Refused(f"{len(fields)} fields, not {count}")
    return fields


def labelled(kind: str, *facts: str | int | bytes) -> bytes:
    """Labelled facts, as they are hashed, signed and authenticated."""
    fields = [f"safeconduct/{kind}/1".encode()]
    for fact in facts:
        if isinstance(fact, str):
            fields.append(fact.encode())
        elif isinstance(fact, int):
            fields.append(fact.to_bytes(8, "big"))
        else:
            fields.append(fact)
    return b"".join(len(one).to_bytes(4, "big") + one for one in fields)


def facts_of(data: bytes, kind: str, form: str) -> list[Any]:
    """The facts behind a label; `form` has one letter for each: t(ext), n(umber), b(ytes)."""
    label, *fields = unpacked(data, len(form) + 1)
    if label != f"safeconduct/{kind}/1".encode():
        raise Refused(f"no {kind}")
    return [_fact(field, letter) for field, letter in zip(fields, form, strict=True)]


def _fact(field: bytes, letter: str) -> str | int | bytes:
    if letter == "t":
        try:
            return field.decode()
        except UnicodeDecodeError:
            raise Refused("no text") from None
    if letter == "n":
        if len(field) != 8:
            raise Refused("no number")
        return int.from_bytes(field, "big")
    return field


def canonical(value: Any) -> bytes:
    """The canonical text of a value."""
    return _written(value).encode()


def _written(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_written(key)}:{_written(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(one) for one in value) + "]"
    if isinstance(value, float):
        return _number(value)
    if type(value) is int and abs(value) >= 1 << 53:
        raise Refused("a number beyond what JSON can say")
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _number(value: float) -> str:
    """As ECMAScript writes it: plain from 1e-6 to below 1e21, else with an exponent."""
    if value != value or value in (float("inf"), float("-inf")):
        raise Refused("no number")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    if not isinstance(exponent, int):
        raise Refused("no number")
    text, minus = "".join(map(str, digits)), "-" if sign else ""
    point = len(text) + exponent
    if len(text) <= point <= 21:
        return minus + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return f"{minus}{text[:point]}.{text[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{text}"
    rest = f".{text[1:]}" if len(text) > 1 else ""
    return f"{minus}{text[0]}{rest}e{point - 1:+d}"


def read_json(text: bytes, schema: str, keys: str = "") -> Json:
    """An object of a schema; with `keys`, of exactly these."""
    try:
        value = json.loads(text.decode())
        same = canonical(value) == text
    except (ValueError, RecursionError):
        raise Refused("no JSON") from None
    if not same:
        raise Refused("not canonical")
    if not isinstance(value, dict) or value.get("schema") != schema:
        raise Refused("another schema")
    if keys and set(value) != {"schema", *keys.split()}:
        raise Refused("other keys")
    return value


def read_bytes(text: Any) -> bytes:
    """base64url without padding."""
    if not isinstance(text, str):
        raise Refused("no text")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Refused("no base64url") from None
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Refused("another text of the same bytes")
    return data


def whole(value: Any) -> int:
    """A whole number, 0 or more."""
    if type(value) is not int or value < 0:
        raise Refused("no whole number")
    return value


def text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Refused("no text")
    return value


def padded_length(length: int) -> int:
    """The size to which so many bytes are filled up."""
    if length <= 512:
        return 512
    step = 1
    while step * 2 <= length // 16:
        step *= 2
    return (length + step - 1) // step * step


def unpadded(padded: bytes) -> bytes:
    """Data without its padding."""
    length = int.from_bytes(padded[:8], "big")
    data, filling = padded[8 : 8 + length], padded[8 + length :]
    if len(data) != length or len(padded) != padded_length(8 + length) or any(filling):
        raise Refused("another padding")
    return data


def derived(secret: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    """A key from a key."""
    return HKDF(SHA256(), length=32, salt=salt or bytes(32), info=purpose).derive(secret)


def opened(envelope: bytes, key: bytes, place: bytes) -> bytes:
    """The data in an envelope."""
    if len(envelope) < 44 or envelope[:4] != b"SCE1":
        raise Refused("no envelope")
    nonce, sealed = envelope[4:28], envelope[28:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, b"SCE1" + place, nonce, key)
    except CryptoError:
        raise Refused("does not open") from None


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return sha256(data).hexdigest()
