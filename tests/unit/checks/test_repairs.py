"""Innocent explanations: each really repairs, says what it takes and leaves, and what it breaks."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.findings import (
    Day,
    Finding,
    Ids,
    Km,
    Lapse,
    Message,
    Outcome,
    Text,
    Texts,
    Told,
)
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import days
from safeconduct.checks.vetting import vet
from safeconduct.geo.spots import Spot, separation_km
from safeconduct.timeline.moments import moment_of
from safeconduct.timeline.travel import ANY_MEANS_KMH, minutes_needed
from safeconduct.wording.dates import edtf
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import say

PLACES = {
    "Tbilisi": (41.69, 44.83),
    "Almaty": (43.25, 76.92),
    "Lisbon": (38.72, -9.14),
    "Perth": (-31.95, 115.86),
}
START = datetime(2021, 2, 1, tzinfo=UTC)
IMPOSSIBLE = ("relations", "stays-overlap", "journeys", "account")


def _conflicts(claims: list[dict[str, Any]]) -> list[Finding]:
    document = {
        "schema": "safeconduct/case/1",
        "id": "small",
        "applicant": {"id": "p1", "names": ["Test"]},
        "tellings": [{"id": "t1", "on": "2024-03-01"}],
        "claims": [{"text": "he was there", "told_in": "t1", **claim} for claim in claims],
    }
    case = read_case(yaml.safe_dump(document, sort_keys=False).encode()).case
    vetting = vet(case, load_references(None), on=date(2024, 11, 2))
    return [
        one
        for one in vetting.findings
        if one.outcome is Outcome.CONFLICTS and one.check in IMPOSSIBLE
    ]


def _event(name: str, place: str, when: datetime) -> dict[str, Any]:
    lat, lon = PLACES[place]
    told = f"{when:%Y-%m-%dT%H:%M}Z"
    where = {"lat": lat, "lon": lon, "radius_km": 1}
    return {"id": name, "kind": "event", "when": told, "where": where}


def _km(one: str, other: str) -> float:
    """By the cosine rule on the sphere, written apart from the engine's own distances."""
    (a, b), (c, d) = (map(math.radians, PLACES[name]) for name in (one, other))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


def _needed(one: str, other: str) -> float:
    """Minutes at a kilometre a second, the places' radii and six in a thousand taken off."""
    return max(0.0, (_km(one, other) - 2) * 0.994 / 3600 * 60 - 2)


def _moment(repair: Message, told: dict[str, datetime]) -> dict[str, datetime]:
    """The moments with what the repair says, read from its parameters alone."""
    claim = repair.parameters["claim"]
    assert isinstance(claim, Text)
    read, by = repair.parameters.get("read"), repair.parameters.get("by")
    if isinstance(read, Told):
        moment = datetime.fromisoformat(read.edtf)
        return {**told, claim.value: moment}
    assert isinstance(by, Lapse)
    sign = 1 if repair.id == "repair-was-later" else -1
    return {**told, claim.value: told[claim.value] + sign * timedelta(minutes=by.value)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(PLACES)), min_size=2, max_size=2, unique=True),
    st.integers(0, 1_000 * 24 * 60).map(lambda m: START + timedelta(minutes=m)),
    st.integers(-60, 60),
)
def test_each_repair_of_two_moments_really_repairs(
    places: list[str], at: datetime, apart: int
) -> None:
    told = {"c1": at, "c2": at + timedelta(minutes=apart)}
    found = _conflicts(
        [_event(name, place, told[name]) for name, place in zip(told, places, strict=True)]
    )
    assert bool(found) == (abs(apart) < math.floor(_exactly(*places)))
    for finding in found:
        assert finding.repairs
        for repair in finding.repairs:
            then = _moment(repair, told)
            gap = abs((then["c1"] - then["c2"]).total_seconds()) / 60
            slack = repair.parameters["slack"]
            assert gap >= _needed(*places)
            assert isinstance(slack, Lapse)
            assert abs(slack.value - (gap - _needed(*places))) < 0.02 * gap + 3


def _exactly(one: str, other: str) -> float:
    """Minutes by the engine's own bound: whether there is a conflict is not what is tested here."""
    spots = [
        Spot(label="", lat=lat, lon=lon, radius_km=1) for lat, lon in (PLACES[one], PLACES[other])
    ]
    return minutes_needed(separation_km(*spots), ANY_MEANS_KMH)


def _stays() -> list[dict[str, Any]]:
    def stay(name: str, place: str, when: str) -> dict[str, Any]:
        lat, lon = PLACES[place]
        return {
            "id": name,
            "kind": "stay",
            "when": when,
            "where": {"lat": lat, "lon": lon, "radius_km": 1},
        }

    return [
        stay("c1", "Tbilisi", "2022-05-01/2022-06-20"),
        stay("c2", "Almaty", "2022-06-01/2022-07-15"),
        stay("c3", "Lisbon", "2022-08-01/2022-08-30"),
    ]


