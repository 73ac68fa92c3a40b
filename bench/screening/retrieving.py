"""Measures on whole lists: is the right person retrieved, shown, and the first."""

from bench.screening.crossing import Corpus
from bench.screening.figures import Figure, Measured, share
from bench.screening.sides import Answer, Side


def crossed(side: Side, corpus: Corpus) -> Measured:
    """Recall of what is shown, of the first place and of retrieval; and how much else is shown."""
    answers = side.screen(corpus.listed, [query.record for query in corpus.queries])
    both = list(zip(corpus.queries, answers, strict=True))
    names = {one.id: one.values("name") for one in corpus.listed}
    shown = sum(any(hit.id == q.seeks for hit in a.shown()) for q, a in both)
    others = sum(sum(hit.id != q.seeks for hit in a.shown()) for q, a in both)
    figures = [
        Figure("recall", share(shown, len(both))),
        Figure("first", share(sum(_first(a, q.seeks) for q, a in both), len(both))),
        Figure("retrieved", share(sum(q.seeks in a.retrieved for q, a in both), len(both))),
        Figure("others shown a query", share(others, len(both)), "count", more=False),
    ]
    errors = [
        f"{_score(a, q.seeks):.3f} {q.record.values('name')[0]}  |  {' / '.join(names[q.seeks])}"
        for q, a in both
        if not any(hit.id == q.seeks for hit in a.shown())
    ]
    return Measured(figures, sorted(errors))


def _first(answer: Answer, seeks: str) -> bool:
    """Whether nobody scores higher than the person sought, and nobody else as high."""
    own = _score(answer, seeks)
    return own > 0 and all(hit.score < own for hit in answer.hits if hit.id != seeks)


def _score(answer: Answer, seeks: str) -> float:
    return max((hit.score for hit in answer.hits if hit.id == seeks), default=0.0)
