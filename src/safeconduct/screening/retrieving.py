"""From a person to the names of a list that are worth comparing: enough of them must agree.

It only retrieves; whether a candidate is alike at all is the comparison's business. What it leaves
out, the comparison would not show: less than what a review asks for agrees, and no date of birth
or number could carry it (see `scoring`).
"""

from collections.abc import Iterable

import numpy as np

from safeconduct.screening.births import Birth
from safeconduct.screening.facts import Facts
from safeconduct.screening.index.lookups import key_of
from safeconduct.screening.index.opened import Index
from safeconduct.screening.index.sections import Array
from safeconduct.screening.neighbouring import Neighbourhood
from safeconduct.screening.prepared import Prepared, joined
from safeconduct.screening.scoring import ENOUGH_BITS

MOST_CANDIDATES = 32
"""Names of a list that are compared with one name."""

LEAST_SHARE = 0.45
"""The share of the poorer name's information that must agree for the names to be compared."""

COMMON = 20_000
"""Names beyond which a part only adds to names that another part has found."""

_LAST_YEAR = 3000
_SLACK = 0.85
"""What is gained here is reckoned more roughly than what agrees in the end."""


class Retriever:
    """Retrieves from one index; keeps what it has learnt of parts that it met."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._near = Neighbourhood(index)
        self._scores = np.zeros(len(index.name_words), np.float32)
        self._counts = np.zeros(len(index.name_words), np.int16)

    def names(
        self, prepared: Prepared, births: tuple[Birth, ...] = (), limit: int = MOST_CANDIDATES
    ) -> list[int]:
        """Numbers of the list's names, the most promising first, at most `limit`.

        1. Each name gains, part by part, the information of its best neighbour, rare parts first.
        2. Kept is what could ask for a review: by the name alone, or carried by a date of birth.
        3. First comes what shares the most of what either name holds.
        """
        pieces = sorted(prepared.pieces, key=lambda p: (-p.facts.bits, p.facts.form))
        touched: list[Array] = []
        for piece in pieces:  # 1
            if not (piece.initial or (piece.particle and touched)):
                self._gain(piece.facts, touched)
        for one in joined(prepared):
            self._gain(one, touched)
        if not touched:
            return []
        every = np.concatenate(touched)
        gained, counts = self._scores[every], self._counts[every]
        total = sum(p.facts.bits for p in pieces)
        initials = sum(p.initial for p in pieces)
        kept = self._enough(every, gained, counts + initials)  # 2
        if births:
            kept |= self._carried(every, births)
        least = np.minimum(self.index.name_bits[every], total)
        kept &= gained >= LEAST_SHARE * least
        self._scores[every], self._counts[every] = 0.0, 0
        at = np.flatnonzero(kept)
        found, first = np.unique(every[at], return_index=True)  # 3
        at = at[first]
        most = np.maximum(self.index.name_bits[found], total)
        promise = gained[at] / least[at] + 0.5 * gained[at] / most
        return [int(n) for n in found[np.lexsort((found, -promise))[:limit]]]

    def by_numbers(self, numbers: Iterable[str]) -> list[int]:
        """All names of entities of which a paper bears one of these numbers, already bare."""
        names = self.index.name_entity
        found: list[int] = []
        for number in numbers:
            for entity in self.index.numbers[key_of(number)].tolist():
                start, end = np.searchsorted(names, [entity, entity + 1])
                found += range(int(start), int(end))
        return found

    def _gain(self, facts: Facts, touched: list[Array]) -> None:
        """Adds what a part is worth to the names that hold a neighbour of it."""
        near = self._near.names(facts)
        names, worth = near.names, near.degrees
        if names.size > COMMON and touched:
            known = self._counts[names] > 0
            names, worth = names[known], worth[known]
        if names.size:
            self._scores[names] += worth * np.float32(facts.bits)
            self._counts[names] += 1
            touched.append(names)

    def _enough(self, names: Array, gained: Array, counts: Array) -> Array:
        """Names of which enough agrees to be shown by name alone."""
        parts = counts + self.index.name_initials[names]
        enough: Array = (gained >= _SLACK * ENOUGH_BITS) & (parts >= 2)
        return enough

    def _carried(self, names: Array, births: tuple[Birth, ...]) -> Array:
        """Names of entities whose year of birth may be meant, a slip of one digit included."""
        fits = np.zeros(_LAST_YEAR + 2, np.int32)
        for one in births:
            for year in _years(one):
                fits[min(year, _LAST_YEAR)] = 1
        below = np.concatenate(([0], np.cumsum(fits)))
        entities = self.index.name_entity[names]
        first, last = self.index.first_year[entities], self.index.last_year[entities]
        carried: Array = (below[last + 1] > below[first]) & (first > 0)
        return carried


def _years(birth: Birth) -> set[int]:
    """The years that a date may mean: its own, the next, and those that differ in one digit."""
    years = set(range(max(0, birth.first - 1), min(birth.last + 1, _LAST_YEAR) + 1))
    if birth.first == birth.last:
        for place in (1, 10, 100, 1000):
            rest = birth.first - birth.first // place % 10 * place
            years |= {rest + digit * place for digit in range(10)}
    return {year for year in years if year <= _LAST_YEAR}
