"""Dates of a zone: six digits YYMMDD (Doc 9303-3, 4.8) with every century they may mean.

A year of two digits is never completed in silence: both centuries are given, less those that a
named rule excludes. Nothing is compared with what the applicant told.
"""

from datetime import date

from safeconduct.checks.papers.check_digits import ALPHABET, FILLER
from safeconduct.checks.papers.zone import DateRule, DateState, ZoneDate

_CENTURIES = ("19", "20")
_DIGITS = frozenset("0123456789")


def birth_date(printed: str, *, on: date) -> ZoneDate:
    """A date of birth; readings that begin after `on` are ruled out."""
    state, texts = _readings(printed)
    late = tuple(text for text in texts if _earliest(text) > on.isoformat())
    return ZoneDate(
        printed=printed,
        state=state,
        readings=tuple(text for text in texts if text not in late),
        ruled_out=late,
        rule=DateRule.BIRTH_NOT_AFTER_DAY,
    )


def expiry_date(printed: str, *, birth: ZoneDate) -> ZoneDate:
    """A date of expiry; readings that end before every reading of the birth are ruled out."""
    state, texts = _readings(printed)
    born = min((_earliest(text) for text in birth.readings), default="")
    early = tuple(text for text in texts if _latest(text) < born)
    return ZoneDate(
        printed=printed,
        state=state,
        readings=tuple(text for text in texts if text not in early),
        ruled_out=early,
        rule=DateRule.EXPIRY_NOT_BEFORE_BIRTH,
    )


def is_possible(printed: str) -> bool:
    """Could six characters be a date, as far as they can be read?"""
    return _readings(printed)[0] is not DateState.IMPOSSIBLE


def _readings(printed: str) -> tuple[DateState, tuple[str, ...]]:
    if any(one not in ALPHABET and one != FILLER for one in printed):
        return DateState.UNREADABLE, ()
    if printed == FILLER * 6:
        return DateState.UNUSED, ()
    year, month, day = printed[:2], printed[2:4], printed[4:]
    if not _all_written(year, month, day):
        return DateState.IMPOSSIBLE, ()
    partial = FILLER in printed
    if FILLER in year:
        return DateState.PARTIAL, ()
    texts = tuple(
        text for century in _CENTURIES if (text := _edtf(century + year, month, day)) is not None
    )
    if not texts:
        return DateState.IMPOSSIBLE, ()
    return (DateState.PARTIAL if partial else DateState.READ), texts


def _all_written(*parts: str) -> bool:
    """Each part is two digits or two fillers; unknown parts are filled (Doc 9303-3, 4.8)."""
    return all(part == FILLER * 2 or _DIGITS.issuperset(part) for part in parts)


def _edtf(year: str, month: str, day: str) -> str | None:
    known_month, known_day = month != FILLER * 2, day != FILLER * 2
    # Where a part is unknown, a long month and a leap year must not rule the rest out.
    try:
        date(int(year), int(month) if known_month else 1, int(day) if known_day else 1)
    except ValueError:
        return None
    if known_month:
        return f"{year}-{month}-{day}" if known_day else f"{year}-{month}"
    return f"{year}-XX-{day}" if known_day else year


def _earliest(text: str) -> str:
    return (text.replace("XX", "01") + "-01-01")[:10]


def _latest(text: str) -> str:
    return (text.replace("XX", "12") + ("-12-31" if len(text) == 4 else "-31"))[:10]
