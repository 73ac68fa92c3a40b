"""Measures on labelled pairs: does a side score matches above others, and show the right ones."""

from collections.abc import Callable

from bench.screening import pairs
from bench.screening.disputes import disputed
from bench.screening.figures import Figure, Measured, auc, best_f1, outcome
from bench.screening.pairs import Labelled
from bench.screening.sides import Scored, Side


def labelled(side: Side, source: Callable[[], list[Labelled]]) -> Measured:
    """AUC, and F1, precision, recall and specificity of what the side shows."""
    cases = source()
    scored = side.compare([(case.left, case.right) for case in cases])
    labels = [case.match for case in cases]
    scores = [one.score for one in scored]
    found = outcome(labels, [one.shown for one in scored])
    fixed = outcome(labels, [score >= side.threshold for score in scores])
    best, threshold = best_f1(labels, scores)
    sure = [n for n, case in enumerate(cases) if not disputed(case)]
    figures = [
        Figure("AUC", auc(labels, scores)),
        Figure("F1 at a score of 0.50, theirs 0.70", fixed.f1),
        Figure("specificity there", fixed.specificity),
        Figure("F1 of what is shown", found.f1),
        Figure("precision", found.precision),
        Figure("recall", found.recall),
        Figure("specificity", found.specificity),
        Figure("greatest F1 at any threshold", best),
        Figure("that threshold", threshold, more=None),
    ]
    if len(sure) < len(cases):
        without = outcome([labels[n] for n in sure], [scored[n].shown for n in sure])
        what = f"F1 without the {len(cases) - len(sure)} labels that we dispute"
        figures.append(Figure(what, without.f1))
    return Measured(figures, list(_errors(cases, scored)))


def _errors(cases: list[Labelled], scored: list[Scored]) -> list[str]:
    wrong = [
        (one.score, case)
        for one, case in zip(scored, cases, strict=True)
        if one.shown != case.match
    ]
    return [f"{score:.3f} {case.told()}" for score, case in sorted(wrong, key=lambda x: x[0])]


def reliability(side: Side, cases: list[Labelled]) -> list[tuple[float, int, float]]:
    """For each tenth of the score: mean score, pairs, share of matches among them."""
    scored = side.compare([(case.left, case.right) for case in cases])
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one, case in zip(scored, cases, strict=True):
        bins.setdefault(min(9, int(one.score * 10)), []).append((one.score, case.match))
    return [
        (
            sum(score for score, _ in held) / len(held),
            len(held),
            sum(match for _, match in held) / len(held),
        )
        for _, held in sorted(bins.items())
    ]


SOURCES = (
    ("name pairs", pairs.named),
    ("entity checks", pairs.checked),
    ("analysts' pairs", pairs.analysed),
    ("historical persons", pairs.historical),
)
