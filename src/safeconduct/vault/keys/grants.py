"""Grants: one case key, sealed to one person, signed by whoever gave it.

A sealed box says nothing of its sender and of what it is for. So case, compartment, version,
recipient, giver and times stand inside and are signed, and opening checks them one by one. An
expired grant is refused by this program; who kept the bytes and the keys may still open them with
another. The cure is rotation.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.fields import (
    as_number,
    as_text,
    labelled,
    pack,
    unlabelled,
    unpack,
)
from safeconduct.vault.keys.cases import CaseKey, Compartment
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys

_KIND = "grant"
_FACTS = 10


class GrantRefused(SafeconductError):
    """A grant that opens nothing; each subclass says why."""

    exit_code = 3


class GrantDamaged(GrantRefused):
    """Inside the sealed box is no grant."""


class GrantNotForThisKey(GrantRefused):
    """The sealed box does not open: it is for another key, or it was altered."""


class GrantForeign(GrantRefused):
    """The grant is for another case, compartment or recipient than it was filed for."""


class GiverUnknown(GrantRefused):
    """Nobody whose signature counts for this case gave it."""


class GrantForged(GrantRefused):
    """The signature is not the giver's."""


class GrantExpired(GrantRefused):
    """The time of the grant is over."""


class GrantNotYet(GrantRefused):
    """The grant is dated later than now: a clock is wrong, or somebody's date is."""


class GrantReplayed(GrantRefused):
    """The grant is of an older key version than the case has, or was revoked."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An opened grant: the key, who gave it, and from when until when (seconds, end excluded)."""

    key: CaseKey
    giver: str
    giver_version: int
    recipient: str
    recipient_version: int
    at: int
    until: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """For what a grant was filed, and what is known of the case from elsewhere.

    `version` is the key version that the case has now, `revoked` the ids of grants taken back.
    """

    case: str
    compartment: Compartment
    version: int
    revoked: Collection[str] = ()


Givers = Mapping[tuple[str, int], Card]


def grant(key: CaseKey, *, to: Card, by: StaffKeys, at: int, until: int) -> bytes:
    """A case key → a grant that only `to` can open. `at` and `until` are seconds, `until` later.

    Raises NotUsable for a grant that would never be valid.
    """
    if until <= at:
        raise NotUsable("a grant ends after it begins")
    signed = labelled(
        _KIND,
        key.case,
        key.compartment,
        key.version,
        to.user,
        to.version,
        by.user,
        by.version,
        at,
        until,
        key.secret,
    )
    return to.seal(pack(signed, by.sign(signed)))


def grant_id(key: CaseKey, *, to: Card, by: Card, at: int, until: int) -> str:
    """The name of a grant, by which it is revoked, from its facts without the secret.

    Not from its sealed bytes: whoever opened a box can seal the same grant anew.
    """
    return _id(
        Given(
            key=key,
            giver=by.user,
            giver_version=by.version,
            recipient=to.user,
            recipient_version=to.version,
            at=at,
            until=until,
        )
    )


def _id(given: Given) -> str:
    """SHA-256 of the labelled facts, hexadecimal."""
    facts = labelled(
        "grant-id",
        given.key.case,
        given.key.compartment,
        given.key.version,
        given.recipient,
        given.recipient_version,
        given.giver,
        given.giver_version,
        given.at,
        given.until,
    )
    return sha256(facts).hexdigest()


def open_grant(
    sealed: bytes, *, keys: StaffKeys, wanted: Wanted, givers: Givers, now: int
) -> Given:
    """A grant → the case key in it, after six questions.

    1. Does the box open with these keys?  2. Is a grant in it?  3. Is it for this case,
    compartment and recipient?  4. Did somebody sign it whose signature counts here (`givers`, by
    id and key version; an empty mapping refuses all)?  5. Is it the version of now, not revoked?
    6. Is it in force at `now`?
    Raises the subclass of GrantRefused that names the first answer that is no.
    """
    signed, signature = _opened(sealed, keys)  # 1
    given = _read(signed)  # 2
    _for_this(given, keys, wanted)  # 3
    _signed_by(given, signed, signature, givers)  # 4
    if given.key.version != wanted.version or _id(given) in wanted.revoked:  # 5
        raise GrantReplayed(f"key version {given.key.version}; the case has {wanted.version}")
    if now < given.at:  # 6
        raise GrantNotYet(f"given at {given.at}, now is {now}")
    if now >= given.until:
        raise GrantExpired(f"until {given.until}, now is {now}")
    return given


def _opened(sealed: bytes, keys: StaffKeys) -> tuple[bytes, bytes]:
    try:
        inside = keys.open(sealed)
    except NotOpened as error:
        raise GrantNotForThisKey(str(error)) from None
    try:
        signed, signature = unpack(inside, 2)
    except Malformed as error:
        raise GrantDamaged(str(error)) from None
    return signed, signature


def _read(signed: bytes) -> Given:
    try:
        facts = unlabelled(signed, _KIND, _FACTS)
        texts = [as_text(facts[at]) for at in (0, 1, 3, 5)]
        numbers = [as_number(facts[at]) for at in (2, 4, 6, 7, 8)]
        compartment = Compartment(texts[1])
    except (Malformed, ValueError) as error:
        raise GrantDamaged(str(error)) from None
    secret = facts[-1]
    if len(secret) != KEY_BYTES:
        raise GrantDamaged("a case key has 32 bytes")
    case, _, recipient, giver = texts
    version, recipient_version, giver_version, at, until = numbers
    return Given(
        key=CaseKey(case=case, compartment=compartment, version=version, secret=secret),
        giver=giver,
        giver_version=giver_version,
        recipient=recipient,
        recipient_version=recipient_version,
        at=at,
        until=until,
    )


def _for_this(given: Given, keys: StaffKeys, wanted: Wanted) -> None:
    if (given.key.case, given.key.compartment) != (wanted.case, wanted.compartment):
        found = f"{given.key.case}, {given.key.compartment}"
        raise GrantForeign(f"for {found}; filed for {wanted.case}, {wanted.compartment}")
    # A box that was opened and sealed again for somebody else carries the first recipient.
    if (given.recipient, given.recipient_version) != (keys.user, keys.version):
        raise GrantForeign(f"given to {given.recipient}, version {given.recipient_version}")


def _signed_by(given: Given, signed: bytes, signature: bytes, givers: Givers) -> None:
    card = givers.get((given.giver, given.giver_version))
    if card is None:
        raise GiverUnknown(f"{given.giver}, version {given.giver_version}")
    try:
        card.check(signed, signature)
    except SignatureWrong as error:
        raise GrantForged(str(error)) from None
