"""Which single character, read otherwise, would let every check digit of a zone agree.

An innocent repair for the investigator: print wears off, software and eyes take one shape for
another. The pairs below are this project's choice of look-alikes; they are no rule of a standard.
That a repair exists does not show that it is true.
"""

from collections.abc import Iterator

from safeconduct.checks.papers.check_digits import (
    ALPHABET,
    FILLER,
    UNREADABLE,
    digit_checks,
    settled,
)
from safeconduct.checks.papers.layouts import Layout, Span
from safeconduct.checks.papers.zone import Misreading
from safeconduct.checks.papers.zone_dates import is_possible

LOOK_ALIKE = (
    *("0O", "0D", "0Q", "0U", "1I", "1L", "1T", "1J", "2Z", "4A", "5S", "6G", "7T", "8B", "9G"),
    *("OD", "OQ", "IL", "UV", "VY", "MN", "CG", "EF", "PR", "KX"),
    *("17", "27", "38", "08", "06", "56", "68", "39", "49", "89"),
    *("<K", "<C", "<L"),
)
"""Pairs of characters that are taken for each other, in either direction."""

# Letters of other scripts that look like one of the zone, and the characters they may stand for.
_FOREIGN = {
    **dict(zip("АВЕІКМНОРСТХУЈЅ", "ABEIKMHOPCTXYJS", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    "О": "O0",
    "Ο": "O0",
    "З": "3",
    "Б": "6",
    "‹": "<",
    "«": "<",
    "〈": "<",
}


def misreadings(
    layout: Layout, lines: tuple[str, ...], unreadable: dict[tuple[int, int], str]
) -> tuple[Misreading, ...]:
    """Every substitution of one character after which all check digits agree, in reading order.

    `unreadable`: (line, position) → what stands there in place of `?`. Empty where nothing is
    amiss, and where no single character explains it.
    """
    if all(settled(check) for check in digit_checks(layout, lines)):
        return ()
    return tuple(
        Misreading(
            line=line, position=position, found=unreadable.get((line, position), found), read=read
        )
        for line, position, found, read in _substitutions(layout, lines, unreadable)
        if _explains(layout, _with(lines, line, position, read), line, position)
    )


def _explains(layout: Layout, lines: tuple[str, ...], line: int, position: int) -> bool:
    dates = (span for span in (layout.birth, layout.expiry) if _within([span], line, position))
    if not all(is_possible(span.of(lines)) for span in dates):
        return False
    return all(settled(check) for check in digit_checks(layout, lines))


def _substitutions(
    layout: Layout, lines: tuple[str, ...], unreadable: dict[tuple[int, int], str]
) -> Iterator[tuple[int, int, str, str]]:
    for line, position in _checked_places(layout):
        found = lines[line - 1][position - 1]
        foreign = unreadable.get((line, position), "")
        allowed = _allowed(layout, line, position)
        for read in _may_be(found, foreign):
            if read in allowed and read != found:
                yield line, position, found, read


def _may_be(found: str, foreign: str) -> str:
    if found == UNREADABLE:
        # A mark such as ? or * says nothing of the shape, so any character may stand there.
        return _FOREIGN.get(foreign, ALPHABET + FILLER)
    other = {pair[1 - pair.index(found)] for pair in LOOK_ALIKE if found in pair}
    return "".join(sorted(other))


def _allowed(layout: Layout, line: int, position: int) -> str:
    digits = [layout.birth_digit, layout.expiry_digit, layout.composite_digit]
    if _within(digits, line, position):
        return "0123456789"
    if _within([layout.birth, layout.expiry], line, position):
        return "0123456789" + FILLER
    return ALPHABET + FILLER


def _checked_places(layout: Layout) -> list[tuple[int, int]]:
    spans = [*layout.composite, layout.composite_digit]
    places = {(one.line, place) for one in spans for place in range(one.first, one.last + 1)}
    return sorted(places)


def _within(spans: list[Span], line: int, position: int) -> bool:
    return any(one.line == line and one.first <= position <= one.last for one in spans)


def _with(lines: tuple[str, ...], line: int, position: int, read: str) -> tuple[str, ...]:
    old = lines[line - 1]
    new = old[: position - 1] + read + old[position:]
    return (*lines[: line - 1], new, *lines[line:])
