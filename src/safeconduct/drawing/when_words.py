"""The dates of an occurrence in words: as told, and between which days it lies.

A bound that follows from the claim's own date is shown as the day of that date where it was; one
that follows from other claims as the day that it may reach in the claim's own zone, or, where that
is not known, as everywhere (see `checks.material`).
"""

from safeconduct.casefile.findings import Day, Parameter
from safeconduct.casefile.when import WIDEST_OFFSETS
from safeconduct.checks.material import first_day, last_day, told
from safeconduct.geo.resolving import Resolution
from safeconduct.timeline.layout import Occurrence, offsets
from safeconduct.timeline.moments import moment_of
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter


def when_told(occurrence: Occurrence, language: Language) -> str:
    """The date as told, or that none was."""
    return parameter(told(occurrence.claim), language)


def bounds_in_words(occurrence: Occurrence, language: Language) -> str:
    """From when at the earliest until when at the latest, each side "unknown" where it is."""
    first, last = _first(occurrence), _last(occurrence)
    if first is None and last is None:
        return language.text("drawing-bounds-none")

    def day(value: Parameter) -> str:
        return parameter(value, language)

    if first is None or last is None:
        side = "from" if first is not None else "until"
        only = first if first is not None else last
        return language.text(f"drawing-bounds-{side}").format(day=day(only) if only else "")
    if first == last:
        return language.text("drawing-bounds-day").format(day=day(first))
    return language.text("drawing-bounds").format(start=day(first), end=day(last))


def _first(one: Occurrence) -> Parameter | None:
    limit = one.start_min
    if limit.minutes is None:
        return None
    least, most = _offsets(one, one.origin or one.where)
    if limit.claims == (one.claim.id,):
        # The claim's own date: back to the local midnight that the bound was made from.
        return _day(limit.minutes + most)
    return first_day(limit.minutes) if least == WIDEST_OFFSETS[0] else _day(limit.minutes + least)


def _last(one: Occurrence) -> Parameter | None:
    limit = one.end_max
    if limit.minutes is None:
        return None
    least, most = _offsets(one, one.destination or one.where)
    if limit.claims == (one.claim.id,):
        return _day(limit.minutes - 1 + least)
    return last_day(limit.minutes) if least == WIDEST_OFFSETS[0] else _day(limit.minutes - 1 + most)


def _offsets(one: Occurrence, place: Resolution | None) -> tuple[int, int]:
    found = offsets(one.reading, place) if one.reading else None
    return found or WIDEST_OFFSETS


def _day(minutes: int) -> Parameter:
    return Day(moment_of(minutes).date())
