"""Entities of a list → the index file. The same entities give the same bytes, in any order.

    entities   each as MessagePack, by identifier and row; names by entity
    names      text, kind and the numbers of its vocabulary entries
    words      the vocabulary: form, script and role of each part that a name holds
    folds      how the words sound; which words sound so; hashes of consonants → folds
    groups     groups of given names → words
    postings   word → names that hold it

Only what may be a person is indexed; the others are counted, so that nobody takes them for read.
"""

from array import array
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np

from safeconduct.casefile.people import NameParts
from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.folding import skeleton
from safeconduct.screening.births import Birth
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.evidence import LEAST_NUMBER, bare, births_listed
from safeconduct.screening.facts import Facts, facts, near
from safeconduct.screening.index.lookups import (
    Packed,
    key_of,
    pack_keyed,
    pack_lines,
    pack_texts,
)
from safeconduct.screening.index.sections import packed
from safeconduct.screening.prepared import JOINED, Prepared, joined, least_parts, prepare

PERSONS = ("Person", "LegalEntity", "Thing")
"""Schemata that may be a person: the two general ones say only that the list does not tell."""

_encode = msgspec.msgpack.Encoder().encode


class _Vocabulary:
    """Texts numbered in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def build(entities: Iterable[Entity], *, about: dict[str, Any] | None = None) -> bytes:
    """The index of a list.

    1. Entities in one order, whatever the order of rows was.
    2. Each distinct name of each, taken apart.
    3. How each distinct part sounds.
    4. From each part back to the names.
    `about` is kept as it is; it may hold what else a reader needs to know of the list.
    """
    persons, others = _sorted(entities)  # 1
    names, words = _names(persons)  # 2
    arrays = {**names, **_sounds(words)}  # 3
    ends, values = arrays["names.words.ends"], arrays["names.words.values"]
    arrays["names.bits"] = _bits_of_names(ends, arrays["words.bits"][values])
    arrays |= _postings(ends, values, len(words))  # 4
    counted = {"persons": len(persons), "others": others, **(about or {})}
    arrays["about"] = np.frombuffer(msgspec.json.encode(counted, order="sorted"), np.uint8)
    arrays |= pack_texts(persons).under("entities")
    arrays |= _beside(persons)
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


def _names(persons: list[bytes]) -> tuple[dict[str, Any], list[str]]:
    decode = msgspec.msgpack.Decoder(Entity).decode
    words = _Vocabulary()
    texts, kinds, initials, entity_of = [], array("B"), array("B"), array("I")
    least, fathers = array("B"), array("B")
    word_ends, word_values = array("Q"), array("I")
    for number, encoded in enumerate(persons):
        for prepared, kind in distinct_names(decode(encoded)):
            texts.append(written(prepared).encode("utf-8", "replace"))
            kinds.append(kind)
            initials.append(sum(piece.initial for piece in prepared.pieces))
            entity_of.append(number)
            runs = joined(prepared)
            least.append(least_parts(prepared, runs))
            fathers.append(any(piece.facts.stem_keys for piece in prepared.pieces))
            word_values.extend(words[_entry(p.facts, p.role)] for p in prepared.pieces)
            word_values.extend(words[_entry(run.facts, JOINED)] for run in runs)
            word_ends.append(len(word_values))
    arrays = {
        "names.kind": np.array(kinds, np.uint8),
        "names.initials": np.array(initials, np.uint8),
        "names.least": np.array(least, np.uint8),
        "names.fathers": np.array(fathers, np.uint8),
        "names.entity": np.array(entity_of, np.uint32),
        "names.words.ends": np.array(word_ends, np.uint64),
        "names.words.values": np.array(word_values, np.uint32),
    }
    return arrays | pack_texts(texts).under("names.text"), list(words.numbers)


def _entry(known: Facts, role: str) -> str:
    return "\t".join((known.form, known.script, role, *known.stems))


def _declared(name: ListedName) -> NameParts | None:
    """The parts that the list itself declares; None where it leaves them open."""
    if not name.declared:
        return None
    return NameParts(given=name.given, patronymic=name.patronymic, family=name.family)


_BETWEEN = "\x1f"


def written(prepared: Prepared) -> str:
    """A name with its declared parts as one text, for `read_back`."""
    said = prepared.declared
    if said is None:
        return prepared.text
    return _BETWEEN.join(
        (prepared.text, said.given or "", said.patronymic or "", said.family or "")
    )


def read_back(text: str) -> Prepared:
    """The name that `written` wrote."""
    if _BETWEEN not in text:
        return prepare(text)
    name, *said = text.rsplit(_BETWEEN, 3)
    given, patronymic, family = (part or None for part in said)
    return prepare(name, NameParts(given=given, patronymic=patronymic, family=family))


WEAK_KINDS = ("weak-alias",)


def distinct_names(entity: Entity) -> list[tuple[Prepared, int]]:
    """The names of an entity that differ by more than case; kind 1 marks a weak alias."""
    seen: dict[tuple[str, ...], int] = {}
    found: list[tuple[Prepared, int]] = []
    for name in entity.names:
        prepared = prepare(name.text, _declared(name))
        key = tuple(f"{piece.facts.form} {piece.role}" for piece in prepared.pieces)
        weak = int(name.kind in WEAK_KINDS)
        if not key:
            continue
        if key in seen:
            at = seen[key]
            found[at] = (found[at][0], min(found[at][1], weak))
            continue
        seen[key] = len(found)
        found.append((prepared, weak))
    return found


def _sounds(words: list[str]) -> dict[str, Any]:
    spelled = _Vocabulary()
    word_folds, word_groups, bits = [], [], array("f")
    for entry in words:
        form, script, role, *stems = entry.split("\t")
        known = facts(form, script, role, tuple(stems))
        word_folds.append([spelled[key] for key in known.keys])
        word_groups.append(sorted(known.groups))
        bits.append(0.0 if role == JOINED else known.bits)
    # What has no sound is found by its letters alone.
    silent = [
        ([key_of(entry.split("\t")[0])] if not folds else [])
        for entry, folds in zip(words, word_folds, strict=True)
    ]
    bones = _Vocabulary()
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


def _beside(persons: list[bytes]) -> dict[str, Any]:
    """By entity: first and last year of birth, and the day; 0 for unknown; by number: entities."""
    decode = msgspec.msgpack.Decoder(Entity).decode
    first, last, exact = array("h"), array("h"), array("I")
    keys, values = array("I"), array("I")
    for number, encoded in enumerate(persons):
        entity = decode(encoded)
        born = births_listed(entity)
        first.append(min((one.first for one in born), default=0))
        last.append(max((one.last for one in born), default=0))
        exact.append(_exact(born))
        for paper in {bare(one.number) for one in entity.documents}:
            if len(paper) >= LEAST_NUMBER:
                keys.append(key_of(paper))
                values.append(number)
    return {
        "entities.first_year": np.array(first, np.int16),
        "entities.last_year": np.array(last, np.int16),
        "entities.born": np.array(exact, np.uint32),
        **pack_keyed(np.array(keys, np.uint32), np.array(values, np.uint32)).under("numbers"),
    }


def _exact(born: tuple[Birth, ...]) -> int:
    """The only date of birth: year * 10,000 + month * 100 + day; 0 for several or a vague one."""
    if len(born) != 1 or not born[0].whole or born[0].circa:
        return 0
    return born[0].first * 10_000 + (born[0].month or 0) * 100 + (born[0].day or 0)
