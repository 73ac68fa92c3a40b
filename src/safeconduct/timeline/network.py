"""A simple temporal network (Dechter, Meiri and Pearl 1991) whose edges know where they come from.

Variables are moments in whole minutes; an edge says `to - from <= minutes`. Shortest paths from
and to the origin give the tightest bounds that follow; a negative circle is a set of statements
that cannot all hold. It knows no claims, only their identifiers.
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

ORIGIN = 0


class Edge(NamedTuple):
    """`value(to) - value(origin) <= minutes`, because of `rule`, as stated in `claims`."""

    start: int
    to: int
    minutes: int
    rule: str
    claims: tuple[str, ...]


class Circle(NamedTuple):
    """Edges that cannot all hold; together they fall short by `minutes` (positive)."""

    edges: tuple[Edge, ...]
    minutes: int

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims in the circle, each once."""
        return tuple(dict.fromkeys(claim for edge in self.edges for claim in edge.claims))


class Limit(NamedTuple):
    """A bound in minutes from the origin, with the claims it follows from; None is unbounded."""

    minutes: int | None
    claims: tuple[str, ...]


class Tightened(NamedTuple):
    """For each variable the earliest and the latest moment that follow from all edges."""

    earliest: tuple[Limit, ...]
    latest: tuple[Limit, ...]


def tighten(size: int, edges: Sequence[Edge]) -> Tightened | Circle:
    """Bounds of `size` variables (0 is the origin), or a circle that cannot hold."""
    latest = _shortest(size, edges)
    if isinstance(latest, Circle):
        return latest
    backwards = [edge._replace(start=edge.to, to=edge.start) for edge in edges]
    earliest = _shortest(size, backwards)
    if isinstance(earliest, Circle):  # a circle that the origin reaches only backwards
        turned = [edge._replace(start=edge.to, to=edge.start) for edge in earliest.edges]
        return Circle(tuple(reversed(turned)), earliest.minutes)
    return Tightened(
        tuple(
            Limit(None if limit.minutes is None else -limit.minutes, limit.claims)
            for limit in earliest
        ),
        latest,
    )


def _shortest(size: int, edges: Sequence[Edge]) -> tuple[Limit, ...] | Circle:
    """Shortest paths from the origin, by a queue; a variable in the queue `size` times is circled.

    Circles that the origin does not reach are found because every variable starts in the queue
    with a distance of its own when it was not reached (see `_unreached`).
    """
    leaving: list[list[Edge]] = [[] for _ in range(size)]
    for edge in edges:
        leaving[edge.start].append(edge)
    distance: list[int | None] = [None] * size
    into: list[Edge | None] = [None] * size
    distance[ORIGIN] = 0
    circle = _relax(deque([ORIGIN]), leaving, distance, into)
    return circle or _unreached(size, leaving, distance) or _limits(distance, into)


def _relax(
    queue: deque[int],
    leaving: list[list[Edge]],
    distance: list[int | None],
    into: list[Edge | None],
) -> Circle | None:
    waiting = set(queue)
    hops = [0] * len(leaving)
    while queue:
        node = queue.popleft()
        waiting.discard(node)
        here = distance[node]
        if here is None:
            continue
        for edge in leaving[node]:
            there = distance[edge.to]
            if there is not None and here + edge.minutes >= there:
                continue
            distance[edge.to] = here + edge.minutes
            into[edge.to] = edge
            hops[edge.to] = hops[node] + 1
            circled = hops[edge.to] >= len(leaving) or edge.to == ORIGIN
            if circled and (circle := _walk_back(edge.to, into)):
                return circle
            if edge.to not in waiting:
                waiting.add(edge.to)
                queue.append(edge.to)
    return None


def _unreached(size: int, leaving: list[list[Edge]], distance: list[int | None]) -> Circle | None:
    """A negative circle among variables without any bound from the origin."""
    free = [node for node in range(size) if distance[node] is None]
    start: list[int | None] = [0 if distance[node] is None else None for node in range(size)]
    inner = [
        [edge for edge in out if distance[edge.to] is None] if distance[node] is None else []
        for node, out in enumerate(leaving)
    ]
    return _relax(deque(free), inner, start, [None] * size) if free else None


def _walk_back(node: int, into: list[Edge | None]) -> Circle | None:
    seen: dict[int, int] = {}
    path: list[Edge] = []
    while node not in seen:
        seen[node] = len(path)
        edge = into[node]
        if edge is None:
            return None
        path.append(edge)
        node = edge.start
    edges = tuple(reversed(path[seen[node] :]))
    return Circle(edges, -sum(edge.minutes for edge in edges))


def _limits(distance: list[int | None], into: list[Edge | None]) -> tuple[Limit, ...]:
    limits = []
    for node, minutes in enumerate(distance):
        claims: dict[str, None] = {}
        step = node
        while step != ORIGIN and (edge := into[step]) is not None:
            claims.update(dict.fromkeys(edge.claims))
            step = edge.start
        limits.append(Limit(minutes, tuple(claims)))
    return tuple(limits)
