"""The importer of kind `milestones`: a file of JSON lines → the same milestones in one fixed form.

A set with a wrong line is refused as a whole, with every mistake named: a milestone that is
silently missing would read as "that never happened".
"""

from datetime import date
from operator import attrgetter

import msgspec

from safeconduct.reference.importing import Built, ImportRejected, RowMistake
from safeconduct.timeline.milestones import Milestone, MilestonesMistaken, parse_line
from safeconduct.timeline.moments import moment_of

_MOST_NAMED = 100
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class MilestoneImporter:
    """Builds sets of milestones (see docs/reference/milestones.md)."""

    name = "milestones"
    version = 1
    most_bytes = 64 * 1024 * 1024

    def build(self, original: bytes) -> Built:
        """JSON lines → JSON lines in the order of their identifiers.

        The as-of day is the last on which a citation was read. Raises ImportRejected.
        """
        milestones: dict[str, Milestone] = {}
        mistakes: list[RowMistake] = []
        lines = original.removeprefix(_BYTE_ORDER_MARK).split(b"\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                milestone = parse_line(number, line)
            except MilestonesMistaken as error:
                mistakes.append(RowMistake(number, _legible(error.found)))
                continue
            if milestones.setdefault(milestone.id, milestone) is not milestone:
                mistakes.append(RowMistake(number, f"the id {milestone.id} again"))
        if not milestones and not mistakes:
            mistakes.append(RowMistake(1, "no milestone"))
        if mistakes:
            named = tuple(mistakes[:_MOST_NAMED])
            raise ImportRejected(named, more=len(mistakes) - len(named))
        return _built(sorted(milestones.values(), key=attrgetter("id")))


def _built(milestones: list[Milestone]) -> Built:
    lines = (msgspec.json.encode(one, order="deterministic") for one in milestones)
    return Built(
        data=b"".join(line + b"\n" for line in lines),
        rows=len(milestones),
        as_of=_last_read(milestones),
        covers_from=_first_day(milestones),
        covers_to=_last_day(milestones),
    )


def _last_read(milestones: list[Milestone]) -> str | None:
    """None where a citation says it in another form; then a person has to state the day."""
    days = [citation.read_on for one in milestones for citation in one.citations]
    try:
        return max(date.fromisoformat(day) for day in days).isoformat()
    except ValueError:
        return None


def _first_day(milestones: list[Milestone]) -> str | None:
    """The first local day of all that have one. Bounds allow for the zones east of UTC."""
    starts = [one.start[0] for one in milestones if one.start[0] is not None]
    return _day(min(starts) + 14 * 60) if starts else None


def _last_day(milestones: list[Milestone]) -> str | None:
    """The last local day of all that have one. Bounds allow for the zones west of UTC."""
    ends = [one.end[1] for one in milestones if one.end[1] is not None]
    return _day(max(ends) - 12 * 60 - 1) if ends else None


def _day(minutes: int) -> str:
    return moment_of(minutes).date().isoformat()


def _legible(found: str) -> str:
    """A reason as it may be printed: what the file says in it may hold invisible characters."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in found[:300])
