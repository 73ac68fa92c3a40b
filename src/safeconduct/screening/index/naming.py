"""Some persons of a list taken apart: each distinct name, its parts, and what stands beside it.

It knows nothing of the rest of the list, so that several processes can share the work.
"""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from safeconduct.casefile.people import NameParts
from safeconduct.screening.births import Birth
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.evidence import LEAST_NUMBER, bare, births_listed
from safeconduct.screening.facts import Facts
from safeconduct.screening.prepared import JOINED, Prepared, joined, least_parts, prepare

_decode = msgspec.msgpack.Decoder(Entity).decode


class Vocabulary:
    """Texts numbered in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


class Named(NamedTuple):
    """By name: text, kind, initials, parts at least, whether with a father's name, how many words.

    `words` are the distinct parts and `values` their numbers, one name after the other. By person:
    how many `names`, first and last year of birth, and the day (see `building`). `papers` holds
    pairs of the person's number among these and a paper's.
    """

    texts: list[bytes]
    kinds: bytes
    initials: bytes
    least: bytes
    fathers: bytes
    sizes: "array[int]"
    words: list[str]
    values: "array[int]"
    names: "array[int]"
    first: "array[int]"
    last: "array[int]"
    exact: "array[int]"
    papers: list[tuple[int, str]]


def named(persons: Sequence[bytes]) -> Named:
    """Persons as MessagePack, taken apart."""
    words = Vocabulary()
    made = Named(
        *([], b"", b"", b"", b"", array("H"), [], array("I")),
        *(array("H"), array("h"), array("h"), array("I"), []),
    )
    marks: list[tuple[int, int, int, int]] = []
    for number, encoded in enumerate(persons):
        entity = _decode(encoded)
        found = distinct_names(entity)
        made.names.append(len(found))
        for prepared, kind in found:
            runs = joined(prepared)
            made.texts.append(written(prepared).encode("utf-8", "replace"))
            initials = sum(piece.initial for piece in prepared.pieces)
            father = any(piece.facts.stem_keys for piece in prepared.pieces)
            marks.append((kind, initials, least_parts(prepared, runs), father))
            made.values.extend(words[_entry(p.facts, p.role)] for p in prepared.pieces)
            made.values.extend(words[_entry(run.facts, JOINED)] for run in runs)
            made.sizes.append(len(prepared.pieces) + len(runs))
        _beside(number, entity, made)
    columns = map(bytes, zip(*marks, strict=True)) if marks else (b"",) * 4
    kinds, starts, least, fathers = columns
    return made._replace(
        words=list(words.numbers), kinds=kinds, initials=starts, least=least, fathers=fathers
    )


def _beside(number: int, entity: Entity, made: Named) -> None:
    born = births_listed(entity)
    made.first.append(min((one.first for one in born), default=0))
    made.last.append(max((one.last for one in born), default=0))
    made.exact.append(_exact(born))
    papers = dict.fromkeys(bare(one.number) for one in entity.documents)
    made.papers.extend((number, paper) for paper in papers if len(paper) >= LEAST_NUMBER)


def _exact(born: tuple[Birth, ...]) -> int:
    """The only date of birth: year * 10,000 + month * 100 + day; 0 for several or a vague one."""
    if len(born) != 1 or not born[0].whole or born[0].circa:
        return 0
    return born[0].first * 10_000 + (born[0].month or 0) * 100 + (born[0].day or 0)


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
