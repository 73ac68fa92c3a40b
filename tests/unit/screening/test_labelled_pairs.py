"""Pairs that other people have judged: floors below which no change may fall.

The floors lie a little under what `make bench-screening` shows; it also shows the peer's.
"""

from collections.abc import Callable

import pytest
from bench.screening import pairs
from bench.screening.figures import auc, outcome
from bench.screening.ours import entity, sought
from bench.screening.pairs import Labelled
from bench.screening.records import DataMissing

from safeconduct.screening.comparing import compare
from safeconduct.screening.scoring import REVIEW_FROM


def measured(source: Callable[[], list[Labelled]]) -> tuple[float, float, float]:
    """AUC; F1 and specificity at the score from which a name asks for a review."""
    try:
        cases = source()
    except DataMissing as missing:
        pytest.skip(str(missing))
    found = [compare(sought(case.left), entity(case.right)) for case in cases]
    scores = [one.score if one else 0.0 for one in found]
    labels = [case.match for case in cases]
    said = outcome(labels, [score >= REVIEW_FROM for score in scores])
    return auc(labels, scores), said.f1, said.specificity


def test_pairs_of_names_are_told_apart_as_well_as_before() -> None:
    area, f1, specificity = measured(pairs.named)
    assert area >= 0.91
    assert f1 >= 0.85
    assert specificity >= 0.89


def test_historical_persons_are_told_apart_as_well_as_before() -> None:
    area, f1, specificity = measured(lambda: pairs.historical(300))
    assert area >= 0.94
    assert f1 >= 0.80
    assert specificity >= 0.95


def test_analysts_pairs_are_told_apart_as_well_as_before() -> None:
    area, f1, specificity = measured(pairs.analysed)
    assert area >= 0.96
    assert f1 >= 0.985
    assert specificity >= 0.85
