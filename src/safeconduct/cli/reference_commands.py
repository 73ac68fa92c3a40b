"""What the commands of `safeconduct reference` do, and how they print it."""

import re
from pathlib import Path

import click
from msgspec.structs import asdict

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown as legible
from safeconduct.checks.kinds import KINDS, default_root
from safeconduct.checks.shipped import shipped_rows, verify_shipped
from safeconduct.cli.errors import MOST_SHOWN, named
from safeconduct.cli.processes import importer
from safeconduct.reference.addresses import Address
from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.errors import NoSuchDataSet, StatementsMissing
from safeconduct.reference.importing import ImportRejected, RowMistake
from safeconduct.reference.listing import (
    ReferenceList,
    ReferenceShow,
    ReferenceVerification,
    Row,
    as_json,
    rows,
)
from safeconduct.reference.verdicts import Verdict

_DAMAGED = 3
_ROWS_REJECTED = 5


class KindUnknown(SafeconductError):
    """No importer reads data of that kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no data of kind {legible(kind)}; accepted: {', '.join(sorted(KINDS))}")
        self.kind = kind


class FileHasBadLines(SafeconductError):
    """A file that was refused, with each of its bad lines on a line of its own."""

    def __init__(self, file: str, error: ImportRejected) -> None:
        lines = (f"{file}:{one.line}: {one.reason}" for one in error.mistakes)
        more = f", {error.more} more mistakes" if error.more else ""
        super().__init__("\n".join((*lines, f"{file}: not added{more}")))


class OptionsMissing(SafeconductError):
    """Statements that have to be given, by the names of their options."""

    def __init__(self, error: StatementsMissing) -> None:
        options = ", ".join(f"--{name} TEXT" for name in error.missing)
        super().__init__(f"not stated in the file; needed: {options}")


class IdentifierTaken(SafeconductError):
    """A shipped data set bears that kind and identifier."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"{kind}/{identifier}: ships with the program; accepted: another --id")


def add(
    kind: str,
    file: Path,
    references: Path | None,
    *,
    said: str = "",
    identifier: str | None,
    title: str | None,
    origin: str | None,
    licence: str | None,
    as_of: str | None,
    completeness: str | None,
) -> None:
    """Adds a file and says under which address it lies; ends with 5 if it left rows out.

    `said` is how whoever adds it called it, where `file` is an archive made of several.
    """
    if kind not in KINDS:
        raise KindUnknown(kind)
    identifier = identifier if identifier is not None else _slug(file)
    if any((row.kind, row.id) == (kind, identifier) for row in shipped_rows()):
        raise IdentifierTaken(kind, identifier)
    try:
        with_what = Catalogue(references or default_root()).add(
            file,
            kind,
            importer(kind),
            id=identifier,
            as_of=as_of,
            title=title,
            origin=origin,
            licence=licence,
            completeness=completeness,
        )
    except StatementsMissing as error:
        raise OptionsMissing(error) from error
    except ImportRejected as error:
        raise FileHasBadLines(legible(said, most=400) or named(file), error) from error
    certificate = with_what.certificate
    what = "there already, nothing changed" if with_what.already_there else "added"
    click.echo(f"{certificate.address}: {what}; {_counted(certificate.rows)}")
    if with_what.rejected:
        _say_rejected(legible(said, most=400) or named(file), with_what.rejected)
        raise SystemExit(_ROWS_REJECTED)


def listed(references: Path | None, *, in_json: bool) -> None:
    """Prints every version, one a line."""
    found = (*shipped_rows(), *rows(_catalogue(references)))
    if in_json:
        click.echo(as_json(ReferenceList(datasets=found)))
        return
    for row in found:
        click.echo(_line(row))


def shown(identifier: str, references: Path | None, *, in_json: bool) -> None:
    """Prints all statements of all versions of one identifier."""
    every = (*shipped_rows(), *rows(_catalogue(references)))
    found = tuple(row for row in every if row.id == identifier)
    if not found:
        raise NoSuchDataSet(legible(identifier))
    if in_json:
        click.echo(as_json(ReferenceShow(datasets=found)))
        return
    click.echo("\n\n".join(_block(row) for row in found))


def verified(references: Path | None, *, in_json: bool) -> None:
    """Prints a verdict for each version; ends with 3 unless all are whole."""
    verdicts = (*verify_shipped(), *_catalogue(references).verify())
    if in_json:
        click.echo(as_json(ReferenceVerification(datasets=verdicts)))
    else:
        for verdict in verdicts:
            click.echo(_verdict(verdict))
    if not all(verdict.whole for verdict in verdicts):
        raise SystemExit(_DAMAGED)


def removed(kind: str, identifier: str, as_of: str, references: Path | None) -> None:
    """Removes one version of the catalogue and says which."""
    address = _catalogue(references).remove(kind, identifier, as_of)
    click.echo(f"{address}: removed")


def _catalogue(references: Path | None) -> Catalogue:
    """The catalogue that was named, which has to be there; or the user's own, which need not."""
    if references is not None:
        return Catalogue(references).required()
    return Catalogue(default_root())


def _slug(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.name.split(".")[0].lower()).strip("-")[:64]


def _say_rejected(file: str, rejected: tuple[RowMistake, ...]) -> None:
    for one in rejected[:MOST_SHOWN]:
        click.echo(f"{file}:{one.line}: {legible(one.reason, most=200)}", err=True)
    more = len(rejected) - MOST_SHOWN
    also = f" ({more:,} of them not named here)" if more > 0 else ""
    click.echo(f"{file}: {_counted(len(rejected))} left out{also}", err=True)


def _counted(number: int | None) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _address(one: Row | Verdict) -> str:
    return str(Address(one.kind, one.id, one.as_of, one.version))


def _line(row: Row) -> str:
    where = "shipped" if row.shipped else "own"
    told = row.problem or f"{_counted(row.rows)}; {row.title}"
    return f"{_address(row)}  {where}  {legible(told, most=200)}"


def _block(row: Row) -> str:
    stated = {
        name.replace("_", " "): legible(str(value), most=2000)
        for name, value in asdict(row).items()
        if value is not None and name not in ("kind", "id", "as_of", "version", "shipped")
    }
    where = "ships with the program" if row.shipped else "own"
    lines = (f"  {name}: {value}" for name, value in stated.items())
    return "\n".join((f"{_address(row)} ({where})", *lines))


def _verdict(verdict: Verdict) -> str:
    if verdict.whole:
        return f"{_address(verdict)}: whole"
    found = legible(verdict.found or "", most=200)
    state = verdict.state.value.replace("-", " ")
    return f"{_address(verdict)}: {state}; {verdict.file}: {found}, expected {verdict.expected}"
