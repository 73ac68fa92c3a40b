"""`safeconduct dossier batch`: many cases sealed for one recipient, by processes, resumable.

What was sealed is written down in `sealed.jsonl` beside it, a line each with the hashes of case and
output. Taken up again, a case whose file and output are as they were is not done again. Each
process is replaced after some dossiers, since typst keeps a little of each.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click
import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.ids import Sha256
from safeconduct.cli.dossier_making import sealed_pdf
from safeconduct.cli.errors import FileRefused, named, told
from safeconduct.cli.opening import SEALED, bytes_of
from safeconduct.cli.seal_keys import KeyFolder, sealer_of
from safeconduct.dossier.sealing.examining import examine

JOURNAL = "sealed.jsonl"
SCHEMA: Literal["safeconduct/sealing-batch/1"] = "safeconduct/sealing-batch/1"
EACH = 100
"""Dossiers after which a process is replaced."""
OPEN, DONE = "open", "done"
_FEW = 2
_MOST_CASE = 16 * 1024 * 1024
_MOST_OUTPUT = 256 * 1024 * 1024


class Order(NamedTuple):
    """What is to be done with every case of a batch."""

    on: date
    options: dict[str, Any]
    terms: dict[str, Any]
    consent: str
    warned: bool
    keys: Path
    passphrase: str
    time_stamps: str | None


class Work(NamedTuple):
    """One case, where its dossier goes, and what is to be done."""

    case: Path
    output: Path
    order: Order


class Begun(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="begun"):
    """The first line: of what the batch is made, as a hash."""

    schema: Literal["safeconduct/sealing-batch/1"] = SCHEMA
    order_sha256: Sha256


class Sealed(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="sealed"):
    """A further line: a case that was sealed. File names are those of case and output."""

    case: str
    case_sha256: Sha256
    output: str
    output_sha256: Sha256


class Outcome(NamedTuple):
    """What came of one case: its line, or why there is none."""

    case: Path
    sealed: Sealed | None
    refused: str | None


def run_batch(cases: Sequence[Path], folder: Path, order: Order, jobs: int | None) -> int:
    """Seals all cases into a folder. How many were refused; each is named on standard error.

    1. Names that would meet are refused before any work. 2. What is done already stays. 3. The
    rest is shared out; each dossier is written whole, then its line.
    """
    works = _works(cases, folder, order)  # 1
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    journal = folder / JOURNAL
    done = _taken_up(journal, order)  # 2
    own = KeyFolder(order.keys).organisation().key
    states = [(one, _state(one, done, own)) for one in works]
    left = [one for one, state in states if state == OPEN]
    refusals = [Outcome(one.case, None, why) for one, why in states if why not in (OPEN, DONE)]
    if before := len(works) - len(left) - len(refusals):
        click.echo(f"{named(folder)}: {before:,} sealed already", err=True)
    refused = 0
    coming = chain(refusals, _sealed(left, jobs))
    for number, outcome in enumerate(coming, start=1 - len(refusals)):  # 3
        if outcome.sealed is None:
            refused += 1
            click.echo(f"{named(outcome.case)}: {outcome.refused}", err=True)
        else:
            _note(journal, outcome.sealed)
        if number > 0 and (number % 10 == 0 or number == len(left)):
            click.echo(f"{number:,} of {len(left):,}", err=True)
    return refused


def _works(cases: Sequence[Path], folder: Path, order: Order) -> list[Work]:
    taken: dict[str, Path] = {}
    works = []
    for case in cases:
        name = case.name.removesuffix(SEALED).removesuffix(".yaml").removesuffix(".yml") + ".pdf"
        if name.lower() in taken:
            raise FileRefused(
                case, f"its dossier would be {name}, as that of {taken[name.lower()]}"
            )
        taken[name.lower()] = case
        works.append(Work(case, folder / name, order))
    return works


def _taken_up(journal: Path, order: Order) -> dict[str, Sealed]:
    """The lines that stand, by output. A last line that is torn is cut off."""
    begun = Begun(order_sha256=_order_sha256(order))
    if not journal.exists():
        write_atomically(journal, msgspec.json.encode(begun) + b"\n")
        return {}
    data = bytes_of(journal, _MOST_OUTPUT)
    whole = data[: data.rfind(b"\n") + 1]
    try:
        first, *lines = whole.splitlines()
        if msgspec.json.decode(first, type=Begun) != begun:
            accepted = "accepted: the same one, or another folder"
            raise FileRefused(journal, f"begun with other keys, terms or options; {accepted}")
        found = [msgspec.json.decode(one, type=Sealed) for one in lines]
    except (msgspec.DecodeError, ValueError) as error:
        raise FileRefused(journal, f"not as it was written ({error})") from error
    if len(whole) < len(data):
        write_atomically(journal, whole)
    return {one.output: one for one in found}


def _order_sha256(order: Order) -> str:
    """Over all that makes a difference to the dossiers; the passphrase is no part of it."""
    key = KeyFolder(order.keys).organisation().key
    made_of = [str(one) for one in (order.on, order.consent, order.warned, order.time_stamps, key)]
    made_of += [f"{name}={order.options[name]}" for name in sorted(order.options)]
    made_of += [f"{name}={order.terms[name]}" for name in sorted(order.terms)]
    return hashlib.sha256("\0".join(made_of).encode()).hexdigest()


def _state(work: Work, done: dict[str, Sealed], own: str) -> str:
    """OPEN, DONE, or why nothing is done: no dossier that somebody may have is written over."""
    line = done.get(work.output.name)
    if not work.output.exists():
        return OPEN
    if line is None:
        # Written just before its line would have been; anything else is not ours to replace.
        return OPEN if _is_of(work.output, own) else f"{named(work.output)} is there already"
    if line.output_sha256 != _sha256(work.output):
        return f"{named(work.output)} is not as it was sealed; move it away"
    if line.case_sha256 != hashlib.sha256(bytes_of(work.case, _MOST_CASE)).hexdigest():
        return f"changed since it was sealed; move {named(work.output)} away to seal it anew"
    return DONE


def _is_of(file: Path, own: str) -> bool:
    try:
        found = examine(bytes_of(file, _MOST_OUTPUT))
    except SafeconductError:
        return False
    manifest = found.disclosed.manifest if found.disclosed else None
    return manifest is not None and manifest.organisation.key == own


def _sealed(left: list[Work], jobs: int | None) -> Iterator[Outcome]:
    workers = min(jobs or len(os.sched_getaffinity(0)), len(left))
    if len(left) <= _FEW or workers == 1:
        yield from map(seal_one, left)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, maxtasksperchild=EACH) as pool:
        yield from pool.imap_unordered(seal_one, left)


def seal_one(work: Work) -> Outcome:
    """One case, sealed and written whole; what is wrong with it is told, and stops no other."""
    case, output, order = work
    try:
        digest = hashlib.sha256(bytes_of(case, _MOST_CASE)).hexdigest()
        with sealer_of(KeyFolder(order.keys), order.passphrase) as sealer:
            data = sealed_pdf(
                *(case, order.on, dict(order.options), order.terms, sealer),
                consent=order.consent,
                warned=order.warned,
                time_stamps=order.time_stamps,
            )
        write_atomically(output, data)
    except SafeconductError as error:
        return Outcome(case, None, told(error).removeprefix(f"{named(case)}: "))
    line = Sealed(
        case=case.name,
        case_sha256=digest,
        output=output.name,
        output_sha256=hashlib.sha256(data).hexdigest(),
    )
    return Outcome(case, line, None)


def _note(journal: Path, line: Sealed) -> None:
    with journal.open("ab") as stream:
        stream.write(msgspec.json.encode(line) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _sha256(file: Path) -> str:
    return hashlib.sha256(bytes_of(file, _MOST_OUTPUT)).hexdigest()
