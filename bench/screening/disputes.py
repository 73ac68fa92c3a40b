"""Labels of others that we hold to be wrong, each with a reason; disputed.csv is the list."""

import csv
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench.screening.pairs import Labelled


@cache
def reasons() -> dict[tuple[str, bool], str]:
    """The hash of both names and the label that is disputed → why."""
    with Path(__file__).with_name("disputed.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["pair"], row["label"] == "match"): row["reason"] for row in csv.DictReader(lines)
        }


def disputed(case: Labelled) -> bool:
    """Whether this pair's label is one of them."""
    names = (case.left.values("name")[:1], case.right.values("name")[:1])
    return any(
        (_hash(one, other), case.match) in reasons() for one in names[0] for other in names[1]
    )


def _hash(one: str, other: str) -> str:
    """Names are not repeated here: whoever has the files can find them."""
    return sha256(f"{one}\n{other}".encode()).hexdigest()[:16]
