"""A process that saves, uploads, backs up, restores or turns keys until it is killed.

    python -m tests.unit.vault.crashing KIND FOLDER SEED

It says each number once what belongs to it was acknowledged. A killed process loses what only it
had; that the disk has kept what was flushed, no test without a power switch shows.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

from safeconduct.vault.backups.files import UNFINISHED, verify_backup
from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.backups.restoring import restore_vault
from safeconduct.vault.backups.writing import back_up
from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import Trouble
from safeconduct.vault.evidence.files import load_file
from safeconduct.vault.evidence.items import items_of, receive
from safeconduct.vault.folder import Vault, opened
from safeconduct.vault.keys.access import (
    filed_grants,
    give,
    link_to,
    store_rotation,
    version_of,
)
from safeconduct.vault.keys.cases import CaseKey, Compartment, previous_case_key
from safeconduct.vault.keys.grants import Wanted, open_grant
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.revisions.saving import newest_number, read_revision, save

KEY = CaseKey(case="c-1", compartment=Compartment.ACCOUNT, version=1, secret=bytes(32))
ANNA, BORIS = (
    StaffKeys(user=name, version=1, receiving=bytes([n]) * 32, signing=bytes([n]) * 32)
    for n, name in enumerate(("u-anna", "u-boris"), start=1)
)
BACKUPS = BackupKey(period="2026-11", secret=bytes(32))
AT, BY = 1_795_000_000, "u-anna"
ROOT = Path(__file__).parents[3]
LONGEST = 0.06


def text_of(seed: int, number: int) -> bytes:
    """What belongs to a number: from nothing to some hundred thousand bytes, always the same."""
    random = Random(f"{seed}/{number}")  # noqa: S311 (sizes, no secrets)
    return random.randbytes(random.choice((0, 60, 9_000, 300_000)))


def saves(vault: Vault, seed: int) -> Iterator[int]:
    """Revision after revision."""
    for number in count(1):
        text = text_of(seed, number)
        save(vault.rows, text, base=number - 1, key=KEY, at=AT, by=BY)
        yield number


def uploads(vault: Vault, seed: int) -> Iterator[int]:
    """Item after item."""
    for number in count(1):
        receive(
            [text_of(seed, number)],
            item=f"e{number}",
            objects=vault.objects,
            rows=vault.rows,
            key=KEY,
            at=AT,
            by=BY,
        )
        yield number


def backups(vault: Vault, seed: int) -> Iterator[int]:
    """A backup after each upload, all in one place."""
    for number in uploads(vault, seed):
        back_up(vault.rows, vault.objects, vault.root / "../backup", key=BACKUPS, at=AT + number)
        yield number


def restores(vault: Vault, seed: int) -> Iterator[int]:
    """One backup restored again and again, each time into another place."""
    first = next(uploads(vault, seed))
    file = vault.root / "../backup"
    back_up(vault.rows, vault.objects, file, key=BACKUPS, at=AT)
    for number in count(first):
        restore_vault(file, vault.root / f"../again-{number}", key=BACKUPS)
        yield number


def rotations(vault: Vault, seed: int) -> Iterator[int]:
    """Key after key; who stays alternates between both and Anna alone."""
    for card in (ANNA.card, BORIS.card):
        give(vault.rows, KEY, to=card, by=ANNA, at=AT, until=AT + 9)
    key = KEY
    for number in count(1):
        staying = [ANNA.card, BORIS.card][: 1 + number % 2]
        key = store_rotation(vault.rows, key, staying=staying, by=ANNA, at=AT, until=AT + 9).key
        yield number


def after_rotations(folder: Path, seed: int, acknowledged: int) -> None:
    """Each version there is has its link and all its grants, and leads back to the first."""
    with opened(folder / "vault") as vault:
        where = (KEY.case, KEY.compartment)
        version = version_of(vault.rows, *where)
        assert acknowledged <= version - 1 <= acknowledged + 1
        filed = list(filed_grants(vault.rows, *where))
        if not filed:
            assert acknowledged == 0
            return
        for older in range(1, version):
            recipients = [one.recipient for one in filed if one.version == older + 1]
            assert recipients == ["u-anna", "u-boris"][: 1 + older % 2]
        newest = [one for one in filed if (one.recipient, one.version) == ("u-anna", version)]
        wanted = Wanted(case=KEY.case, compartment=KEY.compartment, version=version)
        givers = {("u-anna", 1): ANNA.card}
        key = open_grant(newest[0].sealed, keys=ANNA, wanted=wanted, givers=givers, now=AT).key
        while key.version > 1:
            key = previous_case_key(key, link_to(vault.rows, *where, key.version))
        assert key == KEY


def after_saves(folder: Path, seed: int, acknowledged: int) -> None:
    """Every acknowledged revision is there; at most one more, and that one whole."""
    with opened(folder / "vault") as vault:
        newest = newest_number(vault.rows, "c-1", Compartment.ACCOUNT)
        assert acknowledged <= newest <= acknowledged + 1
        for number in range(1, newest + 1):
            found = read_revision(vault.rows, number, keys=[KEY])
            assert found.document == text_of(seed, number)


def after_uploads(folder: Path, seed: int, acknowledged: int) -> None:
    """Every acknowledged item is there with its file; no item is without one."""
    with opened(folder / "vault") as vault:
        items = list(items_of(vault.rows, keys=[KEY]))
        assert acknowledged <= len(items) <= acknowledged + 1
        for number, item in enumerate(items, start=1):
            assert item.id == f"e{number}"
            assert b"".join(load_file(item.file, vault.objects)) == text_of(seed, number)


def after_backups(folder: Path, seed: int, acknowledged: int) -> None:
    """The file under the backup's name is the last acknowledged backup or the one after it."""
    if acknowledged or (folder / "backup").exists():
        at = verify_backup(folder / "backup", BACKUPS).at - AT
        assert acknowledged <= at <= acknowledged + 1
    with opened(folder / "vault") as vault:
        assert acknowledged <= len(list(items_of(vault.rows, keys=[KEY]))) <= acknowledged + 1


