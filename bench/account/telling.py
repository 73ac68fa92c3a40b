"""A true journey told as people tell: rounded, vague, out of order, with towns of many names.

Everything told is true under the documented meaning of a case file.
"""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bench.account.journeys import DAY, Journey
from bench.account.ways import Town

CONVENTIONS = {
    "approximate": {"day": "P3D", "month": "P1M"},
    "seasons": {
        "spring": {"months": [3, 4, 5]},
        "summer": {"months": [6, 7, 8]},
        "autumn": {"months": [9, 10, 11]},
        "winter": {"months": [12, 1, 2], "year_of": "start"},
    },
}


class Told(NamedTuple):
    """A claim as a case file has it, and the truth behind it in minutes of UTC."""

    claim: dict[str, Any]
    start: int
    end: int
    town: Town


def told(journey: Journey, seed: int) -> list[Told]:
    """The claims, in order of time; identifiers are given by `case`."""
    draw = random.Random(seed)
    found: list[Told] = []
    for number, stay in enumerate(journey.stays):
        if draw.random() < 0.85:
            found.append(_stay(stay.town, stay.start, stay.end, draw))
        for _ in range(draw.choice((0, 0, 1, 2))):
            at = draw.randrange(stay.start, stay.end)
            until = min(stay.end, at + draw.randrange(1, 300))
            found.append(_event(stay.town, at, until, draw))
        if number < len(journey.legs) and draw.random() < 0.7:
            leg = journey.legs[number]
            claim: dict[str, Any] = {"kind": "journey", "text": "I went on."}
            claim |= {"from": _place(leg.origin, draw), "to": _place(leg.destination, draw)}
            claim["when"] = _span(leg.start, leg.end, leg.origin, leg.destination, draw)
            if draw.random() < 0.6:
                claim["by"] = leg.means
            found.append(Told(_bare(claim), leg.start, leg.end, leg.origin))
    return sorted(found, key=lambda one: (one.start, one.end))


def case(claims: list[Told], seed: int, *, shuffled: bool = True) -> dict[str, Any]:
    """A case file of claims, with some of the relations that are true of them."""
    draw = random.Random(seed)
    order = list(range(len(claims)))
    if shuffled:
        draw.shuffle(order)
    names = {place: f"c{number}" for number, place in enumerate(order, start=1)}
    written = []
    for place in order:
        one = claims[place]
        claim: dict[str, Any] = {
            "id": names[place],
            **one.claim,
            "told_in": draw.choice(("t1", "t2")),
        }
        if draw.random() < 0.3 and place:
            other = draw.randrange(place)
            relation = _relation(claims[other], one, names[other], draw)
            if relation:
                claim["relations"] = [*claim.get("relations", ()), relation]
        written.append(claim)
    return {
        "schema": "safeconduct/case/1",
        "id": f"journey-{seed}",
        "conventions": CONVENTIONS,
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "tellings": [{"id": "t1", "on": "2025-03-01"}, {"id": "t2", "on": "2025-05-01"}],
        "claims": written,
    }


def _relation(earlier: Told, later: Told, name: str, draw: random.Random) -> dict[str, Any] | None:
    between = later.start - earlier.end
    if between < 0:
        return None
    relation: dict[str, Any] = {"is": "after", "claim": name}
    days = between // DAY
    if days >= 2 and draw.random() < 0.5:
        relation["least"] = f"P{draw.randrange(1, days)}D"
    if days < 300 and draw.random() < 0.3:
        relation["most"] = f"P{days + 1 + draw.randrange(20)}D"
    return relation


def _stay(town: Town, start: int, end: int, draw: random.Random) -> Told:
    claim: dict[str, Any] = {"kind": "stay", "text": "I stayed there.", "where": _place(town, draw)}
    claim["when"] = _span(start, end, town, town, draw)
    days = (end - start) // DAY
    if days >= 4 and draw.random() < 0.4:
        about = max(1, round(days * draw.uniform(0.8, 1.2)))
        least, most = min(about, days) * 3 // 4, max(about, days + 1) * 4 // 3 + 1
        claim["lasts"] = {
            "iso": f"P{about}D", "approximate": True, "least": f"P{least}D", "most": f"P{most}D"
        }  # fmt: skip
        if draw.random() < 0.5:
            claim["when"] = None
    return Told(_bare(claim), start, end, town)


def _event(town: Town, start: int, end: int, draw: random.Random) -> Told:
    claim: dict[str, Any] = {"kind": "event", "text": "It happened.", "where": _place(town, draw)}
    if local(start, town).date() == local(end, town).date():
        claim["when"] = _date(start, town, draw)
    else:
        claim["when"] = _span(start, end, town, town, draw)
    return Told(_bare(claim), start, end, town)


def _bare(claim: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in claim.items() if value is not None}


def _place(town: Town, draw: random.Random) -> dict[str, Any] | None:
    """By identifier, by coordinates, by a name of which there may be several, or not at all."""
    how = draw.random()
    if how < 0.4:
        return {"gazetteer": town.id}
    if how < 0.55:
        return {"lat": round(town.lat, 2), "lon": round(town.lon, 2), "radius_km": 15}
    if how < 0.8:
        return {"name": town.name, "country": town.country}
    return {"name": town.name} if how < 0.95 else {"country": town.country}


def _span(start: int, end: int, origin: Town, destination: Town, draw: random.Random) -> str | None:
    how = draw.random()
    if how < 0.08:
        return None
    first = _date(start, origin, draw) if draw.random() < 0.93 else ".."
    last = _date(end, destination, draw) if draw.random() < 0.93 else ".."
    if first == last == "..":
        return None
    # Of unlike kinds, or about days that crossed, the end may be read as before the start.
    if ".." not in (first, last) and not _in_order(first.rstrip("~"), last.rstrip("~")):
        first, last = _day(start, origin), _day(end, destination)
        if first > last:  # westward across midnight: local days alone say it the wrong way round
            first, last = _moment(start, origin), _moment(end, destination)
    if first == last and len(first) == 10 and origin.zone == destination.zone:
        return first
    return f"{first}/{last}"


def _in_order(first: str, last: str) -> bool:
    if len(first) != len(last) or len(first) > 10:
        return len(first) == len(last)
    seasons = [len(one) == 7 and int(one[5:]) > 12 for one in (first, last)]
    return first <= last and seasons[0] == seasons[1]


def _date(minute: int, town: Town, draw: random.Random) -> str:
    """The day, about the day, the month, about the month, the season, or the minute with a zone."""
    how = draw.random()
    day = local(minute, town).date()
    if how < 0.45:
        return day.isoformat()
    if how < 0.6:
        near = day + timedelta(days=draw.randrange(-3, 4))
        return f"{near.isoformat()}~"
    if how < 0.8:
        return f"{day:%Y-%m}"
    if how < 0.9:
        return _season(day)
    return _moment(minute, town)


def _moment(minute: int, town: Town) -> str:
    moment = local(minute, town)
    offset = moment.strftime("%z")
    return f"{moment:%Y-%m-%dT%H:%M}{offset[:3]}:{offset[3:]}"


def _day(minute: int, town: Town) -> str:
    return local(minute, town).date().isoformat()


def _season(day: date) -> str:
    season = (day.month % 12) // 3  # 0 is winter
    year = day.year - 1 if season == 0 and day.month < 12 else day.year
    return f"{year}-{(24, 21, 22, 23)[season]}"


def local(minute: int, town: Town) -> datetime:
    """What clocks in a town showed."""
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(ZoneInfo(town.zone))
