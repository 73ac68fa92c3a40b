"""`make bench-screening`: both sides measured in one run, on the same lists and queries."""

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from bench.screening import document, environment, speed, truth
from bench.screening.records import ROOT, DataMissing
from bench.screening.sides import Side
from bench.screening.tables import Table, text
from bench.screening.theirs import Nomenklatura
from bench.screening.truth import Told

WRITTEN = ROOT / "build/bench/screening.json"
PARTS = ("truth", "speed", "bulk")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.screening", description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="all where none is given")
    parser.add_argument("--errors", action="store_true", help="lists what each side got wrong")
    parser.add_argument("--reuse", action="store_true", help="takes the peer's kept answers")
    parser.add_argument("--quick", action="store_true", help="fewer queries and smaller lists")
    parser.add_argument("--document", action="store_true", help="writes the page of figures anew")
    parser.add_argument("--side", choices=("both", "ours", "peer"), default="both")
    return parser.parse_args()


def _sides(which: str, *, reuse: bool) -> list[Side]:
    found: list[Side] = []
    if which != "ours":
        found.append(Nomenklatura(reuse=reuse))
    if which != "peer":
        try:
            from bench.screening.ours import Safeconduct
        except ImportError as missing:
            print(f"Our side cannot be loaded: {missing}\n")
        else:
            found.append(Safeconduct())
    return found


def _told(parts: Iterable[str], sides: Sequence[Side], *, quick: bool) -> Iterator[Told]:
    if "truth" in parts:
        yield from truth.run(sides, quick=quick)
    if "speed" in parts:
        yield from (Told(table, {}) for table in speed.run(sides, quick=quick))
    if "bulk" in parts and any(side.name == "safeconduct" for side in sides):
        from bench.screening import bulk

        yield from (Told(table, {}) for table in bulk.run(quick=quick))


def _printed(given: argparse.Namespace, sides: Sequence[Side]) -> list[Table]:
    tables = []
    for told in _told(given.part or PARTS, sides, quick=given.quick):
        tables.append(told.table)
        print(text(told.table), flush=True)
        wrong = told.errors if given.errors else {}
        for name, errors in wrong.items():
            print(f"{name} got {len(errors)} wrong:", *errors, "", sep="\n", flush=True)
    return tables


def main() -> None:
    """Prints the tables as they are measured, and writes them all at the end."""
    given = _arguments()
    start = time.perf_counter()
    sides = _sides(given.side, reuse=given.reuse)
    try:
        tables = _printed(given, sides)
    except (DataMissing, environment.PeerMissing) as missing:
        raise SystemExit(str(missing)) from missing
    finally:
        for side in sides:
            side.close()
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    found = [table._asdict() for table in tables]
    WRITTEN.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
    print(f"Measured in {time.perf_counter() - start:.0f} s, written to {WRITTEN}")
    if given.document:
        document.write(tables)


if __name__ == "__main__":
    main()
