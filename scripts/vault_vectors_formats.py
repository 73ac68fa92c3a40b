"""The vectors of the small formats, of staff keys and of evidence; see `vault_vectors`.

Bytes stand in hexadecimal. What is under `refused` must be refused, for the reason that is said.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from safeconduct.vault.evidence.files import SealedFile, store_file
from safeconduct.vault.evidence.stream import FRAME, encrypted
from safeconduct.vault.formats.canonical import canonical, to_text
from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import seal
from safeconduct.vault.formats.fields import labelled, pack
from safeconduct.vault.formats.padding import pad, padded_length
from safeconduct.vault.keys.hashing import HashingDoor
from safeconduct.vault.keys.passphrase import Pepper, enrol
from safeconduct.vault.keys.staff import new_staff_keys, seal_staff_keys

Json = dict[str, Any]

KEY = bytes(range(32))
SCHEMA = "safeconduct/example/1"
SIZES = (0, 1, 512, 513, 544, 545, 1023, 1024, 1025, 65_536, 65_537, 1_000_000, 1 << 30)
TYPED = "й-koda-\u0438\u0306"


def formats() -> Json:
    """Fields, labels, canonical JSON, base64url, padding, derived keys, envelopes."""
    fields = [[b""], [b"a", b"", b"bc"], []]
    texts = [
        {"schema": SCHEMA},
        {"schema": SCHEMA, "b": 1, "a": [True, None, 'ж\n"\\/\u2028\x7f\x01']},
        # Sorted by UTF-16 code units, the second of these stands before the third.
        {"schema": SCHEMA, "z": 0, "\U0001f600": 1, "\ufb33": 2},
        {"schema": SCHEMA, "number": 9_007_199_254_740_991},
    ]
    return {
        "fields": [
            {"fields": [_hex(one) for one in row], "packed": _hex(pack(*row))} for row in fields
        ],
        "labels": [
            {
                "kind": "example",
                "facts": ["ж", 258, {"bytes": "00ff"}],
                "packed": _hex(labelled("example", "ж", 258, b"\x00\xff")),
            }
        ],
        "canonical": [{"value": one, "text": canonical(one).decode()} for one in texts],
        "base64url": [
            {"bytes": _hex(one), "text": to_text(one)} for one in (b"", b"\xfb", b"\xff\xfe", KEY)
        ],
        "padded_lengths": [[size, padded_length(size)] for size in SIZES],
        "padding": [{"data": _hex(one), "padded": _hex(pad(one))} for one in (b"", b"abc")],
        "derived": [
            {
                "secret": _hex(KEY),
                "salt": _hex(salt),
                "purpose": _hex(labelled("example", "ж")),
                "key": _hex(derive(KEY, purpose=labelled("example", "ж"), salt=salt)),
            }
            for salt in (b"", b"\x01" * 32)
        ],
        "envelopes": _envelopes(),
        "refused": {
            "fields": [
                {"count": 1, "packed": "00000002ff", "why": "cut"},
                {"count": 1, "packed": "000000", "why": "a length is cut"},
                {"count": 1, "packed": "0000000000000000", "why": "two fields"},
                {"count": 1, "packed": "00000000ff", "why": "a byte too many"},
            ],
            "canonical": [
                {"text": '{"schema": "safeconduct/example/1"}', "why": "white space"},
                {"text": '{"schema":"safeconduct/example/1","a":1}', "why": "not sorted"},
                {"text": '{"a":1.0,"schema":"safeconduct/example/1"}', "why": "1.0 is written 1"},
                {"text": '{"a":1,"a":1,"schema":"safeconduct/example/1"}', "why": "named twice"},
                {"text": '{"a":"\\u0436","schema":"safeconduct/example/1"}', "why": "escaped"},
                {"text": '{"schema":"safeconduct/other/1"}', "why": "another schema"},
                {"text": '["safeconduct/example/1"]', "why": "no object"},
            ],
            "base64url": ["AB", "A", "AA==", "A+", "A/", " AA"],
            "padding": [
                {"padded": _hex(pad(b"abc")[:-1]), "why": "cut"},
                {"padded": _hex(pad(b"abc") + b"\0"), "why": "longer"},
                {"padded": _hex(pad(b"abc")[:-1] + b"\1"), "why": "filled with something"},
                {"padded": "", "why": "empty"},
            ],
        },
    }


def _envelopes() -> Json:
    place = labelled("example", "here")
    whole = seal(b"a statement", KEY, place=place)
    touched = whole[:-1] + bytes([whole[-1] ^ 1])
    return {
        "key": _hex(KEY),
        "place": _hex(place),
        "opened": [
            {"data": _hex(data), "envelope": _hex(envelope)}
            for data, envelope in ((b"a statement", whole), (b"", seal(b"", KEY, place=place)))
        ],
        "refused": [
            {"envelope": _hex(touched), "why": "a bit of the tag is turned"},
            {"envelope": _hex(b"SCE2" + whole[4:]), "why": "another version"},
            {"envelope": _hex(whole[:43]), "why": "shorter than nonce and tag"},
            {
                "envelope": _hex(seal(b"a statement", KEY, place=labelled("example", "there"))),
                "why": "sealed for another place",
            },
            {
                "envelope": _hex(seal(b"a statement", KEY[::-1], place=place)),
                "why": "sealed under another key",
            },
        ],
    }


def staff() -> Json:
    """A passphrase record, the staff keys that it opens, the card, and a box for its owner."""
    pepper = Pepper(bytes(range(32, 64)))
    stored, key = enrol("u-anna", TYPED, pepper=pepper, door=HashingDoor())
    keys = new_staff_keys("u-anna")
    card = keys.card
    return {
        "pepper": _hex(pepper.secret),
        "passphrase": TYPED,
        "record": stored.encoded().decode(),
        "key_encryption_key": _hex(key),
        "user": "u-anna",
        "version": 1,
        "envelope": _hex(seal_staff_keys(keys, key)),
        "receiving_secret": _hex(keys.receiving),
        "signing_seed": _hex(keys.signing),
        "card": _hex(card.encoded()),
        "fingerprint": card.fingerprint,
        "sealed_box": {"data": _hex(b"for Anna"), "sealed": _hex(card.seal(b"for Anna"))},
        "signature": {"data": _hex(b"a text"), "signature": _hex(keys.sign(b"a text"))},
        "wrong_passphrase": "й-koda-и",
    }


def evidence() -> Json:
    """Streams of several lengths, and a stored file with what opens it."""
    return {
        "key": _hex(KEY),
        "plain": "byte number n, from 0, is n mod 251",
        "streams": [_stream(length) for length in (0, 1, FRAME, FRAME + 1, 3 * FRAME)],
        "file": _file(),
        "refused": _refused_streams(),
    }


def _stream(length: int) -> Json:
    sealed = b"".join(encrypted([_plain(length)], KEY))
    short = {"sealed": _hex(sealed)} if length < 100 else {}
    return {
        "length": length,
        "header": _hex(sealed[4:28]),
        "sealed_length": len(sealed),
        "sealed_sha256": sha256(sealed).hexdigest(),
        **short,
    }


def _file() -> Json:
    kept = InMemory()
    stored: SealedFile = store_file([_plain(300)], kept)
    return {
        "object": stored.object,
        "key": _hex(stored.key),
        "size": stored.size,
        "sha256": stored.sha256,
        "bytes": _hex(b"".join(kept.get(stored.object))),
    }


def _refused_streams() -> list[Json]:
    short = b"".join(encrypted([b"a statement"], KEY))
    return [
        {"sealed": _hex(short[:-1]), "why": "cut within the last frame"},
        {"sealed": _hex(short[:28]), "why": "no frame at all"},
        {"sealed": _hex(short[:20]), "why": "cut within the header"},
        {"sealed": _hex(short + b"\0"), "why": "a byte after the end"},
        {"sealed": _hex(b"SCO2" + short[4:]), "why": "another version"},
        {"sealed": _hex(short[:-1] + bytes([short[-1] ^ 1])), "why": "a bit is turned"},
    ]


class InMemory:
    """A store of objects (`storage.objects.Objects`) that lasts as long as itself."""

    def __init__(self, *objects: bytes) -> None:
        self._held = {sha256(one).hexdigest(): one for one in objects}

    def put(self, chunks: Iterable[bytes]) -> str:
        data = b"".join(chunks)
        name = sha256(data).hexdigest()
        self._held[name] = data
        return name

    def get(self, name: str) -> Iterator[bytes]:
        return iter([self._held[name]])

    def names(self) -> Iterator[str]:
        return iter(sorted(self._held))

    def size(self, name: str) -> int:
        return len(self._held[name])

    def remove(self, name: str) -> None:
        self._held.pop(name, None)


def _plain(length: int) -> bytes:
    return bytes(at % 251 for at in range(length))


def _hex(data: bytes) -> str:
    return data.hex()