def test_a_repair_tells_how_the_date_would_read_and_what_is_to_spare() -> None:
    (finding,) = _conflicts(_stays())
    read = Told("2022-07-01/2022-08-15")
    later = next(one for one in finding.repairs if one.parameters.get("read") == read)
    assert later.id == "repair-month-off"
    assert later.parameters["claim"] == Text("c2")
    slack = later.parameters["slack"]
    assert isinstance(slack, Lapse)
    assert 10 * 24 * 60 < slack.value < 12 * 24 * 60


def test_a_repair_that_another_claim_forbids_names_that_claim() -> None:
    (finding,) = _conflicts(_stays())
    breaking = {
        (one.parameters["claim"], one.parameters["read"]): one.parameters.get("breaks")
        for one in finding.repairs
        if one.id == "repair-month-off"
    }
    assert breaking[Text("c2"), Told("2022-07-01/2022-08-15")] == Ids(("c3",))
    assert breaking[Text("c1"), Told("2022-04-01/2022-05-20")] is None


def test_repairs_that_another_claim_forbids_stand_behind_the_others() -> None:
    (finding,) = _conflicts(_stays())
    breaking = ["breaks" in one.parameters for one in finding.repairs]
    assert True in breaking
    assert breaking == sorted(breaking)


def test_a_duration_too_short_for_the_means_is_a_conflict_whatever_the_dates_leave() -> None:
    (tbilisi, almaty) = (PLACES["Tbilisi"], PLACES["Almaty"])
    journey = {
        "id": "c1",
        "kind": "journey",
        "when": "2022-11",
        "from": {"lat": tbilisi[0], "lon": tbilisi[1], "radius_km": 1},
        "to": {"lat": almaty[0], "lon": almaty[1], "radius_km": 1},
        "by": "bus",
    }
    assert _conflicts([{**journey, "lasts": "P2D"}]) == []
    (finding,) = _conflicts([{**journey, "lasts": "PT5H"}])
    assert finding.message.id == "journey-not-by-means"
    assert {one.id for one in finding.repairs} == {"repair-lasted-longer", "repair-other-means"}
    (finding,) = _conflicts([{**journey, "lasts": "PT20M"}])
    assert finding.message.id == "journey-impossible"


def test_two_towns_a_short_way_apart_may_be_home_and_work() -> None:
    near = {"lat": 42.3, "lon": 44.83, "radius_km": 1}
    home, work, _ = _stays()
    assert _conflicts([home, {**work, "where": near}]) == []
    (finding,) = _conflicts([home, work])
    assert finding.check == "stays-overlap"


def test_a_conflict_of_three_names_the_ways_and_orders_that_join_them() -> None:
    claims = [
        _event("c1", "Tbilisi", START),
        {"id": "c2", "kind": "event", "where": _event("c2", "Lisbon", START)["where"]},
        _event("c3", "Tbilisi", START + timedelta(minutes=100)),
    ]
    claims[1]["relations"] = [{"is": "after", "claim": "c1"}, {"is": "before", "claim": "c3"}]
    (finding,) = (one for one in _conflicts(claims) if one.check == "account")
    parameters = finding.message.parameters
    km = parameters["km"]
    assert isinstance(km, Km)
    assert abs(km.value - 2 * _km("Tbilisi", "Lisbon")) < 10
    assert parameters["orders"] == Texts(("c2 – c1", "c2 – c3"))
    said = say(finding.message, Language("en"))
    assert "The order that was told between c2 – c1 and c2 – c3 is among them." in said


def test_one_claim_in_conflict_with_itself_is_asked_when_it_began_and_ended() -> None:
    claim = {"id": "c1", "kind": "event", "when": "2022-05-01/2022-05-03", "lasts": "P2M"}
    (finding,) = _conflicts([claim])
    assert finding.question == Message("ask-start-and-end", {"what": Text("he was there")})


def test_days_of_a_bound_are_never_the_wrong_way_round() -> None:
    start = int(datetime(2022, 9, 20, 19, tzinfo=UTC).timestamp() // 60)
    epoch = int(moment_of(0).timestamp() // 60)
    shown = days(start - epoch, start - epoch + 60)
    assert shown == {"start": Day(date(2022, 9, 20)), "end": Day(date(2022, 9, 20))}


def test_two_hours_in_two_places_are_asked_about_step_by_step() -> None:
    one = _stays()[0] | {"when": "2022-05-01T10:00Z/2022-05-01T12:00Z"}
    other = _stays()[1] | {"when": "2022-05-01T11:00Z/2022-05-01T13:00Z"}
    (finding,) = _conflicts([one, other])
    assert finding.question is not None
    assert finding.question.id == "ask-where-between-moments"


def test_of_a_great_many_dates_the_number_is_told_and_two_of_them() -> None:
    told = ",".join(f"2022-01-{day:02}" for day in range(1, 21))
    assert edtf(f"[{told}]", Language("en")) == (
        "one of 20 dates, 1 January 2022 among them and 20 January 2022"
    )
