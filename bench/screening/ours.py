"""Our side: the one file of this folder that knows how safeconduct's screening is called."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.screening.records import ROOT, Record
from bench.screening.sides import Answer, Built, Hit, Pair, Scored, Timing
from safeconduct.cli.processes import spread
from safeconduct.screening.comparing import Match, compare
from safeconduct.screening.entities import Entity, entity_of
from safeconduct.screening.explaining import explain
from safeconduct.screening.index.building import build
from safeconduct.screening.scoring import REVIEW_FROM, Band
from safeconduct.screening.screening import retrieve, screen
from safeconduct.screening.sought import Sought, SoughtName
from safeconduct.screening.watchlists import Watchlist

AS_OF = "2026-01-01"
INDEX = ROOT / "build/bench/screening.index"


class Safeconduct:
    """What `safeconduct screen` does, without the command around it."""

    name = "safeconduct"
    bands = True
    threshold = REVIEW_FROM

    def __init__(self) -> None:
        self._listed: Sequence[Record] = ()
        self._watchlist: Watchlist | None = None

    def compare(self, pairs: Sequence[Pair]) -> list[Scored]:
        """Each pair by itself; where nothing could be compared, nothing is shown."""
        return [_scored(compare(sought(left), entity(right))) for left, right in pairs]

    def screen(self, listed: Sequence[Record], queries: Sequence[Record]) -> list[Answer]:
        """Each query against a list that is indexed in memory."""
        watchlist = self.watchlist(listed)
        return [_answer(query, watchlist) for query in queries]

    def watchlist(self, listed: Sequence[Record]) -> Watchlist:
        """The list as an index; the last one is kept."""
        if self._watchlist is None or self._listed is not listed:
            found = (entity(one) for one in listed)
            self._watchlist = Watchlist.of(found, id="bench", as_of=AS_OF)
            self._listed = listed
        return self._watchlist

    def build(self, size: int) -> Built:
        """So many made-up persons, indexed by a process of its own."""
        return _built(worker("build", str(INDEX), str(size)))

    def load(self, listed: Sequence[Record]) -> Built:
        """These persons, indexed by a process of its own."""
        return _built(worker("build", str(INDEX), "-", given=listed))

    def timed(self, queries: Sequence[Record]) -> Timing:
        """Retrieving alone, and everything, each in a process that has seen none of them."""
        found = [worker("time", str(INDEX), how, given=queries) for how in ("retrieve", "screen")]
        return Timing(found[0]["times"], found[1]["times"])

    def batch(self, queries: Sequence[Record]) -> float:
        """One after the other in one process."""
        return float(worker("batch", str(INDEX), given=queries)["seconds"])

    def close(self) -> None:
        """Nothing was started that lasts."""


def worker(*arguments: str, given: Sequence[Record] = ()) -> dict[str, Any]:
    """What a process of our side says, see worker.py."""
    INDEX.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.screening.worker", *arguments]
    done = subprocess.run(
        command, input=msgspec.json.encode(given), stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    return dict(json.loads(done.stdout))


def _built(said: dict[str, Any]) -> Built:
    return Built(said["seconds"], said["peak"])


def opened(path: Path) -> Watchlist:
    """A built index, mapped."""
    return Watchlist.open(path, id="bench", as_of=AS_OF)


def written(found: Iterable[Record], path: Path) -> None:
    """Builds the index of these persons into a file."""
    path.write_bytes(build((entity(one) for one in found), spread=spread))


def candidates(one: Record, watchlist: Watchlist) -> int:
    """How many are retrieved for a query."""
    return len(retrieve(sought(one), watchlist))


def matches(one: Record, watchlist: Watchlist) -> int:
    """How many are found for a query, each compared and told why, part by part."""
    found = screen(sought(one), [watchlist]).matches
    return len([explain(match) for match in found])


def _answer(query: Record, watchlist: Watchlist) -> Answer:
    """Those found, and after them those who were compared and are not shown."""
    person = sought(query)
    found = screen(person, [watchlist]).matches
    shown = {match.entity.id for match in found}
    entities = {one.id: one for one in map(watchlist.index.entity, retrieve(person, watchlist))}
    others = [compare(person, one) for key, one in entities.items() if key not in shown]
    below = sorted((one for one in others if one), key=lambda match: -match.score)
    hits = [Hit(one.entity.id, *_scored(one)) for one in found]
    hits += [Hit(one.entity.id, one.score, shown=False, strong=False) for one in below]
    return Answer(frozenset(entities), tuple(hits))


def _scored(found: Match | None) -> Scored:
    if found is None:
        return Scored(0.0, False, False)
    return Scored(found.score, found.band is not Band.NOTHING_FOUND, found.band is Band.STRONG)


def entity(one: Record) -> Entity:
    """A record of a list as ours."""
    return entity_of(msgspec.to_builtins(one))


def sought(one: Record) -> Sought:
    """A query as the person who is sought: names, and whatever else of theirs is compared."""
    composed = _composed(one)
    names = [SoughtName(name) for name in one.values("name", "alias", "previousName") or composed]
    weak = [SoughtName(name, weak=True) for name in one.values("weakAlias")]
    return Sought(
        id=one.id,
        names=(*names, *weak),
        born=one.values("birthDate") or None,
        sex=(*one.values("gender"), None)[0],
        citizenships=one.values("nationality", "citizenship", "country"),
        birth_places=one.values("birthPlace"),
        documents=one.values("passportNumber", "idNumber", "innCode", "taxNumber"),
    )


def _composed(one: Record) -> tuple[str, ...]:
    parts = (one.values(part)[:1] for part in ("firstName", "secondName", "middleName", "lastName"))
    text = " ".join(value for values in parts for value in values)
    return (text,) if text else ()
