"""`safeconduct dossier batch`: many cases sealed for one recipient, by processes, resumable.

What was sealed is written down in `sealed.jsonl` beside it, a line each with the hashes of case and
output. It says whose dossier is whose, and stays in the house. Taken up again, a case whose file,
choices and output are as they were is not done again. Processes are replaced after some dossiers,
since typst keeps a little of each.
"""

import hashlib
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
from safeconduct.cli.dossier_batch_choices import (
    decided,
    options_of,
    read_choices,
    refuse_shared,
)
from safeconduct.cli.dossier_making import sealed_pdf
from safeconduct.cli.dossier_workers import cores, shared_out
from safeconduct.cli.errors import FileRefused, about, named, told
from safeconduct.cli.opening import SEALED, bytes_of
from safeconduct.cli.seal_keys import KeyFolder, sealer_of
from safeconduct.dossier.profiles.profile import Profile, own_profile, shipped_profile
from safeconduct.dossier.sealing.examining import examine

JOURNAL = "sealed.jsonl"
SCHEMA: Literal["safeconduct/sealing-batch/1"] = "safeconduct/sealing-batch/1"
EACH = 100
"""Dossiers after which a process is replaced."""
OPEN, DONE = "open", "done"
LOST = (
    "a process ended before it was sealed, twice, perhaps for lack of memory; "
    "the same command goes on with it (fewer --jobs need less memory)"
)
_FEW = 2
_MOST_CASE = 16 * 1024 * 1024
_MOST_OUTPUT = 256 * 1024 * 1024
_MOST_PROFILE = 256 * 1024
_DECIDED = ("pseudonym", "answers", "left_out", "other_words")
"""Options that are noted with each case."""


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
    choices: Path | None = None


class Work(NamedTuple):
    """One case, where its dossier goes, and what is to be done. `options`: for this case alone."""

    case: Path
    output: Path
    order: Order
    options: dict[str, Any]


class Begun(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="begun"):
    """The first line: of what the batch is made, as a hash."""

    schema: Literal["safeconduct/sealing-batch/1"] = SCHEMA
    order_sha256: Sha256


class Sealed(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="sealed"):
    """A further line: a case that was sealed. File names are those of case and output.

    `choices_sha256`: what was decided for this case.
    """

    case: str
    case_sha256: Sha256
    choices_sha256: Sha256
    output: str
    output_sha256: Sha256


class Outcome(NamedTuple):
    """What came of one case: its line, or why there is none."""

    case: Path
    sealed: Sealed | None
    refused: str | None


def run_batch(cases: Sequence[Path], folder: Path, order: Order, jobs: int | None) -> int:
    """Seals all cases into a folder. How many were refused; each is named on standard error.

    1. Choices for one case made for several, names that would meet, and keys that do not open or
    were taken back are refused before any work. 2. What is done already stays. 3. The rest is
    shared out; each dossier is written whole, then its line.
    """
    refuse_shared(cases, order.options, order.choices)  # 1
    with sealer_of(KeyFolder(order.keys), order.passphrase):
        pass
    works, unread = _works(cases, folder, order)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    journal = folder / JOURNAL
    done = _taken_up(journal, order)  # 2
    own = KeyFolder(order.keys).organisation().key
    states = [(one, _state(one, done, own)) for one in works]
    left = [one for one, state in states if state == OPEN]
    refusals = [Outcome(one.case, None, why) for one, why in states if why not in (OPEN, DONE)]
    refusals += unread
    if before := len(cases) - len(left) - len(refusals):
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


def _works(cases: Sequence[Path], folder: Path, order: Order) -> tuple[list[Work], list[Outcome]]:
    """What is to be done, and the cases that cannot be read."""
    choices = read_choices(order.choices, cases) if order.choices else {}
    hidden = _profile(order.options["profile"]).identity == "pseudonym"
    taken: dict[str, Path] = {}
    works, unread = [], []
    for case in cases:
        try:
            name = _output_name(case, hidden)
        except SafeconductError as error:
            unread.append(Outcome(case, None, told(error).removeprefix(f"{named(case)}: ")))
            continue
        for key in (name.lower(), f"case {case.name}"):
            if key in taken:
                raise FileRefused(case, f"its dossier would be {name}, as that of {taken[key]}")
            taken[key] = case
        options = options_of(order.options, choices.get(case.name), order.choices or case)
        works.append(Work(case, folder / name, order, options))
    return works, unread


