"""Slips of the tongue planted among true claims, each of which provably cannot hold.

What is planted rests on moments with minutes and places with coordinates, so that it can be proved
by hand: two moments in towns too far apart for one kilometre a second, or an order and least times
that do not fit between two dates. Without any one of the claims, the rest are true or unbound.
"""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from bench.account.journeys import DAY, Journey, Stay
from bench.account.telling import CONVENTIONS, local
from bench.account.ways import km_between

FAR_KM = 150.0


class Slip(NamedTuple):
    """A case with a slip: of which kind, which claims cannot all hold, the innocent repair."""

    kind: str
    document: dict[str, Any]
    claims: tuple[str, ...]
    repair: str


def slips(journey: Journey, draw: random.Random) -> Iterator[Slip]:
    """Those that this journey has room for."""
    for kind, change, repair in (
        ("month off", _month_before, "repair-month-off"),
        ("day and month swapped", _swapped, "repair-day-and-month-swapped"),
        ("year off", _year_before, "repair-year-off"),
    ):
        found = _two_places(journey, change, draw)
        if found:
            yield Slip(kind, _document(found), ("c1", "c2"), repair)
    chain = _chain(journey, draw)
    if chain:
        claims = tuple(one["id"] for one in chain)
        yield Slip(f"chain of {len(chain)}", _document(chain), claims, "repair-month-off")
    between = _between(journey, draw)
    if between:
        yield Slip("two open moments", _document(between), ("c1", "c2", "c3"), "")


def _document(claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schema": "safeconduct/case/1",
        "id": "planted",
        "conventions": CONVENTIONS,
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "tellings": [{"id": "t1", "on": "2025-03-01"}],
        "claims": claims,
    }


def _seen(name: str, stay: Stay, when: str) -> dict[str, Any]:
    place = {"lat": round(stay.town.lat, 2), "lon": round(stay.town.lon, 2), "radius_km": 5}
    claim = {"id": name, "kind": "event", "text": "He was seen.", "when": when}
    return {**claim, "where": place, "told_in": "t1"}


def _two_places(journey: Journey, change: Any, draw: random.Random) -> list[dict[str, Any]] | None:
    """Seen in two places; the date of the second is told so that both are one moment."""
    stays = list(journey.stays)
    draw.shuffle(stays)
    for stay in stays:
        moment = local(draw.randrange(stay.start, stay.end), stay.town)
        mistaken = change(moment)
        if mistaken is None:
            continue
        minute = int(mistaken.timestamp() // 60)
        for other in journey.stays:
            far = km_between(stay.town.lat, stay.town.lon, other.town.lat, other.town.lon)
            if other.start <= minute < other.end and far > FAR_KM:
                here = local(minute, other.town)
                return [_seen("c1", other, _minute(here)), _seen("c2", stay, _minute(mistaken))]
    return None


def _chain(journey: Journey, draw: random.Random) -> list[dict[str, Any]] | None:
    """Three to six events, each told some days at least after the last; the last a month early."""
    length = draw.randrange(3, 7)
    if len(journey.stays) < length:
        return None
    at = draw.randrange(len(journey.stays) - length + 1)
    stays = journey.stays[at : at + length]
    days = [stay.start // DAY for stay in stays]
    if days[-1] - days[0] < 6:
        return None
    claims = []
    for number, stay in enumerate(stays, start=1):
        claim: dict[str, Any] = {"id": f"c{number}", "kind": "event", "text": "It happened."}
        if number > 1:
            gap = (stay.start - stays[number - 2].start) // DAY
            relation = {"is": "after", "claim": f"c{number - 1}"}
            claim["relations"] = [{**relation, "least": f"P{gap}D"} if gap else relation]
        claims.append({**claim, "told_in": "t1"})
    first, last = (local(stay.start, stay.town) for stay in (stays[0], stays[-1]))
    mistaken = _month_before(last)
    if mistaken is None or (last - first).days > 28:
        return None
    # Moments: an event that has a date has it for its start and its end.
    claims[0]["when"], claims[-1]["when"] = _minute(first), _minute(mistaken)
    return claims


def _between(journey: Journey, draw: random.Random) -> list[dict[str, Any]] | None:
    """Here, elsewhere at one of two moments, and here again: neither leaves time for both ways."""
    pairs = [
        (one, other)
        for one in journey.stays
        for other in journey.stays
        if 450 < km_between(one.town.lat, one.town.lon, other.town.lat, other.town.lon) < 560
    ]
    if not pairs:
        return None
    one, other = draw.choice(pairs)
    start = one.start
    moments = [local(start + minutes, one.town) for minutes in (0, 5, 10, 15)]
    first, early, late, last = map(_minute, moments)
    return [
        _seen("c1", one, first),
        _seen("c2", other, f"[{early},{late}]"),
        _seen("c3", one, last),
    ]


def _minute(moment: datetime) -> str:
    offset = moment.strftime("%z")
    return f"{moment:%Y-%m-%dT%H:%M}{offset[:3]}:{offset[3:]}"


def _month_before(moment: datetime) -> datetime | None:
    year, month = (moment.year, moment.month - 1) if moment.month > 1 else (moment.year - 1, 12)
    return moment.replace(year=year, month=month) if moment.day <= 28 else None


def _year_before(moment: datetime) -> datetime | None:
    return moment.replace(year=moment.year - 1) if (moment.month, moment.day) != (2, 29) else None


def _swapped(moment: datetime) -> datetime | None:
    if moment.day > 12 or moment.day == moment.month:
        return None
    return moment.replace(month=moment.day, day=moment.month)
