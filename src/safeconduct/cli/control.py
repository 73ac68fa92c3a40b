"""`safeconduct control …`: answers fixed before an interview, and compared by people after it."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import guarded
from safeconduct.cli.opening import opening_options

FILE = click.Path(path_type=Path)


@click.group()
def control() -> None:
    """Establish service and identity positively.

    A question about what only somebody who was there knows shows something only if its answer was
    fixed before it was put. The case holds a hash of that answer; the answer itself stands in a
    file of your own. Whether an answer matches, a person says.
    """


@control.command()
@click.argument("case", type=FILE)
@click.argument("pack")
@click.argument("rows", nargs=-1, required=True, metavar="ROW…")
@click.option("--claim", "claims", multiple=True, required=True, help="A claim that it is about.")
@click.option("--answers", type=FILE, required=True, help="The new file for the fixed answers.")
@click.option("--by", required=True, help="Who fixes them.")
@click.option("--on", type=Day(), help="The day of fixing; today where it is not given.")
@click.option("--language", default="en", show_default=True, help="Of the question: en, fr, …")
@click.option("--references", type=FILE, help="The folder of the reference data.")
@opening_options
@guarded
def fix(case: Path, pack: str, rows: tuple[str, ...], on: date | None, **options: Any) -> None:
    """Fix the answers to the questions ROW… of PACK for CASE, before they are put.

    Send the printed hashes to somebody outside, or read them out at the beginning of the recorded
    interview: that shows later that they are older than the answers.
    """
    from safeconduct.cli.control_fixing import fix as fixed

    fixed(case, pack, rows, on=day_or_today(on), **options)


@control.command()
@click.argument("case", type=FILE)
@click.argument("item")
@click.option("--file", "text_file", type=FILE, help="A text file with the answer; `-`: stdin.")
@click.option("--refused", is_flag=True, help="An answer was not wished.")
@click.option("--language", "tongue", metavar="TAG", help="In which language it was given.")
@click.option("--interpreter", metavar="NAME", help="Through whom.")
@click.option("--by", metavar="NAME", help="Who asked.")
@click.option("--on", type=Day(), help="The day of the answer; today where it is not given.")
@opening_options
@guarded
def answer(case: Path, item: str, on: date | None, **options: Any) -> None:
    """Record in CASE what came back for ITEM (w1, r1, i1, d1)."""
    from safeconduct.cli.control_judging import answer as answered

    answered(case, item, on=day_or_today(on), **options)


@control.command()
@click.argument("case", type=FILE)
@click.argument("answers", type=FILE)
@opening_options
@guarded
def show(case: Path, answers: Path, **opening: Any) -> None:
    """Show the fixed answers of ANSWERS beside those given, and whether the hashes hold.

    It compares no words. The exit code is 3 where a hash does not hold.
    """
    from safeconduct.cli.control_judging import show as shown

    shown(case, answers, **opening)


@control.command()
@click.argument("case", type=FILE)
@click.argument("item")
@click.option("--matched/--not-matched", "matched", default=None, help="What you hold.")
@click.option("--by", required=True, help="Who compares.")
@click.option("--reason", required=True, help="Why. It stays in the case.")
@click.option("--on", type=Day(), help="The day of comparing; today where it is not given.")
@opening_options
@guarded
def judge(case: Path, item: str, on: date | None, **options: Any) -> None:
    """Record whether what came back for ITEM (w1, r1, i1, d1) matches, as you hold it."""
    from safeconduct.cli.control_judging import judge as judged

    judged(case, item, on=day_or_today(on), **options)
