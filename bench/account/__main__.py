"""`make bench-account`: true journeys, planted slips, and the solver beside its peers.

The generator shares no code with the engine; see `ways`, `journeys`, `telling`, `planting`.
"""

import argparse

from bench.account.units import unit_chains
from bench.account.vetted import Outcomes, planted_slips, shared_out, summed, true_journeys
from bench.account.ways import DataMissing, ways

JOURNEYS, PLANTED = 10_000, 2_000
PARTS = ("true", "units", "planted", "speed")


def main() -> None:
    """The parts asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench.account", description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="all where none is given")
    parser.add_argument("--count", type=int, help="so many journeys instead of 10,000 and 2,000")
    given = parser.parse_args()
    parts = given.part or PARTS
    try:
        if {"true", "planted"} & set(parts):
            ways()
    except DataMissing as missing:
        print(f"Journeys are not measured: {missing}")
        parts = tuple(one for one in parts if one == "speed")
    if "true" in parts:
        _true(given.count or JOURNEYS)
    if "units" in parts:
        _said(unit_chains(), "chains of unit positions")
    if "planted" in parts:
        _planted(given.count or PLANTED)
    if "speed" in parts:
        from bench.account.solvers import run

        for row in run():
            print(" | ".join(row), flush=True)


def _true(count: int) -> None:
    _said(summed(shared_out(true_journeys, count)), "true journeys")


def _said(found: Outcomes, of_what: str) -> None:
    print(f"{found.journeys:,} {of_what}, {found.claims:,} claims; conflicts said of them:")
    for message, times in found.conflicts.most_common() or [("none", 0)]:
        print(f"  {message}: {times:,}")


def _planted(count: int) -> None:
    print("planted slip | of them | found | reported as planted | repair among the first three")
    sums: dict[str, list[int]] = {}
    for chunk in shared_out(planted_slips, count):
        for one in chunk:
            held = sums.setdefault(one.kind, [0, 0, 0, 0])
            sums[one.kind] = [a + b for a, b in zip(held, one[1:], strict=True)]
    for kind, (planted, found, exact, repaired) in sorted(sums.items()):
        shares = (f"{part / planted:.3f}" for part in (found, exact, repaired))
        print(" | ".join((kind, f"{planted:,}", *shares)))


if __name__ == "__main__":
    main()
