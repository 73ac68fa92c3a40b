"""`safeconduct control fix`: hashes into the case, expected answers into a file of one's own."""

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from safeconduct.casefile import editing
from safeconduct.casefile.commitments import (
    ANSWERS_SCHEMA,
    ExpectedAnswer,
    ExpectedAnswers,
    commitment,
)
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import next_id
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import shown
from safeconduct.checks.control_packs import PackQuestion
from safeconduct.checks.kinds import load_control_pack
from safeconduct.cli.errors import FileRefused, about, named
from safeconduct.cli.opening import open_file, write_beside, written_back
from safeconduct.vault.salting import new_salt


class NoSuchControl(SafeconductError):
    """A pack has no such question, or not in that language."""


def fix(
    path: Path,
    pack: str,
    rows: tuple[str, ...],
    *,
    claims: tuple[str, ...],
    answers: Path,
    by: str,
    on: date,
    language: str,
    references: Path | None,
    **opening: Any,
) -> None:
    """Fixes answers. The case keeps all else byte for byte.

    1. The questions of the pack. 2. A salt and a hash for each. 3. The answers go first into
    their new file, so that no hash is left without the answer that opens it; then the case.
    """
    address, questions = load_control_pack(references, pack)
    chosen = [_question(questions, row, language) for row in dict.fromkeys(rows)]  # 1
    file = open_file(path, **opening)
    with about(path):
        read = read_case(file.data)
    target = _new(answers, sealed=file.sealed is not None)
    text, expected = read.text, []
    taken = [one.id for one in read.case.controls]
    for one in chosen:  # 2
        name = next_id("w", taken)
        taken.append(name)
        fixed = _fixed(one, name, read.case.id, one.question[language])
        expected.append(fixed)
        new: dict[str, Any] = {
            "id": name,
            "claims": list(claims),
            "topic": one.topic.value,
            "question": fixed.question,
            "language": language,
            "commitment": fixed.commitment,
            "fixed_on": on.isoformat(),
            "fixed_by": by,
            "pack": address,
            "row": one.id,
        }
        text = editing.append_item(text, ("controls",), new)
    data = editing.bytes_like(file.data, text)
    with about(path):
        read_case(data)
    content = ExpectedAnswers(schema=ANSWERS_SCHEMA, case=read.case.id, answers=tuple(expected))
    write_beside(file, target, msgspec.json.format(msgspec.json.encode(content)) + b"\n")  # 3
    written_back(file, data)
    for fixed in expected:
        click.echo(f"{fixed.id}  {fixed.commitment}  {fixed.question}")
    click.echo(f"{named(path)}: {len(expected)} fixed; answers in {named(target)}", err=True)


def _question(questions: tuple[PackQuestion, ...], row: str, language: str) -> PackQuestion:
    for one in questions:
        if one.id == row:
            if language in one.question:
                return one
            known = ", ".join(sorted(one.question))
            raise NoSuchControl(f"{row} is not worded in `{shown(language)}`; accepted: {known}")
    known = ", ".join(one.id for one in questions)
    raise NoSuchControl(f"the pack has no question `{shown(row)}`; accepted: {known}")


def _fixed(one: PackQuestion, name: str, case: str, question: str) -> ExpectedAnswer:
    salt = new_salt()
    sealed = commitment(
        salt=salt,
        case=case,
        name=name,
        topic=one.topic,
        question=question,
        expected=one.expected,
    )
    return ExpectedAnswer(
        id=name,
        topic=one.topic,
        question=question,
        expected=one.expected,
        salt=salt,
        commitment=sealed,
    )


def _new(path: Path, *, sealed: bool) -> Path:
    """The file for the answers; one that is there would lose the answers in it."""
    target = path.with_name(path.name + ".age") if sealed and path.suffix != ".age" else path
    if target.exists():
        raise FileRefused(target, "it is there already; accepted: a new file for these answers")
    return target
