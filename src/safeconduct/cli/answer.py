"""`safeconduct answer CASE QUESTION`: what was answered, kept in the case file.

Everything else in the file stays byte for byte as it is.
"""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import FileRefused, guarded
from safeconduct.cli.opening import opening_options

if TYPE_CHECKING:
    from safeconduct.casefile.case import Case
    from safeconduct.checks.asking import Question

FILE = click.Path(path_type=Path)
_MOST_BYTES = 1024 * 1024


class NoSuchQuestion(SafeconductError):
    """No finding of this case asks that."""


class AnswerUnclear(SafeconductError):
    """Neither an answer nor a refusal, or both."""


@click.command()
@click.argument("case", type=FILE)
@click.argument("question")
@click.option("--file", "text_file", type=FILE, help="A text file with the answer; `-`: stdin.")
@click.option("--refused", is_flag=True, help="An answer was not wished.")
@click.option("--language", "tongue", metavar="TAG", help="In which language it was given.")
@click.option("--interpreter", metavar="NAME", help="Through whom.")
@click.option("--by", metavar="NAME", help="Who asked.")
@click.option("--on", type=Day(), help="The day of the answer; today where it is not given.")
@click.option(
    "--asked-in", default="en", show_default=True, help="In which language it was put: en, fr, …"
)
@click.option("--references", type=FILE, help="The folder of the reference data.")
@opening_options
@guarded
def answer(case: Path, question: str, on: date | None, **options: Any) -> None:
    """Record in CASE what was answered to QUESTION (q…, as `safeconduct questions` names it).

    Without --file and --refused the answer is asked for. It closes nothing: people decide.
    """
    _record(case, question, day_or_today(on), **options)


def _record(
    path: Path,
    question: str,
    on: date,
    *,
    text_file: Path | None,
    refused: bool,
    tongue: str | None,
    interpreter: str | None,
    by: str | None,
    asked_in: str,
    references: Path | None,
    **opening: Any,
) -> None:
    """1. The question as it is today. 2. The answer. 3. The case file, checked and sealed."""
    from safeconduct.casefile import editing
    from safeconduct.casefile.ids import next_id
    from safeconduct.casefile.reading import read_case
    from safeconduct.cli.errors import about, named
    from safeconduct.cli.opening import open_file, written_back
    from safeconduct.wording.language import sheet_language
    from safeconduct.wording.sentences import say

    words = sheet_language(asked_in)
    if refused and text_file is not None:
        raise AnswerUnclear("--refused and an answer; accepted: one of them")
    file = open_file(path, **opening)
    with about(path):
        read = read_case(file.data)
    asked = _question(read.case, question, on, references)  # 1
    _not_before_it_was_told(read.case, asked, on)
    new: dict[str, Any] = {
        "id": next_id("a", (one.id for one in read.case.answers)),
        "question": asked.id,
        "asked": " ".join(say(asked.message, words).split()),
        "about": list(asked.about),
        "on": on.isoformat(),
    }
    new |= {"refused": True} if refused else {"text": given_words(text_file)}  # 2
    stated = {"language": tongue, "interpreter": interpreter, "by": by}
    new |= {key: value for key, value in stated.items() if value}
    text = editing.append_item(read.text, ("answers",), new)
    written_back(file, editing.bytes_like(file.data, text))  # 3
    what = "refused" if refused else "answered"
    click.echo(f"{named(path)}: {new['id']} added: {asked.id} {what}", err=True)


def _question(case: "Case", name: str, on: date, references: Path | None) -> "Question":
    from safeconduct.casefile.yamltree import shown
    from safeconduct.checks.asking import questions
    from safeconduct.checks.kinds import load_references
    from safeconduct.checks.vetting import vet

    found = questions(case, vet(case, load_references(references), on=on))
    for one in found:
        if one.id == name:
            return one
    known = ", ".join(one.id for one in found) or "none: nothing is asked"
    raise NoSuchQuestion(f"nothing in this case asks `{shown(name)}`; accepted: {known}")


def _not_before_it_was_told(case: "Case", asked: "Question", on: date) -> None:
    """Nobody answers a question about what was not told yet. Raises AnswerUnclear."""
    from safeconduct.casefile.when import read_when

    tellings = {one.id: one for one in case.tellings}
    for claim in case.claims:
        telling = tellings.get(claim.told_in or "")
        if claim.id not in asked.about or telling is None:
            continue
        told = read_when(telling.on, case.conventions).start.earliest
        if told is not None and on < told.date():
            found = f"an answer of {on}, but {claim.id} was told in {telling.id} of {told.date()}"
            raise AnswerUnclear(f"{found}; accepted: that day or a later one")


def given_words(text_file: Path | None) -> str:
    """The words of an answer: from a file, from standard input, or asked for."""
    if text_file is None:
        found = str(click.prompt("The answer, on one line", err=True))
    elif str(text_file) == "-":
        found = sys.stdin.read(_MOST_BYTES + 1)
    else:
        found = _text_of(text_file)
    text = found.strip().replace("\r\n", "\n")
    if not text:
        raise AnswerUnclear("an answer without words; accepted: what was said, or --refused")
    if len(text) > _MOST_BYTES:
        raise AnswerUnclear(f"an answer of more than {_MOST_BYTES:,} characters")
    return text


def _text_of(file: Path) -> str:
    from safeconduct.cli.opening import bytes_of

    try:
        return bytes_of(file, _MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 text (byte {error.start} of the file)"
        raise FileRefused(file, f"{found}; accepted: a text file in UTF-8") from None
