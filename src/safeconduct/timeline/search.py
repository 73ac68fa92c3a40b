"""The search for readings and orders that can all hold: dynamic backtracking with cores.

After Ginsberg, "Dynamic Backtracking" (JAIR 1, 1993, 25-46): each reading that cannot be is kept
with the reason why, the choices that it cannot be with; where a statement has no reading left, the
latest of those choices is given up, and nothing else is forgotten. Orders of presences are choices
too, made only once a pair is violated. Each reason also carries the statements whose being kept it
rests on, so that a search that ends without success names statements that cannot all hold.

Sets of statements and of choices are integers read as bits. Statements are known here by their
rank among the sorted names, so that nothing depends on the order in which a problem lists them.
"""

from collections.abc import Iterator
from functools import cached_property

from safeconduct.casefile.errors import SafeconductError
from safeconduct.timeline.apart import Apart, Pair
from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.problems import Problem, checked
from safeconduct.timeline.propagation import Moments

NOT_CHOSEN = -1


class StepsSpent(SafeconductError):
    """A search came to the end of its budget; nothing is known of what it looked for."""

    def __init__(self, steps: int) -> None:
        super().__init__(f"the search was ended after {steps} steps")
        self.steps = steps


class Ranked:
    """A problem as the search sees it: statements by rank, their readings, their separations."""

    def __init__(self, problem: Problem) -> None:
        checked(problem)
        order = sorted(range(len(problem.statements)), key=lambda s: problem.statements[s].name)
        self.rank = [0] * len(order)
        for rank, position in enumerate(order):
            self.rank[position] = rank
        self.size = max(problem.size, 1)
        self.statements = tuple(problem.statements[position] for position in order)
        self.readings = [statement.alternatives for statement in self.statements]
        self._problem = problem
        self.apart = Apart(problem, self.rank)
        self.all = (1 << len(order)) - 1
        self.hard = sum(1 << r for r, statement in enumerate(self.statements) if statement.hard)

    @cached_property
    def variables(self) -> tuple[frozenset[int], ...]:
        """By rank, the variables that a statement speaks of in any reading, but the origin."""
        found: list[set[int]] = [
            {variable for edges in readings for edge in edges for variable in edge[:2]}
            for readings in self.readings
        ]
        presences = [one for each in self._problem.travellers for one in each.whereabouts]
        for separation in self._problem.separations:
            presences += (separation.first, separation.second)
        for presence in presences:
            found[self.rank[presence.statement]].update((presence.start, presence.end))
        return tuple(frozenset(variables - {ORIGIN}) for variables in found)


