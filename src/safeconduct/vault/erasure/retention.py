"""Which cases are due: the day until which each is kept, and holds that stop the clock.

Days only, given by the caller; nothing is erased here, and an unknown day is never a passed one.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from safeconduct.vault.formats.errors import NotUsable


class Standing(StrEnum):
    """Where a case stands with its retention."""

    DUE = "due"
    KEPT = "kept"
    HELD = "held"
    OPEN = "open"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A case's retention: when it was closed (None: it is open), how many days it is kept after
    that, and the words why it is held longer, if it is.
    """

    case: str
    closed: date | None
    days: int
    held_because: str = ""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A case, where it stands, and from which day it is due (None while it is open)."""

    case: str
    standing: Standing
    since: date | None


def retention(kept: Iterable[Kept], *, on: date) -> tuple[Due, ...]:
    """Each case's standing on a day, in the order given. Raises NotUsable for days below nought."""
    return tuple(_standing(one, on) for one in kept)


def _standing(one: Kept, on: date) -> Due:
    if one.days < 0:
        raise NotUsable(f"{one.case}: kept for {one.days} days")
    if one.closed is None:
        return Due(case=one.case, standing=Standing.OPEN, since=None)
    since = one.closed + timedelta(days=one.days)
    if on < since:
        return Due(case=one.case, standing=Standing.KEPT, since=since)
    standing = Standing.HELD if one.held_because else Standing.DUE
    return Due(case=one.case, standing=standing, since=since)
