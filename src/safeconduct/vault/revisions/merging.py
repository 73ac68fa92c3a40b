"""Three-way merge of a document: what one side changed holds, what both changed is left to people.

Mappings are merged key by key, lists of items with an `id` item by item, everything else as a whole
value. What both sides changed differently is a Conflict with all three values: also where one side
removed what the other edited, and where both added different things under one name. Nothing is
guessed, so a conflict keeps its base value until somebody has chosen.

What fits together place by place may still not fit in meaning (one removes a claim, the other cites
it): the merged document is to be read as a case, with all its checks, before it is saved.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.revisions.ordering import common_order, full_order
from safeconduct.vault.revisions.trees import ABSENT, Absent, Held, Tree, by_id

Path: TypeAlias = tuple[str, ...]
Choices: TypeAlias = Mapping[Path, Held]


class ConflictKind(StrEnum):
    """What two sides disagree about: a value, or the order of a list."""

    VALUE = "value"
    ORDER = "order"


class NotInConflict(SafeconductError):
    """Something was chosen for a place where nothing is to be chosen."""


class ConflictsOpen(SafeconductError):
    """A merge with open conflicts is no document yet; a person has to choose first."""

    def __init__(self, conflicts: "tuple[Conflict, ...]") -> None:
        super().__init__("; ".join(one.place for one in conflicts))
        self.conflicts = conflicts


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One place that both sides changed differently, kept for a person.

    `path` has a key or an item's id for each step. The values are trees, or ABSENT where nothing
    stands; of an ORDER they are the ids of the items that all three have.
    """

    path: Path
    kind: ConflictKind
    base: Held
    ours: Held
    theirs: Held

    @property
    def place(self) -> str:
        """The path as people write it, such as `claims/c5/when`; empty for the whole document."""
        return "/".join(self.path)

    def __repr__(self) -> str:
        return f"Conflict({self.place!r}, {self.kind}, values)"


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """What two sides agree upon, with the base's value wherever a conflict is open."""

    agreed: Held
    conflicts: tuple[Conflict, ...]

    @property
    def document(self) -> Tree:
        """The merged tree. Raises ConflictsOpen while somebody has to choose."""
        if self.conflicts:
            raise ConflictsOpen(self.conflicts)
        if isinstance(self.agreed, Absent):
            raise ConflictsOpen(())
        return self.agreed


def merge(base: Held, ours: Held, theirs: Held, *, chosen: Choices | None = None) -> Merge:
    """Two trees that began as `base` → what they agree upon, and their conflicts.

    Swapping the sides swaps them within the conflicts and changes nothing else. `chosen` holds what
    people decided, by the path of the conflict: a tree, ABSENT to remove, ids for an order. Raises
    NotInConflict for a choice where there is no conflict, NotUsable for an order of other items.
    """
    walk = _Walk(chosen or {})
    agreed = walk.value((), base, ours, theirs)
    if walk.unused:
        raise NotInConflict("; ".join("/".join(one) for one in sorted(walk.unused)))
    return Merge(agreed=agreed, conflicts=tuple(walk.conflicts))


class _Walk:
    """One pass over three trees, gathering the conflicts in the order of the document."""

    def __init__(self, chosen: Choices) -> None:
        self.conflicts: list[Conflict] = []
        self.unused = set(chosen)
        self._chosen = chosen

    def value(self, path: Path, base: Held, ours: Held, theirs: Held) -> Held:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if isinstance(base, Mapping) and isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            return self._mapping(path, base, ours, theirs)
        begun: Held = [] if base is None or base is ABSENT else base
        items = [by_id(one) for one in (begun, ours, theirs)]
        if all(one is not None for one in items):
            return self._items(path, *(one or {} for one in items))
        return self._conflict(path, ConflictKind.VALUE, base, ours, theirs)

    def _mapping(
        self,
        path: Path,
        base: Mapping[str, Tree],
        ours: Mapping[str, Tree],
        theirs: Mapping[str, Tree],
    ) -> Tree:
        added = sorted((set(ours) | set(theirs)) - set(base))
        merged: dict[str, Tree] = {}
        for key in (*base, *added):
            sides = (one.get(key, ABSENT) for one in (base, ours, theirs))
            value = self.value((*path, key), *sides)
            if not isinstance(value, Absent):
                merged[key] = value
        return merged

    def _items(
        self,
        path: Path,
        base: Mapping[str, Tree],
        ours: Mapping[str, Tree],
        theirs: Mapping[str, Tree],
    ) -> Tree:
        """1. The order of the common items.  2. Each item.  3. The items where they belong."""
        common = common_order(tuple(base), tuple(ours), tuple(theirs))  # 1
        if common is None:
            common = self._ordered(path, base, ours, theirs)
        merged: dict[str, Tree] = {}
        for name in dict.fromkeys((*base, *_sorted_apart(base, ours, theirs))):  # 2
            sides = (one.get(name, ABSENT) for one in (base, ours, theirs))
            value = self.value((*path, name), *sides)
            if not isinstance(value, Absent):
                merged[name] = value
        order = full_order(common, tuple(ours), tuple(theirs), kept=merged)  # 3
        return [merged[name] for name in order if name in merged]

    def _ordered(
        self,
        path: Path,
        base: Mapping[str, Tree],
        ours: Mapping[str, Tree],
        theirs: Mapping[str, Tree],
    ) -> tuple[str, ...]:
        shared = set(base) & set(ours) & set(theirs)
        orders = ([one for one in names if one in shared] for names in (base, ours, theirs))
        found = self._conflict(path, ConflictKind.ORDER, *orders)
        names = tuple(map(str, found)) if isinstance(found, list | tuple) else ()
        if sorted(names) != sorted(shared):
            raise NotUsable("an order names each item that all have, once")
        return names

    def _conflict(
        self, path: Path, kind: ConflictKind, base: Held, ours: Held, theirs: Held
    ) -> Held:
        if path in self._chosen:
            self.unused.discard(path)
            return self._chosen[path]
        self.conflicts.append(Conflict(path=path, kind=kind, base=base, ours=ours, theirs=theirs))
        return base


def _sorted_apart(
    base: Mapping[str, Tree], ours: Mapping[str, Tree], theirs: Mapping[str, Tree]
) -> Sequence[str]:
    """The items that were added, in an order that does not depend on which side is which."""
    return sorted((set(ours) | set(theirs)) - set(base))
