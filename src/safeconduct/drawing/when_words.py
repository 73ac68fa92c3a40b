"""The dates of an occurrence in words: as told, and between which days it lies.

Days are those that a bound is shown as everywhere (see `checks.material`); nothing is added.
"""

from safeconduct.casefile.findings import Parameter
from safeconduct.checks.material import first_day, last_day, told
from safeconduct.timeline.layout import Occurrence
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter


def when_told(occurrence: Occurrence, language: Language) -> str:
    """The date as told, or that none was."""
    return parameter(told(occurrence.claim), language)


def bounds_in_words(occurrence: Occurrence, language: Language) -> str:
    """From when at the earliest until when at the latest, each side "unknown" where it is."""
    start, end = occurrence.start_min.minutes, occurrence.end_max.minutes
    if start is None and end is None:
        return language.text("drawing-bounds-none")

    def day(value: Parameter) -> str:
        return parameter(value, language)

    if start is None or end is None:
        only = day(first_day(start)) if start is not None else day(last_day(end or 0))
        side = "from" if start is not None else "until"
        return language.text(f"drawing-bounds-{side}").format(day=only)
    first, last = day(first_day(start)), day(last_day(end))
    if first == last:
        return language.text("drawing-bounds-day").format(day=first)
    return language.text("drawing-bounds").format(start=first, end=last)
