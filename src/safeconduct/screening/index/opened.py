"""An index opened: its arrays in place, and what they say of a list, a name, a word."""

from functools import cached_property, lru_cache
from typing import Any

import msgspec
import numpy as np

from safeconduct.screening.entities import Entity
from safeconduct.screening.index.lookups import Keyed, Numbers, Texts, lines
from safeconduct.screening.index.sections import Array, IndexDamaged, unpacked

_decode = msgspec.msgpack.Decoder(Entity).decode


class Index:
    """One list's index, read in place from bytes or a mapped file. Raises IndexDamaged."""

    def __init__(self, data: memoryview) -> None:
        arrays = unpacked(data)
        try:
            self._open(arrays)
        except KeyError as error:
            raise IndexDamaged(f"no {error}", "all parts of an index") from None
        self.entity = lru_cache(maxsize=4_096)(self._entity)

    def _open(self, arrays: dict[str, Array]) -> None:
        self.about: dict[str, Any] = msgspec.json.decode(arrays["about"].tobytes())
        self._entities = Texts(arrays["entities.ends"], arrays["entities.blob"])
        self.name_text = Texts(arrays["names.text.ends"], arrays["names.text.blob"])
        self.name_initials = arrays["names.initials"]
        self.name_least, self.name_fathers = arrays["names.least"], arrays["names.fathers"]
        self.first_year = arrays["entities.first_year"]
        self.last_year = arrays["entities.last_year"]
        self.born = arrays["entities.born"]
        self.numbers = _keyed(arrays, "numbers")
        self.name_kind, self.name_entity = arrays["names.kind"], arrays["names.entity"]
        self.name_words = Numbers(arrays["names.words.ends"], arrays["names.words.values"])
        self.bits = arrays["words.bits"]
        self.entry = Texts(arrays["words.entry.ends"], arrays["words.entry.blob"])
        self._folds, self._bones = arrays["folds.text"], arrays["bones.text"]
        self.fold_bones, self.unvowelled = arrays["folds.bones"], arrays["folds.unvowelled"]
        self.fold_words = _keyed(arrays, "folds.words")
        self.near = _keyed(arrays, "near")
        self.groups, self.pets = _keyed(arrays, "groups"), _keyed(arrays, "pets")
        self.silent = _keyed(arrays, "silent")
        self.postings = Numbers(arrays["postings.ends"], arrays["postings.values"])
        self.name_bits = arrays["names.bits"]

    @cached_property
    def folds(self) -> Array:
        """How the words sound, all at once: a query looks at hundreds of them."""
        return np.array(lines(self._folds), object)

    @cached_property
    def bones(self) -> Array:
        """The consonants of the folds; each after a sign, since some have none."""
        return np.array([one[1:] for one in lines(self._bones)], object)

    def __len__(self) -> int:
        return len(self._entities)

    def _entity(self, number: int) -> Entity:
        return _decode(self._entities.raw(number))


def _keyed(arrays: dict[str, Array], name: str) -> Keyed:
    return Keyed(arrays[f"{name}.keys"], arrays[f"{name}.ends"], arrays[f"{name}.values"])
