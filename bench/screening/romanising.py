"""How often two spellings of one name are found alike, script by script, and two names by mistake.

Reads the published transliteration pairs (development parts) where they lie beside the repository:
`python -m bench.screening.romanising [--rows N] [--misses SCRIPT]`. Each row of the table: pairs,
the share whose keys meet, the share with likeness of at least 0.85, that share for the same tokens
paired at random, and the area under the curve of likeness.
"""

import argparse
import gzip
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from safeconduct.names.folding import keys
from safeconduct.names.likeness import likeness
from safeconduct.names.reading import read_name

DATA = Path(__file__).resolve().parents[3] / "shared/data/screening"
ALIKE = 0.85
FILES = (
    *(("russian", "translit/wd_russian"), ("armenian", "translit/wd_armenian")),
    *(("greek", "translit/wd_greek"), ("arabic", "translit/wd_arabic")),
    *(("persian", "translit/wd_persian"), ("hebrew", "translit/wd_hebrew")),
)


class Figures(NamedTuple):
    """What one row of the table says, as shares of 1; `micros` is the time of one comparison."""

    pairs: int
    shared: float
    alike: float
    mistaken: float
    area: float
    micros: float


def tokens(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a Latin token and its spelling in another script, whose letters stand apart."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            latin, other, *_ = line.rstrip("\n").split("\t")
            yield latin, other.replace(" ", "")


def folds(text: str) -> tuple[str, ...]:
    """The keys of all tokens of a text, together."""
    return tuple(key for token in read_name(text).tokens for key in keys(token.form, token.script))


def measured(pairs: list[tuple[str, str]]) -> Figures:
    """Pairs beside the same tokens shifted by one place in a fixed shuffled order."""
    random.Random(4).shuffle(pairs)
    ours = [(folds(a), folds(b)) for a, b in pairs]
    start = perf_counter()
    true = [likeness(a, b) for a, b in ours]
    false = [likeness(a, d) for (a, _), (_, d) in pairwise(ours)]
    spent = perf_counter() - start
    return Figures(
        pairs=len(pairs),
        shared=sum(not set(a).isdisjoint(b) for a, b in ours) / len(ours),
        alike=sum(one >= ALIKE for one in true) / len(true),
        mistaken=sum(one >= ALIKE for one in false) / len(false),
        area=_area(true, false),
        micros=1e6 * spent / (len(true) + len(false)),
    )


def _area(true: list[float], false: list[float]) -> float:
    """The chance that a true pair is more alike than a false one, ties counting half."""
    ranked = sorted([(value, 1) for value in true] + [(value, 0) for value in false])
    total, below, at = 0.0, 0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        positives = sum(kind for _, kind in ranked[at:end])
        total += positives * (below + (end - at - positives) / 2)
        below += end - at - positives
        at = end
    return total / (len(true) * len(false))


def report(name: str, pairs: list[tuple[str, str]]) -> str:
    """One line of the table."""
    one = measured(pairs)
    return (
        f"{name:<10} {one.pairs:>6} {one.shared:>8.3f} {one.alike:>8.3f} {one.mistaken:>9.4f} "
        f"{one.area:>7.4f} {one.micros:>8.1f}"
    )


def main() -> None:
    """Prints the table, or with --misses the pairs of a script that are not found alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000)
    parser.add_argument("--part", choices=("dev16", "train64"), default="dev16")
    parser.add_argument("--misses", choices=[name for name, _ in FILES])
    given = parser.parse_args()
    print(f"{'script':<10} {'pairs':>6} {'shared':>8} {'alike':>8} {'mistaken':>9} {'AUC':>7} µs")
    for name, stem in FILES:
        found = list(tokens(DATA / f"{stem}_{given.part}.tsv.gz"))
        random.Random(1).shuffle(found)
        if given.misses is None:
            print(report(name, found[: given.rows]), flush=True)
        elif given.misses == name:
            _print_misses(found[: given.rows])


def _print_misses(pairs: list[tuple[str, str]]) -> None:
    for a, b in pairs:
        value = likeness(folds(a), folds(b))
        if value < ALIKE:
            print(f"{value:.2f} {a} {b} {folds(a)} {folds(b)}")


if __name__ == "__main__":
    main()
