"""The table of commands; each is loaded when it is called."""

from importlib import import_module

import click

# name → (module, attribute, the line that the help shows)
COMMANDS = {
    "vet": ("safeconduct.cli.vet", "vet", "Check a case and report findings and what is open."),
    "questions": (
        "safeconduct.cli.questions",
        "questions",
        "Print the open questions as a sheet for the interview.",
    ),
    "answer": ("safeconduct.cli.answer", "answer", "Record what was answered to a question."),
    "control": (
        "safeconduct.cli.control",
        "control",
        "Fix expected answers before an interview, and compare them after it.",
    ),
    "screen": (
        "safeconduct.cli.screen",
        "screen",
        "Look for a person on watchlists, and say why an entry resembles them.",
    ),
    "draw": ("safeconduct.cli.draw", "draw", "Draw the account in time and place, as SVG."),
    "case": ("safeconduct.cli.case", "case", "Write, check, show and edit case files."),
    "sources": ("safeconduct.cli.sources", "sources", "Keep what a source showed, as it was."),
    "dossier": (
        "safeconduct.cli.dossier",
        "dossier",
        "See what would leave the house for a recipient, and seal it.",
    ),
    "seal": ("safeconduct.cli.seal", "seal", "Keep the keys with which dossiers are sealed."),
    "verify": ("safeconduct.cli.verify", "verify", "Verify a sealed dossier, offline."),
    "vault": ("safeconduct.cli.vault", "vault", "Check a vault, back it up, restore it."),
    "reference": (
        "safeconduct.cli.reference",
        "reference",
        "Keep outside data with origin, date and hash.",
    ),
}


class Lazy(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the table, in its order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None for a name that is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table itself, so that help needs no command to be imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="safeconduct", message="safeconduct %(version)s")
def safeconduct() -> None:
    """Check the account of a person who asks for protection. It decides nothing.

    It gathers, compares, cites and asks; people judge.
    """
