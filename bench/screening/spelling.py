"""Spellings of one person, compared by themselves: only matches, so that only recall is told."""

import csv

from bench.screening.figures import Figure, Measured, share
from bench.screening.pairs import Labelled
from bench.screening.records import data, record
from bench.screening.scripts import script
from bench.screening.sides import Side

PUTIN = "Vladimir Vladimirovich Putin"
READ = ("latin", "cyrillic", "arabic", "hebrew", "greek", "armenian", "georgian")
OFFICES = frozenset({"präsident", "predsjednik", "președintele", "presiden", "presidente", "elnök",
                     "президент", "prezydent", "president"})  # fmt: skip


def spelled() -> list[Labelled]:
    """Two names each, of two parts or more that are no office: one name alone proves nothing."""
    lines = data("pairs/putin_names.txt").read_text("utf-8").splitlines()
    found = [(line.strip(), PUTIN) for line in lines if line.strip()]
    text = data("pairs/watchman_cross_script_pairs.csv").read_text("utf-8").splitlines()
    rows = csv.reader(line for line in text if line and not line.startswith("#"))
    found += [(row[0], row[1]) for row in rows]
    return [
        Labelled(record(f"s{n}-left", name=one), record(f"s{n}-right", name=other), True, "")
        for n, (one, other) in enumerate(found)
        if len([part for part in one.lower().split() if part not in OFFICES]) > 1
    ]


def spellings(side: Side) -> Measured:
    """Recall by the script of the first name."""
    cases = spelled()
    scored = side.compare([(case.left, case.right) for case in cases])
    groups: dict[str, list[bool]] = {}
    for case, one in zip(cases, scored, strict=True):
        found = script(case.left.values("name")[0])
        groups.setdefault(found if found in READ else "scripts that we do not read", []).append(
            one.shown
        )
    figures = [
        Figure(f"{group} ({len(shown)})", share(sum(shown), len(shown)))
        for group, shown in groups.items()
    ]
    errors = [
        f"{one.score:.3f} {case.told()}"
        for case, one in zip(cases, scored, strict=True)
        if not one.shown
    ]
    return Measured(figures, errors)
