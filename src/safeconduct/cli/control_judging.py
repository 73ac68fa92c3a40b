"""`safeconduct control answer`, `show`, `judge`: what came back, and what a person held of it."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from safeconduct.casefile import editing
from safeconduct.casefile.case import Case
from safeconduct.casefile.commitments import ANSWERS_SCHEMA, ExpectedAnswers, opens
from safeconduct.casefile.editing import Path as Place
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.proofs import Proof, state_of
from safeconduct.casefile.reading import ReadCase, read_case
from safeconduct.casefile.yamltree import shown
from safeconduct.cli.answer import AnswerUnclear, given_words
from safeconduct.cli.errors import FileRefused, about, named
from safeconduct.cli.opening import OpenedFile, bytes_of, open_file, written_back
from safeconduct.dossier.lettering import visible

_MOST_BYTES = 16 * 1024 * 1024
_DAMAGED = 3


class ItemRefused(SafeconductError):
    """An item that is not there, or not at the point that the command is for."""


class _Opened(NamedTuple):
    file: OpenedFile
    read: ReadCase
    item: Proof
    place: Place


def answer(
    path: Path,
    item: str,
    *,
    text_file: Path | None,
    refused: bool,
    tongue: str | None,
    interpreter: str | None,
    by: str | None,
    on: date,
    **opening: Any,
) -> None:
    """Adds `asked`, where it is not there yet, and `answered`."""
    if refused and text_file is not None:
        raise AnswerUnclear("--refused and an answer; accepted: one of them")
    opened = _opened(path, item, opening)
    if opened.item.answered is not None:
        raise ItemRefused(f"{item} has an answer already; `case edit` changes it")
    new: dict[str, Any] = {"on": on.isoformat()}
    new |= {"refused": True} if refused else {"text": given_words(text_file)}
    stated = {"language": tongue, "interpreter": interpreter}
    new |= {key: value for key, value in stated.items() if value}
    text = opened.read.text
    if opened.item.asked is None:
        asked = {"on": on.isoformat(), **({"by": by} if by else {})}
        text = editing.set_value(text, (*opened.place, "asked"), asked)
    text = editing.set_value(text, (*opened.place, "answered"), new)
    _written(opened, text, f"{item} {'refused' if refused else 'answered'}")


def judge(
    path: Path,
    item: str,
    *,
    matched: bool | None,
    by: str,
    reason: str,
    on: date,
    **opening: Any,
) -> None:
    """Adds or replaces `compared`: what a named person holds, and why."""
    if matched is None:
        raise click.UsageError("--matched or --not-matched is needed")
    opened = _opened(path, item, opening)
    answered = opened.item.answered
    if answered is None or answered.refused:
        raise ItemRefused(f"{item}: nothing came back that could be compared")
    result = "matched" if matched else "not-matched"
    new = {"result": result, "by": by, "on": on.isoformat(), "reason": reason}
    text = editing.set_value(opened.read.text, (*opened.place, "compared"), new)
    _written(opened, text, f"{item} {result}")


def show(path: Path, answers: Path, **opening: Any) -> None:
    """Prints each fixed answer with its hash, the question, what was answered, and its state."""
    from safeconduct.cli.opening import open_case

    case = open_case(path, **opening).case
    fixed = _answers(answers, opening)
    if fixed.case != case.id:
        raise FileRefused(answers, f"answers of the case {fixed.case}; accepted: of {case.id}")
    controls = {one.id: one for one in case.controls}
    broken = False
    for one in fixed.answers:
        control = controls.get(one.id)
        holds = control is not None and opens(one, control, case.id)
        broken = broken or not holds
        lines = [
            f"{one.id}: {'the hash holds' if holds else 'THE HASH DOES NOT HOLD'}",
            f"  question: {control.question if control else one.question}",
            f"  fixed:    {one.expected}",
        ]
        if control is not None:
            came = control.answered
            lines += [f"  answered: {came.text or 'not wished'} ({came.on.edtf})"] if came else []
            lines.append(f"  fixed on {control.fixed_on.edtf} by {control.fixed_by}")
            lines.append(f"  state:    {state_of(control).value.replace('-', ' ')}")
        click.echo(visible("\n".join(lines)) + "\n")
    if broken:
        raise SystemExit(_DAMAGED)


def _answers(path: Path, opening: dict[str, Any]) -> ExpectedAnswers:
    from safeconduct.cli import sealing

    data = bytes_of(path, _MOST_BYTES)
    if path.suffix == ".age":
        data, _ = sealing.opened(
            path,
            data,
            identity=opening.get("identity"),
            passphrase_file=opening.get("passphrase_file"),
        )
    try:
        found = msgspec.json.decode(data, type=ExpectedAnswers)
    except msgspec.MsgspecError as error:
        raise FileRefused(path, f"no file of fixed answers: {shown(str(error))}") from error
    if found.schema != ANSWERS_SCHEMA:
        raise FileRefused(path, f"`{shown(found.schema)}`; accepted: {ANSWERS_SCHEMA}")
    return found


def _opened(path: Path, item: str, opening: dict[str, Any]) -> _Opened:
    file = open_file(path, **opening)
    with about(path):
        read = read_case(file.data)
    for one, place in _places(read.case):
        if one.id == item:
            return _Opened(file, read, one, place)
    known = ", ".join(one.id for one, _ in _places(read.case)) or "none yet"
    raise ItemRefused(f"nothing in the case is `{shown(item)}`; accepted: {known}")


def _places(case: Case) -> list[tuple[Proof, Place]]:
    """Everything that has a state, with where it stands in the file."""
    found: list[tuple[Proof, Place]] = []
    found += [(one, ("controls", n)) for n, one in enumerate(case.controls)]
    found += [(one, ("registers", n)) for n, one in enumerate(case.registers)]
    found += [(one, ("identifiers", n)) for n, one in enumerate(case.identifiers)]
    people: list[tuple[Any, Place]] = [(case.applicant, ("applicant",))]
    people += [(one, ("household", n)) for n, one in enumerate(case.household)]
    people += [(one, ("persons", n)) for n, one in enumerate(case.persons)]
    for person, place in people:
        found += [(paper, (*place, "documents", n)) for n, paper in enumerate(person.documents)]
    return found


def _written(opened: _Opened, text: str, what: str) -> None:
    written_back(opened.file, editing.bytes_like(opened.file.data, text))
    click.echo(f"{named(opened.file.path)}: {what}", err=True)
