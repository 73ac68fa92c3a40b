"""Which words of a list may be a part that is sought, how alike, and which names hold them.

Found by consonants that are near, and weighed cheaply by letters and consonants.
"""

from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.screening.facts import Facts
from safeconduct.screening.index.lookups import key_of
from safeconduct.screening.index.opened import Index
from safeconduct.screening.index.sections import Array
from safeconduct.screening.prepared import JOINED
from safeconduct.screening.reaching import lost_at_least

MOST_WEIGHED = 64
"""Spellings of a list that are taken for one part at most."""

LEAST_HOPE, LEAST_HOPE_JOINED = 1.15, 1.5
"""Likeness of letters plus likeness of consonants, each up to 1, from which one is taken."""

_SAME_NAME, _PET_NAME = 0.95, 0.8
"""How alike the forms of one name count here, whatever they sound like; and pet names."""

MOST_KEPT = 4_000_000
"""Names that are kept in all for parts that were met before: some 50 MB."""


class Holders(NamedTuple):
    """Names that hold a word like the part that was sought, each once, and how alike it is.

    `degrees` from 0 to 1; `lost` what so little likeness costs at least, in log-odds.
    """

    names: Array
    degrees: Array
    lost: Array


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
            known = self._known[key] = self._holders(*self.words(facts))
            self._kept += known.names.size + 16
            while self._kept > MOST_KEPT and len(self._known) > 1:
                self._kept -= self._known.popitem(last=False)[1].names.size + 16
        return known

    def words(self, facts: Facts) -> tuple[Array, Array]:
        """The words that may be a part, and how alike they are; a word may stand twice."""
        folds, hope = self._sounding(facts)
        words, sizes = self._index.fold_words.gathered(folds)
        every, degrees = [words], [np.repeat(hope, sizes)]
        if not facts.keys:
            silent = [
                word
                for word in self._index.silent[key_of(facts.form)].tolist()
                if self._index.entry[word].split("\t")[0] == facts.form
            ]
            every.append(np.array(silent, np.uint32))
            degrees.append(np.ones(len(silent), np.float32))
        named = (
            (self._index.groups, facts.groups, _SAME_NAME),
            (self._index.groups, facts.diminutives, _PET_NAME),
            (self._index.pets, facts.groups, _PET_NAME),
        )
        for lookup, groups, degree in named:
            if groups:
                found, _ = lookup.gathered(np.array(sorted(groups), np.uint32))
                every.append(found)
                degrees.append(np.full(found.size, degree, np.float32))
        return np.concatenate(every), np.concatenate(degrees)

    def _holders(self, words: Array, degrees: Array) -> Holders:
        """From words to the names that hold them, each with its best word."""
        names, sizes = self._index.postings.gathered(words)
        degrees = np.repeat(degrees, sizes)
        # In falling order of degree within a name, so that the best one stands first.
        order = np.lexsort((-degrees, names))
        names, degrees = names[order], degrees[order]
        if names.size:
            first = np.concatenate(([True], names[1:] != names[:-1]))
            names, degrees = names[first], degrees[first]
        return Holders(names, degrees, lost_at_least(degrees))

    def _sounding(self, facts: Facts) -> tuple[Array, Array]:
        """Folds of the list that may sound alike, and roughly how much, from 0 to 1.

        Those whose consonants are near by an edit, weighed by letters and consonants: rougher than
        `names.likeness` and far cheaper. Whether they are alike is for the comparison to say.
        """
        folds = self._index.near.union(facts.nearby)
        if not folds.size:
            return folds, np.empty(0, np.float32)
        best = self._hope(facts, folds)
        least = LEAST_HOPE_JOINED if facts.role == JOINED else LEAST_HOPE
        kept = np.flatnonzero(best >= least)
        order = kept[np.argsort(-best[kept], kind="stable")[:MOST_WEIGHED]]
        return folds[order], best[order] / 2

    def _hope(self, facts: Facts, folds: Array) -> Array:
        """Likeness by letters plus likeness by consonants, of the best key, by fold: 0 to 2."""
        texts = self._index.folds[folds].tolist()
        letters = cdist(facts.keys, texts, scorer=OSA.normalized_similarity, dtype=np.float32)
        bones = self._index.bones[self._index.fold_bones[folds]].tolist()
        consonants = cdist(facts.bones, bones, scorer=OSA.normalized_similarity, dtype=np.float32)
        # Where a side leaves its vowels unwritten, the consonants are all that there is.
        bare = self._index.unvowelled[folds]
        ours_bare = [key.startswith(UNVOWELLED) for key in facts.keys]
        if any(ours_bare) or bare.any():
            bare = bare | np.array(ours_bare)[:, None]
            letters = np.where(bare, np.maximum(letters, consonants - 0.1), letters)
        best: Array = (consonants + letters).max(axis=0)
        return best
