"""Z3 and OR-tools' CP-SAT asked the same problems of time, as plainly and as kindly as they allow.

Each statement is an assumption, each reading a Boolean that implies its edges, each pair of
presences an order. Pairs that the windows of the readings keep apart are left out for both, and
variables are bounded for CP-SAT. Conflicts are listed by the same loop for both (MARCO's, over
minimal hitting sets), with the cores that each gives shrunk by dropping one at a time.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import combinations
from typing import Any

from safeconduct.timeline.hitting import hitting_sets
from safeconduct.timeline.network import ORIGIN
from safeconduct.timeline.problems import Problem, Table, Whereabouts

Oracle = Callable[[int], int | None]
"""Statements kept (bits, by position) → None if they can hold, else some that cannot."""

Window = tuple[int | None, int | None]


def z3_oracle(problem: Problem) -> Oracle:
    """Z3's solver for integer difference logic, with assumptions."""
    z3: Any = import_module("z3")

    solver = z3.SolverFor("QF_IDL")
    values = [z3.Int(f"v{v}") for v in range(problem.size)]
    kept = [z3.Bool(f"k{s}") for s in range(len(problem.statements))]
    chosen = [
        [z3.Bool(f"r{s}_{a}") for a in range(len(statement.alternatives))]
        for s, statement in enumerate(problem.statements)
    ]
    solver.add(values[ORIGIN] == 0)
    for s, statement in enumerate(problem.statements):
        solver.add(z3.Implies(kept[s], z3.Or(*chosen[s])))
        for a, edges in enumerate(statement.alternatives):
            for edge in edges:
                holds = values[edge.to] - values[edge.start] <= edge.minutes
                solver.add(z3.Implies(chosen[s][a], holds))
    for first, second, a, b, there, back in _orders(problem):
        one = values[first.end] - values[second.start] <= -there
        other = values[second.end] - values[first.start] <= -back
        both = z3.And(chosen[first.statement][a], chosen[second.statement][b])
        solver.add(z3.Implies(both, z3.Or(one, other)))

    def ask(statements: int) -> int | None:
        answer = solver.check(*(kept[s] for s in _bits(statements)))
        if answer == z3.sat:
            return None
        names = {str(one) for one in solver.unsat_core()}
        return sum(1 << s for s in _bits(statements) if f"k{s}" in names)

    return ask


def cp_sat_oracle(problem: Problem) -> Oracle:
    """CP-SAT on one worker, with enforced linear constraints and assumptions."""
    cp_model: Any = import_module("ortools.sat.python.cp_model")

    model = cp_model.CpModel()
    bound = 2 * sum(
        max((abs(e.minutes) for edges in s.alternatives for e in edges), default=0)
        for s in problem.statements
    )
    least, greatest = _range(problem, bound)
    values = [model.new_int_var(least, greatest, f"v{v}") for v in range(problem.size)]
    model.add(values[ORIGIN] == 0)
    kept = [model.new_bool_var(f"k{s}") for s in range(len(problem.statements))]
    chosen = [
        [model.new_bool_var(f"r{s}_{a}") for a in range(len(statement.alternatives))]
        for s, statement in enumerate(problem.statements)
    ]
    for s, statement in enumerate(problem.statements):
        model.add_bool_or(chosen[s]).only_enforce_if(kept[s])
        for a, edges in enumerate(statement.alternatives):
            for edge in edges:
                holds = values[edge.to] - values[edge.start] <= edge.minutes
                model.add(holds).only_enforce_if(chosen[s][a])
    for first, second, a, b, there, back in _orders(problem):
        order = model.new_bool_var("")
        both: list[Any] = [chosen[first.statement][a], chosen[second.statement][b]]
        model.add(values[first.end] + there <= values[second.start]).only_enforce_if([*both, order])
        model.add(values[second.end] + back <= values[first.start]).only_enforce_if(
            [*both, order.Not()]
        )

    def ask(statements: int) -> int | None:
        model.clear_assumptions()
        model.add_assumptions([kept[s] for s in _bits(statements)])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        core = set(solver.sufficient_assumptions_for_infeasibility())
        return sum(1 << s for s in _bits(statements) if kept[s].index in core) or statements

    return ask


