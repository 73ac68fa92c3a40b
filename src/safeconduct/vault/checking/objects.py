"""Checking the objects of a vault: each hashed, opened with its key, and referred to by an item."""

from collections.abc import Iterator, Mapping

import msgspec

from safeconduct.casefile.errors import DamagedReference
from safeconduct.vault.checking.findings import NotChecked, Problem, Progress, Trouble, Watcher
from safeconduct.vault.evidence.files import SealedFile, load_file
from safeconduct.vault.storage.objects import ObjectMissing, Objects


class ObjectsChecked(msgspec.Struct, frozen=True, kw_only=True):
    """How many objects of how many bytes were read, and what is wrong with them."""

    objects: int
    bytes: int
    problems: tuple[Problem, ...]
    not_checked: tuple[NotChecked, ...]


def check_objects(
    objects: Objects, *, files: Mapping[str, SealedFile], all_read: bool, watch: Watcher
) -> ObjectsChecked:
    """Every object and every reference.

    `files` are the references that could be read; with `all_read` there are no others.
    1. Each object: its bytes have its name; with its key it opens and is the file that was stored.
    2. Each reference leads to an object.  3. An object without one is an orphan, if all were read.
    """
    problems: list[Problem] = []
    names = tuple(objects.names())
    total, apart = 0, 0
    for done, name in enumerate(names):
        watch(Progress(step="objects", done=done, total=len(names)))
        size, found = _read(objects, name, files.get(name))  # 1
        total += size
        problems += found
        if name not in files:
            apart += 1
            if all_read:
                says = "no item refers to it"
                problems.append(Problem(trouble=Trouble.ORPHANED, place=name, says=says))  # 3
    watch(Progress(step="objects", done=len(names), total=len(names)))
    there = set(names)
    problems += (
        Problem(trouble=Trouble.MISSING, place=name, says="an item refers to it")
        for name in files
        if name not in there
    )  # 2
    unknown = tuple(_unknown(apart, all_read=all_read))
    return ObjectsChecked(
        objects=len(names), bytes=total, problems=tuple(problems), not_checked=unknown
    )


def _unknown(apart: int, *, all_read: bool) -> Iterator[NotChecked]:
    if all_read:
        return
    needs = "the keys of all items of evidence"
    yield NotChecked(what="whether an object is missing", needs=needs)
    if apart:
        what = f"whether {apart} objects open, and whether an item refers to each"
        yield NotChecked(what=what, needs=needs)


def _read(objects: Objects, name: str, file: SealedFile | None) -> tuple[int, list[Problem]]:
    """The size of an object, and what is wrong with it."""
    try:
        if file is None:
            return sum(map(len, objects.get(name))), []
        for _ in load_file(file, objects):
            pass
        return objects.size(name), []
    except ObjectMissing:
        return 0, [Problem(trouble=Trouble.MISSING, place=name, says="it went during the check")]
    except DamagedReference as error:
        return 0, [Problem(trouble=Trouble.DAMAGED, place=name, says=str(error))]
