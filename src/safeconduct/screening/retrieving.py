"""From a person to the names of a list that are worth comparing: enough of them must agree.

It only retrieves; whether a candidate is alike at all is the comparison's business. What it leaves
out, the comparison would not show: less than what a review asks for agrees, and no date of birth
or number could carry it (see `scoring`).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from safeconduct.screening.facts import Facts
from safeconduct.screening.index.lookups import key_of
from safeconduct.screening.index.opened import Index
from safeconduct.screening.index.sections import Array
from safeconduct.screening.neighbouring import Neighbourhood
from safeconduct.screening.prepared import Prepared, counts, joined
from safeconduct.screening.reaching import MOST_OF_BIRTHS, beside_reach, births_reach, name_reach
from safeconduct.screening.scoring import CARRIES, ENOUGH_BITS
from safeconduct.screening.sought import Sought

MOST_CANDIDATES = 32
"""Names of a list that are compared with one name."""

LEAST_SHARE = 0.3
"""The share of the poorer name's information that must agree for the names to be compared."""

WHOLE_SHARE = 0.75
"""The share from which what the poorer name says counts as agreeing whole."""

COMMON = 20_000
"""Names beyond which a part only adds to names that another part has found."""

_SLACK = 0.85
"""What is gained here is reckoned more roughly than what agrees in the end."""


class _Gained(NamedTuple):
    """What names of a list have in common with one that is sought: three arrays, by name.

    `bits` of what may agree, `lost` what their differences cost at least, in log-odds, `parts` of
    ours that may have an answer, `father` whether the father's name is among them.
    """

    names: Array
    bits: Array
    lost: Array
    parts: Array
    father: Array

    def only(self, kept: Array) -> "_Gained":
        """Those of the names for which `kept` is true."""
        return _Gained(*(array[kept] for array in self))


_NONE = np.empty(0, np.uint32)
_NO_BITS = np.empty(0, np.float32)
_NOTHING = _Gained(_NONE, _NO_BITS, _NO_BITS, np.empty(0, np.int16), np.empty(0, np.bool_))


