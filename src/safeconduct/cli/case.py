"""`safeconduct case …`: write, check, show, edit, seal and unseal case files."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import guarded
from safeconduct.cli.opening import opening_options

FILE = click.Path(path_type=Path)


@click.group()
def case() -> None:
    """Write, check, show and edit case files.

    A case file is *.yaml.age (sealed with a passphrase or for keys) or plain *.yaml.
    """


@case.command()
@click.argument("file", type=FILE)
@click.option("--plain", is_flag=True, help="Write plain *.yaml, which is not encrypted.")
@click.option("--id", "case_id", metavar="NAME", help="A short name of the case.")
@click.option("--name", "names", multiple=True, help="The applicant's name; `-` asks for it.")
@click.option("--citizenship", "citizenships", multiple=True, metavar="CODE", help="RU, KZ, …")
@click.option("--language", metavar="TAG", help="The language of the file: en, fr, ru, …")
@click.option("--title", help="One line that says which case this is.")
@click.option("--organisation", help="Who keeps the case.")
@click.option("--responsible", help="Who is responsible for it.")
@click.option("--recipient", "recipients", multiple=True, metavar="KEY", help="Seal for age1….")
@click.option("--passphrase-file", type=FILE, help="Its first line is the passphrase.")
@guarded
def new(file: Path, **options: Any) -> None:
    """Open a new case: write FILE with its essentials and an explanation of every section.

    Names given on the command line stay in the shell's history; leave --name away or give `-` to
    be asked. Without --passphrase-file or --recipient you may type a passphrase, or one is made
    and shown once.
    """
    from safeconduct.cli.case_new import write_new

    write_new(file, **options)


@case.command()
@click.argument("file", type=FILE)
@opening_options
@guarded
def check(file: Path, **opening: Any) -> None:
    """Name every mistake in FILE, each with line and column."""
    from safeconduct.cli.opening import open_case

    found = open_case(file, **opening).case
    parts = (
        (len(found.claims), "claim", "claims"),
        (len(found.tellings), "telling", "tellings"),
        (len(found.evidence), "evidence item", "evidence items"),
        (len(found.searches), "search", "searches"),
    )
    counted = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in parts)
    click.echo(f"no mistakes; {counted}")


@case.command()
@guarded
def schema() -> None:
    """Print the JSON Schema of case files, for editors that complete and check."""
    import json

    from safeconduct.casefile.schema import case_schema

    click.echo(json.dumps(case_schema(), indent=2, ensure_ascii=False))


@case.command()
@click.argument("file", type=FILE)
@click.option("--restricted", is_flag=True, help="Show restricted notes as well.")
@opening_options
@guarded
def show(file: Path, restricted: bool, **opening: Any) -> None:
    """Print FILE so that a person can read it."""
    from shutil import get_terminal_size

    from safeconduct.cli.case_show import case_as_text
    from safeconduct.cli.opening import open_case

    found = open_case(file, **opening).case
    width = min(max(get_terminal_size().columns, 40), 100)
    click.echo(case_as_text(found, width=width, restricted=restricted))


@case.command()
@click.argument("file", type=FILE)
@opening_options
@guarded
def edit(file: Path, **opening: Any) -> None:
    """Open FILE in $VISUAL or $EDITOR, check it on saving, and seal it again."""
    from safeconduct.cli.case_edit import edit_file

    edit_file(file, **opening)


@case.command()
@click.argument("file", type=FILE)
@click.argument("person")
@click.argument("list_id", metavar="LIST")
@click.argument("entity")
@click.option(
    "--verdict",
    type=click.Choice(["positive", "negative", "unsure"], case_sensitive=False),
    required=True,
    help="Is the entry this person?",
)
@click.option("--by", required=True, help="Who judges.")
@click.option("--reason", required=True, help="Why.")
@click.option("--on", type=Day(), help="The day of the judgement; today where it is not given.")
@click.option("--references", type=FILE, help="The folder of the reference data.")
@click.option("--language", default="en", show_default=True, help="en, fr or ru.")
@opening_options
@guarded
def judge(
    file: Path, person: str, list_id: str, entity: str, on: date | None, **options: Any
) -> None:
    """Record whether ENTITY of LIST is PERSON (p1, …) of the case FILE, as somebody judged.

    It shows what agrees and what differs. The judgement stands until the entry or what the case
    records of the person changes.
    """
    from safeconduct.cli.screen_judging import judge as judged

    judged(file, person, list_id, entity, on=day_or_today(on), **options)


@case.command()
@click.argument("file", type=FILE)
@click.option("--recipient", "recipients", multiple=True, metavar="KEY", help="Seal for age1….")
@click.option("--passphrase-file", type=FILE, help="Its first line is the passphrase.")
@guarded
def seal(file: Path, **options: Any) -> None:
    """Seal the plain FILE beside it, as FILE.age. The plain file stays: remove it yourself."""
    from safeconduct.cli.case_new import seal_file

    seal_file(file, **options)


@case.command()
@click.argument("file", type=FILE)
@click.argument("output", type=FILE)
@opening_options
@guarded
def unseal(file: Path, output: Path, **opening: Any) -> None:
    """Write what the sealed FILE holds (a case, a report) to OUTPUT, not encrypted."""
    from safeconduct.cli.case_new import unseal_file

    unseal_file(file, output, **opening)
