"""Labelled pairs: what analysts and the peer's own authors judged to be one person, or two."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from bench.screening.records import Record, data, record


class Labelled(NamedTuple):
    """Two records and whether they are one person; `note` says where the pair comes from."""

    left: Record
    right: Record
    match: bool
    note: str

    def told(self) -> str:
        """Both in one line, for a list of errors."""
        sides = (
            " / ".join(
                one.values("name", "alias", "firstName", "lastName")[:3]
                + one.values("birthDate")[:1]
            )
            for one in (self.left, self.right)
        )
        label = "match   " if self.match else "no match"
        return f"{label} {'  |  '.join(sides)}  {self.note}".rstrip()


def named() -> list[Labelled]:
    """Two names and a judgement (the peer's own name cases, persons alone)."""
    text = data("pairs/nomenklatura_name_bench_cases.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["schema"] == "Person"]
    return [
        Labelled(
            record(f"n{number}-left", name=row["name1"]),
            record(f"n{number}-right", name=row["name2"]),
            row["is_match"] == "true",
            " ".join(filter(None, (row["case_group"], row["category"], row["notes"]))),
        )
        for number, row in enumerate(rows)
    ]


def checked() -> list[Labelled]:
    """Two persons with more than names (the peer's own entity checks)."""
    text = data("pairs/nomenklatura_entity_checks.yml").read_text("utf-8")
    checks = [one for one in yaml.safe_load(text)["checks"] if one["schema"] == "Person"]
    return [
        Labelled(
            _stated(f"c{number}-left", one["query"]),
            _stated(f"c{number}-right", one["candidate"]),
            one["match"],
            str(one.get("label", "")),
        )
        for number, one in enumerate(checks)
    ]


def _stated(key: str, given: dict[str, Any]) -> Record:
    values = {
        name: [str(v) for v in value] if isinstance(value, list) else str(value)
        for name, value in given.items()
        if value is not None and name not in ("id", "schema")
    }
    return record(key, **values)


def analysed() -> list[Labelled]:
    """What OpenSanctions' analysts judged of two records, where both are persons.

    One id stands for several contents, so that each record is known by its place in the file.
    """
    lines = gzip.decompress(data("pairs/opensanctions_pairs_dev.jsonl.gz").read_bytes())
    found = []
    for number, line in enumerate(lines.splitlines()):
        pair = json.loads(line)
        left, right = pair["left"], pair["right"]
        if left["schema"] == right["schema"] == "Person":
            found.append(
                Labelled(
                    record(f"a{number}-left", **left["properties"]),
                    record(f"a{number}-right", **right["properties"]),
                    pair["judgement"] == "positive",
                    "",
                )
            )
    return found


def historical(most: int = 2000) -> list[Labelled]:
    """Real persons of history with made-up errors: of one cluster, or of one surname and two."""
    text = gzip.decompress(data("pairs/splink_historical_dev.csv.gz").read_bytes()).decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["full_name"]]
    same = [(a, b) for a, b in pairwise(rows) if a["cluster"] == b["cluster"]]
    rows.sort(key=lambda row: (row["surname"], row["unique_id"]))
    other = [
        (a, b)
        for a, b in pairwise(rows)
        if a["surname"] and a["surname"] == b["surname"] and a["cluster"] != b["cluster"]
    ]
    return [*_sampled(same, most, match=True), *_sampled(other, most, match=False)]


Row = dict[str, str]


def _sampled(rows: list[tuple[Row, Row]], most: int, *, match: bool) -> Iterator[Labelled]:
    step = max(1, len(rows) // most)
    for left, right in rows[::step][:most]:
        yield Labelled(_figure(left, "left"), _figure(right, "right"), match, "")


def _figure(row: Row, side: str) -> Record:
    return record(
        f"{row['unique_id']}-{side}",
        name=row["full_name"],
        birthDate=row["dob"],
        birthPlace=row["birth_place"],
        gender=row["gender"],
    )
