"""Drawn cases: the examples, and cases written in a test; and what stands where in a drawing."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet
from safeconduct.drawing.house import badge_radius
from safeconduct.drawing.text import ascent, descent, width_of
from safeconduct.timeline.layout import Layout, lay_out

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = tuple(sorted(str(file.relative_to(EXAMPLES)) for file in EXAMPLES.glob("*/*.yaml")))
BADGE_SIZE = 8.5
"""Only badges have this type size; their disc counts as their box."""
SVG = "{http://www.w3.org/2000/svg}"


class Told(NamedTuple):
    """A case laid out and vetted."""

    layout: Layout
    vetting: Vetting


class Written(NamedTuple):
    """A line of text in a drawing and the box it takes: left, top, right, bottom."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def _references() -> References:
    return load_references(None)


def laid_out(data: bytes) -> Told:
    """A case file, laid out and vetted on a fixed day."""
    return of_case(read_case(data).case)


def of_case(case: Case) -> Told:
    """A case, laid out and vetted on a fixed day."""
    at_hand = _references()
    return Told(
        lay_out(case, at_hand.gazetteer, at_hand.countries),
        vet(case, at_hand, on=date(2024, 11, 2)),
    )


@cache
def example_named(name: str) -> Told:
    """An example of the repository, by its path below `examples/`."""
    return laid_out((EXAMPLES / name).read_bytes())


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest) -> Told:
    """Each example of the repository."""
    return example_named(request.param)


@pytest.fixture
def alexander() -> Told:
    """The founding case."""
    return example_named("alexander/case.yaml")


@pytest.fixture
def planted() -> Callable[[str], Told]:
    """A planted case by its name."""
    return lambda name: example_named(f"planted/{name}.yaml")


@pytest.fixture
def told() -> Callable[[str], Told]:
    """A case from the lines of its claims."""

    def of(claims: str) -> Told:
        head = (
            "schema: safeconduct/case/1\nid: test\n"
            "conventions: {approximate: {day: P3D, month: P1M, year: P6M}}\n"
            "gaps_longer_than: P60D\napplicant: {id: p1, names: [Nobody]}\n"
            "tellings: [{id: t1, on: 2024-03-01}, {id: t2, on: 2024-05-01}]\nclaims:\n"
        )
        return laid_out((head + claims).encode())

    return of


def parsed(drawing: str) -> ET.Element:
    """A drawing as a tree; an error if it is not well formed."""
    return ET.fromstring(drawing)  # noqa: S314  (our own output)


def texts(drawing: str) -> Iterator[Written]:
    """Every line of text with the box that it takes by the shipped metrics."""
    for element in parsed(drawing).iter(f"{SVG}text"):
        words = element.text or ""
        size = float(element.attrib["font-size"])
        width = width_of(words, size, element.attrib.get("font-weight") == "700")
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        left = x - width / 2 if element.attrib.get("text-anchor") == "middle" else x
        if size == BADGE_SIZE:
            radius = badge_radius(words)
            middle = y - 3.1
            yield Written(words, x - radius, middle - radius, x + radius, middle + radius)
        else:
            yield Written(words, left, y - ascent(size), left + width, y + descent(size))


def meeting(found: list[Written]) -> list[tuple[str, str]]:
    """Pairs of lines that share an area; a third of a pixel is rounding."""
    slack = 0.34
    ordered = sorted(found, key=lambda one: one.top)
    pairs = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top >= one.bottom - slack:
                break
            if one.left < other.right - slack and other.left < one.right - slack:
                pairs.append((one.words, other.words))
    return pairs


def classes_of(element: ET.Element) -> set[str]:
    """The classes of an element."""
    return set(element.attrib.get("class", "").split())


def classes(drawing: str) -> dict[str, int]:
    """How often each class of our own occurs, but those that only name colours."""
    counts: dict[str, int] = {}
    for element in parsed(drawing).iter():
        for name in element.attrib.get("class", "").split():
            if not name.startswith("sc-"):
                counts[name] = counts.get(name, 0) + 1
    return counts
