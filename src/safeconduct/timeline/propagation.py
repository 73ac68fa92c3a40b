"""Moments that meet a changing set of edges, repaired where a new edge does not hold.

Each edge says `value(to) - value(start) <= minutes`. The values at hand meet all edges that are in
force; taking one away never breaks that, and a new one is met by moving as few values as needed, or
refused with the circle of edges that cannot hold with it. The search for what must move is
Dijkstra's over the slack of edges, as in Cotton and Maler, "Fast and Flexible Difference Constraint
Propagation for DPLL(T)" (SAT 2006), with one difference: the origin stays where it is, so that a
date here does not move all others. It knows neither statements nor readings, only the number of the
choice that an edge belongs to.
"""

from heapq import heappop, heappush
from typing import TypeAlias

from safeconduct.timeline.network import ORIGIN, Edge

Held: TypeAlias = tuple[int, int, int, Edge]
"""An edge in force seen from one of its ends: the other end, minutes, the choice it comes from."""

Circled: TypeAlias = list[tuple[int, Edge]]
"""The choices and edges of a negative circle, in order, without the edge that was refused."""

Reached: TypeAlias = dict[int, tuple[int, Held | None, int]]
"""For each variable settled: its distance, the edge that it was reached by, and from where."""


class Moments:
    """Values for `size` variables that meet every edge added and not taken away; origin at 0.

    `steps` counts the edges looked at and the variables settled: the unit of all budgets.
    """

    def __init__(self, size: int) -> None:
        self.values = [0] * size
        self.steps = 0
        self._after: list[list[Held]] = [[] for _ in range(size)]
        self._before: list[list[Held]] = [[] for _ in range(size)]

    def add(self, edges: tuple[Edge, ...], choice: int) -> Circled | None:
        """Put edges in force together; None, or the circle for which none of them was added."""
        values = self.values
        self.steps += len(edges) + 1
        for place, edge in enumerate(edges):
            start, to, minutes, _, _ = edge
            gap = values[to] - values[start] - minutes
            if gap > 0:
                circle = self._repair(start, to, gap)
                if circle is not None:
                    self.remove(edges[:place], choice)
                    return [*circle, (choice, edge)]
            if start:
                self._after[start].append((to, minutes, choice, edge))
            if to:
                self._before[to].append((start, minutes, choice, edge))
        return None

    def remove(self, edges: tuple[Edge, ...], choice: int) -> None:
        """Take edges out of force; the values stay, since they meet what is left."""
        for edge in edges:
            start, to, minutes, _, _ = edge
            if start:
                self._after[start].remove((to, minutes, choice, edge))
            if to:
                self._before[to].remove((start, minutes, choice, edge))

    def _repair(self, start: int, to: int, gap: int) -> Circled | None:
        """Make room for an edge short by `gap`: 1. move `to` down, 2. `start` up by the rest.

        Each way ends where the origin holds it back. A circle exists if `start` is reached from
        `to` within the gap, directly or over the origin: its length is what is missing then.
        """
        if start == to:
            return []
        down: Reached = {}
        room = 0  # how far `to` can go down before the origin holds it
        if to != ORIGIN:
            down, room = self._settle(to, gap, start, self._after, 1)
            if start in down:
                return _walk(down, start)
            for node, (distance, _, _) in down.items():
                if node != ORIGIN and distance < room:
                    self.values[node] -= room - distance
        if room == gap:
            return None
        rest = gap - room
        up, limit = self._settle(start, rest, to, self._before, -1) if start else ({}, 0)
        if to in up:  # covers an origin that is itself the end
            return _walk_up(up, to)
        if limit < rest:
            return [*_walk(down, ORIGIN), *_walk_up(up, ORIGIN)]
        for node, (distance, _, _) in up.items():
            self.values[node] += rest - distance
        return None

    def _settle(
        self, node: int, gap: int, goal: int, held: list[list[Held]], sign: int
    ) -> tuple[Reached, int]:
        """Variables nearer than `gap` to `node`, by slack, until `goal` or the origin is met.

        `sign` is 1 along edges, -1 against them. Gives them and how far `node` may move: `gap`, or
        the distance of the origin. Equal distances are settled in the order they were seen, so
        that the numbering of variables does not matter.
        """
        values = self.values
        settled: Reached = {}
        queue: list[tuple[int, int, int, Held | None, int]] = [(0, 0, node, None, node)]
        nearest = {node: 0}
        seen = 0
        while queue:
            distance, _, here, by, source = heappop(queue)
            if here in settled:
                continue
            settled[here] = (distance, by, source)
            if here in (goal, ORIGIN):
                self.steps += seen + 1
                return settled, distance
            value = values[here]
            for edge in held[here]:
                other = edge[0]
                there = distance + edge[1] + sign * (value - values[other])
                if there < gap and there < nearest.get(other, gap):
                    nearest[other] = there
                    seen += 1
                    heappush(queue, (there, seen, other, edge, here))
        self.steps += seen + 1
        return settled, gap


def _walk(reached: Reached, node: int) -> Circled:
    """The edges by which a variable was reached, in order; none if it is where the walk began."""
    edges: Circled = []
    while node in reached:
        _, by, source = reached[node]
        if by is None:
            break
        edges.append((by[2], by[3]))
        node = source
    edges.reverse()
    return edges


def _walk_up(reached: Reached, node: int) -> Circled:
    """The same against the edges: from the variable met to where the walk began."""
    edges = _walk(reached, node)
    edges.reverse()
    return edges
