"""What a check of a vault finds, and what it could not look at. Unknown is never clear."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

import msgspec

from safeconduct.vault.chains.verifying import ChainReport


class Trouble(StrEnum):
    """What is wrong at a place.

    MISSING: referred to and not there. DAMAGED: there, and not as it was stored. UNREADABLE: there,
    and the system does not give it. ORPHANED: whole, and nothing refers to it. STRANGER: no part of
    the vault, such as a write that was cut short.
    """

    MISSING = "missing"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    ORPHANED = "orphaned"
    STRANGER = "stranger"


LOSS = (Trouble.MISSING, Trouble.DAMAGED, Trouble.UNREADABLE)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where (an object's name, a row, a file), and what shows it."""

    trouble: Trouble
    place: str
    says: str


class NotChecked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that this check cannot know, and what it would need."""

    what: str
    needs: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a check is: `done` of `total` objects, or rows (their total is not known: 0)."""

    step: str
    done: int
    total: int


Watcher: TypeAlias = Callable[[Progress], object]


class VaultReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, what is wrong with it, and what nobody could check."""

    objects: int
    object_bytes: int
    rows: int
    chains: tuple[ChainReport, ...]
    problems: tuple[Problem, ...]
    not_checked: tuple[NotChecked, ...]

    @property
    def nothing_lost(self) -> bool:
        """Nothing was found missing, damaged or unreadable. What was not checked may be."""
        return not any(one.trouble in LOSS for one in self.problems)
