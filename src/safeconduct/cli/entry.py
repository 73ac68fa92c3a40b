"""Where `safeconduct` starts: what needs no command is answered before anything is loaded."""

import sys


def main() -> None:
    """Answers `--version` at once, and hands everything else to the commands."""
    if sys.argv[1:] == ["--version"]:
        from safeconduct import __version__

        sys.stdout.write(f"safeconduct {__version__}\n")
        return
    from safeconduct.cli.commands import safeconduct

    safeconduct(prog_name="safeconduct")
