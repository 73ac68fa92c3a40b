"""The vault: grants and summaries, evidence, passphrases, revisions; times calibrated, with growth.

What waits for the disk is given as a ratio to plain work on the same disk in the same run, since
its speed says nothing of ours. Needs 4 GiB below `build/` while it runs.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.calibrate import UNIT_SECONDS, best, calibrated, loop
from bench.vault_cases import append_all, bare_opening, case_text, overview, stocked

FOLDER = Path(__file__).parent.parent / "build" / "bench-vault"
CASES = (1_000, 3_000, 10_000)
MIB = (64, 256, 1024)
DOORS = (1, 2, 4, 8)
LOGINS = 50
CLAIMS = (30, 100, 200, 400)
SAVES = 60
LONG = (100, 500, 1_000)
RUNS = 5

Row = tuple[str, str, str]


def main() -> None:
    """Prints what was measured; a bound that is missed is printed, not hidden and not an error."""
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(parents=True)
    try:
        for what, figure, bound in rows():
            print(f"{what} | {figure} | {bound}", flush=True)
    finally:
        shutil.rmtree(FOLDER)


def rows() -> Iterator[Row]:
    """(what, figure, bound) for each measurement."""
    yield _busy()
    yield from grants()
    yield from logins()
    yield from saves()
    yield from evidence()
    yield _busy()


def _busy() -> Row:
    unit, load = best(loop), os.getloadavg()[0]
    figure = f"one unit {unit * 1000:.1f} ms, load {load:.1f} on {os.cpu_count()} cores"
    return ("how busy the machine is", figure, "")


def grants() -> Iterator[Row]:
    """Every grant and summary of one person opened from the database, beside the cryptography."""
    for count in CASES:
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            shelf = stocked(Path(folder), count)
            ours, bare, unit = in_turn(partial(overview, shelf), partial(bare_opening, shelf), loop)
            spent = calibrated(ours, unit)
            each = f"{spent / count * 1e6:.0f} µs each"
            figure = f"{spent:.2f} s, {each}, {ours / bare:.2f} × the cryptography alone"
            yield (f"open {count:,} grants and summaries", figure, "")


def in_turn(*works: Callable[[], object]) -> list[float]:
    """Seconds of the fastest run of each; one after the other, so that a busy moment hits all."""
    times = [[best(work, 1) for work in works] for _ in range(RUNS)]
    return [min(column) for column in zip(*times, strict=True)]


def logins() -> Iterator[Row]:
    """One hash, then fifty people at once before doors of several widths."""
    unit = best(loop)
    alone = min((_child("bench.vault_logins", "1", "1", "10") for _ in range(RUNS)), key=_longest)
    took = calibrated(_longest(alone), min(unit, best(loop)))
    yield ("Argon2id, 64 MiB, 3 passes, 4 lanes: one sign-in", f"{took * 1000:.0f} ms", "")
    yield ("its memory above that of the process", f"{_above(alone):.0f} MiB", "")
    for limit in DOORS:
        unit = best(loop)
        many = _child("bench.vault_logins", str(limit), str(LOGINS), "60")
        unit = min(unit, best(loop))
        yield (f"{LOGINS} at once, {limit} let in: memory above", f"{_above(many):.0f} MiB", "")
        yield (f"{LOGINS} at once, {limit} let in: an answer after", _waits(many, unit), "")
    hasty = _child("bench.vault_logins", "4", str(LOGINS), "1")
    figure = f"{hasty['refused']:.0f} of {LOGINS} refused and asked to come again (not calibrated)"
    yield ("the same, 4 let in, patience of 1 s", figure, "")


def saves() -> Iterator[Row]:
    """A revision of a case appended to its chain, flushed to the disk, beside a plain write."""
    for claims in CLAIMS:
        yield _saved(f"save a case of {claims} claims", case_text(claims), 0)
    for length in LONG:
        yield _saved(f"the same of 400 behind {length:,} revisions", case_text(400), length)


def _saved(what: str, text: bytes, length: int) -> Row:
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        unit = best(loop)
        made = append_all(Path(folder), text, SAVES, behind=length)
        unit = min(unit, best(loop))
    whole, thinking = statistics.median(made.times), statistics.median(made.thinking)
    worst = max(made.times)
    figure = (
        f"{len(text) / 1000:.0f} kB: median {whole * 1000:.1f} ms, worst {worst * 1000:.1f} ms "
        f"(not calibrated); {whole / statistics.median(made.plain):.1f} × a plain write and flush; "
        f"{calibrated(thinking, unit) * 1000:.1f} ms of it are not the disk's"
    )
    return (what, figure, "")


def evidence() -> Iterator[Row]:
    """Files sealed and read, each in a process of its own, beside copying and hashing."""
    peaks: dict[str, list[float]] = {}
    for mib in MIB:
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            found = _evidence(Path(folder), mib)
        for kind, one in found.items():
            peaks.setdefault(kind, []).append(one["peak"])
        for name, ours, plain in (
            ("seal", "seal", "copy"),
            ("read", "open", "hash"),
        ):
            mine, theirs = found[ours], found[plain]
            figure = (
                f"{mine['seconds']:.2f} s (not calibrated), "
                f"{mine['seconds'] / theirs['seconds']:.2f} × {PLAIN[plain]}, "
                f"peak {mine['peak']:.0f} MiB"
            )
            yield (f"{name} {mib:,} MiB of evidence", figure, "")
    for kind in ("seal", "open"):
        grown = peaks[kind][-1] - peaks[kind][0]
        yield (f"memory of {kind} from {MIB[0]} to {MIB[-1]:,} MiB", f"{grown:+.1f} MiB", "flat")


PLAIN = {"copy": "copying and hashing", "hash": "reading and hashing"}


def _evidence(folder: Path, mib: int) -> dict[str, dict[str, float]]:
    """Each kind in turn, several times over, so that a busy moment hits all; fastest of each."""
    _child("bench.vault_evidence", "make", str(folder), str(mib))
    found: dict[str, dict[str, float]] = {}
    for _ in range(RUNS):
        for kind in ("copy", "seal", "hash", "open"):
            one = _child("bench.vault_evidence", kind, str(folder), str(mib))
            kept = found.setdefault(kind, one)
            kept["seconds"] = min(kept["seconds"], one["seconds"])
            kept["peak"] = max(kept["peak"], one["peak"])
    return found


def _longest(one: dict[str, float]) -> float:
    return one["longest"]


def _above(one: dict[str, float]) -> float:
    return one["peak"] - one["before"]


def _waits(one: dict[str, float], unit: float) -> str:
    scale = UNIT_SECONDS / unit
    return (
        f"median {one['median'] * scale:.2f} s, longest {one['longest'] * scale:.2f} s "
        f"(here {one['longest']:.1f} s)"
    )


def _child(module: str, *given: str) -> dict[str, float]:
    """Runs a measurement in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", module, *given]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    started = time.perf_counter()
    main()
    print(f"the whole run took {time.perf_counter() - started:.0f} s")
