"""A capture → the entry of a case that cites it, added to the case or printed for pasting.

Evidence (e7) gets the WARC and its hash; a search (h3) gets the hash and what came of it, also
where nothing came. What a page means, the caseworker writes.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from safeconduct.casefile import editing
from safeconduct.casefile.edit_blocks import Value
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.ids import PREFIXES
from safeconduct.casefile.reading import ReadCase, read_case
from safeconduct.casefile.yamltree import shown
from safeconduct.cli.errors import FileRefused, about, named
from safeconduct.cli.opening import OpenedFile, bytes_of, open_file

if TYPE_CHECKING:
    from safeconduct.acquire.capturing import Stored

EVIDENCE, SEARCHES = "evidence", "searches"

_OPENING = ("recipients", "passphrase_file", "identity", "plain")
_SECTIONS = {PREFIXES[section]: section for section in (EVIDENCE, SEARCHES)}
_MOST_BYTES = 256 * 1024 * 1024
_TOOL = "safeconduct sources capture"
_LONGEST = 500


class Facts(NamedTuple):
    """What an entry says of a capture; `file` is the WARC as the case file's folder sees it."""

    asked: str
    came: str
    found: bool
    file: str
    sha256: str
    day: str


class Words(NamedTuple):
    """What the caseworker says: the id, who captured, and what it is."""

    item: str
    by: str
    described: str | None


# Stands in for a capture that is not made yet, to see whether the case would take the entry.
_UNKNOWN = Facts("-", "-", True, "-", "0" * 64, "2000-01-01")


class Place:
    """Where a capture goes in a case; refused before anything is captured, if at all."""

    def __init__(self, file: OpenedFile, item: str | None, by: str | None, described: str | None):
        self._file = file
        with about(file.path):
            self._read = read_case(file.data)
        self._words = None if item is None else Words(item, by or "…", described)
        self._described = described
        if self._words is not None:
            self._section = _section(self._read, file.path, self._words.item)
            self._with(_entry(self._section, _UNKNOWN, self._words))
            if file.sealed is not None:
                file.sealed.ready()

    def put(self, stored: "Stored", at: datetime) -> None:
        """Adds the entry, or prints what may be added. A page that did not come is no evidence."""
        facts = _facts(stored, at, self._file.path)
        if self._words is None:
            self._print(facts)
        elif self._section == EVIDENCE and not facts.found:
            click.echo(f"{self._words.item}: not added, since the page is not captured", err=True)
        else:
            self._write(self._with(_entry(self._section, facts, self._words)))
            told = f"{named(self._file.path)}: {self._words.item} added to {self._section}"
            click.echo(told, err=True)

    def _print(self, facts: Facts) -> None:
        click.echo("For the case, as evidence or as a search (choose an id, and say who):")
        for section in (EVIDENCE, SEARCHES):
            if section == SEARCHES or facts.found:
                words = Words("…", "…", self._described)
                click.echo(_pasted(section, _entry(section, facts, words)), nl=False)

    def _with(self, entry: Value) -> bytes:
        """The case with the entry. Raises FileHasMistakes where it would be none."""
        text = editing.append_item(self._read.text, (self._section,), entry)
        data = editing.bytes_like(self._file.data, text)
        with about(self._file.path):
            read_case(data)
        return data

    def _write(self, data: bytes) -> None:
        file = self._file
        sealed = file.sealed.seal(data) if file.sealed else data
        if bytes_of(file.path, _MOST_BYTES) != file.on_disk:
            raise FileRefused(
                file.path, "changed by somebody else in the meantime; the capture is kept"
            )
        write_atomically(file.path, sealed)


def place_in_case(path: Path | None, options: dict[str, Any]) -> Place | None:
    """Opens the case that a capture is for; None where there is none. Raises UsageError too."""
    item = options["item"]
    if item is not None and path is None:
        raise click.UsageError("--item needs --case")
    if item is not None and not options["by"]:
        raise click.UsageError("--item needs --by: who captures")
    if path is None:
        return None
    file = open_file(path, **{name: options[name] for name in _OPENING})
    if file.sealed is not None:
        told = "the case is sealed, a capture is not: whoever has the folder can read it"
        click.echo(f"{named(path)}: {told}", err=True)
    return Place(file, item, options["by"], options["described"])


def _section(read: ReadCase, path: Path, item: str) -> str:
    section = _SECTIONS.get(item[:1])
    if section is None:
        raise click.UsageError("--item: e and a number (evidence), or h and a number (a search)")
    entries: tuple[Any, ...] = getattr(read.case, section)
    if any(one.id == item for one in entries):
        raise FileRefused(path, f"{item} stands there already; accepted: an id that is free")
    return section


def _facts(stored: "Stored", at: datetime, case: Path) -> Facts:
    capture, warc = stored.capture, stored.capture.files[0]
    status = "" if capture.status is None else f", status {capture.status}"
    why = "" if stored.failure is None else f": {shown(str(stored.failure), most=_LONGEST)}"
    file = os.path.relpath(stored.folder / warc.name, case.parent)
    return Facts(
        asked=shown(capture.asked, most=_LONGEST),
        came=f"{capture.outcome}{status}{why}",
        found=stored.failure is None,
        file=Path(file).as_posix(),
        sha256=warc.sha256,
        day=f"{at:%Y-%m-%d}",
    )


def _entry(section: str, facts: Facts, words: Words) -> Value:
    if section == SEARCHES:
        note = {"note": words.described} if words.described else {}
        return {
            "id": words.item,
            "tool": _TOOL,
            "query": facts.asked,
            "on": facts.day,
            "by": words.by,
            "result": f"{facts.came}; {facts.file}",
            "found": facts.found,
            "capture_sha256": facts.sha256,
            **note,
        }
    return {
        "id": words.item,
        "what": words.described or f"capture of {facts.asked}",
        "collected": facts.day,
        "file": facts.file,
        "sha256": facts.sha256,
        "custody": [{"on": facts.day, "event": "received", "by": words.by}],
    }


def _pasted(section: str, entry: Value) -> str:
    """The entry as it may stand in a case file, under the name of its section."""
    return editing.append_item("id: x\n", (section,), entry).partition("\n")[2]
