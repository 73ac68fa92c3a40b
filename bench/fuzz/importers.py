"""Fuzzes one importer of watchlists: `python -m bench.fuzz.importers NAME [libFuzzer options]`.

Needs atheris. An importer may read or refuse; any other exception, too long a time or too much
memory ends the run, and libFuzzer writes the input that did it. Give a folder of its own for new
inputs, then the folder of the small lists of the tests:

    python -m bench.fuzz.importers un-xml -max_total_time=60 build/fuzz \\
        tests/unit/screening/importers/fixtures
"""

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")  # it has no types

with atheris.instrument_imports(include=["safeconduct.screening", "openpyxl"]):
    from safeconduct.casefile.yamltree import FileMistaken
    from safeconduct.reference.importing import ImportRejected
    from safeconduct.screening.detecting import FORMATS, READERS, UnknownFormat, read_watchlist
    from safeconduct.screening.importers.mapping import TableMapping, read_mapping
    from safeconduct.screening.importers.suggesting import suggest_mapping
    from safeconduct.screening.importers.tabular import read_tabular

MAPPING = TableMapping(
    columns={"column 1": "name", "column 2": "birthDate", "column 3": "nationality"},
    confirmed=True,
    header=0,
)
TARGETS = (*FORMATS, "detecting", "suggesting", "mapping")


def one_input(name: str, data: bytes) -> None:
    """Gives one input to a target; whatever else it raises is a mistake of ours."""
    with suppress(ImportRejected, UnknownFormat, FileMistaken):
        if name in READERS:
            READERS[name](data)
        elif name == "tabular":
            read_tabular(data, MAPPING)
        elif name == "detecting":
            read_watchlist(data)
        elif name == "suggesting":
            suggest_mapping(data)
        else:
            read_mapping(data)


def main() -> None:
    """Runs until libFuzzer's options say that it is enough."""
    program, name, *options = sys.argv
    if name not in TARGETS:
        sys.exit(f"no target {name}; there are {', '.join(TARGETS)}")
    atheris.Setup([program, *options], lambda data: one_input(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
