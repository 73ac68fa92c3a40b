"""Where the weights of safeconduct/screening/scoring.py come from: fitted on labelled pairs.

    python -m bench.screening.fitting          prints the weights and what they are worth

Logistic regression whose weights are drawn towards what was held before any pair was seen (the
weights that scoring.py has; `PRIOR` says how strongly), since a few hundred pairs of which some
are mislabelled must not turn a sign round. Three sources: pairs of names, analysts' pairs, and
strangers: persons of red notices beside the best candidates of lists that they are not on.
What is printed as "held out" was predicted by weights that had not seen the pair.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bench.screening import alarms, lists, pairs
from bench.screening.figures import auc
from bench.screening.ours import Safeconduct, entity, sought
from safeconduct.screening.comparing import Match, compare
from safeconduct.screening.scoring import (
    EVIDENCE_WEIGHTS,
    NAME_WEIGHTS,
    features,
    way_of,
)
from safeconduct.screening.screening import screen

PRIOR = 3.0
"""How strongly the weights of names are drawn to what was held before."""

PRIOR_BESIDE = 40.0
"""The same for what stands beside a name: analysts were shown pairs because birth dates agreed,
so that their pairs say little of how much such agreement is worth among strangers."""

FOLDS = 10

Array = np.ndarray[Any, np.dtype[np.float64]]


class Row(NamedTuple):
    """What two records say together, whether they are one person, and how much the pair counts."""

    values: list[float]
    match: bool
    weight: float
    source: str


def columns() -> list[Any]:
    """The weights in the order of a row's values."""
    return [*NAME_WEIGHTS, *EVIDENCE_WEIGHTS]


def row(found: Match, *, match: bool, weight: float, source: str) -> Row:
    """A compared pair as a row."""
    named = features(found.names.compared.agreement, weak=found.names.weak)
    beside = [0.0] * len(EVIDENCE_WEIGHTS)
    keys = list(EVIDENCE_WEIGHTS)
    for one in found.evidence:
        key = (one.kind, way_of(one))
        if key in EVIDENCE_WEIGHTS:
            beside[keys.index(key)] = 1.0
    return Row([named[name] for name in NAME_WEIGHTS] + beside, match, weight, source)


def labelled() -> list[Row]:
    """Pairs of names, and analysts' pairs; each source counts alike in all."""
    found = []
    for source, cases, weight in (
        ("names", pairs.named(), 1.0),
        ("analysts", pairs.analysed(), 0.7),
    ):
        for case in cases:
            compared = compare(sought(case.left), entity(case.right))
            if compared is not None:
                found.append(row(compared, match=case.match, weight=weight, source=source))
    return found


def strangers(step: int = 4) -> list[Row]:
    """People who are on no list beside the candidates that come nearest, with and without birth."""
    side = Safeconduct()
    watchlist = side.watchlist(lists.sanctioned())
    found = []
    for stranger in alarms.strangers(step):
        for kept in (stranger.record, stranger.record.without("birthDate", "country")):
            found += [
                row(one, match=False, weight=0.08, source="strangers")
                for one in screen(sought(kept), [watchlist], least=0.02).matches[:3]
            ]
    return found


def fit(rows: Sequence[Row], prior: Array) -> Array:
    """Weights that explain the labels, drawn towards the prior; Newton's method."""
    x = np.array([one.values for one in rows])
    y = np.array([one.match for one in rows], float)
    w = np.array([one.weight for one in rows])
    strength = [PRIOR] * len(NAME_WEIGHTS) + [PRIOR_BESIDE] * len(EVIDENCE_WEIGHTS)
    pull = np.array(strength) * np.maximum(x.std(axis=0), 0.15) ** 2

    def loss(beta: Array) -> float:
        z = x @ beta
        unlikely = w * (np.logaddexp(0, z) - y * z)
        return float(unlikely.sum() + (pull * (beta - prior) ** 2).sum() / 2)

    beta = prior.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (w * (p - y)) + pull * (beta - prior)
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while loss(beta - size * step) > loss(beta) and size > 1e-4:
            size /= 2
        beta = beta - size * step
        if float(np.abs(size * step).max()) < 1e-6:
            break
    return beta


def held_out(rows: Sequence[Row], prior: Array) -> Array:
    """Log-odds of each row by weights fitted without it and its neighbours."""
    told = np.zeros(len(rows))
    fold = np.arange(len(rows)) * 7919 % FOLDS
    for k in range(FOLDS):
        seen = [one for one, f in zip(rows, fold, strict=True) if f != k]
        beta = fit(seen, prior)
        for at in np.flatnonzero(fold == k).tolist():
            told[at] = np.array(rows[at].values) @ beta
    return told


def main() -> None:
    """Fits and prints."""
    prior = np.array([*NAME_WEIGHTS.values(), *EVIDENCE_WEIGHTS.values()])
    rows = labelled() + strangers()
    beta = fit(rows, prior)
    told = held_out(rows, prior)
    before = np.array([one.values for one in rows]) @ prior
    for source in ("names", "analysts", "strangers"):
        at = [n for n, one in enumerate(rows) if one.source == source]
        y = [rows[n].match for n in at]
        print(source, len(at), "pairs; AUC and F1 before, held out, fitted:")
        for scores in (before, told, np.array([one.values for one in rows]) @ beta):
            s = [float(scores[n]) for n in at]
            right = sum(v >= 0 and label for v, label in zip(s, y, strict=True))
            shown = sum(v >= 0 for v in s)
            f1 = 2 * right / max(1, shown + sum(y))
            area = auc(y, s) if any(y) and not all(y) else float("nan")
            print(f"  AUC {area:.3f}  F1 {f1:.3f}  shown {shown}")
    for name, was, now in zip(columns(), prior, beta, strict=True):
        print(f"{name!s:60} {was:7.2f} {now:7.2f}")


if __name__ == "__main__":
    main()
