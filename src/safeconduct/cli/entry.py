"""Where `safeconduct` starts: what needs no command is answered before anything is loaded."""

import sys
from io import TextIOWrapper

_WRITES_ALL = ("utf-8", "utf8")


def main() -> None:
    """Answers `--version` at once, and hands everything else to the commands."""
    write_every_letter(sys.stdout)
    if sys.argv[1:] == ["--version"]:
        from safeconduct import __version__

        sys.stdout.write(f"safeconduct {__version__}\n")
        return
    from safeconduct.cli.commands import safeconduct

    safeconduct(prog_name="safeconduct")


def write_every_letter(stream: object) -> None:
    """Makes a text stream take any letter, whatever the system says that it is written in.

    Names come in many scripts, and an old code page lacks most of them. A file or pipe gets UTF-8,
    which JSON has to be in as well; a terminal keeps its encoding and shows `?` for what it lacks.
    """
    # None, or another kind of stream, where a program without a console or a test stands in.
    if not isinstance(stream, TextIOWrapper):
        return
    whole = stream.encoding.lower().replace("_", "-") in _WRITES_ALL
    if not whole and stream.isatty():
        stream.reconfigure(errors="replace")
    elif not whole:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    elif stream.errors == "strict":
        # Half a letter, as the name of a file may hold on some systems.
        stream.reconfigure(errors="backslashreplace")
