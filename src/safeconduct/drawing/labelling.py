"""Puts labels where they meet nothing: tries places one after another and takes the first free one.

Greedy and without randomness. What finds no place is left to the words below the drawing.
"""

from collections.abc import Iterable, Iterator
from math import hypot

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
RING = 12
PATIENCE = 2 * RING


class Room:
    """A frame with the boxes that are taken in it, and boxes that labels had better avoid."""

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._taken: list[Box] = []
        self._avoided: list[Box] = []

    def take(self, box: Box) -> None:
        """Takes a box, whatever else is there."""
        self._taken.append(box)

    def avoid(self, box: Box) -> None:
        """A label meets this box only where nothing else is left."""
        self._avoided.append(box)

    def is_free(self, box: Box) -> bool:
        """Does the box lie in the frame and meet nothing that is taken?"""
        left, top, right, bottom = self._frame
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        return not any(meet(box, other) for other in self._taken)

    def first_free(self, boxes: Iterable[Box]) -> Box | None:
        """The first of these boxes that is free, taken; None if none is.

        A box that meets what is avoided waits for `PATIENCE` further ones that do not: a label
        across a line is better than one far from its place.
        """
        waiting: list[tuple[int, Box]] = []
        for place, box in enumerate(boxes):
            if waiting and waiting[0][0] + PATIENCE < place:
                break
            if not self.is_free(box):
                continue
            if not any(meet(box, other) for other in self._avoided):
                self.take(box)
                return box
            waiting.append((place, box))
        if not waiting:
            return None
        found = waiting[0][1]
        self.take(found)
        return found


def meet(one: Box, other: Box) -> bool:
    """Do two boxes share an area?"""
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def around(x: float, y: float, away: float, size: tuple[float, float]) -> Iterator[Box]:
    """Boxes of a size around a point: right, left, above, below, the corners, above and below
    to either side; then further off, `RING` of them each time."""
    width, height = size
    for further in (0.0, 14.0, 30.0, 52.0, 80.0):
        d = away + further
        c = d * 0.75
        yield _box(x + d, y - height / 2, size)
        yield _box(x - d - width, y - height / 2, size)
        yield _box(x - width / 2, y - d - height, size)
        yield _box(x - width / 2, y + d, size)
        yield _box(x + c, y - c - height, size)
        yield _box(x + c, y + c, size)
        yield _box(x - c - width, y - c - height, size)
        yield _box(x - c - width, y + c, size)
        for aside in (x - width * 0.8, x - width * 0.2):
            yield _box(aside, y - d - height, size)
            yield _box(aside, y + d, size)


def nearest_point(box: Box, x: float, y: float) -> tuple[float, float, float]:
    """The point of a box that is nearest to (x, y), and how far that is."""
    near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    return near_x, near_y, hypot(near_x - x, near_y - y)


def _box(left: float, top: float, size: tuple[float, float]) -> Box:
    return left, top, left + size[0], top + size[1]
