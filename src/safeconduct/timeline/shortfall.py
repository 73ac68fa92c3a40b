"""By how many minutes statements fall short that cannot all hold, in their best readings.

For one choice of readings and orders the shortfall is the weight of the worst circle: the most
negative closed way along edges that meets no variable twice. Of all choices the one with the
least shortfall counts, "short by 31 hours" being the most innocent way to put it. Found by branch
and bound: adding an edge never makes a circle better. Only conflicts belong here, since they are
small.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from safeconduct.timeline.network import Circle, Edge
from safeconduct.timeline.search import NOT_CHOSEN, Ranked, StepsSpent, bits


class Shortfall(msgspec.Struct, frozen=True, kw_only=True):
    """The worst circle of the best readings; not `exact`: another choice may fall short by less.

    `readings` gives each statement looked at (the background's too) its reading, by rank.
    """

    circle: Circle
    readings: tuple[tuple[int, int], ...]
    exact: bool
    steps: int


def shortfall(ranked: Ranked, statements: int, background: int, budget: int) -> Shortfall | None:
    """The shortfall of statements (bits, by rank) that cannot all hold with the background.

    None if they can after all, or if not even one choice was weighed within `budget` steps (edges
    looked at).
    """
    weighing = _Weighing(ranked, statements, background, budget)
    exact = True
    try:
        weighing.weigh_all()
    except StepsSpent:
        exact = False
    if not weighing.best:
        return None
    circle = Circle(weighing.best, _short(weighing.best))
    return Shortfall(circle=circle, readings=weighing.readings, exact=exact, steps=weighing.steps)


_Option: TypeAlias = tuple[int, int, tuple[Edge, ...], tuple[Edge, ...]]
"""A reading or an order: the shortfall with it, its number, its edges, the worst circle then."""


class _Weighing:
    """Branches over the readings of the statements, then over the orders of their presences.

    The `depth` of a branch counts the statements and pairs that are settled.
    """

    def __init__(self, ranked: Ranked, statements: int, background: int, budget: int) -> None:
        self._ranked = ranked
        self._owners = tuple(_involved(ranked, statements, background))
        self._pairs = sorted(ranked.apart.among(frozenset(self._owners)))
        self._choice = [NOT_CHOSEN] * len(ranked.readings)
        self._after: dict[int, list[Edge]] = {}
        self._before: dict[int, list[Edge]] = {}
        self._budget = budget
        self.steps = 0
        self.best: tuple[Edge, ...] = ()
        self.readings: tuple[tuple[int, int], ...] = ()

    def weigh_all(self) -> None:
        """Every choice that could fall short by less than the best one known."""
        last = len(self._owners) + len(self._pairs) - 1
        waiting = [self._weighed(0, ())] if last >= 0 else []
        entered: list[tuple[Edge, ...]] = []
        while waiting:
            depth = len(waiting) - 1
            if len(entered) > depth:
                self._leave(depth, entered.pop())
            if not waiting[-1] or (self.best and waiting[-1][-1][0] >= _short(self.best)):
                waiting.pop()
                continue
            _, option, edges, circle = waiting[-1].pop()
            self._enter(depth, option, edges)
            entered.append(edges)
            if depth < last:
                waiting.append(self._weighed(depth + 1, circle))
            else:
                self.best = circle
                if not circle:  # all can hold in this choice: nothing falls short
                    return
                self.readings = tuple((owner, self._choice[owner]) for owner in self._owners)

    def _weighed(self, depth: int, worst: tuple[Edge, ...]) -> list[_Option]:
        """The options at a depth, the best last; `worst` is the worst circle of those before."""
        options = []
        for option, edges in enumerate(self._options(depth)):
            circle = self._worst_with(edges, worst)
            options.append((_short(circle), option, edges, circle))
        options.sort(key=lambda one: one[:2], reverse=True)
        return options

    def _options(self, depth: int) -> Sequence[tuple[Edge, ...]]:
        if depth < len(self._owners):
            return self._ranked.readings[self._owners[depth]]
        pair = self._pairs[depth - len(self._owners)]
        return self._ranked.apart.orders(pair, self._choice) or ((),)

    def _enter(self, depth: int, option: int, edges: tuple[Edge, ...]) -> None:
        if depth < len(self._owners):
            self._choice[self._owners[depth]] = option
        for edge in edges:
            self._join(edge)

    def _leave(self, depth: int, edges: tuple[Edge, ...]) -> None:
        self._part(edges)
        if depth < len(self._owners):
            self._choice[self._owners[depth]] = NOT_CHOSEN

    def _worst_with(self, edges: tuple[Edge, ...], worst: tuple[Edge, ...]) -> tuple[Edge, ...]:
        """The worst circle when these edges join: each circle that is new passes one of them."""
        for edge in edges:
            way = self._worst_way(edge, _short(worst))
            if way is not None:
                worst = (edge, *way)
            self._join(edge)
        self._part(edges)
        return worst

    def _join(self, edge: Edge) -> None:
        self._after.setdefault(edge.start, []).append(edge)
        self._before.setdefault(edge.to, []).append(edge)

    def _part(self, edges: tuple[Edge, ...]) -> None:
        """Take out again what joined last."""
        for edge in reversed(edges):
            self._after[edge.start].pop()
            self._before[edge.to].pop()

    def _worst_way(self, edge: Edge, short: int) -> tuple[Edge, ...] | None:
        """The lightest way back to an edge's start that closes a circle short by more than `short`.

        Ways are cut off where even the lightest walk to the goal, which may meet a variable twice,
        would not be light enough.
        """
        if edge.start == edge.to:
            return () if -edge.minutes > short else None
        walks = self._lightest_walks(edge.start)
        limit = -short - edge.minutes  # the way must weigh less than this
        if walks.get(edge.to, limit) >= limit:
            return None
        found: tuple[Edge, ...] | None = None
        stack: list[tuple[int, int, tuple[Edge, ...], frozenset[int]]] = [
            (edge.to, 0, (), frozenset((edge.to,)))
        ]
        while stack:
            node, weight, way, met = stack.pop()
            self._spend(1)
            if node == edge.start:
                if weight < limit:
                    limit, found = weight, way
                continue
            for step in self._after.get(node, ()):
                rest = walks.get(step.to)
                if rest is None or step.to in met or weight + step.minutes + rest >= limit:
                    continue
                stack.append((step.to, weight + step.minutes, (*way, step), met | {step.to}))
        return found

    def _lightest_walks(self, goal: int) -> dict[int, int]:
        """For each variable from which the goal is reached, a weight that no simple way beats.

        Bellman and Ford's rounds against the edges, as many as a simple way can have edges; where
        circles are negative the walk may be lighter than any simple way.
        """
        walks = {goal: 0}
        reached = [goal]
        for _ in range(len(self._before) + 1):
            changed: dict[int, None] = {}
            for node in reached:
                rest = walks[node]
                before = self._before.get(node, ())
                self._spend(len(before) + 1)
                for start, _, minutes, _, _ in before:
                    if start != goal and rest + minutes < walks.get(start, rest + minutes + 1):
                        walks[start] = rest + minutes
                        changed[start] = None
            reached = list(changed)
            if not reached:
                break
        return walks

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self._budget:
            raise StepsSpent(self.steps)


def _short(circle: tuple[Edge, ...]) -> int:
    return -sum(edge.minutes for edge in circle)


def _involved(ranked: Ranked, statements: int, background: int) -> Iterator[int]:
    """The statements, after them the background that shares a variable with them, and so on.

    A background that meets them only at the origin cannot be in one circle with them. Presences
    that may have to be separated count as shared.
    """
    waiting = set(bits(background & ~statements))
    near = list(bits(statements))
    companies = [company for company in ranked.apart.companies() if company & waiting]
    while near:
        yield from near
        waiting.difference_update(near)
        met = frozenset().union(*(ranked.variables[owner] for owner in near))
        joined = frozenset().union(*(c for c in companies if not c.isdisjoint(near)))
        near = [
            owner
            for owner in sorted(waiting)
            if owner in joined or not met.isdisjoint(ranked.variables[owner])
        ]