class Retriever:
    """Retrieves from one index; keeps what it has learnt of parts that it met."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._near = Neighbourhood(index)
        self._bits = np.zeros(len(index.name_words), np.float32)
        self._lost = np.zeros(len(index.name_words), np.float32)
        self._parts = np.zeros(len(index.name_words), np.int16)
        self._father = np.zeros(len(index.name_words), np.bool_)
        self._arrays = self._bits, self._lost, self._parts, self._father

    def names(self, prepared: Prepared, sought: Sought, limit: int = MOST_CANDIDATES) -> list[int]:
        """Numbers of the list's names, the most promising first, at most `limit`.

        1. Each name gains, part by part, the information of its best neighbour, rare parts first.
        2. Kept is what could ask for a review, were all that may agree to agree.
        3. First comes what shares the most of what either name holds.
        """
        gained = self._gained(prepared)  # 1
        total = sum(piece.facts.bits for piece in prepared.pieces)
        least = np.minimum(self.index.name_bits[gained.names], total)
        kept = gained.bits >= LEAST_SHARE * least
        gained, least = gained.only(kept), least[kept]
        kept = self._hopeful(prepared, sought, gained, gained.bits >= WHOLE_SHARE * least)  # 2
        gained, least = gained.only(kept), least[kept]
        most = np.maximum(self.index.name_bits[gained.names], total)
        promise = gained.bits / least + 0.5 * gained.bits / most
        found: list[int] = gained.names[np.lexsort((gained.names, -promise))[:limit]].tolist()  # 3
        return found

    def by_numbers(self, numbers: Iterable[str]) -> list[int]:
        """All names of entities of which a paper bears one of these numbers, already bare."""
        names = self.index.name_entity
        found: list[int] = []
        for number in numbers:
            for entity in self.index.numbers[key_of(number)].tolist():
                start, end = np.searchsorted(names, [entity, entity + 1])
                found += range(int(start), int(end))
        return found

    def _gained(self, prepared: Prepared) -> _Gained:
        """Joined parts go first: where they have an answer, each by itself has none beside it."""
        touched: list[Array] = []
        within: dict[int, list[Array]] = {}
        for run in joined(prepared):
            names = self._gain(run.facts, run.counted, touched)
            for number in (run.first, run.first + 1):
                within.setdefault(number, []).append(names)
        pieces = prepared.pieces
        for n in sorted(range(len(pieces)), key=lambda n: (-pieces[n].facts.bits, n)):
            one = pieces[n]
            if one.initial or (touched and not counts(one)):
                continue
            self._gain(one.facts, int(counts(one)), touched, within.get(n, ()))
        if not touched:
            return _NOTHING
        names = np.concatenate(touched)
        names.sort()
        names = names[np.concatenate(([True], names[1:] != names[:-1]))]
        found = _Gained(names, *(array[names] for array in self._arrays))
        for array in self._arrays:
            array[names] = 0
        return found

    def _gain(
        self, facts: Facts, parts: int, touched: list[Array], within: Sequence[Array] = ()
    ) -> Array:
        """Adds what a part is worth to the names that hold a neighbour of it, and gives them.

        Among the names `within` it counts no more than what it is joined to.
        """
        names, worth, lost = self._near.names(facts)
        if names.size > COMMON and touched:
            known = self._parts[names] > 0
            names, worth, lost = names[known], worth[known], lost[known]
        if not names.size:
            return names
        self._bits[names] += worth * np.float32(facts.bits)
        self._lost[names] += lost
        if within:
            self._parts[names[~np.isin(names, np.concatenate(within))]] += parts
        else:
            self._parts[names] += parts
        if facts.stem_keys:
            self._father[names] = True
        touched.append(names)
        return names

    def _hopeful(self, prepared: Prepared, sought: Sought, gained: _Gained, whole: Array) -> Array:
        """Names that could ask for a review: by name alone, or with what stands beside it.

        The terms are those of `scoring`, each as good for the name as it can be. `whole`: nearly
        all that the poorer name says agrees, so that one part may be all that it has.
        """
        names = gained.names
        ours = sum(map(counts, prepared.pieces))
        initials = self.index.name_initials[names] + sum(p.initial for p in prepared.pieces)
        pairs = gained.parts + initials
        # A father's name is found by its stem too, which retrieval does not look at.
        if any(piece.facts.stem_keys for piece in prepared.pieces):
            pairs = pairs + ((self.index.name_fathers[names] > 0) & ~gained.father)
        listed = self.index.name_least[names].astype(np.int16)
        opposed = np.maximum(np.minimum(ours, listed) - pairs, 0)
        agreed, two = gained.bits / _SLACK, pairs >= 2
        alone = name_reach(agreed, gained.lost, opposed, np.maximum(listed - ours, 0), initials)
        beside = beside_reach(sought)
        hopeful: Array = (two | whole & (opposed == 0)) & (alone + beside + MOST_OF_BIRTHS >= 0.0)
        at = np.flatnonzero(hopeful)
        entities = self.index.name_entity[names[at]]
        said = births_reach(sought.births(), self.index, entities) + beside
        # What agrees whole and is too common, or one part alone, is compared to be told so.
        told = whole[at] & (opposed[at] == 0) & (two[at] | (ours == 1))
        shown = two[at] & (agreed[at] >= ENOUGH_BITS) | (said >= CARRIES) | told
        # What agrees whole, and is contradicted beside the name, is compared to be told so, too.
        known = two[at] & whole[at] & (opposed[at] == 0) & (agreed[at] >= ENOUGH_BITS)
        hopeful[at] = shown & (alone[at] + said >= 0.0) | known & (alone[at] >= 0.0)
        return hopeful
