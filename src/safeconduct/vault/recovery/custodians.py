"""The organisation's way back: a person's keys in nested boxes for each two of three custodians.

The inner box is for the second of a pair, the outer for the first; pairs and their members stand
in the order of their ids. No library for sharing secrets is needed, and none is trusted. The server
enforces request, notice and wait (`requests`); two colluding custodians with the database need none
of them. The second custodian's machine sees the keys open: afterwards the person gets new ones.
"""

from collections.abc import Sequence
from itertools import combinations

import msgspec

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
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys
from safeconduct.vault.recovery.errors import (
    EscrowDamaged,
    EscrowForged,
    NotThisCustodian,
    PairNotNamed,
    RecoveryForeign,
    RecoveryReplaced,
)
from safeconduct.vault.recovery.requests import Known, Standing, may_open

_INNER, _OUTER = "escrow", "escrow-outer"


class Escrow(msgspec.Struct, frozen=True, kw_only=True):
    """One person's keys for one pair. `number` counts a person's escrows; the last one counts."""

    user: str
    version: int
    number: int
    first: str
    second: str
    sealed: bytes


class HalfOpened(msgspec.Struct, frozen=True, kw_only=True):
    """What the first custodian hands to the second: the same escrow without its outer box."""

    user: str
    version: int
    number: int
    first: str
    second: str
    sealed: bytes


def entrust(keys: StaffKeys, custodians: Sequence[Card], *, number: int) -> tuple[Escrow, ...]:
    """A person's keys for three custodians: three escrows, one for each pair, in fixed order.

    The escrows of the number before are destroyed. Raises NotUsable where the custodians are not
    three, or the person is one of them.
    """
    users = {card.user for card in custodians}
    if len(custodians) != 3 or len(users) != 3 or keys.user in users:
        raise NotUsable("three custodians, and none is the person whose keys they keep")
    if number < 1:
        raise NotUsable("the first escrow has the number 1")
    ordered = sorted(custodians, key=lambda card: card.user)
    return tuple(_for_pair(keys, one, other, number) for one, other in combinations(ordered, 2))


def open_first(
    escrow: Escrow, standing: Standing, known: Known, *, by: StaffKeys, number: int, now: int
) -> HalfOpened:
    """The first custodian's step. Raises what `may_open` raises, PairNotNamed, RecoveryForeign,
    RecoveryReplaced, NotThisCustodian, EscrowDamaged.
    """
    _allowed(escrow, standing, known, number=number, now=now)
    if by.user != escrow.first:
        raise PairNotNamed(f"{by.user} opens; {escrow.first} is the first")
    outer = _box(by, escrow.sealed)
    try:
        label, sealed = unpack(outer, 2)
    except Malformed as error:
        raise EscrowDamaged(str(error)) from None
    if label != _outer(escrow):
        raise RecoveryForeign("the outer box is of another person, pair or number")
    return HalfOpened(
        user=escrow.user,
        version=escrow.version,
        number=escrow.number,
        first=escrow.first,
        second=escrow.second,
        sealed=sealed,
    )


def open_second(
    half: HalfOpened, standing: Standing, known: Known, *, by: StaffKeys, number: int, now: int
) -> StaffKeys:
    """The second custodian's step: the person's keys. `records.carry_out` does it once only.

    Raises as `open_first`, and EscrowForged where the person did not sign what is inside.
    """
    _allowed(half, standing, known, number=number, now=now)
    if by.user != half.second:
        raise PairNotNamed(f"{by.user} opens; {half.second} is the second")
    try:
        signed, signature = unpack(_box(by, half.sealed), 2)
        facts = unlabelled(signed, _INNER, 7)
        found = _named(facts)
    except Malformed as error:
        raise EscrowDamaged(str(error)) from None
    if found != (half.user, half.version, half.number, half.first, half.second):
        raise RecoveryForeign("the inner box is of another person, pair or number")
    try:
        known.user.check(signed, signature)
    except SignatureWrong as error:
        raise EscrowForged(str(error)) from None
    receiving, signing = facts[-2:]
    if len(receiving) != KEY_BYTES or len(signing) != KEY_BYTES:
        raise EscrowDamaged("two keys of 32 bytes belong here")
    return StaffKeys(user=half.user, version=half.version, receiving=receiving, signing=signing)


def _for_pair(keys: StaffKeys, first: Card, second: Card, number: int) -> Escrow:
    escrow = Escrow(
        user=keys.user,
        version=keys.version,
        number=number,
        first=first.user,
        second=second.user,
        sealed=b"",
    )
    signed = labelled(_INNER, *_facts(escrow), keys.receiving, keys.signing)
    inner = second.seal(pack(signed, keys.sign(signed)))
    return msgspec.structs.replace(escrow, sealed=first.seal(pack(_outer(escrow), inner)))


def _allowed(
    escrow: Escrow | HalfOpened, standing: Standing, known: Known, *, number: int, now: int
) -> None:
    request = may_open(standing, known, now=now)
    if (request.user, request.version) != (escrow.user, escrow.version):
        raise RecoveryForeign(f"of {escrow.user}, version {escrow.version}")
    if (request.first, request.second) != (escrow.first, escrow.second):
        raise PairNotNamed(f"the request names {request.first} and {request.second}")
    if escrow.number != number:
        raise RecoveryReplaced(f"escrow {escrow.number}; escrow {number} counts")


def _box(by: StaffKeys, sealed: bytes) -> bytes:
    try:
        return by.open(sealed)
    except NotOpened as error:
        raise NotThisCustodian(str(error)) from None


def _facts(escrow: Escrow | HalfOpened) -> tuple[str, int, int, str, str]:
    return escrow.user, escrow.version, escrow.number, escrow.first, escrow.second


def _outer(escrow: Escrow | HalfOpened) -> bytes:
    return labelled(_OUTER, *_facts(escrow))


def _named(facts: Sequence[bytes]) -> tuple[str, int, int, str, str]:
    user, version, number, first, second = facts[:5]
    return as_text(user), as_number(version), as_number(number), as_text(first), as_text(second)
