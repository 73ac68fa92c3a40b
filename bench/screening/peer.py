"""Nomenklatura's logic-v2 and DuckDB blocking behind lines of JSON, in an environment of their own.

It imports nothing of ours and knows nothing of what is measured. Every record is given an id that
no other has ever had, for the peer keeps what it made of a name under the id of its entity alone.
One request a line on standard input, one answer a line on standard output.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from followthemoney import Dataset, EntityProxy, StatementEntity
from nomenklatura.blocker import Index
from nomenklatura.matching import get_algorithm

ALGORITHM = get_algorithm("logic-v2")
SHOWN = 0.70
"""Explained is what the peer's own threshold shows."""

_numbers = count()
_dataset = Dataset.make({"name": "bench", "title": "bench"})


class Listed:
    """A list as the peer's index wants it: a view that gives its entities."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.scope = _dataset
        self.keys: dict[str, str] = {}
        self.proxies: dict[str, EntityProxy] = {}
        self._records: dict[str, dict[str, Any]] = {}
        for one in records:
            fresh = _fresh()
            self.keys[fresh] = one["id"]
            self._records[fresh] = one

    def entities(self, **_: object) -> Iterator[StatementEntity]:
        """Every person of the list, one after the other."""
        for fresh, one in self._records.items():
            yield _statements(one, fresh)

    def proxy(self, fresh: str) -> EntityProxy:
        """One person, as the comparison wants them."""
        if fresh not in self.proxies:
            self.proxies[fresh] = _proxy(self._records[fresh], fresh)
        return self.proxies[fresh]


def _fresh() -> str:
    return f"r{next(_numbers)}"


def _proxy(one: dict[str, Any], fresh: str) -> EntityProxy:
    shaped = {"id": fresh, "schema": one["schema"], "properties": one["properties"]}
    return EntityProxy.from_dict(shaped, cleaned=False)


def _statements(one: dict[str, Any], fresh: str) -> StatementEntity:
    shaped = {"id": fresh, "schema": one["schema"], "properties": one["properties"]}
    return StatementEntity(_dataset, shaped, cleaned=False)


class Peer:
    """What is asked for: pairs compared, a list loaded, queries screened against it."""

    def __init__(self) -> None:
        self.config = ALGORITHM.default_config()
        self.listed = Listed([])
        self.index: Index | None = None
        self.folder = tempfile.TemporaryDirectory(prefix="peer-")

    def compare(self, pairs: list[list[dict[str, Any]]]) -> dict[str, Any]:
        """The score of each pair."""
        scores = []
        start = time.perf_counter()
        for left, right in pairs:
            one, other = _proxy(left, _fresh()), _proxy(right, _fresh())
            scores.append(ALGORITHM.compare(one, other, self.config).score)
        return {"scores": scores, "seconds": time.perf_counter() - start}

    def load(self, records: list[dict[str, Any]], bucket: int | None = None) -> dict[str, Any]:
        """An index of these records; `bucket` is the peer's own default where it is not given."""
        if self.index is not None:
            self.index.close()
            self.folder.cleanup()
            self.folder = tempfile.TemporaryDirectory(prefix="peer-")
        self.listed = Listed(records)
        options = {} if bucket is None else {"max_bucket_size": bucket}
        start = time.perf_counter()
        self.index = Index(self.listed, Path(self.folder.name), options)
        self.index.build()
        return {"seconds": time.perf_counter() - start, "resident": _resident()}

    def screen(self, queries: list[dict[str, Any]]) -> dict[str, Any]:
        """For each query its candidates, the likeliest first, as [id, score]."""
        start = time.perf_counter()
        answers = list(self._answers(queries))
        return {"answers": answers, "seconds": time.perf_counter() - start}

    def time(self, queries: list[dict[str, Any]]) -> dict[str, Any]:
        """Seconds of each query by itself: blocking, comparing, explaining."""
        for one in self.listed.keys:
            self.listed.proxy(one)
        times, told = [], 0
        for query in queries:
            marks = [time.perf_counter()]
            found = self._blocked([query])
            marks.append(time.perf_counter())
            one = _proxy(query, _fresh())
            results = [
                ALGORITHM.compare(one, self.listed.proxy(key), self.config)
                for candidates in found.values()
                for key in candidates
            ]
            marks.append(time.perf_counter())
            told += sum(len(one.explanations) for one in results if one.score >= SHOWN)
            marks.append(time.perf_counter())
            times.append([end - begin for begin, end in pairwise(marks)])
        return {"times": times, "explanations": told, "resident": _resident()}

    def _blocked(self, queries: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
        if self.index is None:
            raise RuntimeError("no list is loaded")
        made = (_statements(one, f"q{number}") for number, one in enumerate(queries))
        return {
            str(key): [str(other) for other, _ in found]
            for key, found in self.index.match_entities(made)
        }

    def _answers(self, queries: list[dict[str, Any]]) -> Iterator[list[list[Any]]]:
        blocked = self._blocked(queries)
        for number, query in enumerate(queries):
            one = _proxy(query, _fresh())
            scored = [
                [
                    self.listed.keys[key],
                    ALGORITHM.compare(one, self.listed.proxy(key), self.config).score,
                ]
                for key in blocked.get(f"q{number}", [])
            ]
            yield sorted(scored, key=lambda pair: -pair[1])


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def main() -> None:
    """Answers each line until there is none."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = Peer()
    for line in sys.stdin:
        request = json.loads(line)
        answer = getattr(peer, request.pop("do"))(**request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    peer.folder.cleanup()


if __name__ == "__main__":
    main()
