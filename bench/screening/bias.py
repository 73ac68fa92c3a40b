"""Whom errors strike: recall and false alarms by the citizenship of persons of red notices.

Each person is sought on the list of all of them by their own name with one letter wrong. It tells
nothing of scripts, which the measures across scripts do.
"""

from collections.abc import Sequence
from zlib import crc32

from bench.screening import lists
from bench.screening.alarms import group_of
from bench.screening.figures import Figure, share
from bench.screening.records import Record, record
from bench.screening.sides import Side

LETTERS = "aeiouhklmnrst"


def misspelt(name: str) -> str:
    """One letter of the longest part, never its first, is left out, doubled, swapped or another."""
    part = max(name.split(), key=len)
    if len(part) < 4:
        return name
    draw = crc32(name.encode())
    at = 1 + draw % (len(part) - 2)
    letter = LETTERS[draw // 7 % len(LETTERS)].upper()
    changed = (
        part[:at] + part[at + 1 :],
        part[:at] + part[at] * 2 + part[at + 1 :],
        part[:at] + part[at + 1] + part[at] + part[at + 2 :],
        part[:at] + letter + part[at + 1 :],
    )[draw // 101 % 4]
    return name.replace(part, changed, 1)


def recalled(side: Side, step: int) -> list[Figure]:
    """The share that is shown by group; every so manieth person is sought."""
    sought = lists.notices()[::step]
    queries = [record(one.id, name=misspelt(one.values("name")[0])) for one in sought]
    answers = side.screen(lists.notices(), queries)
    shown: dict[str, list[bool]] = {}
    for one, answer in zip(sought, answers, strict=True):
        found = any(hit.id == one.id for hit in answer.shown())
        shown.setdefault(_group(one), []).append(found)
    return [
        Figure(f"{group} ({len(held)})", share(sum(held), len(held)))
        for group, held in sorted(shown.items())
    ]


def _group(one: Record) -> str:
    return group_of(one.values("country"))


def rows(
    sides: Sequence[Side], alarmed: dict[str, list[Figure]], step: int
) -> list[tuple[str, ...]]:
    """Group, recall of each side, and what `alarmed` has of each side's false alarms."""
    recall = {side.name: recalled(side, step) for side in sides}
    by_group = {
        name: {one.what.split(" (")[0]: one for one in found} for name, found in alarmed.items()
    }
    return [
        (
            figures[0].what,
            *(f"{one.value:.3f}" for one in figures),
            *(_alarm(by_group[name], figures[0].what) for name in recall),
        )
        for figures in zip(*recall.values(), strict=True)
    ]


def _alarm(found: dict[str, Figure], what: str) -> str:
    figure = found.get(what.split(" (")[0])
    return f"{figure.value:.3f}" if figure else "-"
