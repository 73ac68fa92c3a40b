"""What is said below a timeline: numbers in words, what had no room, signs, the zone of hours."""

from collections.abc import Iterator, Sequence

from safeconduct.drawing.axis_shapes import has_hours
from safeconduct.drawing.conflicts import Event
from safeconduct.drawing.house import SMALL, line_height, text
from safeconduct.drawing.svg import Node, local_id
from safeconduct.drawing.text import ascent, wrapped
from safeconduct.drawing.timeline_foot import key, legend
from safeconduct.drawing.timeline_plan import MARGIN, Plan, signs
from safeconduct.drawing.timeline_words import event_in_words, event_titles, tie_in_words

MOST_IN_KEY = 24
MOST_NAMED = 24


def notes(
    shown: Plan, unlined: Sequence[int], shortened: Sequence[Event], top: float
) -> tuple[tuple[Node, ...], float]:
    """The shapes from `top` down, and how far they reach.

    `unlined` are the numbers for whose lines there was no room, `shortened` the public events
    whose titles are cut in the drawing.
    """
    language, x1 = shown.language, shown.width - MARGIN
    shapes: list[Node] = []
    if shown.tied:
        titles = event_titles(shown.vetting, language)
        entries = [
            (str(one.number), tie_in_words(one, language, titles, shown.part))
            for one in shown.tied[:MOST_IN_KEY]
        ]
        found, top = key(entries, MARGIN, x1, top)
        shapes += found
    for words in _unsaid(shown, unlined, shortened):
        top = _note(shapes, words, x1, top)
    pattern = f"url(#{local_id(shown.prefix, 'hatch')})"
    found, top = legend(_signs(shown), language, MARGIN, x1, top + 2, pattern)
    shapes += found
    if shown.axis and has_hours(shown.axis, language):
        top = _note(shapes, language.text("drawing-utc"), x1, top)
    return tuple(shapes), top + MARGIN


def _unsaid(shown: Plan, unlined: Sequence[int], shortened: Sequence[Event]) -> Iterator[str]:
    language = shown.language
    if (more := len(shown.tied) - MOST_IN_KEY) > 0:
        yield language.text("drawing-ties-more").format(n=language.number(more))
    if unlined:
        numbers = language.listed(tuple(str(one) for one in unlined))
        if len(unlined) > MOST_NAMED:
            n, count = language.number(len(unlined)), language.number(len(shown.tied))
            numbers = language.text("drawing-some-of").format(n=n, count=count)
        yield language.text("drawing-ties-unlined").format(numbers=numbers)
    yield from (event_in_words(one, language) for one in shortened)


def _signs(shown: Plan) -> list[str]:
    events = ["public-event"] if shown.events else []
    breaks = ["break"] if shown.axis and shown.axis.breaks else []
    return [*signs(shown.bars), *events, *breaks]


def _note(shapes: list[Node], words: str, x1: float, top: float) -> float:
    for line in wrapped(words, SMALL, x1 - MARGIN):
        shapes.append(text(MARGIN, top + ascent(SMALL), line, size=SMALL, role="quiet"))
        top += line_height(SMALL)
    return top + 3
