"""Numbers, telephones, handles and dates of birth that may not go, looked for in sentences.

As with names, removing a field does not remove what a sentence repeats. Numbers are found however
they are spaced; a date of birth where its day, month and year stand together.
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.people import Person
from safeconduct.casefile.when import read_when
from safeconduct.wording import dates
from safeconduct.wording.language import LANGUAGES, language

_LEAST = 5
"""Letters and digits of a number or handle; shorter ones stand in too many other words."""

_LEAST_DIGITS = 4
_NUMERIC = "{d:02}{s}{m:02}{s}{y}", "{d}{s}{m}{s}{y}", "{y}{s}{m:02}{s}{d:02}"
_MARKS = (".", "/", "-", " ")


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """What may not go. `numbers`: letters and digits alone; `days`: how a day may be written."""

    numbers: frozenset[str]
    days: frozenset[str]

    def stand_in(self, text: str) -> bool:
        """Does the text hold any of them?"""
        plain = unicodedata.normalize("NFKC", text).casefold()
        if any(day in plain and _alone(day, plain) for day in self.days):
            return True
        bare = _bare(plain)
        return any(one in bare for one in self.numbers)


def particulars(whole: Case, kept: Case) -> Particulars:
    """Of a case as it is and as it goes: numbers of papers, telephones and handles, birth dates."""
    going = {one.number for one in kept.documents()}
    numbers = [one.number for one in whole.documents() if one.number and one.number not in going]
    numbers += [one.value for one in whole.identifiers]
    numbers += [line for one in whole.documents() if one.number not in going for line in one.mrz]
    born = {person.id for person in kept.people() if person.born is not None}
    hidden = [one for one in whole.people() if one.born is not None and one.id not in born]
    return Particulars(
        numbers=frozenset(one for text in numbers if _telling(one := _bare(text.casefold()))),
        days=frozenset(day for person in hidden for day in _days(person, whole)),
    )


def _days(person: Person, case: Case) -> Iterator[str]:
    """A day of birth as it may be written; a month or a year alone is nobody's."""
    if person.born is None:
        return
    span = read_when(person.born, case.conventions).start
    first, last = span.earliest, span.latest
    if first is None or last is None or (last - first).days > 1:
        return
    day = first.date()
    for form in _NUMERIC:
        for mark in _MARKS:
            yield form.format(d=day.day, m=day.month, y=day.year, s=mark)
    for code in LANGUAGES:
        written = dates.day(day, language(code))
        # The year ends it; in Russian a word for "year" would follow.
        ends = written.index(str(day.year)) + len(str(day.year))
        yield unicodedata.normalize("NFKC", written[:ends]).casefold()


def _alone(day: str, text: str) -> bool:
    """Is it no piece of a longer number?"""
    return re.search(rf"(?<!\d){re.escape(day)}(?!\d)", text) is not None


def _bare(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def _telling(bare: str) -> bool:
    digits = sum(one.isdigit() for one in bare)
    return len(bare) >= _LEAST and (digits >= _LEAST_DIGITS or not digits)
