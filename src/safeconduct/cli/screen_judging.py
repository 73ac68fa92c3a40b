"""`safeconduct case judge`: a named person's judgement on an entry, kept with the case.

It shows what agrees and differs before it writes, and writes hashes of what was judged, so that
the judgement falls when either the entry or the person changes.
"""

from datetime import date
from pathlib import Path
from typing import Any

import click

from safeconduct.casefile import editing
from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import next_id
from safeconduct.casefile.judgements import entity_sha256, person_sha256
from safeconduct.casefile.people import Person
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import shown
from safeconduct.checks.kinds import load_watchlists
from safeconduct.cli.errors import about, named
from safeconduct.cli.opening import open_file, written_back
from safeconduct.cli.screen_lists import NoListLoaded
from safeconduct.dossier.lettering import sentence, visible
from safeconduct.screening.comparing import compare
from safeconduct.screening.entities import Entity
from safeconduct.screening.explaining import explain
from safeconduct.screening.sought import sought
from safeconduct.screening.watchlists import Watchlist
from safeconduct.wording.language import language as wording


class NothingToJudge(SafeconductError):
    """A person or an entry that is not there, or two that have nothing to compare."""


def judge(
    path: Path,
    person_id: str,
    list_id: str,
    entity_id: str,
    *,
    verdict: str,
    by: str,
    reason: str,
    on: date,
    references: Path | None,
    language: str,
    **opening: Any,
) -> None:
    """Writes one judgement into a case file; everything else in it stays as it is.

    1. The person of the case, and the entry of the list, as they are today.
    2. What agrees and differs is shown.
    3. The judgement is added, the file checked, and sealed as it was.
    """
    words = wording(language)
    file = open_file(path, **opening)
    with about(path):
        read = read_case(file.data)
    person = _person(read.case, person_id)  # 1
    entity = entry(_list(references, list_id), entity_id)
    match = compare(sought(person), entity, list=list_id)
    if match is None:
        raise NothingToJudge(f"{person_id} and `{shown(entity_id)}` have no names to compare")
    for message in explain(match).messages():  # 2
        click.echo(visible(f"- {sentence(message, words)}"))
    new = {
        "id": next_id("j", (one.id for one in read.case.judgements)),
        "person": person_id,
        "list": list_id,
        "entity": entity_id,
        "verdict": verdict,
        "by": by,
        "on": on.isoformat(),
        "reason": reason,
        "entity_sha256": entity_sha256(entity),
        "person_sha256": person_sha256(person),
    }
    text = editing.append_item(read.text, ("judgements",), new)
    written_back(file, editing.bytes_like(file.data, text))  # 3
    click.echo(f"{named(path)}: {new['id']} added: {verdict}", err=True)


def _person(case: Case, person_id: str) -> Person:
    for person in case.people():
        if person.id == person_id:
            return person
    known = ", ".join(person.id for person in case.people())
    raise NothingToJudge(f"nobody in the case is `{shown(person_id)}`; accepted: {known}")


def _list(references: Path | None, list_id: str) -> Watchlist:
    found = load_watchlists(references, (list_id,))
    if not found:
        raise NoListLoaded
    return found[0]


def entry(watchlist: Watchlist, entity_id: str) -> Entity:
    """The entry of that identifier; entries stand in the order of theirs. Raises NothingToJudge."""
    low, high = 0, len(watchlist)
    while low < high:
        middle = (low + high) // 2
        if watchlist.index.entity(middle).id < entity_id:
            low = middle + 1
        else:
            high = middle
    if low < len(watchlist) and watchlist.index.entity(low).id == entity_id:
        return watchlist.index.entity(low)
    raise NothingToJudge(f"the list {watchlist.id} has no entry `{shown(entity_id)}` of a person")
