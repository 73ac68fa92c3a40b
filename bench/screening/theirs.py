"""The peer as a Side: a process of its own, and for our own development loop a store of answers.

The store is read only where `reuse` is asked for; a printed run always measures anew.
"""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from bench.screening import environment
from bench.screening.population import persons
from bench.screening.records import ROOT, Record
from bench.screening.sides import Answer, Built, Hit, Pair, Scored, Timing

THRESHOLD = 0.70
"""The peer's own threshold: what scores less is not shown."""

STORE = ROOT / "build/bench/peer-answers"
NO_STOP_WORDS = 1_000_000


class Nomenklatura:
    """logic-v2 over what the DuckDB index of nomenklatura retrieves."""

    name = "logic-v2"
    bands = False
    threshold = THRESHOLD

    def __init__(self, *, reuse: bool = False) -> None:
        self._reuse = reuse
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded = b""

    def compare(self, pairs: Sequence[Pair]) -> list[Scored]:
        """Each pair by itself."""
        scores = self.ask(do="compare", pairs=list(pairs))["scores"]
        return [Scored(score, score >= THRESHOLD, False) for score in scores]

    def screen(self, listed: Sequence[Record], queries: Sequence[Record]) -> list[Answer]:
        """Each query; no token is left out because many queries of the batch hold it."""
        load = {"do": "load", "records": list(listed), "bucket": NO_STOP_WORDS}
        found = self.ask(load, do="screen", queries=list(queries))["answers"]
        return [
            Answer(
                frozenset(key for key, _ in answer),
                tuple(Hit(key, score, score >= THRESHOLD, False) for key, score in answer),
            )
            for answer in found
        ]

    def build(self, size: int) -> Built:
        """So many made-up persons, with what the peer does by default."""
        return self.load(list(persons(0, size)))

    def load(self, listed: Sequence[Record]) -> Built:
        """These persons, in a process of their own, with what the peer does by default."""
        self.close()
        found = msgspec.json.decode(self._send(_line(do="load", records=listed)))
        return Built(found["seconds"], found["resident"])

    def timed(self, queries: Sequence[Record]) -> Timing:
        """Blocking, comparing with every candidate, explaining what the threshold shows."""
        found = msgspec.json.decode(self._send(_line(do="time", queries=queries)))["times"]
        return Timing([one[0] for one in found], [sum(one) for one in found])

    def batch(self, queries: Sequence[Record]) -> float:
        """All queries blocked at once, then compared one after the other."""
        found = msgspec.json.decode(self._send(_line(do="screen", queries=queries)))
        return float(found["seconds"])

    def ask(self, load: dict[str, Any] | None = None, **request: Any) -> dict[str, Any]:
        """One answer, to a request that may need a list loaded before."""
        wanted, first = msgspec.json.encode(request), msgspec.json.encode(load) if load else b""
        key = hashlib.sha256(b"\n".join((environment.VERSION.encode(), first, wanted)))
        kept = STORE / f"{key.hexdigest()}.json"
        if self._reuse and kept.exists():
            return dict(msgspec.json.decode(kept.read_bytes()))
        if first and first != self._loaded:
            self._send(first)
            self._loaded = first
        answer = self._send(wanted)
        STORE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(answer)
        return dict(msgspec.json.decode(answer))

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            _pipe(self._process.stdin).close()
            self._process.wait()
            self._process = None
            self._loaded = b""

    def _send(self, line: bytes) -> bytes:
        if self._process is None:
            program = Path(__file__).with_name("peer.py")
            self._process = subprocess.Popen(
                [environment.python(), "-P", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        target = _pipe(self._process.stdin)
        target.write(line + b"\n")
        target.flush()
        answer = _pipe(self._process.stdout).readline()
        if not answer:
            raise environment.PeerMissing("the peer's process ended; its message stands above")
        return answer


def _line(**request: object) -> bytes:
    return msgspec.json.encode(request)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise environment.PeerMissing("the peer's process has no pipe")
    return stream
