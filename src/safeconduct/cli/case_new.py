"""New case files, and files that are sealed or unsealed. Nothing here overwrites a file."""

import re
from pathlib import Path

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.template import Essentials, new_case_text
from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.cli import sealing
from safeconduct.cli.errors import FileRefused, named
from safeconduct.cli.opening import SEALED, bytes_of, checked_suffix

# A sealed report with pictures is longer than a case.
_MOST_BYTES = 256 * 1024 * 1024


class AnswerRefused(SafeconductError):
    """Something given for a new case that a case file does not accept."""


def write_new(
    file: Path,
    *,
    plain: bool,
    case_id: str | None,
    names: tuple[str, ...],
    citizenships: tuple[str, ...],
    language: str | None,
    title: str | None,
    organisation: str | None,
    responsible: str | None,
    recipients: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Asks for what is missing, where somebody can be asked, and writes the new file."""
    _refuse_mismatch(file, plain=plain)
    _refuse_existing(file)
    asked = sealing.on_terminal()
    if not asked and (not names or "-" in names):
        raise AnswerRefused("the applicant's name is needed: --name NAME (nobody can be asked)")
    names = tuple(_name(name) for name in names or ("-",))
    stem = _slug(file)
    essentials = Essentials(
        id=case_id or (_asked("Short name of the case", stem) if asked else stem),
        names=names,
        citizenships=citizenships or (_codes() if asked else ()),
        language=language or (_asked("Language of the file", "en") if asked else None),
        title=title,
        organisation=organisation,
        responsible=responsible,
    )
    data = _checked(essentials)
    if not plain:
        data = _chosen(recipients, passphrase_file).seal(data)
    _refuse_existing(file)
    write_atomically(file, data)
    click.echo(f"{named(file)}: written; go on with `safeconduct case edit`", err=True)


def seal_file(file: Path, *, recipients: tuple[str, ...], passphrase_file: Path | None) -> None:
    """Seals a plain file beside itself; it need not be free of mistakes."""
    if file.suffix == SEALED:
        raise FileRefused(file, "sealed already")
    target = file.with_name(file.name + SEALED)
    _refuse_existing(target)
    data = bytes_of(file, _MOST_BYTES)
    sealed = _chosen(recipients, passphrase_file).seal(data)
    write_atomically(target, sealed)
    note = f"sealed; {named(file)} is still there, not encrypted"
    click.echo(f"{named(target)}: {note}", err=True)


def unseal_file(
    file: Path,
    output: Path,
    *,
    plain: bool,
    identity: Path | None,
    passphrase_file: Path | None,
    recipients: tuple[str, ...],
) -> None:
    """Writes the content of any sealed file in plain text, and says that it did."""
    if file.suffix != SEALED:
        raise FileRefused(file, "not sealed; accepted: a name that ends in .age")
    _refuse_existing(output)
    data, _ = sealing.opened(
        file,
        bytes_of(file, _MOST_BYTES),
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    write_atomically(output, data)
    if not plain:
        click.echo(f"{named(output)}: not encrypted, whoever has it can read it", err=True)


def _refuse_mismatch(file: Path, *, plain: bool) -> None:
    if checked_suffix(file) == plain:
        accepted = ".yaml with --plain, .yaml.age without"
        raise FileRefused(file, f"the name does not say what is written; accepted: {accepted}")


def _refuse_existing(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise FileRefused(file, "there already; nothing is overwritten")


def _slug(file: Path) -> str:
    stem = file.name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64] or "case"


def _asked(question: str, default: str) -> str:
    return str(click.prompt(question, default=default, err=True)).strip()


def _name(name: str) -> str:
    if name != "-":
        return name
    return str(click.prompt("The applicant's name, as written", err=True)).strip()


def _codes() -> tuple[str, ...]:
    answer = click.prompt(
        "Citizenships, two letters each (such as RU KZ; empty: not known)",
        default="",
        show_default=False,
        err=True,
    )
    return tuple(re.split(r"[\s,;]+", str(answer).strip().upper())) if answer.strip() else ()


def _checked(essentials: Essentials) -> bytes:
    """The text of the new file, read once as a case, so that no new file has a mistake in it."""
    from safeconduct.casefile.reading import read_case

    try:
        data = new_case_text(essentials).encode()
        read_case(data)
    except FileMistaken as error:
        found = "\n".join(f"{one.found}; accepted: {one.accepted}" for one in error.mistakes)
        raise AnswerRefused(found) from None
    except ValueError as error:
        raise AnswerRefused(f"{error}") from None
    return data


def _chosen(recipients: tuple[str, ...], passphrase_file: Path | None) -> sealing.Sealing:
    """How a new file is sealed: for keys, or with a passphrase that is given, typed or made."""
    if recipients:
        return sealing.Sealing(recipients=recipients)
    passphrase = sealing.known_passphrase(passphrase_file)
    if passphrase is None and sealing.on_terminal():
        passphrase = _typed()
    if passphrase is None:
        from safeconduct.vault.passphrases import generate_passphrase

        passphrase = generate_passphrase()
        click.echo(f"Passphrase, shown this once; without it the file is lost:\n  {passphrase}")
    return sealing.Sealing(passphrase=passphrase)


def _typed() -> str | None:
    """A passphrase typed twice without echo; None if one is to be made."""
    while True:
        first = _hidden("Passphrase (empty: one is made for you)")
        if not first or _hidden("The same again") == first:
            return first or None
        click.echo("they differ", err=True)


def _hidden(question: str) -> str:
    return str(click.prompt(question, hide_input=True, default="", show_default=False, err=True))
