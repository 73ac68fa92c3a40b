"""Lookups over arrays: texts by number, and numbers by a key or by a text's hash.

A hash says where to look, never that it is the same text: whoever looks compares the text itself,
so that a collision costs a comparison and changes no result.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from safeconduct.screening.index.sections import Array

_NONE = np.empty(0, np.uint32)


class Texts:
    """Texts by number, each decoded when it is asked for."""

    def __init__(self, ends: Array, blob: Array) -> None:
        self._ends, self._blob = ends, blob.data

    def __len__(self) -> int:
        return int(self._ends.size)

    def __getitem__(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return str(self._blob[start : int(self._ends[number])], "utf-8")

    def raw(self, number: int) -> memoryview:
        """The bytes of one, not decoded."""
        start = int(self._ends[number - 1]) if number else 0
        return self._blob[start : int(self._ends[number])]


class Numbers:
    """Lists of numbers by number."""

    def __init__(self, ends: Array, values: Array) -> None:
        self.ends, self.values = ends, values

    def __len__(self) -> int:
        return int(self.ends.size)

    def __getitem__(self, number: int) -> Array:
        start = int(self.ends[number - 1]) if number else 0
        return self.values[start : int(self.ends[number])]

    def gathered(self, numbers: Array) -> tuple[Array, Array]:
        """The lists of many numbers, one after the other, and how long each is."""
        return _gathered(self.ends, self.values, numbers)


def _gathered(ends: Array, values: Array, which: Array) -> tuple[Array, Array]:
    starts = np.where(which > 0, ends[np.maximum(which, 1) - 1], np.uint64(0)).astype(np.int64)
    sizes = ends[which].astype(np.int64) - starts
    before = np.cumsum(sizes) - sizes
    at = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return values[at], sizes


def lines(blob: Array) -> list[str]:
    """All texts that `pack_lines` wrote."""
    return bytes(blob.data).decode("utf-8").split("\n") if blob.size else []


def pack_lines(texts: Iterable[str]) -> Array:
    """Texts that are all read at once; none holds a line break, and none is empty."""
    joined = "\n".join(texts).encode("utf-8", "replace")
    return np.frombuffer(joined, np.uint8)


class Keyed:
    """Lists of numbers by key."""

    def __init__(self, keys: Array, ends: Array, values: Array) -> None:
        self._keys, self._ends, self._values = keys, ends, values

    def __getitem__(self, key: int) -> Array:
        at = int(np.searchsorted(self._keys, np.uint32(key)))
        if at == self._keys.size or self._keys[at] != key:
            return _NONE
        start = int(self._ends[at - 1]) if at else 0
        return self._values[start : int(self._ends[at])]

    def union(self, keys: Sequence[int]) -> Array:
        """The distinct numbers of all keys together, in rising order."""
        values, _ = self.gathered(np.array(keys, np.uint32))
        values.sort()
        return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else _NONE

    def gathered(self, keys: Array) -> tuple[Array, Array]:
        """The lists of many keys, one after the other, and how long each is; unknown ones empty."""
        if not self._keys.size or not keys.size:
            return np.empty(0, np.uint32), np.zeros(keys.size, np.int64)
        at = np.searchsorted(self._keys, keys)
        at[at == self._keys.size] = 0
        there = self._keys[at] == keys
        values, found = _gathered(self._ends, self._values, at[there])
        sizes = np.zeros(keys.size, np.int64)
        sizes[there] = found
        return values, sizes


class Packed(NamedTuple):
    """The arrays of one lookup, to be written under names that begin alike."""

    arrays: dict[str, Array]

    def under(self, name: str) -> dict[str, Array]:
        """The arrays as `name.ends`, `name.values`…"""
        return {f"{name}.{part}": array for part, array in self.arrays.items()}


def key_of(text: str) -> int:
    """The key under which a text is looked up."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def pack_texts(texts: Iterable[bytes]) -> Packed:
    """What Texts reads."""
    kept = list(texts)
    ends = np.cumsum([len(text) for text in kept], dtype=np.uint64)
    return Packed({"ends": ends, "blob": np.frombuffer(b"".join(kept), np.uint8)})


def pack_numbers(lists: Iterable[Sequence[int]]) -> Packed:
    """What Numbers reads."""
    from array import array

    ends, values = array("Q"), array("I")
    for numbers in lists:
        values.extend(numbers)
        ends.append(len(values))
    return Packed({"ends": np.array(ends, np.uint64), "values": np.array(values, np.uint32)})


def pack_keyed(keys: Array, values: Array) -> Packed:
    """What Keyed reads, from pairs of key and value; equal pairs count once."""
    pairs = np.unique(keys.astype(np.uint64) << np.uint64(32) | values.astype(np.uint64))
    every = (pairs >> np.uint64(32)).astype(np.uint32)
    distinct, starts = np.unique(every, return_index=True)
    ends = np.append(starts[1:], every.size)[: distinct.size]
    return Packed(
        {
            "keys": distinct,
            "ends": ends.astype(np.uint64),
            "values": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        }
    )
