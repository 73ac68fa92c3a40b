"""An index opened: its arrays in place, and what they say of a list, a name, a word."""

from functools import lru_cache
from typing import Any

import msgspec

from safeconduct.screening.entities import Entity
from safeconduct.screening.index.lookups import Keyed, Numbers, Texts
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
        self.entity = lru_cache(maxsize=16_384)(self._entity)

    def _open(self, arrays: dict[str, Array]) -> None:
        self.about: dict[str, Any] = msgspec.json.decode(arrays["about"].tobytes())
        self._entities = Texts(arrays["entities.ends"], arrays["entities.blob"])
        self.name_text = Texts(arrays["names.text.ends"], arrays["names.text.blob"])
        self.name_initials = arrays["names.initials"]
        self.first_year = arrays["entities.first_year"]
        self.last_year = arrays["entities.last_year"]
        self.numbers = _keyed(arrays, "numbers")
        self.name_kind, self.name_entity = arrays["names.kind"], arrays["names.entity"]
        self.name_words = Numbers(arrays["names.words.ends"], arrays["names.words.values"])
        self.bits = arrays["words.bits"]
        self.entry = Texts(arrays["words.entry.ends"], arrays["words.entry.blob"])
        self.fold = Texts(arrays["folds.ends"], arrays["folds.blob"])
        self.bones = Texts(arrays["bones.ends"], arrays["bones.blob"])
        self.fold_bones = arrays["folds.bones"]
        self.fold_words = _keyed(arrays, "folds.words")
        self.near = _keyed(arrays, "near")
        self.groups = _keyed(arrays, "groups")
        self.silent = _keyed(arrays, "silent")
        self.postings = Numbers(arrays["postings.ends"], arrays["postings.values"])
        self.name_bits = arrays["names.bits"]

    def __len__(self) -> int:
        return len(self._entities)

    def _entity(self, number: int) -> Entity:
        return _decode(self._entities.raw(number))


def _keyed(arrays: dict[str, Array], name: str) -> Keyed:
    return Keyed(arrays[f"{name}.keys"], arrays[f"{name}.ends"], arrays[f"{name}.values"])
