"""A second reader of recovery, sessions, job keys and custody, from docs/reference/vault.md."""

import base64
from collections.abc import Sequence
from typing import Any

from tests.unit.vault.reader.formats import (
    Json,
    Refused,
    derived,
    digest,
    facts_of,
    labelled,
    opened,
    read_bytes,
    read_json,
    text,
    unpacked,
    whole,
)
from tests.unit.vault.reader.keys import Card, is_signed, unboxed

LETTERS = "ACEFHJKMNPRTWXYZ"
LOOKS_LIKE = dict(zip("АСЕНКМРТХУ", "ACEHKMPTXY", strict=True))
DROPPED = " \t\r\n-–—.·"
HANDLINGS = ("received", "viewed", "exported", "transferred", "cleaned", "erased")
SIGNED = {
    "asked": ("recovery-request", "id user version first second by at wait"),
    "delivered": ("recovery-delivery", "request at channel by"),
    "cancelled": ("recovery-cancellation", "request at"),
}
NUMBERS = ("version", "at", "wait")


def printed_key(typed: str) -> bytes:
    """The 16 bytes of a printed key."""
    large = "".join(one for one in typed if one not in DROPPED).upper()
    letters = "".join(LOOKS_LIKE.get(one, one) for one in large)
    if len(letters) != 40:
        raise Refused("not 40 letters")
    values: list[int] = []
    for number in range(1, 9):
        group = [LETTERS.find(one) for one in letters[5 * number - 5 : 5 * number]]
        if -1 in group or group[4] != _check(number, group[:4]):
            raise Refused(f"group {number}")
        values += group[:4]
    return bytes(values[at] * 16 + values[at + 1] for at in range(0, 32, 2))


def _check(number: int, values: Sequence[int]) -> int:
    for weight, value in zip((2, 4, 8, 3), values, strict=True):
        number ^= _product(weight, value)
    return number


def _product(one: int, other: int) -> int:
    if other == 0:
        return 0
    doubled = _product(one, other // 2) << 1
    if doubled & 16:
        doubled ^= 19
    return doubled ^ one if other % 2 else doubled


def with_paper(typed: str, record: bytes) -> bytes:
    """The staff keys (64 bytes) that a printed key opens."""
    row = read_json(record, "safeconduct/recovery-key/1", "user version number envelope")
    user, version, number = text(row["user"]), whole(row["version"]), whole(row["number"])
    key = derived(printed_key(typed), labelled("recovery-key", user))
    place = labelled("recovery-staff-keys", user, version, number)
    return opened(read_bytes(row["envelope"]), key, place)


def with_two(escrow: bytes, first: bytes, second: bytes, person: Card) -> bytes:
    """The staff keys (64 bytes) that the X25519 secrets of two custodians open."""
    names = "user version number first second"
    row = read_json(escrow, "safeconduct/escrow/1", f"{names} sealed")
    facts = [row[name] for name in names.split()]
    label, inner = unpacked(unboxed(read_bytes(row["sealed"]), first), 2)
    if label != labelled("escrow-outer", *facts):
        raise Refused("the outer box is another's")
    signed, signature = unpacked(unboxed(inner, second), 2)
    *found, receiving, seed = facts_of(signed, "escrow", "tnnttbb")
    if found != facts or (person.user, person.version) != (facts[0], facts[1]):
        raise Refused("the inner box is another's")
    if not is_signed(person, signed, signature):
        raise Refused("a signature")
    return bytes(receiving + seed)


def read_step(body: bytes) -> tuple[Json, bytes]:
    """A step of a request, and what its signature is of (empty where it has none)."""
    row = read_json(body, "safeconduct/recovery-step/1")
    whole(row.get("at"))
    if row.get("step") == "opened":
        return row, b""
    if row.get("step") not in SIGNED:
        raise Refused("no such step")
    kind, names = SIGNED[text(row["step"])]
    return row, labelled(kind, *(_fact(row, name) for name in names.split()))


def _fact(row: Json, name: str) -> str | int:
    return whole(row.get(name)) if name in NUMBERS else text(row.get(name))


def session_keys(token: str, boot_secret: bytes, session: Json) -> bytes:
    """The staff keys (64 bytes) of a session."""
    secret = base64.urlsafe_b64decode(token + "=")
    name = digest(labelled("session-token", secret))
    if name != session["id"]:
        raise Refused("another session")
    key = derived(secret, labelled("session-key", name), boot_secret)
    names = ("id", "user", "version", "begun", "seen", "over")
    return opened(session["envelope"], key, labelled("session", *(session[one] for one in names)))


def job_key(sealed: bytes, worker_secret: bytes, giver: Card) -> list[Any]:
    """The ten facts of a job's key."""
    signed, signature = unpacked(unboxed(sealed, worker_secret), 2)
    facts = facts_of(signed, "job-key", "tttnbtnnnb")
    if (giver.user, giver.version) != (facts[5], facts[6]):
        raise Refused("another giver")
    if not is_signed(giver, signed, signature):
        raise Refused("a signature")
    return facts


def custody_event(data: bytes) -> Json:
    """An event of custody."""
    row = read_json(data, "safeconduct/custody-event/1")
    whole(row.get("at"))
    text(row.get("item"))
    text(row.get("sha256"))
    if row.get("handling") not in HANDLINGS or not isinstance(row.get("facts"), dict):
        raise Refused("no event")
    return row
