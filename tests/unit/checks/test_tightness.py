"""Tight: asked about where networks need more time than there is, never a conflict."""

import io
from datetime import date
from zipfile import ZipFile

import msgspec
import pytest

from safeconduct.casefile.findings import Finding, Km, Lapse, Outcome, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.geo.network_building import build_network
from safeconduct.geo.networks import Network

NODES = "id,lat,lon\n0,50.0,30.0\n1,51.5,32.0\n2,50.0,34.0\n3,60.0,34.0\n"
EDGES = "a,b,km\n0,1,240\n1,2,240\n"


def network(mode: str = "road") -> Network:
    made = io.BytesIO()
    with ZipFile(made, "w") as held:
        held.writestr("n.csv", NODES)
        held.writestr("e.csv", EDGES)
        held.writestr("safeconduct-format.txt", mode)
    data = build_network(made.getvalue()).data
    return Network(data, id=mode, as_of="2024-01-01", sha256="0" * 64)


def vetted(
    *, hours: float, by: str = "", networks: tuple[Network, ...], to: str = "50.0, lon: 34.0"
) -> Vetting:
    """A way of 286 km by line and 480 by road, with so many hours between two moments."""
    minutes = round(hours * 60) - 1
    arrived = f"2022-10-01T{minutes // 60:02d}:{minutes % 60:02d}Z"
    means = f", by: {by}" if by else ""
    text = f"""
schema: safeconduct/case/1
id: small
applicant: {{id: p1, names: [Test]}}
claims:
  - id: c1
    kind: journey
    text: He went.
    when: 2022-10-01T00:00Z/{arrived}
    from: {{lat: 50.0, lon: 30.0, radius_km: 0}}
    to: {{lat: {to}, radius_km: 0}}{means.replace(", ", chr(10) + "    ")}
"""
    references = msgspec.structs.replace(load_references(None), networks=networks)
    return vet(read_case(text.encode()).case, references, on=date(2024, 11, 2))


def tight(vetting: Vetting) -> list[Finding]:
    return [one for one in vetting.findings if one.message.id.startswith("journey-tight")]


def test_a_way_that_needs_more_than_there_is_by_road_is_asked_about() -> None:
    (found,) = tight(vetted(hours=5.9, by="car", networks=(network(),)))
    assert found.outcome is Outcome.ASKS
    assert found.message.parameters["km"] == Km(480)
    assert found.message.parameters["needed"] == Lapse(360)
    assert found.message.parameters["room"] == Lapse(354)
    assert found.question is not None
    assert [one.dataset for one in found.because if one.dataset] == ["network/road@2024-01-01"]


def test_a_way_that_just_fits_is_possible() -> None:
    vetting = vetted(hours=6.0, by="car", networks=(network(),))
    assert not tight(vetting)
    assert "journey-possible" in [one.message.id for one in vetting.findings]


def test_without_a_network_it_stays_possible() -> None:
    vetting = vetted(hours=5.9, by="car", networks=())
    assert "journey-possible" in [one.message.id for one in vetting.findings]


@pytest.mark.parametrize(("by", "mode"), [("train", "road"), ("car", "rail"), ("ship", "road")])
def test_a_network_for_other_means_says_nothing(by: str, mode: str) -> None:
    assert not tight(vetted(hours=5.9, by=by, networks=(network(mode),)))


def test_with_several_networks_and_no_means_told_the_quickest_counts() -> None:
    both = (network("rail"), network("road"))
    (found,) = tight(vetted(hours=5.0, networks=both))
    assert found.question is not None
    assert found.question.id == "ask-means"
    assert not tight(vetted(hours=6.0, networks=both))


def test_an_aircraft_is_not_held_to_roads() -> None:
    assert not tight(vetted(hours=2.0, by="aeroplane", networks=(network(),)))


def test_what_is_impossible_or_not_by_the_means_stays_so() -> None:
    vetting = vetted(hours=1.0, by="car", networks=(network(),))
    assert "journey-not-by-means" in [one.message.id for one in vetting.findings]
    assert not tight(vetting)


def test_a_place_that_no_line_comes_near_is_not_guessed_at() -> None:
    vetting = vetted(hours=5.0, by="car", networks=(network(),), to="47.9, lon: 33.0")
    assert not tight(vetting)


def test_a_line_that_leads_nowhere_is_said_to_show_no_way() -> None:
    (found,) = tight(vetted(hours=12.0, by="car", networks=(network(),), to="60.0, lon: 34.0"))
    assert found.message.id == "journey-tight-no-line"
