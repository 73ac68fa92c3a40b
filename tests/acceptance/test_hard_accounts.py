"""Accounts that ask too much: a clear refusal, or an answer; never a hang, never a guess."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from safeconduct.casefile.findings import Outcome, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet

NAMES = (
    *("Kirov", "Oktyabrskiy", "Sovetskiy", "Pervomayskiy", "Ivanovka", "Mikhaylovka", "Pokrovka"),
    *("Nikolayevka", "Berezovka", "Aleksandrovka", "San Jose", "San Antonio", "Richmond", "Salem"),
    *("Santa Cruz", "Georgetown", "Springfield", "Alexandria"),
)
DAYS = [(date(2020, 1, 1) + timedelta(days=2 * i)).isoformat() for i in range(50)]


def vetted(claims: Sequence[dict[str, Any]]) -> Vetting:
    case = {
        "schema": "safeconduct/case/1",
        "id": "hard",
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "claims": [
            {"id": f"c{i}", "kind": "event", "text": "a", **one}
            for i, one in enumerate(claims, start=1)
        ],
    }
    data = json.dumps(case).encode()
    return vet(read_case(data).case, load_references(None), on=date(2024, 11, 2))


def conflicts(vetting: Vetting) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one.check, tuple(because.id for because in one.because))
        for one in vetting.findings
        if one.outcome is Outcome.CONFLICTS
    ]


@pytest.fixture(scope="module")
def towns() -> list[int]:
    """Two hundred towns, several of each name."""
    lookup = load_references(None).gazetteer.lookup
    found = dict.fromkeys(place.id for name in NAMES for place in lookup(name))
    assert len(found) >= 200
    return list(found)[:200]


def of_many_readings(towns: list[int], days: Sequence[str] = DAYS) -> dict[str, Any]:
    return {"when": f"[{','.join(days)}]", "where": {"name": "x", "candidates": towns}}


def test_claims_of_ten_thousand_readings_are_decided(towns: list[int]) -> None:
    found = vetted([of_many_readings(towns)] * 3)
    assert "account-can-hold" in [one.message.id for one in found.findings]


def test_a_claim_of_ten_thousand_readings_of_which_none_holds_is_found(towns: list[int]) -> None:
    """The order of three claims leaves no date; the towns change nothing about it."""
    between = {**of_many_readings(towns), "relations": [{"is": "after", "claim": "c2"}]}
    before = {"when": "[2020-02-01,2020-06-01]", "relations": [{"is": "after", "claim": "c3"}]}
    found = vetted([between, before, {"when": "2020-05-01"}])
    assert any({"c1", "c2", "c3"} == set(about) for _, about in conflicts(found))


def test_longer_lists_of_dates_are_refused_with_where_and_how_many() -> None:
    many = [(date(2000, 1, 1) + timedelta(days=i)).isoformat() for i in range(51)]
    with pytest.raises(FileMistaken, match="a set of 51 dates"):
        vetted([{"when": f"[{','.join(many)}]"}])


def test_relations_that_only_contradict_each_other_are_refused_as_a_circle() -> None:
    claims = [
        {"relations": [{"is": "after", "claim": f"c{j}"} for j in range(1, 41) if j != i]}
        for i in range(1, 41)
    ]
    with pytest.raises(FileMistaken, match="a circle of"):
        vetted(claims)


def test_without_any_date_nothing_conflicts_and_every_claim_is_asked_about() -> None:
    found = vetted([{} for _ in range(100)])
    assert conflicts(found) == []
    asked = {one.because[0].id for one in found.findings if one.message.id == "no-date"}
    assert len(asked) == 100


def test_a_pole_is_one_place_whatever_its_longitude() -> None:
    north = [
        {"when": f"2022-01-01T10:0{i}Z", "where": {"lat": 90, "lon": lon, "radius_km": 1}}
        for i, lon in enumerate((0, 180, -77))
    ]
    assert conflicts(vetted(north)) == []
    south = {"when": "2022-01-01T10:04Z", "where": {"lat": -90, "lon": 0, "radius_km": 1}}
    assert ("journeys", ("c3", "c4")) in conflicts(vetted([*north, south]))


def test_the_antimeridian_is_no_way_round_the_earth() -> None:
    here, there = ({"lat": -17, "lon": lon, "radius_km": 1} for lon in (179.99, -179.99))
    near = [
        {"when": "2022-01-01T10:00Z", "where": here},
        {"when": "2022-01-01T10:05Z", "where": there},
    ]
    assert conflicts(vetted(near)) == []
    far = {"when": "2022-01-01T10:05Z", "where": {"lat": -17, "lon": 0, "radius_km": 1}}
    assert conflicts(vetted([near[0], far])) == [("journeys", ("c1", "c2"))]
