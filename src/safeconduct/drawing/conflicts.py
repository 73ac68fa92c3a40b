"""Which claims findings tie together, and which public events and gaps they cite.

Conflicts are numbered in the order of the vetting; those between the same claims share a number.
A number names a conflict between statements. It does not rank, and nothing is added up.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import Day, Finding, Ids, Lapse, Outcome, Text, Told, Vetting
from safeconduct.casefile.when import Conventions, When, read_when, utc
from safeconduct.drawing.axis import Span
from safeconduct.timeline.moments import MINUTES_A_DAY, minutes_of
from safeconduct.wording.events import event_title
from safeconduct.wording.language import Language

_NAMING = ("a", "b", "claim")


class Tie(msgspec.Struct, frozen=True):
    """Statements that cannot all hold: its number, the claims, the events, the checks that say."""

    number: int
    claims: tuple[str, ...]
    events: tuple[str, ...]
    checks: tuple[str, ...]


class Event(msgspec.Struct, frozen=True):
    """A public event that findings cite, with the minutes between which it lies."""

    id: str
    title: str
    edtf: str
    span: Span


class Silence(msgspec.Struct, frozen=True):
    """A gap that a finding cites: between which claims, from when to when, how long."""

    before: str
    after: str
    span: Span
    minutes: int


def ties(
    vetting: Vetting, claims: frozenset[str], part: frozenset[str] | None = None
) -> tuple[Tie, ...]:
    """The conflicts: between claims, between a claim and a public event, within one claim.

    Of a `part` of the claims, those that touch it, under the numbers that they have in the whole.
    """
    checks: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, None]] = {}
    for finding in vetting.findings:
        if finding.outcome is not Outcome.CONFLICTS:
            continue
        named = _named(finding, claims)
        rows = _rows(finding)
        if named:
            checks.setdefault((named, rows), {})[finding.check] = None
    return tuple(
        Tie(number, named, rows, tuple(said))
        for number, ((named, rows), said) in enumerate(checks.items(), start=1)
        if part is None or not part.isdisjoint(named)
    )


def events(vetting: Vetting, language: Language) -> tuple[Event, ...]:
    """The public events that findings cite, in order of time, with titles in the language."""
    return events_of(vetting.findings, language)


def events_of(findings: Iterable[Finding], language: Language) -> tuple[Event, ...]:
    """The public events that these findings cite, in order of time."""
    found: dict[str, Event] = {}
    for finding in findings:
        title, date = finding.message.parameters.get("milestone"), _date(finding)
        rows = _rows(finding)
        if not isinstance(title, Text) or date is None or not rows:
            continue
        span = _span(date.edtf)
        if span is not None:
            words = event_title(title.value, language)
            found.setdefault(rows[0], Event(rows[0], words, date.edtf, span))
    return tuple(sorted(found.values(), key=lambda event: (event.span, event.id)))


def silences(vetting: Vetting) -> tuple[Silence, ...]:
    """The gaps that findings cite, in order of time."""
    found = [
        silence
        for finding in vetting.findings
        if finding.check == "gaps" and (silence := _silence(finding.message.parameters))
    ]
    return tuple(sorted(found, key=lambda silence: (silence.span, silence.before)))


def _named(finding: Finding, claims: frozenset[str]) -> tuple[str, ...]:
    """The claims that the sentence names; without any, those that the finding cites."""
    named: dict[str, None] = {}
    for name, value in finding.message.parameters.items():
        # Other parameters hold words of the case, which may look like an identifier.
        if name in _NAMING and isinstance(value, Text) and value.value in claims:
            named[value.value] = None
        elif isinstance(value, Ids):
            named.update(dict.fromkeys(one for one in value.value if one in claims))
    cited = (because.id for because in finding.because if because.kind == "claim")
    return tuple(named) or tuple(one for one in cited if one in claims)


def _rows(finding: Finding) -> tuple[str, ...]:
    return tuple(because.id for because in finding.because if because.kind == "row")


def _date(finding: Finding) -> Told | None:
    date = finding.message.parameters.get("date")
    return date if isinstance(date, Told) else None


def _span(edtf: str) -> Span | None:
    """From the first to the last of the days that an event is dated to, as they are on the axis.

    A drawing of days leaves zones out; checks do not read this.
    """
    try:
        reading = read_when(When(edtf=edtf), Conventions())
    except SafeconductError:
        return None
    start, end = utc(reading.start, (0, 0)).earliest, utc(reading.end, (0, 0)).latest
    if start is None or end is None:
        return None
    return minutes_of(start), minutes_of(end)


def _silence(parameters: Mapping[str, object]) -> Silence | None:
    before, after = parameters.get("a"), parameters.get("b")
    start, end, length = (parameters.get(name) for name in ("start", "end", "length"))
    if not (isinstance(before, Text) and isinstance(after, Text)):
        return None
    if not (isinstance(start, Day) and isinstance(end, Day) and isinstance(length, Lapse)):
        return None
    first = minutes_of(datetime.combine(start.value, datetime.min.time(), UTC)) + MINUTES_A_DAY
    last = minutes_of(datetime.combine(end.value, datetime.min.time(), UTC))
    return Silence(before.value, after.value, (first, max(first, last)), length.value)
