"""Do the parts of a case file refer to each other rightly? Identifiers, relations, fixed texts.

It looks at the file as a document: a name without a bearer, a claim before itself, a transcript
that was altered. Whether what is told can be true is for the checks.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from safeconduct.casefile.account import Bearing, Claim, Relation, RelationKind, Telling
from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Note, ServicePeriod
from safeconduct.casefile.circles import circles
from safeconduct.casefile.documents import Document
from safeconduct.casefile.durations import parse_duration
from safeconduct.casefile.evidence import EvidenceItem, SearchEntry, Source
from safeconduct.casefile.ids import PREFIXES
from safeconduct.casefile.judgements import Judgement
from safeconduct.casefile.legible import illegible
from safeconduct.casefile.people import Name, Person
from safeconduct.casefile.proofs import ControlQuestion, Identifier, RegisterEntry
from safeconduct.casefile.typed import Path, TypedReader
from safeconduct.casefile.weighing import Expectation, Explanation
from safeconduct.casefile.when import Conventions, When, read_when
from safeconduct.casefile.yamltree import Mistake, shown

_PERSONS = ("household", "persons")
_MOST_NAMED = 12
_LINES = re.compile(r"lines? (\d+)(?:-(\d+))?")


class Trouble(NamedTuple):
    """A mistake at a path of the file; the reader knows the line and column."""

    path: Path
    found: str
    accepted: str


def incoherences(reader: TypedReader) -> list[Mistake]:
    """Every mistake between the parts that `reader` could read, with line and column."""
    ids = _ids(reader.scalars)
    troubles = [
        *_identifiers(ids),
        *_references(reader.objects, ids),
        *_retellings(reader.objects),
        *_relations(reader.objects, ids),
        *_vague_dates(reader),
        *_tellings(reader.objects),
        *_names(reader.objects),
    ]
    return [
        Mistake(span.line + 1, span.column + 1, trouble.found, trouble.accepted)
        for trouble in troubles
        if (span := _nearest(reader, trouble.path))
    ]


def _nearest(reader: TypedReader, path: Path) -> Any:
    while path not in reader.spans:
        path = path[:-1]
    return reader.spans[path]


def _list_of(path: Path) -> str:
    """Which kind of thing an identifier at this path names: claims, documents, persons …"""
    holder = str(path[-3]) if len(path) >= 3 else str(path[0])
    return "persons" if holder in _PERSONS or holder == "applicant" else holder


def _ids(scalars: Mapping[Path, str]) -> dict[Path, str]:
    """Identifiers as they stand in the file, those of unreadable parts too."""
    return {path: value for path, value in scalars.items() if path[-1] == "id" and len(path) > 1}


def _identifiers(ids: Mapping[Path, str]) -> Iterator[Trouble]:
    first: dict[str, Path] = {}
    for path, value in ids.items():
        prefix = PREFIXES.get(_list_of(path))
        if value in first:
            yield Trouble(path, f"the identifier `{shown(value)}` again", "each identifier once")
        elif prefix and not value.startswith(prefix):
            yield Trouble(path, f"`{shown(value)}`", f"`{prefix}` and a number, such as {prefix}1")
        first.setdefault(value, path)


def _references(objects: Mapping[Path, Any], ids: Mapping[Path, str]) -> Iterator[Trouble]:
    known: dict[str, set[str]] = {"anything": set(ids.values())}
    for path, value in ids.items():
        known.setdefault(_list_of(path), set()).add(value)
    known["searches and evidence"] = known.get("searches", set()) | known.get("evidence", set())
    # Once for each kind: a long file may have many references that lead nowhere.
    accepted: dict[str, str] = {}
    for path, thing in objects.items():
        for field, target, kind in _pointers(thing):
            if target not in known.get(kind, ()):
                if kind not in accepted:
                    accepted[kind] = _accepted(kind, known.get(kind, set()))
                yield Trouble((*path, *field), f"`{shown(target)}`", accepted[kind])


def _accepted(kind: str, known: set[str]) -> str:
    names = ", ".join(sorted(known, key=_natural)[:_MOST_NAMED]) or "none yet"
    return f"an identifier of {kind} in this file ({names})"


def _natural(identifier: str) -> tuple[str, int]:
    digits = re.sub(r"\D", "", identifier)
    return identifier.rstrip("0123456789"), int(digits[:9] or 0)


def _pointers(thing: Any) -> Iterator[tuple[Path, str, str]]:
    """(field path, identifier, what it must name) for every reference that a part makes."""
    if isinstance(thing, Claim):
        yield from _claim_pointers(thing)
    elif isinstance(thing, Relation):
        yield from _one("claim", thing.claim, "claims")
    elif isinstance(thing, Bearing):
        yield from _one("item", thing.item, "evidence")
    elif isinstance(thing, (Telling, EvidenceItem)):
        yield from _one("source", thing.source, "sources")
    elif isinstance(thing, Source):
        yield from _many("same_origin_as", thing.same_origin_as, "sources")
    elif isinstance(thing, ServicePeriod):
        yield from _many("claims", thing.claims, "claims")
    elif isinstance(thing, SearchEntry | Note | Answer):
        yield from _many("about", thing.about, "anything")
    elif isinstance(thing, Document):
        yield from _one("holder", thing.holder, "persons")
    elif isinstance(thing, Judgement):
        yield from _one("person", thing.person, "persons")
    else:
        yield from _weighing_pointers(thing)


def _claim_pointers(claim: Claim) -> Iterator[tuple[Path, str, str]]:
    yield from _one("told_in", claim.told_in, "tellings")
    yield from _one("retells", claim.retells, "claims")
    yield from _one("person", claim.person, "persons")
    yield from _many("documents", claim.documents, "documents")


def _weighing_pointers(thing: Any) -> Iterator[tuple[Path, str, str]]:
    if isinstance(thing, Expectation):
        yield from _many("looked", thing.looked, "searches and evidence")
    elif isinstance(thing, Explanation):
        yield from _many("about", thing.about, "claims")
        yield from _many("for", thing.for_, "anything")
        yield from _many("against", thing.against, "anything")
    elif isinstance(thing, ControlQuestion | RegisterEntry | Identifier):
        yield from _many("claims", thing.claims, "claims")
        if isinstance(thing, RegisterEntry):
            yield from _many("searches", thing.searches, "searches")
        if isinstance(thing, Identifier):
            yield from _one("evidence", thing.evidence, "evidence")


def _one(field: str, target: str | None, kind: str) -> Iterator[tuple[Path, str, str]]:
    if target is not None:
        yield (field,), target, kind


def _many(field: str, targets: Iterable[str], kind: str) -> Iterator[tuple[Path, str, str]]:
    for i, target in enumerate(targets):
        yield (field, i), target, kind


def _retellings(objects: Mapping[Path, Any]) -> Iterator[Trouble]:
    claims = {path: thing for path, thing in objects.items() if isinstance(thing, Claim)}
    told = {claim.id: claim.told_in for claim in claims.values()}
    for path, claim in claims.items():
        if claim.retells == claim.id:
            yield Trouble((*path, "retells"), "a claim that retells itself", "another claim")
        elif claim.retells and claim.told_in and told.get(claim.retells) == claim.told_in:
            found = f"`{claim.retells}`, which was told in the same telling"
            yield Trouble((*path, "retells"), found, "a claim of another telling")


def _relations(objects: Mapping[Path, Any], ids: Mapping[Path, str]) -> Iterator[Trouble]:
    """Relations by their own place, so that a claim with another mistake hides none of them."""
    before: dict[str, set[str]] = {}
    paths: dict[str, Path] = {}
    for path, relation in objects.items():
        claim = ids.get((*path[:-2], "id")) if isinstance(relation, Relation) else None
        if claim is None:
            continue
        paths.setdefault(claim, path[:-1])
        if relation.claim == claim:
            yield Trouble(path, f"`{shown(claim)}` related to itself", "another claim")
            continue
        yield from _gap(path, relation.least, relation.most)
        if relation.kind is RelationKind.BEFORE:
            before.setdefault(claim, set()).add(relation.claim)
        elif relation.kind is RelationKind.AFTER:
            before.setdefault(relation.claim, set()).add(claim)
    for circle in circles(before):
        named = " before ".join((*circle[:_MOST_NAMED], circle[0]))
        found = f"a circle of {len(circle)} claims: {named}"
        start = next(paths[name] for name in circle if name in paths)
        yield Trouble(start, found, "an order that can hold")


def _gap(where: Path, least: str | None, most: str | None) -> Iterator[Trouble]:
    if least and most and parse_duration(least).least > parse_duration(most).most:
        yield Trouble(where, f"`least: {least}` longer than `most: {most}`", "least ≤ most")


def _vague_dates(reader: TypedReader) -> Iterator[Trouble]:
    conventions = reader.objects.get(("conventions",), Conventions())
    declared = {
        (span.line + 1, span.column + 1)
        for path, span in reader.spans.items()
        if path[:1] == ("conventions",)
    }
    if any((one.line, one.column) in declared for one in reader.mistakes):
        return  # What is declared could not be read, so nobody can say what is missing in it.
    for path, thing in reader.objects.items():
        if isinstance(thing, When) and isinstance(conventions, Conventions):
            missing = read_when(thing, conventions).missing
            if missing:
                found = f"`{shown(thing.edtf)}`, whose width this case does not declare"
                yield Trouble(path, found, f"`conventions: {', '.join(missing)}` in the case")


def _tellings(objects: Mapping[Path, Any]) -> Iterator[Trouble]:
    texts: dict[str, str] = {}
    for path, thing in objects.items():
        if isinstance(thing, Telling) and thing.transcript is not None:
            texts[thing.id] = thing.transcript
            actual = hashlib.sha256(thing.transcript.encode()).hexdigest()
            if thing.transcript_sha256 not in (None, actual):
                found = f"a transcript that is not the one fixed (its SHA-256 is {actual})"
                yield Trouble((*path, "transcript"), found, "the transcript as it was fixed")
    for path, thing in objects.items():
        lines = _LINES.fullmatch(thing.passage or "") if isinstance(thing, Claim) else None
        text = texts.get(thing.told_in or "") if lines else None
        if lines and text is not None:
            last = len(text.splitlines())
            if int(lines[2] or lines[1]) > last:
                found = f"`{thing.passage}` of a transcript of {last} lines"
                yield Trouble((*path, "passage"), found, f"lines 1 to {last}")


def _names(objects: Mapping[Path, Any]) -> Iterator[Trouble]:
    for path, thing in objects.items():
        if isinstance(thing, Name):
            for found in illegible(thing.text):
                accepted = "the name in letters of one script, nothing invisible in it"
                yield Trouble((*path, "text"), found, accepted)
        elif isinstance(thing, Person) and not thing.names:
            yield Trouble(path, "a person without a name", "`names:` with one at least")
