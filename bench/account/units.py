"""Chains of real positions of military units, told as stays of a day: none of it is impossible."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.account.vetted import Outcomes, conflicts
from bench.account.ways import DATA, DataMissing

FILES = ("unit_positions_uawardata_units.csv.gz", "unit_positions_uawardata_btgs.csv.gz")
RADIUS_KM = 15.0
"""Positions are guesses at where a headquarters stood; those of one side are coarse on purpose."""


def unit_chains() -> Outcomes:
    """What conflicts is said of each unit's positions. Raises DataMissing."""
    seen: Counter[str] = Counter()
    chains = claims = 0
    for document in _cases():
        chains, claims = chains + 1, claims + len(document["claims"])
        seen.update({finding.message.id for finding in conflicts(document)})
    return Outcomes(chains, claims, seen)


def _cases() -> Iterator[dict[str, Any]]:
    """A case for each unit with two positions or more."""
    for name in FILES:
        file = DATA / name
        if not file.exists():
            raise DataMissing(f"{file.name} is not in {DATA.name}")
        units: dict[tuple[str, ...], dict[str, tuple[float, float]]] = {}
        with gzip.open(file, "rt", encoding="utf-8") as text:
            for row in csv.DictReader(text):
                unit = (row["country"], row["unit"], row.get("subordinate_to", ""))
                units.setdefault(unit, {})[row["date"]] = (float(row["lat"]), float(row["lng"]))
        yield from (_case(stood) for _, stood in sorted(units.items()) if len(stood) > 1)


def _case(stood: dict[str, tuple[float, float]]) -> dict[str, Any]:
    return {
        "schema": "safeconduct/case/1",
        "id": "unit",
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "claims": [
            {
                "id": f"c{number}",
                "kind": "stay",
                "text": "The unit stood here.",
                "when": day,
                "where": {"lat": lat, "lon": lon, "radius_km": RADIUS_KM},
            }
            for number, (day, (lat, lon)) in enumerate(sorted(stood.items()), start=1)
        ],
    }
