"""What a drawing consists of, line by line, and whether two drawings say the same.

    python -m tests.unit.drawing.structure

writes the drawings that `golden/` holds anew; read the difference before it is kept.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.unit.drawing.conftest import SVG, Told, example_named, parsed

from safeconduct.drawing.map import map_svg
from safeconduct.drawing.timeline import timeline_svg
from safeconduct.wording.language import language

GOLDEN = Path(__file__).parent / "golden"
CASES = ("alexander/case.yaml", "planted/tellings.yaml", "planted/journeys.yaml")
LOOKS = (("en", 720), ("ru", 360))
TOLERANCE = 1.5
"""Pixels that a shape may move before it counts as another drawing."""
_PLACED = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height")
_GROUND = {"land", "border", "whole", "dotted", "disputed"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def structure(drawing: str) -> Iterator[str]:
    """Elements in order: name, classes, where they are, which claim, what they say.

    Of the ground of a map only that it is there: its shapes are the shipped data's.
    """
    for one in parsed(drawing).iter():
        name = one.tag.removeprefix(SVG)
        if name == "style":
            continue
        classes = one.attrib.get("class", "")
        claim = one.attrib.get("data-claim", "")
        words = " ".join((one.text or "").split())
        yield f"{name} | {classes} | {_where(one)} | {claim} | {words}".rstrip(" |")


def _where(one: ET.Element) -> str:
    if _GROUND & set(one.attrib.get("class", "").split()):
        return ""
    placed = [f"{key}={float(one.attrib[key]):.0f}" for key in _PLACED if key in one.attrib]
    if points := one.attrib.get("points"):
        pairs = [float(number) for number in re.findall(_NUMBER, points)]
        sides = (min(pairs[::2]), min(pairs[1::2]), max(pairs[::2]), max(pairs[1::2]))
        placed.append("box=" + ",".join(f"{side:.0f}" for side in sides))
    return " ".join(placed)


def differences(found: list[str], golden: list[str]) -> list[tuple[str, str]]:
    """Lines that differ in more than where they are, or by more than the tolerance in that."""
    if len(found) != len(golden):
        return [(f"{len(found)} elements", f"{len(golden)} elements")]
    return [pair for pair in zip(found, golden, strict=True) if not _same(*pair)]


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    (name, classes, *rest), (other_name, other_classes, *others) = (
        one.split(" | "),
        other.split(" | "),
    )
    if (name, classes, rest[1:]) != (other_name, other_classes, others[1:]):
        return False
    here, there = "".join(rest[:1]), "".join(others[:1])
    if _NUMBER.sub("", here) != _NUMBER.sub("", there):
        return False
    pairs = zip(_NUMBER.findall(here), _NUMBER.findall(there), strict=True)
    return all(abs(float(a) - float(b)) <= TOLERANCE for a, b in pairs)


def drawn(case: str, code: str, width: int) -> Iterator[tuple[str, str]]:
    """The timeline and the map of an example, with the name of its golden file."""
    told: Told = example_named(case)
    name = f"{Path(case).parent.name}-{Path(case).stem}-{code}-{width}"
    words = language(code)
    yield f"{name}-timeline", timeline_svg(told.layout, told.vetting, words, width=width)
    yield f"{name}-map", map_svg(told.layout, words, width=width)


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for case in CASES:
        for code, width in LOOKS:
            for name, drawing in drawn(case, code, width):
                lines = "\n".join(structure(drawing))
                (GOLDEN / f"{name}.txt").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
