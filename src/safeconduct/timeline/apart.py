"""Which presences of one person are too near each other, for moments and readings at hand.

A separation is looked at only once it is violated: most never are. Nothing is put in order here;
a violated pair gives the two edges of which one must hold. Statements are known by their rank.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from safeconduct.timeline.network import Edge
from safeconduct.timeline.problems import Problem, Separation, Table, Traveller, Whereabouts

Pair: TypeAlias = tuple[int, int]
"""Two presences, by their numbers in `Apart`, the smaller first."""


class _Presence(NamedTuple):
    """From one variable to another, as told by the statement of this rank, at these places."""

    owner: int
    start: int
    end: int
    places: tuple[int, ...]


class _Group(NamedTuple):
    """The presences of one traveller: each two are separated, but for the exempt pairs."""

    numbers: range
    minutes: Table
    longest: int
    exempt: frozenset[Pair]


class Apart:
    """The presences and separations of a problem, numbered by the rank of their statements.

    `rank[s]` is the place of statement `s` in an order that does not depend on how the problem
    was written down; so then does nothing that is found here. A `choice` gives for each rank the
    reading chosen, or a negative number for none.
    """

    def __init__(self, problem: Problem, rank: Sequence[int]) -> None:
        self._rank = rank
        self._names = sorted(statement.name for statement in problem.statements)
        self._presences: list[_Presence] = []
        self._rules: list[str] = []
        self._groups: list[_Group] = []
        self._pairs: list[tuple[Pair, Table, Table | None]] = []
        for traveller in sorted(problem.travellers, key=self._rank_of_traveller):
            self._number_traveller(traveller)
        for separation in sorted(problem.separations, key=self._rank_of_separation):
            self._number_separation(separation)
        self._group_of = {number: group for group in self._groups for number in group.numbers}
        self._table_of = {pair: (minutes, back) for pair, minutes, back in self._pairs}

    def owners(self, pair: Pair) -> tuple[int, int]:
        """The ranks of the statements that two presences belong to."""
        return self._presences[pair[0]].owner, self._presences[pair[1]].owner

    def too_near(self, values: Sequence[int], choice: Sequence[int]) -> list[Pair]:
        """The pairs violated by the values, among the statements for which a reading is chosen."""
        near: list[Pair] = []
        for group in self._groups:
            near += self._near_in_group(group, values, choice)
        presences = self._presences
        for pair, minutes, _ in self._pairs:
            one, _, end, places = presences[pair[0]]
            other, start, _, others = presences[pair[1]]
            here, there = choice[one], choice[other]
            if here < 0 or there < 0:
                continue
            way = minutes[places[here] if places else here][others[there] if others else there]
            if way is None or values[end] + way <= values[start]:
                continue
            if self.violated(pair, values, choice):
                near.append(pair)
        return near

    def violated(self, pair: Pair, values: Sequence[int], choice: Sequence[int]) -> bool:
        """Does neither of the two lie long enough before the other?"""
        needed = self.needed(pair, choice)
        if needed is None:
            return False
        one, other = self._presences[pair[0]], self._presences[pair[1]]
        return (
            values[one.end] + needed[0] > values[other.start]
            and values[other.end] + needed[1] > values[one.start]
        )

    def needed(self, pair: Pair, choice: Sequence[int]) -> tuple[int, int] | None:
        """Minutes there and back between two presences as chosen; None where nothing is asked."""
        one, other = self._presences[pair[0]], self._presences[pair[1]]
        here, there = choice[one.owner], choice[other.owner]
        if here < 0 or there < 0 or one.owner == other.owner:
            return None
        here = one.places[here] if one.places else here
        there = other.places[there] if other.places else there
        tables = self._table_of.get(pair)
        if tables is None:
            group = self._group_of[pair[0]]
            if pair in group.exempt:
                return None
            way, back = group.minutes[here][there], group.minutes[there][here]
        else:
            way = tables[0][here][there]
            back = way if tables[1] is None else tables[1][there][here]
        return None if way is None or back is None else (way, back)

    def orders(self, pair: Pair, choice: Sequence[int]) -> tuple[tuple[Edge, ...], ...]:
        """The two orders of a pair, each as the one edge that it demands; none if nothing is."""
        needed = self.needed(pair, choice)
        if needed is None:
            return ()
        one, other = self._presences[pair[0]], self._presences[pair[1]]
        names = (self._names[one.owner], self._names[other.owner])
        rule = self._rules[pair[0]]
        return (
            (Edge(other.start, one.end, -needed[0], rule, names),),
            (Edge(one.start, other.end, -needed[1], rule, names),),
        )

    def among(self, owners: frozenset[int]) -> Iterator[Pair]:
        """All pairs whose statements are among those given, violated or not."""
        for group in self._groups:
            numbers = [n for n in group.numbers if self._presences[n].owner in owners]
            for place, one in enumerate(numbers):
                for other in numbers[place + 1 :]:
                    if self._presences[one].owner != self._presences[other].owner:
                        yield one, other
        for pair, _, _ in self._pairs:
            if owners.issuperset(self.owners(pair)):
                yield pair

    def companies(self) -> Iterator[frozenset[int]]:
        """For each traveller and separation the ranks of the statements whose presences it has."""
        for group in self._groups:
            yield frozenset(self._presences[number].owner for number in group.numbers)
        for pair, _, _ in self._pairs:
            yield frozenset(self.owners(pair))

    def _near_in_group(
        self, group: _Group, values: Sequence[int], choice: Sequence[int]
    ) -> Iterator[Pair]:
        """A sweep in the order of time that lets go of what has ended long enough before."""
        rows = []
        for number in group.numbers:
            owner, first, last, places = self._presences[number]
            reading = choice[owner]
            if reading >= 0:
                place = places[reading] if places else reading
                rows.append((values[first], values[last], number, place))
        rows.sort()
        longest, minutes = group.longest, group.minutes
        still: list[tuple[int, int, int, int]] = []
        for row in rows:
            start, _, number, place = row
            still = [before for before in still if before[1] + longest > start]
            for before in still:
                way = minutes[before[3]][place]
                if way is None or before[1] + way <= start:
                    continue
                pair = (before[2], number) if before[2] < number else (number, before[2])
                if self.violated(pair, values, choice):
                    yield pair
            still.append(row)

    def _number_traveller(self, traveller: Traveller) -> None:
        first = len(self._presences)
        whereabouts = traveller.whereabouts
        ranked = sorted((self._rank_of(one), place) for place, one in enumerate(whereabouts))
        number = {place: first + position for position, (_, place) in enumerate(ranked)}
        for _, place in ranked:
            self._number(whereabouts[place], traveller.rule)
        exempt = frozenset(
            (min(number[one], number[two]), max(number[one], number[two]))
            for one, two in traveller.exempt
        )
        numbers = range(first, len(self._presences))
        self._groups.append(_Group(numbers, traveller.minutes, _longest(traveller), exempt))

    def _number_separation(self, separation: Separation) -> None:
        pair = (len(self._presences), len(self._presences) + 1)
        self._number(separation.first, separation.rule)
        self._number(separation.second, separation.rule)
        self._pairs.append((pair, separation.minutes, separation.back))

    def _number(self, one: Whereabouts, rule: str) -> None:
        owner = self._rank[one.statement]
        self._presences.append(_Presence(owner, one.start, one.end, one.places))
        self._rules.append(rule)

    def _rank_of(self, presence: Whereabouts) -> tuple[int, int, int]:
        return self._rank[presence.statement], presence.start, presence.end

    def _rank_of_traveller(self, traveller: Traveller) -> list[tuple[int, int, int]]:
        return sorted(map(self._rank_of, traveller.whereabouts))

    def _rank_of_separation(self, separation: Separation) -> tuple[tuple[int, int, int], ...]:
        return self._rank_of(separation.first), self._rank_of(separation.second)


def _longest(traveller: Traveller) -> int:
    if traveller.longest is not None:
        return traveller.longest
    return max((m for row in traveller.minutes for m in row if m is not None), default=0)
