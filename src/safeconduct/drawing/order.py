"""Which claims are certain to be before which: by their bounds, or by what was told of their order.

Bounds are already tightened by relations, so that a certain order shows either in bounds or along a
chain of relations alone.
"""

from collections.abc import Sequence

from safeconduct.casefile.account import RelationKind
from safeconduct.timeline.layout import Layout

_Node = tuple[str, bool]
"""A claim and whether its end is meant; an arrow leads to what is at the same time or later."""


class Order:
    """Answers "is this certainly before that?" for the claims of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._later = _arrows(layout)
        self._reached: dict[str, frozenset[str]] = {}

    def before(self, one: str, other: str) -> bool:
        """Does `one` end before `other` starts, whatever the dates are within their bounds?

        What is told in a circle has no certain order.
        """
        return self._stands(one, other) and not self._stands(other, one)

    def ranks(self, claims: Sequence[str]) -> dict[str, int]:
        """1, 2, 3 … for claims of which each is certainly before or after each other one.

        Those whose order is open against most others are left out, one after another, the later
        in the sequence first, until the rest stand in one order.
        """
        known = {(one, other): self.before(one, other) for one in claims for other in claims}
        kept = list(claims)
        while kept:
            open_to = {
                one: sum(
                    not (known[one, other] or known[other, one]) for other in kept if other != one
                )
                for one in kept
            }
            most = max(open_to.values())
            if most == 0:
                break
            kept.remove(next(one for one in reversed(kept) if open_to[one] == most))
        return {one: 1 + sum(known[other, one] for other in kept) for one in kept}

    def _stands(self, one: str, other: str) -> bool:
        end = self._layout.of(one).end_max.minutes
        start = self._layout.of(other).start_min.minutes
        if end is not None and start is not None and end <= start:
            return one != other
        if one not in self._reached:
            self._reached[one] = self._starts_after(one)
        return other in self._reached[one]

    def _starts_after(self, claim: str) -> frozenset[str]:
        queue: list[_Node] = [(claim, True)]
        seen = set(queue)
        for node in queue:
            for later in self._later.get(node, ()):
                if later not in seen:
                    seen.add(later)
                    queue.append(later)
        return frozenset(name for name, is_end in seen if not is_end and name != claim)


def _arrows(layout: Layout) -> dict[_Node, list[_Node]]:
    later: dict[_Node, list[_Node]] = {
        (claim, False): [(claim, True)] for claim in layout.occurrences
    }
    for occurrence in layout.occurrences.values():
        this = occurrence.claim.id
        for relation in occurrence.claim.relations:
            that = relation.claim
            for start, end in _told(relation.kind, this, that):
                later.setdefault(start, []).append(end)
    return later


def _told(kind: RelationKind, this: str, that: str) -> tuple[tuple[_Node, _Node], ...]:
    match kind:
        case RelationKind.BEFORE:
            return (((this, True), (that, False)),)
        case RelationKind.AFTER:
            return (((that, True), (this, False)),)
        case RelationKind.DURING:
            return (((that, False), (this, False)), ((this, True), (that, True)))
        case RelationKind.CONTAINS:
            return (((this, False), (that, False)), ((that, True), (this, True)))
        case _:
            return (((this, False), (that, True)), ((that, False), (this, True)))