def after_restores(folder: Path, seed: int, acknowledged: int) -> None:
    """Each place that has its name holds a whole vault."""
    places = sorted(folder.glob("again-*"))
    # The first is restored before the moment begins.
    assert max(acknowledged, 1) <= len(places) <= max(acknowledged, 1) + 1
    for place in places:
        after_uploads(place.parent, seed, 0)
        report = check_vault(place, keys=[KEY])
        assert report.problems == ()
        assert report.objects == 1


KINDS: dict[str, Callable[[Vault, int], Iterator[int]]] = {
    "save": saves,
    "upload": uploads,
    "backup": backups,
    "restore": restores,
    "rotation": rotations,
}
AFTER: dict[str, Callable[[Path, int, int], None]] = {
    "save": after_saves,
    "upload": after_uploads,
    "backup": after_backups,
    "restore": after_restores,
    "rotation": after_rotations,
}


def crash(kind: str, folder: Path, seed: int) -> int:
    """Starts the process, kills it at a moment that the seed chooses, and looks at what is left.

    How many were acknowledged. Half-written files may lie about under names that say so.
    """
    command = [sys.executable, "-m", "tests.unit.vault.crashing", kind, str(folder), str(seed)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        time.sleep(Random(seed).random() * LONGEST)  # noqa: S311
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL
    acknowledged = int(said[-1]) if said else 0
    # Before anybody writes again: a check reads what the log of a killed process holds.
    report = check_vault(folder / "vault", keys=[KEY])
    assert report.nothing_lost, report.problems
    assert kind == "restore" or report.rows >= acknowledged
    AFTER[kind](folder, seed, acknowledged)
    for one in report.problems:
        assert one.trouble in (Trouble.ORPHANED, Trouble.STRANGER)
    visible = {one.name for one in folder.iterdir() if not one.name.endswith(UNFINISHED)}
    assert visible - {"vault", "backup"} == {one.name for one in folder.glob("again-*")}
    return acknowledged


def main(kind: str, folder: Path, seed: int) -> None:
    """Works until it is killed."""
    with opened(folder / "vault") as vault:
        work = KINDS[kind](vault, seed)
        if kind == "restore":
            next(work)
        os.write(1, b"0\n")
        for number in work:
            os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
