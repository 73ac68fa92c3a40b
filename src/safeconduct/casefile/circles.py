"""Orders that cannot hold: claims that are, over other claims, before themselves.

It knows names and arrows between them, and nothing of claims. Time grows with the arrows alone.
"""

from collections.abc import Iterator, Mapping, Set

Arrows = Mapping[str, Set[str]]
"""A name → the names that come after it."""


def circles(arrows: Arrows) -> Iterator[tuple[str, ...]]:
    """One circle, a shortest one, of each group of names that are all before each other.

    Names that are directly before themselves are left to whoever sees one arrow at a time.
    """
    for group in _Groups(arrows).found():
        yield _shortest(min(group), group, arrows)


class _Groups:
    """Tarjan's strongly connected components, without recursion, so that length does no harm.

    R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (2), 1972.
    """

    def __init__(self, arrows: Arrows) -> None:
        self._arrows = arrows
        self._number: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self._stacked: set[str] = set()
        self._work: list[tuple[str, Iterator[str]]] = []

    def found(self) -> Iterator[set[str]]:
        """Every group of two names or more."""
        for root in sorted(self._arrows):
            if root not in self._number:
                self._enter(root)
            while self._work:
                group = self._step()
                if len(group) > 1:
                    yield group

    def _enter(self, name: str) -> None:
        self._number[name] = self._low[name] = len(self._number)
        self._stack.append(name)
        self._stacked.add(name)
        self._work.append((name, iter(sorted(self._arrows.get(name, ())))))

    def _step(self) -> set[str]:
        """One arrow further, or back from a name that is done; the group that this closes."""
        name, after = self._work[-1]
        for other in after:
            if other not in self._number:
                self._enter(other)
                return set()
            if other in self._stacked:
                self._low[name] = min(self._low[name], self._number[other])
        self._work.pop()
        if self._work:
            above = self._work[-1][0]
            self._low[above] = min(self._low[above], self._low[name])
        return self._closed(name) if self._low[name] == self._number[name] else set()

    def _closed(self, name: str) -> set[str]:
        group = set()
        while name not in group:
            group.add(self._stack.pop())
        self._stacked -= group
        return group


def _shortest(start: str, group: Set[str], arrows: Arrows) -> tuple[str, ...]:
    """The shortest way from a name of a group back to itself (breadth first)."""
    came_from = {start: start}
    queue = [start]
    for name in queue:
        for other in sorted(arrows.get(name, frozenset()) & group):
            if other == start != name:
                way = [name]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if other not in came_from:
                came_from[other] = name
                queue.append(other)
    return (start,)
