"""The few figures in which truth is told, and nothing of where they come from."""

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One figure of one side. `form` says how it reads: share, count, ms, rate, seconds, mib.

    `more` is True where more is better, False where less is, None where neither is.
    """

    what: str
    value: float
    form: str = "share"
    more: bool | None = True


class Measured(NamedTuple):
    """What one measure says of one side, and what the side got wrong, in words."""

    figures: list[Figure]
    errors: list[str]


def auc(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that a match scores above a non-match; ties count as half."""
    ranked = sorted(zip(scores, labels, strict=True))
    below, wins, start = 0, 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        matches = sum(label for _, label in ranked[start:end])
        others = end - start - matches
        wins += matches * (below + others / 2)
        below, start = below + others, end
    return wins / ((len(labels) - below) * below) if 0 < below < len(labels) else 0.0


class Outcome(NamedTuple):
    """Counts of a yes-or-no answer beside the truth."""

    hits: int
    alarms: int
    misses: int
    refusals: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        wrong = self.alarms + self.misses
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits or wrong else 0.0

    @property
    def precision(self) -> float:
        """The share of what was shown that is a match."""
        return share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        """The share of the matches that was shown."""
        return share(self.hits, self.hits + self.misses)

    @property
    def specificity(self) -> float:
        """The share of the others that was not shown."""
        return share(self.refusals, self.refusals + self.alarms)


def outcome(labels: Sequence[bool], shown: Sequence[bool]) -> Outcome:
    """How often what was shown is a match."""
    pairs = list(zip(labels, shown, strict=True))
    return Outcome(
        pairs.count((True, True)),
        pairs.count((False, True)),
        pairs.count((True, False)),
        pairs.count((False, False)),
    )


def best_f1(labels: Sequence[bool], scores: Sequence[float]) -> tuple[float, float]:
    """The greatest F1 that any threshold gives, and that threshold."""
    matches, hits, best = sum(labels), 0, (0.0, 1.0)
    ranked = sorted(zip(scores, labels, strict=True), reverse=True)
    for count, (score, label) in enumerate(ranked, 1):
        hits += label
        if count == len(ranked) or ranked[count][0] != score:
            best = max(best, (2 * hits / (count + matches), score))
    return best


def share(part: float, whole: float) -> float:
    """A part of a whole; nothing of nothing is 0."""
    return part / whole if whole else 0.0
