"""Entities of a list → the index file. The same entities give the same bytes, in any order.

    entities   each as MessagePack, by identifier and row; names by entity
    names      text, kind and the numbers of its vocabulary entries
    words      the vocabulary: form, script and role of each part that a name holds
    folds      how the words sound; which words sound so; hashes of consonants → folds
    groups     groups of given names → words; pets: → words that are pet names of them
    postings   word → names that hold it

Only what may be a person is indexed; the others are counted, so that nobody takes them for read.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.folding import skeleton
from safeconduct.screening.entities import Entity
from safeconduct.screening.facts import facts, near
from safeconduct.screening.index.lookups import (
    Packed,
    key_of,
    pack_keyed,
    pack_lines,
    pack_texts,
)
from safeconduct.screening.index.naming import Named, Vocabulary, named
from safeconduct.screening.index.sections import Array, packed
from safeconduct.screening.prepared import JOINED

PERSONS = ("Person", "LegalEntity", "Thing")
"""Schemata that may be a person: the two general ones say only that the list does not tell."""

CHUNK = 2_000
"""Persons that are taken apart at a time."""

_encode = msgspec.msgpack.Encoder().encode

Spread = Callable[[Callable[[Sequence[bytes]], Named], Iterable[Sequence[bytes]]], Iterable[Named]]
"""How the persons are shared out: `map`, or what does the same in several processes."""


def build(
    entities: Iterable[Entity], *, about: dict[str, Any] | None = None, spread: Spread = map
) -> bytes:
    """The index of a list.

    1. Entities in one order, whatever the order of rows was.
    2. Each distinct name of each, taken apart.
    3. How each distinct part sounds.
    4. From each part back to the names.
    `about` is kept as it is; it may hold what else a reader needs to know of the list. `spread`
    gives the results in the order of what it is given.
    """
    persons, others = _sorted(entities)  # 1
    chunks = (persons[at : at + CHUNK] for at in range(0, len(persons), CHUNK))
    names, words = _names(spread(named, chunks))  # 2
    packed_persons = pack_texts(persons).under("entities")
    count = len(persons)
    del persons, chunks  # a million of them would not fit twice
    arrays = {**names, **_sounds(words)}  # 3
    ends, values = arrays["names.words.ends"], arrays["names.words.values"]
    arrays["names.bits"] = _bits_of_names(ends, arrays["words.bits"][values])
    arrays |= _postings(ends, values, len(words))  # 4
    counted = {"persons": count, "others": others, **(about or {})}
    arrays["about"] = np.frombuffer(msgspec.json.encode(counted, order="sorted"), np.uint8)
    arrays |= packed_persons
    return packed(arrays)


def _sorted(entities: Iterable[Entity]) -> tuple[list[bytes], int]:
    """The persons encoded, since a million of them as objects would not fit; how many others."""
    keyed, others = [], 0
    for entity in entities:
        if entity.schema in PERSONS:
            keyed.append((entity.id, entity.row, _encode(entity)))
        else:
            others += 1
    keyed.sort()
    return [encoded for _, _, encoded in keyed], others


def _names(chunks: Iterable[Named]) -> tuple[dict[str, Any], list[str]]:
    """What the persons were taken apart to, put together in their order; and all words."""
    words = Vocabulary()
    texts: list[bytes] = []
    columns: dict[str, list[Array]] = {name: [] for name in _COLUMNS}
    values, names = [_NO_NUMBERS], [_NO_NUMBERS]
    papers: list[tuple[int, int]] = []
    persons = 0
    for chunk in chunks:
        texts += chunk.texts
        for name, (attribute, kind) in _COLUMNS.items():
            columns[name].append(np.frombuffer(getattr(chunk, attribute), kind))
        numbers = np.array([words[one] for one in chunk.words], np.uint32)
        values.append(numbers[np.array(chunk.values, np.uint32)] if numbers.size else _NO_NUMBERS)
        of = np.arange(persons, persons + len(chunk.names), dtype=np.uint32)
        names.append(np.repeat(of, np.array(chunk.names, np.int64)))
        papers += [(key_of(paper), persons + number) for number, paper in chunk.papers]
        persons += len(chunk.names)
    arrays = {
        name: np.concatenate([np.empty(0, kind), *columns[name]])
        for name, (_, kind) in _COLUMNS.items()
    }
    arrays["names.words.ends"] = np.cumsum(arrays.pop("sizes"), dtype=np.uint64)
    arrays["names.words.values"] = np.concatenate(values)
    arrays["names.entity"] = np.concatenate(names)
    keys, entities = (np.array([pair[n] for pair in papers], np.uint32) for n in (0, 1))
    arrays |= pack_keyed(keys, entities).under("numbers")
    return arrays | pack_texts(texts).under("names.text"), list(words.numbers)


_NO_NUMBERS: Array = np.empty(0, np.uint32)
_COLUMNS: dict[str, tuple[str, Any]] = {
    "names.kind": ("kinds", np.uint8),
    "names.initials": ("initials", np.uint8),
    "names.least": ("least", np.uint8),
    "names.fathers": ("fathers", np.uint8),
    "sizes": ("sizes", np.uint16),
    "entities.first_year": ("first", np.int16),
    "entities.last_year": ("last", np.int16),
    "entities.born": ("exact", np.uint32),
}
"""Array of the index → the column of Named that it is made of, and its type."""


def _sounds(words: list[str]) -> dict[str, Any]:
    spelled = Vocabulary()
    word_folds, word_groups, word_pets, bits = [], [], [], array("f")
    for entry in words:
        form, script, role, *stems = entry.split("\t")
        known = facts(form, script, role, tuple(stems))
        word_folds.append([spelled[key] for key in known.keys])
        word_groups.append(sorted(known.groups))
        word_pets.append(sorted(known.diminutives))
        bits.append(0.0 if role == JOINED else known.bits)
    # What has no sound is found by its letters alone.
    silent = [
        ([key_of(entry.split("\t")[0])] if not folds else [])
        for entry, folds in zip(words, word_folds, strict=True)
    ]
    bones = Vocabulary()
    fold_bones = [bones[skeleton(fold)] for fold in spelled.numbers]
    unvowelled = [fold.startswith(UNVOWELLED) for fold in spelled.numbers]
    near_keys, near_folds = array("I"), array("I")
    for fold, number in spelled.numbers.items():
        hashes = near(fold)
        near_keys.extend(hashes)
        near_folds.extend([number] * len(hashes))
    return {
        "words.bits": np.array(bits, np.float32),
        **pack_texts(entry.encode("utf-8", "replace") for entry in words).under("words.entry"),
        "folds.text": pack_lines(spelled.numbers),
        "folds.unvowelled": np.array(unvowelled, np.bool_),
        "bones.text": pack_lines(f"={bone}" for bone in bones.numbers),
        "folds.bones": np.array(fold_bones, np.uint32),
        **_turned(word_folds).under("folds.words"),
        **pack_keyed(np.array(near_keys, np.uint32), np.array(near_folds, np.uint32)).under("near"),
        **_turned(word_groups).under("groups"),
        **_turned(word_pets).under("pets"),
        **_turned(silent).under("silent"),
    }


def _turned(lists: list[list[int]]) -> Packed:
    """From "number → values" to "value → numbers", looked up by value."""
    keys, values = array("I"), array("I")
    for number, found in enumerate(lists):
        keys.extend(found)
        values.extend([number] * len(found))
    return pack_keyed(np.array(keys, np.uint32), np.array(values, np.uint32))


def _postings(ends: Any, values: Any, words: int) -> dict[str, Any]:
    """From each word to the names that hold it, each name once."""
    counts = np.diff(ends, prepend=np.uint64(0)).astype(np.int64)
    names = np.repeat(np.arange(counts.size, dtype=np.uint64), counts)
    pairs = np.unique(values.astype(np.uint64) << np.uint64(32) | names)
    which = (pairs >> np.uint64(32)).astype(np.int64)
    per_word = np.bincount(which, minlength=words)
    return {
        "postings.ends": np.cumsum(per_word).astype(np.uint64),
        "postings.values": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
    }


def _bits_of_names(ends: Any, bits: Any) -> Any:
    """The information in all words of each name; a name has at least one."""
    if not ends.size:
        return np.empty(0, np.float32)
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    return np.add.reduceat(bits, starts).astype(np.float32)
