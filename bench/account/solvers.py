"""Our search for conflicts beside Z3 and OR-tools' CP-SAT, on the same problems, in one run.

`python -m bench.account.solvers` prints a table; `run()` gives its rows. Both peers must give our
answer, satisfiable or not and the same set of minimal conflicts; a difference ends the run. Times
of the peers include building their models, as ours include ours; solving alone is given too.
They need `z3-solver` and `ortools`, which nothing else here does.
"""

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import product

from bench.account.solver_instances import account
from bench.account.solver_peers import Oracle, all_conflicts, cp_sat_oracle, z3_oracle
from bench.calibrate import best, calibrated, loop
from safeconduct.timeline.conflicts import conflicts
from safeconduct.timeline.problems import Problem
from safeconduct.timeline.solving import Solution, solve

PLENTY = 10**8
FASTER = 5  # how many times faster than the faster of the two we must be
SINGLE_MS = 10  # for 400 claims with single readings, calibrated
PEERS: dict[str, Callable[[Problem], Oracle]] = {"Z3": z3_oracle, "CP-SAT": cp_sat_oracle}

Row = tuple[str, str, str]


class DifferentAnswer(Exception):
    """A peer does not agree with us about a problem: one of us is wrong."""


def run() -> list[Row]:
    """(what, figure, bound) for each measurement."""
    unit = best(loop)
    rows: list[Row] = []
    for claims in (50, 100, 200, 400, 800):
        problem = account(claims, 1, planted=0, pairs="all", seed=claims)
        spent = calibrated(best(partial(solve, problem, PLENTY)), unit) * 1000
        bound = f"{SINGLE_MS} ms" if claims == 400 else ""
        rows.append((f"{claims} claims, single readings, all pairs", f"{spent:.1f} ms", bound))
    for claims in (50, 100, 200, 400, 800):
        problem = account(claims, 10, planted=0, pairs="all", seed=claims)
        spent = calibrated(best(partial(solve, problem, PLENTY)), unit) * 1000
        rows.append((f"{claims} claims, 10 readings, all pairs", f"{spent:.1f} ms", ""))
    for claims in (50, 100, 200, 400):
        problem = account(claims, 10, planted=3, pairs="all", seed=claims)
        spent = calibrated(best(partial(conflicts, problem, PLENTY), 3), unit) * 1000
        rows.append((f"{claims} claims, 10 readings, conflicts of 3 slips", f"{spent:.1f} ms", ""))
    families = product(("neighbours", "all"), (1, 3), (0, 1, 3), (1, 2))
    rows += [_beside(*family, unit) for family in families]
    return rows


def _beside(pairs: str, related: int, planted: int, seed: int, unit: float) -> Row:
    problem = account(100, 10, planted=planted, pairs=pairs, seed=seed, related=related)
    ours, wanted = _ours(problem)
    whole, alone, parts = [], [], []
    for name, oracle in PEERS.items():
        gc.collect()
        start = time.perf_counter()
        ask = oracle(problem)
        built = time.perf_counter()
        found = all_conflicts(problem, ask)
        end = time.perf_counter()
        if found != wanted:
            raise DifferentAnswer(f"{name}: {pairs}, {related}, {planted} planted, seed {seed}")
        whole.append(end - start)
        alone.append(end - built)
        parts.append(f"{name} {whole[-1] * 1000:.0f} ({alone[-1] * 1000:.0f} without building)")
    what = (
        f"100 claims x 10, {pairs}, 1 in {related} related, {planted} planted, seed {seed}: "
        f"{len(wanted)} conflicts"
    )
    figure = (
        f"{calibrated(ours, unit) * 1000:.1f} ms calibrated; here {ours * 1000:.1f} ms, "
        f"{', '.join(parts)}: {min(whole) / ours:.0f} times faster than the faster, "
        f"{min(alone) / ours:.0f} than its solving alone"
    )
    return what, figure, f"{FASTER} times"


def _ours(problem: Problem) -> tuple[float, set[frozenset[str]]]:
    found = conflicts(problem, PLENTY)
    if not found.complete or isinstance(solve(problem, PLENTY), Solution) == bool(found.minimal):
        raise DifferentAnswer("ours with ours")
    seconds = best(partial(conflicts, problem, PLENTY), 3)
    return seconds, {frozenset(one.statements) for one in found.minimal}


if __name__ == "__main__":
    for what, figure, bound in run():
        sys.stdout.write(f"{what} | {figure} | {bound}\n")