class Search:
    """Readings, orders and moments for the statements kept, changed as little as possible.

    A search is kept and asked again after `keep`: what still holds is not looked for anew.
    """

    def __init__(self, ranked: Ranked, budget: int) -> None:
        self.ranked = ranked
        self.budget = budget
        self.choice = [NOT_CHOSEN] * len(ranked.readings)
        self.moments = Moments(ranked.size)
        self.kept = 0
        self._options: list[tuple[tuple[Edge, ...], ...]] = list(ranked.readings)
        # choice → when it was made, the option, its edges in force
        self._taken: dict[int, tuple[int, int, tuple[Edge, ...]]] = {}
        self._stamp = 0
        # choice → option → (choices it cannot be with, statements that this rests on)
        self._refuted: dict[int, dict[int, tuple[int, int]]] = {}
        self._because: dict[int, int] = {}  # choice → at least all bits of what refutes its options
        self._orders: dict[int, Pair] = {}  # the orders that are asked for now
        self._number: dict[Pair, int] = {}
        self._orders_of: dict[int, set[int]] = {}
        self._agenda: list[int] = []

    @property
    def steps(self) -> int:
        """Edges and variables looked at up to now."""
        return self.moments.steps

    def keep(self, statements: int) -> None:
        """From now on these statements are kept, and no other."""
        for statement in bits(self.kept & ~statements):
            self._give_up(statement)
            self._refuted.pop(statement, None)
            self._forget(1 << statement, dropped=True)
        joining = list(bits(statements & ~self.kept))
        self.kept = statements
        readings = self.ranked.readings
        # Those with most readings first, which the agenda takes last.
        joining.sort(key=lambda statement: (-len(readings[statement]), -statement))
        self._agenda = [c for c in self._agenda if c in self._orders or statements >> c & 1]
        self._agenda += joining

    def run(self) -> int | None:
        """None if all statements kept can hold; else some that cannot, always with a reason.

        After None, `choice` and `moments.values` are how they can. Raises StepsSpent.
        """
        while True:
            if self.steps > self.budget:
                raise StepsSpent(self.steps)
            if self._agenda:
                choice = self._agenda.pop()
                if choice in self._taken or not self._is_asked(choice):
                    continue
                if not self._take_any(choice):
                    core = self._turn_back(choice)
                    if core is not None:
                        return core
                continue
            self.moments.steps += len(self.choice)
            pairs = self.ranked.apart.too_near(self.moments.values, self.choice)
            if not pairs:
                return None
            for pair in reversed(pairs):
                self._ask_order(pair)

    def _is_asked(self, choice: int) -> bool:
        if choice < len(self.choice):
            return bool(self.kept >> choice & 1)
        return choice in self._orders

    def _take_any(self, choice: int) -> bool:
        """Choose an option that can be, the one first that the moments at hand meet best."""
        refuted = self._refuted.get(choice, {})
        options = self._options[choice]
        for option in self._by_fit(options, refuted):
            edges = options[option]
            circle = self.moments.add(edges, choice)
            if circle is None:
                self._stamp += 1
                self._taken[choice] = (self._stamp, option, edges)
                if choice < len(self.choice):
                    self.choice[choice] = option
                return True
            reason = 0
            for other, _ in circle:
                reason |= 1 << other
            self._refute(choice, option, reason & ~(1 << choice), 0)
            if self.steps > self.budget:
                raise StepsSpent(self.steps)
        return False

    def _by_fit(
        self, options: tuple[tuple[Edge, ...], ...], refuted: dict[int, tuple[int, int]]
    ) -> Iterator[int]:
        """The options not refuted: one that fits at once, or all, by what must move for them."""
        if len(options) == 1:
            if not refuted:
                yield 0
            return
        values = self.moments.values
        misfits = []
        for option, edges in enumerate(options):
            if option in refuted:
                continue
            misfit = 0
            for start, to, minutes, _, _ in edges:
                gap = values[to] - values[start] - minutes
                if gap > 0:
                    misfit += gap
            self.moments.steps += 1
            if not misfit:
                yield option
                return
            misfits.append((misfit, option))
        misfits.sort()
        for _, option in misfits:
            yield option

    def _turn_back(self, choice: int) -> int | None:
        """Give up the latest choice that leaves this one no option; the statements, if none does.

        What is refuted for it then rests on the other choices, and on all statements by whose
        exhaustion it came about.
        """
        reason = core = 0
        for others, statements in self._refuted[choice].values():
            reason |= others
            core |= statements
        if choice < len(self.choice):
            core |= 1 << choice
        else:
            for owner in self.ranked.apart.owners(self._orders[choice]):
                reason |= 1 << owner
        if not reason:
            self._agenda.append(choice)
            return core
        latest = max(bits(reason), key=lambda other: self._taken[other][0])
        option = self._taken[latest][1]
        self._give_up(latest)
        self._refute(latest, option, reason & ~(1 << latest), core)
        exhausted = len(self._refuted[latest]) == len(self._options[latest])
        self._agenda += [choice, latest] if exhausted else [latest, choice]
        return None

    def _refute(self, choice: int, option: int, reason: int, core: int) -> None:
        self._refuted.setdefault(choice, {})[option] = (reason, core)
        self._because[choice] = self._because.get(choice, 0) | reason | core

    def _give_up(self, choice: int) -> None:
        """Make a choice open again, with all that was refuted because of it."""
        taken = self._taken.pop(choice, None)
        if taken is None:
            return
        self.moments.remove(taken[2], choice)
        if choice < len(self.choice):
            self.choice[choice] = NOT_CHOSEN
            for order in sorted(self._orders_of.pop(choice, ())):
                self._release(order)
        self._forget(1 << choice)

    def _release(self, order: int) -> None:
        """An order is asked for no longer, since the readings that asked for it changed."""
        pair = self._orders.pop(order, None)
        if pair is not None:
            self._give_up(order)
            self._refuted.pop(order, None)

    def _forget(self, choice: int, *, dropped: bool = False) -> None:
        """Take back what was refuted because of a choice, or rests on a statement now dropped."""
        rests = choice if dropped else 0
        for other, because in list(self._because.items()):
            if not because & choice:
                continue
            refuted = self._refuted.get(other, {})
            stale = [o for o, (reason, core) in refuted.items() if reason & choice or core & rests]
            for option in stale:
                del refuted[option]
            because = 0
            for reason, core in refuted.values():
                because |= reason | core
            self._because[other] = because

    def _ask_order(self, pair: Pair) -> None:
        number = self._number.get(pair)
        if number is None:
            number = self._number[pair] = len(self._options)
            self._options.append(())
        self._options[number] = self.ranked.apart.orders(pair, self.choice)
        self._orders[number] = pair
        for owner in self.ranked.apart.owners(pair):
            self._orders_of.setdefault(owner, set()).add(number)
        self._agenda.append(number)


def bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
