"""What `vet` says of told journeys: of how many true ones conflicts, and which planted slips."""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from multiprocessing import get_context
from typing import Any, NamedTuple

import yaml

from bench.account import planting
from bench.account.journeys import journey
from bench.account.telling import case as case_of
from bench.account.telling import told
from bench.account.ways import ROOT, ways
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import Finding, Outcome
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet

FAILURES = ROOT / "build/bench/account/failures"
IMPOSSIBLE = ("relations", "stays-overlap", "journeys", "account")
CHUNK = 100


class Outcomes(NamedTuple):
    """Of some journeys: how many, how many claims, which messages conflicted in how many."""

    journeys: int
    claims: int
    conflicts: Counter[str]


class Planted(NamedTuple):
    """Of some planted slips of one kind: how many, found at all, reported as planted, repaired."""

    kind: str
    planted: int
    found: int
    exact: int
    repaired: int


@cache
def _references() -> References:
    return load_references(None)


class NotWellTold(Exception):
    """A generated case file that cannot be read."""


def conflicts(document: dict[str, Any]) -> list[Finding]:
    """The findings of checks that say what cannot hold."""
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    try:
        case = read_case(text.encode()).case
    except SafeconductError as mistaken:  # ours: what is told is meant to be well-formed
        raise NotWellTold(f"{mistaken}\n{text}") from None
    vetting = vet(case, _references(), on=date(2026, 1, 1))
    return [
        one
        for one in vetting.findings
        if one.outcome is Outcome.CONFLICTS and one.check in IMPOSSIBLE
    ]


def true_journeys(first: int, count: int) -> Outcomes:
    """Every conflict here is a false alarm; its case is kept for study."""
    seen: Counter[str] = Counter()
    claims = 0
    for seed in range(first, first + count):
        document = case_of(told(journey(ways(), seed), seed), seed)
        claims += len(document["claims"])
        if not document["claims"]:
            continue
        found = {finding.message.id for finding in conflicts(document)}
        seen.update(found)
        if found:
            FAILURES.mkdir(parents=True, exist_ok=True)
            kept = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
            (FAILURES / f"true-{seed}.yaml").write_text(kept, "utf-8")
    return Outcomes(count, claims, seen)


def planted_slips(first: int, count: int) -> list[Planted]:
    """Slips of every kind among true claims."""
    made: dict[str, list[tuple[bool, bool, bool]]] = {}
    for seed in range(first, first + count):
        for slip in planting.slips(journey(ways(), seed), random.Random(seed)):
            document, claims = slip.document, frozenset(slip.claims)
            found = conflicts(document)
            touching = [one for one in found if claims & _cited(one)]
            exact = [one for one in touching if _cited(one) == claims]
            repaired = any(slip.repair in _kinds(one) for one in exact)
            made.setdefault(slip.kind, []).append((bool(touching), bool(exact), repaired))
            if not exact:
                FAILURES.mkdir(parents=True, exist_ok=True)
                kept = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
                (FAILURES / f"{slip.kind}-{seed}.yaml").write_text(kept, "utf-8")
    return [
        Planted(kind, len(said), *(sum(one[n] for one in said) for n in range(3)))
        for kind, said in made.items()
    ]


def _kinds(finding: Finding) -> list[str]:
    """The first three kinds of repairs that a finding names."""
    return list(dict.fromkeys(repair.id for repair in finding.repairs))[:3]


def _cited(finding: Finding) -> frozenset[str]:
    return frozenset(because.id for because in finding.because if because.kind == "claim")


def shared_out(work: Any, count: int) -> Iterator[Any]:
    """The results of chunks, by two processes."""
    starts = range(0, count, CHUNK)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        sizes = [min(CHUNK, count - start) for start in starts]
        done = 0
        for size, found in zip(sizes, pool.map(work, starts, sizes), strict=True):
            done += size
            print(f"{done:,} of {count:,}: {found}"[:200], file=sys.stderr, flush=True)
            yield found


def summed(found: Iterable[Outcomes]) -> Outcomes:
    """All chunks together."""
    journeys, claims, seen = 0, 0, Counter[str]()
    for one in found:
        journeys, claims = journeys + one.journeys, claims + one.claims
        seen.update(one.conflicts)
    return Outcomes(journeys, claims, seen)