def _output_name(case: Path, hidden: bool) -> str:
    """That of the case; where a pseudonym stands for the person, one that says nothing of it."""
    if not hidden:
        return case.name.removesuffix(SEALED).removesuffix(".yaml").removesuffix(".yml") + ".pdf"
    return f"dossier-{_case_sha256(case)[:12]}.pdf"


def _profile(name: str) -> Profile:
    path = _profile_file(name)
    if path is None:
        return shipped_profile(name)
    with about(path):
        return own_profile(bytes_of(path, _MOST_PROFILE))


def _profile_file(name: str) -> Path | None:
    return Path(name) if name.endswith((".yaml", ".yml")) else None


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
    made_of += [f"{name}={order.options[name]}" for name in sorted({*order.options} - {*_DECIDED})]
    if profile := _profile_file(order.options["profile"]):
        made_of.append(hashlib.sha256(bytes_of(profile, _MOST_PROFILE)).hexdigest())
    made_of += [f"{name}={order.terms[name]}" for name in sorted(order.terms)]
    return hashlib.sha256("\0".join(made_of).encode()).hexdigest()


def _state(work: Work, done: dict[str, Sealed], own: str) -> str:
    """OPEN, DONE, or why nothing is done: no dossier that somebody may have is written over."""
    line = done.get(work.output.name)
    if before := _under_another_name(work, done):
        return f"changed since it was sealed; move {named(before)} away to seal it anew"
    if not work.output.exists():
        return OPEN
    if line is None:
        # Written just before its line would have been; anything else is not ours to replace.
        return OPEN if _is_of(work.output, own) else f"{named(work.output)} is there already"
    if line.output_sha256 != _sha256(work.output):
        return f"{named(work.output)} is not as it was sealed; move it away"
    try:
        now = (_case_sha256(work.case), decided(work.options))
    except SafeconductError as error:
        return told(error).removeprefix(f"{named(work.case)}: ")
    if (line.case_sha256, line.choices_sha256) != now:
        return f"changed since it was sealed; move {named(work.output)} away to seal it anew"
    return DONE


def _under_another_name(work: Work, done: dict[str, Sealed]) -> Path | None:
    """A dossier of the case as it was before: a name that says nothing changes with the case."""
    for line in done.values():
        if line.case == work.case.name and line.output != work.output.name:
            before = work.output.with_name(line.output)
            if before.exists():
                return before
    return None


def _is_of(file: Path, own: str) -> bool:
    try:
        found = examine(bytes_of(file, _MOST_OUTPUT))
    except SafeconductError:
        return False
    manifest = found.disclosed.manifest if found.disclosed else None
    return manifest is not None and manifest.organisation.key == own


def _sealed(left: list[Work], jobs: int | None) -> Iterator[Outcome]:
    workers = min(jobs or cores(), len(left))
    if len(left) <= _FEW or workers == 1:
        yield from map(seal_one, left)
        return
    for work, outcome in shared_out(seal_one, left, workers, EACH):
        yield outcome or Outcome(work.case, None, LOST)


def seal_one(work: Work) -> Outcome:
    """One case, sealed and written whole; what is wrong with it is told, and stops no other."""
    case, output, order, options = work
    try:
        digest, choices = _case_sha256(case), decided(options)
        with sealer_of(KeyFolder(order.keys), order.passphrase) as sealer:
            data = sealed_pdf(
                *(case, order.on, dict(options), order.terms, sealer),
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
        choices_sha256=choices,
        output=output.name,
        output_sha256=hashlib.sha256(data).hexdigest(),
    )
    return Outcome(case, line, None)


def _note(journal: Path, line: Sealed) -> None:
    with journal.open("ab") as stream:
        stream.write(msgspec.json.encode(line) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _case_sha256(case: Path) -> str:
    with about(case):
        return hashlib.sha256(bytes_of(case, _MOST_CASE)).hexdigest()


def _sha256(file: Path) -> str:
    return hashlib.sha256(bytes_of(file, _MOST_OUTPUT)).hexdigest()
