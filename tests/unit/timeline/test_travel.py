"""The four answers about a journey, and that a journey really made is never impossible."""

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.account import Means
from safeconduct.casefile.findings import Outcome
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.timeline.travel import ANY_MEANS_KMH, FASTEST_KMH, Answer, minutes_needed, travel


@pytest.mark.parametrize(
    ("km", "minutes", "means", "answer"),
    [
        (3600, 58, None, Answer.IMPOSSIBLE),
        (3600, 60, None, Answer.POSSIBLE),
        (500, 60, Means.BUS, Answer.NOT_BY_THE_MEANS_STATED),
        (500, 200, Means.BUS, Answer.POSSIBLE),
        (500, 1, Means.BUS, Answer.IMPOSSIBLE),
        (500, None, Means.BUS, Answer.UNKNOWN),
        (0, 0, Means.FOOT, Answer.POSSIBLE),
        (10, -1, None, Answer.IMPOSSIBLE),
    ],
)
def test_the_four_answers_are_kept_apart(
    km: float, minutes: int | None, means: Means | None, answer: Answer
) -> None:
    assert travel(km, minutes, means).answer is answer


def test_no_means_is_faster_than_any_means() -> None:
    assert max(FASTEST_KMH.values()) <= ANY_MEANS_KMH
    assert set(FASTEST_KMH) == set(Means)


def test_what_is_short_is_what_is_needed_less_what_there_is() -> None:
    assert travel(500, 60, Means.BUS).short_by == minutes_needed(500, 150) - 60


# A traveller who shares no code with the check: points on the ellipsoid (WGS 84) in Cartesian
# coordinates, way stations on it, and a clock that only ever adds what a real leg took.
A_KM, FLATTENING = 6378.137, 1 / 298.257223563


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = math.radians(lat), math.radians(lon)
    squared = FLATTENING * (2 - FLATTENING)
    normal = A_KM / math.sqrt(1 - squared * math.sin(phi) ** 2)
    return (
        normal * math.cos(phi) * math.cos(lam),
        normal * math.cos(phi) * math.sin(lam),
        normal * (1 - squared) * math.sin(phi),
    )


def _chord_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(_vector(*one), _vector(*other))


# km/h that such a leg was really driven, sailed or flown at, and never faster.
REALLY = {"foot": 5.0, "car": 130.0, "bus": 95.0, "train": 180.0, "aeroplane": 950.0, "ship": 45.0}
POINT = st.tuples(st.floats(-84, 84), st.floats(-180, 180))


@settings(max_examples=60, deadline=None)
@given(
    start=POINT,
    detours=st.lists(POINT, max_size=2),
    end=POINT,
    by=st.sampled_from(sorted(REALLY)),
    waits=st.integers(0, 300),
    leaves=st.datetimes(datetime(2022, 2, 24), datetime(2024, 10, 1)),  # noqa: DTZ001
    coarse=st.sampled_from(["minute", "day", "month"]),
    radius=st.floats(0, 30),
)
def test_a_journey_really_travelled_is_never_impossible(
    start: tuple[float, float],
    detours: list[tuple[float, float]],
    end: tuple[float, float],
    by: str,
    waits: int,
    leaves: datetime,
    coarse: str,
    radius: float,
) -> None:
    way = [start, *detours, end]
    # An arc is at most pi/2 chords long; the traveller never goes straight through the earth.
    km = sum(_chord_km(one, other) for one, other in pairwise(way))
    arrives = leaves + timedelta(hours=km / REALLY[by], minutes=waits)
    form = {"minute": "%Y-%m-%dT%H:%MZ", "day": "%Y-%m-%d", "month": "%Y-%m"}[coarse]
    told = [moment.replace(tzinfo=UTC).strftime(form) for moment in (leaves, arrives)]
    places = [
        f"{{lat: {lat:.6f}, lon: {lon:.6f}, radius_km: {radius + 0.001:.6f}}}"
        for lat, lon in (start, end)
    ]
    case = read_case(
        f"""
schema: safeconduct/case/1
id: travelled
applicant: {{id: p1, names: [Traveller]}}
claims:
  - {{id: c1, kind: event, text: left, when: "{told[0]}", where: {places[0]}}}
  - {{id: c2, kind: event, text: arrived, when: "{told[1]}", where: {places[1]}}}
  - id: c3
    kind: journey
    text: went
    by: {by}
    from: {places[0]}
    to: {places[1]}
    when: "{told[0]}/{told[1]}"
""".encode()
    ).case
    findings = vet(case, load_references(None), on=date(2024, 11, 2)).findings
    assert not [f for f in findings if f.outcome is Outcome.CONFLICTS], (km, told)
