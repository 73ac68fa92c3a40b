"""All smallest sets of statements that cannot all hold, each with its shortfall and its circle.

As in MARCO (Liffiton and others 2016, doi:10.1007/s10601-015-9183-0): look for sets of statements
that break every conflict known; if what is left can hold for each of them, no conflict is missing,
and if it cannot, there is one more. Conflicts that do not touch one another are looked at apart
(see `independence`), so that many of them do not multiply. Which statement of a conflict is false
is never chosen.
"""

import msgspec

from safeconduct.timeline.hitting import also_meeting, hitting_sets, in_order
from safeconduct.timeline.independence import Witness, connected, meeting
from safeconduct.timeline.network import Circle
from safeconduct.timeline.problems import Problem
from safeconduct.timeline.search import Ranked, Search, StepsSpent, bits
from safeconduct.timeline.shortfall import Shortfall, shortfall


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Statements that cannot all hold, though any of them dropped, the rest can.

    `statements` are names, sorted; none if the background alone cannot hold (the circle
    is then one within it). `readings` are those
    that fall short by least, and `circle` the edges then, short by `circle.minutes`. Not `exact`:
    they may fall short by less. Without a circle, the budget ended before any was weighed.
    """

    statements: tuple[str, ...]
    readings: tuple[tuple[str, int], ...]
    circle: Circle | None
    exact: bool


class Conflicts(msgspec.Struct, frozen=True, kw_only=True):
    """The minimal conflicts found, the smallest first, then by name.

    `larger` counts those with more statements than asked for. Not `complete`: the budget ended
    and there may be more; an empty tuple then does not mean that all can hold.
    """

    minimal: tuple[Conflict, ...]
    larger: int
    complete: bool
    steps: int


def conflicts(problem: Problem, budget: int, most: int | None = None) -> Conflicts:
    """All minimal conflicts of at most `most` statements, within `budget` steps.

    Errors: those of `problems.checked`.
    """
    ranked = Ranked(problem)
    listing = _Listing(ranked, budget)
    complete = True
    try:
        listing.complete()
    except StepsSpent:
        complete = False
    small = [one for one in listing.found if most is None or one.bit_count() <= most]
    small.sort(key=lambda one: (one.bit_count(), tuple(bits(one))))
    steps = listing.steps
    # What is left is shared out evenly, so that a conflict's answer does not starve the next.
    share = max(budget - steps, 0) // max(len(small), 1)
    return Conflicts(
        minimal=tuple(described(ranked, one, share) for one in small),
        larger=len(listing.found) - len(small),
        complete=complete,
        steps=steps,
    )


def minimal(search: Search, statements: int, background: int) -> int:
    """The statements (bits) without those that a conflict with the background can do without.

    The last by name are dropped first. Raises StepsSpent.
    """
    for one in sorted(bits(statements), reverse=True):
        if not statements >> one & 1:
            continue
        search.keep((statements & ~(1 << one)) | background)
        core = search.run()
        if core is not None:
            statements = core & ~background
    return statements


def described(ranked: Ranked, statements: int, budget: int) -> Conflict:
    """A conflict with its names, its shortfall and its circle, as far as the budget goes."""
    weighed = _weighed(ranked, statements, budget)
    names = tuple(ranked.statements[one].name for one in bits(statements))
    if weighed is None:
        return Conflict(statements=names, readings=(), circle=None, exact=False)
    return Conflict(
        statements=names,
        readings=tuple((ranked.statements[one].name, r) for one, r in weighed.readings),
        circle=weighed.circle,
        exact=weighed.exact,
    )


def _weighed(ranked: Ranked, statements: int, budget: int) -> Shortfall | None:
    """The shortfall of a conflict; for a background that cannot hold, of the first found in it."""
    if statements:
        return shortfall(ranked, statements, ranked.hard, budget)
    search = Search(ranked, budget)
    search.keep(ranked.hard)
    try:
        core = search.run()
        part = 0 if core is None else minimal(search, core, 0)
    except StepsSpent:
        return None
    return shortfall(ranked, part, 0, budget - search.steps)


class _Listing:
    """Finds conflicts until none is missing; what was found before the budget ended stays."""

    def __init__(self, ranked: Ranked, budget: int) -> None:
        self._ranked = ranked
        self._search = Search(ranked, budget)
        self._budget = budget
        self._small = Search(ranked, 0)
        self._own = 0
        self._witnesses: dict[int, Witness] = {}
        self._linked: set[tuple[int, int]] = set()
        self._broken: dict[tuple[int, ...], list[int]] = {}
        self.found: list[int] = []

    @property
    def steps(self) -> int:
        return self._search.steps + self._small.steps + self._own

    def complete(self) -> None:
        """Until each way to break all conflicts known leaves statements that can hold.

        1. gather conflicts that share a statement, or were seen to meet, in a class; 2. look at
        one way to break them all; 3. in each class alone, at every other way; 4. where two
        classes meet, put them together and look again.
        """
        while 0 not in self.found:  # the background alone cannot hold: nothing can be added to that
            classes = connected(self.found, self._linked)  # 1
            ways = [self._breaking(tuple(one)) for one in classes]
            base = sum(way[0] for way in ways)
            witnesses = self._ways_of(base, ways)  # 2, 3
            if witnesses is None:
                continue
            start, others = witnesses
            meet = meeting(self._ranked, start, others)  # 4
            self._spend(len(self._ranked.readings) * len(others))
            if not meet:
                return
            self._linked.update((classes[one][0], classes[other][0]) for one, other in meet)

    def _breaking(self, conflicts: tuple[int, ...]) -> list[int]:
        """The ways to break a class of conflicts; taken on from those of the class before."""
        known = self._broken.get(conflicts[:-1])
        if conflicts not in self._broken:
            if known is None or not conflicts:
                found = hitting_sets(conflicts, self._spend)
            else:
                found = in_order(also_meeting(known, conflicts[-1], self._spend))
            self._broken[conflicts] = found
            self._broken.pop(conflicts[:-1], None)
        self._spend(len(self._broken[conflicts]))
        return self._broken[conflicts]

    def _ways_of(
        self, base: int, ways: list[list[int]]
    ) -> tuple[Witness, list[list[Witness]]] | None:
        """How the rest can hold for each way of each class; None once a conflict was added."""
        start = self._rest(base)
        if start is None:
            return None
        others: list[list[Witness]] = []
        for of_class in ways:
            others.append([])
            for way in of_class[1:]:
                witness = self._rest(base & ~of_class[0] | way)
                if witness is None:
                    return None
                others[-1].append(witness)
        return start, others

    def _rest(self, dropped: int) -> Witness | None:
        """How all but some can hold, looked up or found; else one more conflict among them."""
        known = self._witnesses.get(dropped)
        if known is not None:
            return known
        ranked = self._ranked
        self._search.budget = self._budget - self._small.steps - self._own
        self._search.keep(ranked.all & ~(dropped & ~ranked.hard))
        core = self._search.run()
        if core is not None:
            self._small.budget = self._budget - self._search.steps - self._own
            self.found.append(minimal(self._small, core & ~ranked.hard, ranked.hard))
            return None
        witness = Witness(tuple(self._search.moments.values), tuple(self._search.choice))
        self._witnesses[dropped] = witness
        return witness

    def _spend(self, steps: int) -> None:
        self._own += steps
        if self.steps > self._budget:
            raise StepsSpent(self.steps)
