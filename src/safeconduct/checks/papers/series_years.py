"""The year in the series of a Russian internal passport against the year of issue.

The third and fourth digits are the year in which the blank was made, as the texts in
`forms.SERIES_YEAR_CITATIONS` describe it. Blanks are used up later, and sometimes bear the year
to come, so a distance is at most something to ask about, never a conflict.
"""

from enum import StrEnum

import msgspec

from safeconduct.casefile.documents import DocumentKind
from safeconduct.checks.papers.numbers import FormState, number_form

# Blanks of this kind were first made in 1997, so 97 to 99 cannot be 2097 to 2099 yet.
_FIRST_YEAR = 1997


class YearTolerance(msgspec.Struct, frozen=True, kw_only=True):
    """How many years a blank may be older or younger than its issue before we ask.

    The defaults are this project's choice, no rule of law: a source speaks of one or two years,
    and we ask only beyond three; the year to come is allowed for.
    """

    older: int = 3
    younger: int = 1


class YearState(StrEnum):
    """Whether the two years lie within the tolerance; ASKS is not a conflict."""

    AGREES = "agrees"
    ASKS = "asks"
    UNKNOWN = "unknown"


class YearReason(StrEnum):
    """Why the years cannot be compared."""

    NO_SERIES_YEAR = "no-series-year"
    NO_ISSUE_YEAR = "no-issue-year"
    ISSUE_TOO_VAGUE = "issue-too-vague"


class YearResult(msgspec.Struct, frozen=True, kw_only=True):
    """The blank's year, the years of issue that were compared, and what came of it."""

    state: YearState
    reason: YearReason | None = None
    series_year: int | None = None
    issued: tuple[int, int] | None = None
    tolerance: YearTolerance


def series_year(number: str | None) -> int | None:
    """The year of the blank from an internal passport's number; None where it has not its form."""
    result = number_form(DocumentKind.RUSSIAN_INTERNAL_PASSPORT, number)
    if result.state is not FormState.AGREES or result.series is None:
        return None
    year = int(result.series[2:])
    return 1900 + year if year >= _FIRST_YEAR - 1900 else 2000 + year


def series_year_against_issue(
    number: str | None,
    issued: tuple[int, int] | None,
    tolerance: YearTolerance | None = None,
) -> YearResult:
    """Compare the blank's year with the first and last year in which issue may have been.

    A vague issue date agrees only if every year of it does, asks only if none does, and is
    UNKNOWN between. `issued` None: the date of issue is not known.
    """
    allowed = tolerance or YearTolerance()
    made = series_year(number)
    if made is None:
        return YearResult(
            state=YearState.UNKNOWN,
            reason=YearReason.NO_SERIES_YEAR,
            issued=issued,
            tolerance=allowed,
        )
    if issued is None:
        return YearResult(
            state=YearState.UNKNOWN,
            reason=YearReason.NO_ISSUE_YEAR,
            series_year=made,
            tolerance=allowed,
        )
    state = _compared(made, issued, allowed)
    return YearResult(
        state=state,
        reason=YearReason.ISSUE_TOO_VAGUE if state is YearState.UNKNOWN else None,
        series_year=made,
        issued=issued,
        tolerance=allowed,
    )


def _compared(made: int, issued: tuple[int, int], allowed: YearTolerance) -> YearState:
    first, last = min(issued), max(issued)
    earliest, latest = made - allowed.younger, made + allowed.older
    if earliest <= first and last <= latest:
        return YearState.AGREES
    if last < earliest or first > latest:
        return YearState.ASKS
    return YearState.UNKNOWN
