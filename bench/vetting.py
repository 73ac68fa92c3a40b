"""Vetting in process: a 30-claim case, a thousand cases with memory and time, the growth curve."""

import gc
import resource
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

from bench.calibrate import best, calibrated, loop
from bench.cases import synthetic
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet

ON = date(2024, 11, 2)


def resident_mib() -> float:
    """Memory that the process holds now (Linux), or its greatest so far elsewhere."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def run() -> list[tuple[str, str, str]]:
    """(what, figure, bound) for each measurement."""
    references = load_references(None)
    unit = best(loop)
    rows = []
    for claims in (30, 100, 200, 400):
        data = synthetic(claims, 1)
        case = read_case(data).case
        reading = calibrated(best(partial(read_case, data)), unit)
        vetting = calibrated(best(partial(vet, case, references, on=ON)), unit)
        bound = "60 ms" if claims == 30 else ""
        both = (reading + vetting) * 1000
        figure = f"{both:.1f} ms ({reading * 1000:.1f} of it reading)"
        rows.append((f"read and vet a case of {claims} claims", figure, bound))
    rows += _thousand(references, unit)
    return rows


def _thousand(references: References, unit: float) -> list[tuple[str, str, str]]:
    rows = []
    start = time.perf_counter()
    memory = []
    for number in range(1, 1001):
        case = read_case(synthetic(30, number)).case
        vet(case, references, on=ON)
        if number in (100, 250, 500, 1000):
            gc.collect()
            spent = calibrated(time.perf_counter() - start, unit)
            memory.append(resident_mib())
            per_case = spent / number * 1000
            rows.append(
                (
                    f"{number} cases of 30 claims",
                    f"{spent:.2f} s, {per_case:.1f} ms a case, {memory[-1]:.0f} MiB",
                    "",
                )
            )
    rows.append(("memory from 100 to 1,000 cases", f"{memory[-1] - memory[0]:+.1f} MiB", "flat"))
    return rows
