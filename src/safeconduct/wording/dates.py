"""Dates in words: days, months and years, "about" and "perhaps", intervals and alternatives.

A form that it has no words for is shown as its EDTF text, never as a guess.
"""

import re
from datetime import date, datetime

from safeconduct.wording.language import Language

_DATE = re.compile(
    r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:\d{2})?)?([?~%]?)"
)
_SEASONS = ("21", "22", "23", "24")
_QUALIFIED = {"?": "date-perhaps", "~": "date-about", "%": "date-perhaps-about", "": "date-plain"}


MOST_DATES = 12
"""Alternatives that are all written; of more, their number, the first and the last as told."""


def day(value: date, language: Language) -> str:
    """A calendar day, such as "2 November 2024"."""
    template = language.text("date-first-day" if value.day == 1 else "date-day")
    month = language.text(f"month-{value.month}-of")
    return template.format(day=value.day, month=month, year=value.year)


def instant(value: datetime, language: Language) -> str:
    """A moment of UTC, with its day."""
    clock = value.strftime("%H:%M")
    return language.text("date-instant").format(day=day(value.date(), language), clock=clock)


def edtf(text: str, language: Language) -> str:
    """An EDTF text in words; as it stands where there are none for it."""
    if text[:1] == "[" and text[-1:] == "]":
        return _set(text[1:-1], language) or text
    if text.count("/") == 1:
        return _interval(*text.split("/"), language=language)
    return _single(text, language) or text


def _set(inside: str, language: Language) -> str | None:
    """One of several dates, or one of a range; None for a set that mixes both."""
    if ".." not in inside:
        told = [member.strip() for member in inside.split(",")]
        if len(told) > MOST_DATES:
            ends = {"first": edtf(told[0], language), "last": edtf(told[-1], language)}
            number = language.number(len(told))
            return language.text("date-one-of-many").format(number=number, **ends)
        members = tuple(edtf(member, language) for member in told)
        return language.text("date-one-of").format(dates=language.listed(members))
    start, dots, end = inside.partition("..")
    if "," in inside or not dots:
        return None
    sides = tuple("date" if side else "open" for side in (start, end))
    template = language.text(f"date-one-from-{sides[0]}-to-{sides[1]}")
    return template.format(
        start=_single(start, language) or start, end=_single(end, language) or end
    )


def _interval(start: str, end: str, *, language: Language) -> str:
    known = {"": "unknown", "..": "open"}
    kinds = (known.get(start, "date"), known.get(end, "date"))
    template = language.text(f"date-from-{kinds[0]}-to-{kinds[1]}")
    return template.format(
        start=_single(start, language) or start, end=_single(end, language) or end
    )


def _single(text: str, language: Language) -> str | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, of_month, clock, zone, qualifier = match.groups(default="")
    if month in _SEASONS and not of_month and not clock:
        words = language.text(f"season-{month}").format(year=year)
        return language.text(_QUALIFIED[qualifier]).format(date=words)
    if month and not 1 <= int(month) <= 12:
        return None
    if of_month:
        try:
            words = day(date(int(year), int(month), int(of_month)), language)
        except ValueError:  # 31 February has no words
            return None
    elif month:
        name = language.text(f"month-{int(month)}")
        words = language.text("date-month").format(month=name, year=year)
    else:
        words = language.text("date-year").format(year=year)
    if clock:
        offset = {"Z": "UTC", "": ""}.get(zone, f"UTC{zone}")
        words = language.text("date-clock").format(day=words, clock=clock, zone=offset).strip()
    return language.text(_QUALIFIED[qualifier]).format(date=words)
