"""Turning a case key, so that somebody who had access has it no longer for what comes.

What was read stays read, and what was sealed under the old key can still be opened by whoever kept
that key and the bytes: nothing here can take it back.
"""

from collections.abc import Sequence

import msgspec

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.keys.cases import CaseKey, next_case_key
from safeconduct.vault.keys.grants import grant
from safeconduct.vault.keys.staff import Card, StaffKeys


class Rotation(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be stored together: the link back, and one grant for each who stays.

    The grants and the link belong in one transaction: half of them would lock people out.
    """

    key: CaseKey
    link: bytes
    grants: tuple[tuple[str, bytes], ...]


def rotate(
    key: CaseKey, *, staying: Sequence[Card], by: StaffKeys, at: int, until: int
) -> Rotation:
    """The next version of a case key, granted to those who stay.

    Raises NotUsable where nobody stays (the case would be lost), or somebody is named twice.
    """
    users = [card.user for card in staying]
    if not users:
        # An empty list would otherwise lock the case for good.
        raise NotUsable("somebody has to keep the case")
    if len(set(users)) != len(users):
        raise NotUsable("somebody is named twice")
    newer, link = next_case_key(key)
    grants = tuple(
        (card.user, grant(newer, to=card, by=by, at=at, until=until)) for card in staying
    )
    return Rotation(key=newer, link=link, grants=grants)


def revoke(
    key: CaseKey, *, user: str, holders: Sequence[Card], by: StaffKeys, at: int, until: int
) -> Rotation:
    """`rotate` for all holders but one. Raises NotUsable where that one holds nothing."""
    if user not in {card.user for card in holders}:
        raise NotUsable(f"{user} has no access that could be taken")
    staying = [card for card in holders if card.user != user]
    return rotate(key, staying=staying, by=by, at=at, until=until)
