"""Every measure of truth, in the order in which it is printed, on both sides alike."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from bench.screening import agreeing, alarms, bias, crossing, pairs, spelling
from bench.screening.crossing import Corpus
from bench.screening.figures import Figure, Measured
from bench.screening.retrieving import crossed
from bench.screening.sides import Side
from bench.screening.tables import Table, beside

QUICK = 10
"""A quick run asks one stranger in so many."""


class Told(NamedTuple):
    """A table, and what each side got wrong, by side."""

    table: Table
    errors: dict[str, list[str]]


def run(sides: Sequence[Side], *, quick: bool) -> Iterator[Told]:
    """The tables one by one."""
    for what, source in agreeing.SOURCES:
        yield _told(f"Labelled pairs: {what}", sides, partial(agreeing.labelled, source=source))
    yield _reliability(sides)
    yield from _crossed(sides)
    yield _told("Spellings of one name: the share that is shown", sides, spelling.spellings)
    yield from _alarmed(sides, QUICK if quick else 1)
    for how in ("untreated", "treated"):
        heading = f"True listings: persons of the UN's list, {how}"
        yield _told(heading, sides, partial(alarms.listed, file=f"positives_un_{how}"))


def _alarmed(sides: Sequence[Side], step: int) -> Iterator[Told]:
    """False alarms, and whom they and the misses strike."""
    strangers, made_up = alarms.strangers(step), alarms.synthetic(2000 // step)
    by_group: dict[str, list[Figure]] = {}
    for what, found in (
        ("red notices of persons on no other list", strangers),
        ("made-up persons", made_up),
    ):
        for known, birth in (("by name alone", False), ("by name and date of birth", True)):
            heading = f"False alarms: {len(found):,} {what}, {known}, on all lists"
            measured = {side.name: alarms.alarms(side, found, birth=birth) for side in sides}
            by_group = by_group or {name: one.figures for name, one in measured.items()}
            yield _tabled(heading, measured)
    yield _biased(sides, by_group, step)


def _told(heading: str, sides: Sequence[Side], measure: Callable[[Side], Measured]) -> Told:
    return _tabled(heading, {side.name: measure(side) for side in sides})


def _tabled(heading: str, found: dict[str, Measured]) -> Told:
    table = beside(heading, {name: one.figures for name, one in found.items()})
    return Told(table, {name: one.errors for name, one in found.items()})


ASPECTS = {
    "recall": "the person sought is shown",
    "first": "the person sought stands first",
    "retrieved": "the person sought is compared at all",
    "others shown a query": "others shown a query",
}


def _crossed(sides: Sequence[Side]) -> Iterator[Told]:
    """One table an aspect, one row a corpus."""
    corpora = [corpus for make in crossing.SOURCES for corpus in make()]
    found = {side.name: [(one, crossed(side, one)) for one in corpora] for side in sides}
    errors = {
        name: [f"{one.what}: {error}" for one, measured in rows for error in measured.errors]
        for name, rows in found.items()
    }
    for aspect, words in ASPECTS.items():
        figures = {name: _aspect(rows, aspect) for name, rows in found.items()}
        yield Told(beside(f"Across scripts: {words}", figures), errors)
        errors = {}


def _aspect(rows: list[tuple[Corpus, Measured]], aspect: str) -> list[Figure]:
    return [
        figure._replace(what=f"{corpus.what} ({len(corpus.queries)})")
        for corpus, measured in rows
        for figure in measured.figures
        if figure.what == aspect
    ]


def _reliability(sides: Sequence[Side]) -> Told:
    """What a score is worth: the share of matches among the pairs of each tenth of it."""
    cases = [*pairs.named(), *pairs.checked(), *pairs.analysed(), *pairs.historical()]
    rows: list[tuple[str, ...]] = [
        (side.name, f"{low:.2f}", f"{count}", f"{share:.3f}")
        for side in sides
        for low, count, share in agreeing.reliability(side, cases)
    ]
    columns = ("side", "mean score", "pairs", "share of matches")
    heading = "Reliability: all labelled pairs by tenths of the score"
    return Told(Table(heading, columns, rows), {})


def _biased(sides: Sequence[Side], alarmed: dict[str, list[Figure]], step: int) -> Told:
    names = [side.name for side in sides]
    columns = (
        "citizenship",
        *(f"{name}: recall" for name in names),
        *(f"{name}: false alarms" for name in names),
    )
    heading = "Bias: persons of red notices by citizenship"
    note = (
        "Recall: sought on their own list with one letter wrong. "
        "False alarms: by name alone on the other lists."
    )
    return Told(Table(heading, columns, bias.rows(sides, alarmed, step), note), {})