def all_conflicts(problem: Problem, ask: Oracle) -> set[frozenset[str]]:
    """All minimal conflicts, asking an oracle."""
    everything = (1 << len(problem.statements)) - 1
    found: list[int] = []
    done: set[int] = set()
    while True:
        waiting = [hit for hit in hitting_sets(found) if hit not in done]
        if not waiting:
            return {frozenset(problem.statements[s].name for s in _bits(one)) for one in found}
        core = ask(everything & ~waiting[0])
        if core is None:
            done.add(waiting[0])
        else:
            found.append(_shrunk(core, ask))


def _shrunk(core: int, ask: Oracle) -> int:
    for s in list(_bits(core)):
        if core >> s & 1:
            smaller = ask(core & ~(1 << s))
            core = core if smaller is None else smaller
    return core


def _orders(problem: Problem) -> Iterator[tuple[Whereabouts, Whereabouts, int, int, int, int]]:
    """Each two presences that could be too near, for each two readings."""
    windows = _windows(problem)
    for first, second, minutes, table in _pairs(problem):
        for a, reading in enumerate(problem.statements[first.statement].alternatives):
            here = first.places[a] if first.places else a
            for b, other in enumerate(problem.statements[second.statement].alternatives):
                spot = second.places[b] if second.places else b
                there = minutes[here][spot]
                back = there if table is None else table[spot][here]
                if there is None or back is None:
                    continue
                one, two = windows[id(reading)], windows[id(other)]
                if not (
                    _before(one.get(first.end), there, two.get(second.start))
                    or _before(two.get(second.end), back, one.get(first.start))
                ):
                    yield first, second, a, b, there, back


def _pairs(problem: Problem) -> Iterator[tuple[Whereabouts, Whereabouts, Table, Table | None]]:
    for separation in problem.separations:
        yield separation.first, separation.second, separation.minutes, separation.back
    for traveller in problem.travellers:
        for first, second in combinations(traveller.whereabouts, 2):
            if first.statement != second.statement:
                yield first, second, traveller.minutes, traveller.minutes


def _windows(problem: Problem) -> dict[int, dict[int, Window]]:
    """For each reading the bounds that its own edges from and to the origin give."""
    windows: dict[int, dict[int, Window]] = {}
    for statement in problem.statements:
        for edges in statement.alternatives:
            bounds: dict[int, Window] = {}
            for edge in edges:
                if edge.start == ORIGIN:
                    low, _ = bounds.get(edge.to, (None, None))
                    bounds[edge.to] = (low, edge.minutes)
                elif edge.to == ORIGIN:
                    _, high = bounds.get(edge.start, (None, None))
                    bounds[edge.start] = (-edge.minutes, high)
            windows[id(edges)] = bounds
    return windows


def _before(end: Window | None, minutes: int, start: Window | None) -> bool:
    if end is None or start is None or end[1] is None or start[0] is None:
        return False
    return end[1] + minutes <= start[0]


def _range(problem: Problem, bound: int) -> tuple[int, int]:
    """Bounds for all variables: the dates told and a year, or `bound` where some are undated."""
    dates = [
        edge.minutes if edge.start == ORIGIN else -edge.minutes
        for statement in problem.statements
        for edges in statement.alternatives
        for edge in edges
        if ORIGIN in edge[:2]
    ]
    year = 366 * 24 * 60
    return (min(dates) - year, max(dates) + year) if dates else (-bound, bound)


def _bits(mask: int) -> Iterator[int]:
    for place in range(mask.bit_length()):
        if mask >> place & 1:
            yield place
