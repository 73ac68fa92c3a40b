"""Which words of a list may be a part that is sought, how alike, and which names hold them.

Found by consonants that are near, and weighed cheaply by letters and consonants.
"""

from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.folding import skeleton
from safeconduct.screening.facts import Facts
from safeconduct.screening.index.lookups import key_of
from safeconduct.screening.index.opened import Index
from safeconduct.screening.index.sections import Array
from safeconduct.screening.prepared import JOINED

MOST_WEIGHED = 64
"""Spellings of a list that are taken for one part at most."""

LEAST_HOPE, LEAST_HOPE_JOINED = 1.15, 1.5
"""Likeness of letters plus likeness of consonants, each up to 1, from which one is taken."""

MOST_KEPT = 6_000_000
"""Names that are kept in all for parts that were met before: some 50 MB."""


class Holders(NamedTuple):
    """Names that hold a word like the part that was sought, each once, and how alike it is."""

    names: Array
    degrees: Array


class Neighbourhood:
    """The words of one index by what they sound like; keeps what it found."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: OrderedDict[tuple[str, str, bool], Holders] = OrderedDict()
        self._kept = 0

    def names(self, facts: Facts) -> Holders:
        """The names that hold a neighbour of a part."""
        key = (facts.form, facts.script, facts.role == JOINED)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._holders(self.words(facts))
            self._kept += known.names.size + 16
            while self._kept > MOST_KEPT and len(self._known) > 1:
                self._kept -= self._known.popitem(last=False)[1].names.size + 16
        return known

    def words(self, facts: Facts) -> dict[int, float]:
        """The words that may be a part, and how alike they are."""
        degrees: dict[int, float] = {}
        for fold, degree in self._sounding(facts):
            for word in self._index.fold_words[fold].tolist():
                if degree > degrees.get(word, 0.0):
                    degrees[word] = degree
        if not facts.keys:
            for word in self._index.silent[key_of(facts.form)].tolist():
                if self._index.entry[word].split("\t")[0] == facts.form:
                    degrees[word] = 1.0
        for group in sorted(facts.groups):
            for word in self._index.groups[group].tolist():
                degrees[word] = max(0.95, degrees.get(word, 0.0))
        return degrees

    def _holders(self, degrees: dict[int, float]) -> Holders:
        """From words to the names that hold them, each with its best word."""
        # In rising order, so that the best degree is the one that stays.
        words = sorted(degrees, key=lambda word: (degrees[word], word))
        lists = [self._index.postings[word] for word in words]
        if not lists:
            return Holders(np.empty(0, np.uint32), np.empty(0, np.float32))
        names = np.concatenate(lists)
        worth = np.repeat(
            np.array([degrees[w] for w in words], np.float32), [one.size for one in lists]
        )
        distinct, last = np.unique(names[::-1], return_index=True)
        return Holders(distinct, worth[::-1][last])

    def _sounding(self, facts: Facts) -> list[tuple[int, float]]:
        """Folds of the list that may sound alike, and roughly how much, from 0 to 1.

        Those whose consonants are near by an edit, weighed by letters and consonants: rougher than
        `names.likeness` and far cheaper. Whether they are alike is for the comparison to say.
        """
        folds = self._index.near.union(tuple(facts.near))
        if not folds.size:
            return []
        texts = [self._index.fold[n] for n in folds.tolist()]
        best = self._hope(facts.keys, folds, texts).max(axis=0)
        least = LEAST_HOPE_JOINED if facts.role == JOINED else LEAST_HOPE
        order = np.argsort(-best, kind="stable")[:MOST_WEIGHED]
        kept = order[best[order] >= least]
        return list(zip(folds[kept].tolist(), (best[kept] / 2).tolist(), strict=True))

    def _hope(self, keys: tuple[str, ...], folds: Array, texts: list[str]) -> Array:
        """Likeness by letters plus likeness by consonants, for each key and each fold: 0 to 2."""
        letters = cdist(keys, texts, scorer=OSA.normalized_similarity, dtype=np.float32)
        numbers, which = np.unique(self._index.fold_bones[folds], return_inverse=True)
        bones = [self._index.bones[n] for n in numbers.tolist()]
        ours = [skeleton(key) for key in keys]
        consonants = cdist(ours, bones, scorer=OSA.normalized_similarity, dtype=np.float32)
        consonants = consonants[:, which]
        # Where a side leaves its vowels unwritten, the consonants are all that there is.
        bare = np.array([text.startswith(UNVOWELLED) for text in texts])
        bare = bare | np.array([[key.startswith(UNVOWELLED)] for key in keys])
        both: Array = consonants + np.where(bare, np.maximum(letters, consonants - 0.1), letters)
        return both
