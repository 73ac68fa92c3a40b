"""A small vault with two cases, one of them to be erased; also run as a program that erases it."""

import sys
from pathlib import Path

from safeconduct.vault.audit.log import Act, write_act
from safeconduct.vault.chains.entries import as_row, next_entry, payload_key
from safeconduct.vault.erasure.destroying import erase
from safeconduct.vault.erasure.periods import FilePeriodKeys
from safeconduct.vault.erasure.preview import Holding, Holdings, Kind, Stores, preview
from safeconduct.vault.evidence.custody import CustodyEvent, Handling, write_event
from safeconduct.vault.evidence.files import store_file
from safeconduct.vault.formats.envelopes import seal
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.keys.cases import Compartment, Purpose, new_case_key
from safeconduct.vault.keys.grants import grant
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

CANARY = b"kanarienvogel-in-a-row" * 20
AT = 1_700_000_000
ANNA = StaffKeys(user="u-anna", version=1, receiving=bytes(range(32)), signing=bytes(range(32)))
SIGNERS = {("u-anna", 1): ANNA.card}
ERASED, OTHER = "c-1", "c-2"


def stores(folder: Path) -> Stores:
    """The stores in a folder."""
    return Stores(
        rows=SqliteRows(folder / "rows.sqlite"),
        objects=FileObjects(folder / "objects"),
        periods=FilePeriodKeys(folder / "periods"),
    )


def furnish(found: Stores, case: str) -> Holdings:
    """A case with grants, two files, revisions, custody and audit."""
    key = new_case_key(case, Compartment.ACCOUNT)
    rows = found.rows
    for number in (1, 2):
        sealed = grant(key, to=ANNA.card, by=ANNA, at=AT, until=AT + 10**8)
        rows.append([Row(series=f"grants/{case}", number=number, body=sealed)])
    files = [store_file([CANARY, bytes([number])], found.objects) for number in (1, 2)]
    for number, file in enumerate(files, 1):
        place = labelled("test-manifest", case, number)
        body = seal(file.key, key.beneath(Purpose.EVIDENCE_KEY), place=place)
        rows.append([Row(series=f"files/{case}", number=number, body=body)])
        event = CustodyEvent(
            item=f"i-{number}", handling=Handling.RECEIVED, at=AT, by="u-anna", sha256=file.sha256
        )
        write_event(rows, event, key=key)
    last = None
    for _ in range(3):
        revising = payload_key(key, Purpose.REVISION)
        last = next_entry(
            f"revisions/{case}", last, CANARY, key=revising, at=AT, by="u-anna", case=case
        )
        rows.append([as_row(last)])
    # No room writes such a row; here it shows that the search finds what is there.
    rows.append(
        [Row(series=f"plain/{case}", number=1, body=case.encode() + CANARY + case.encode())]
    )
    act = Act(what="read", at=AT, by="u-anna", case=case, facts={"word": "kanarienvogel"})
    write_act(rows, act, key=payload_key(key, Purpose.AUDIT))
    return holdings(case, tuple(file.object for file in files))


def holdings(case: str, objects: tuple[str, ...]) -> Holdings:
    """What belongs to a case."""
    kinds = {
        "grants": Kind.GRANT,
        "files": Kind.FILE_KEY,
        "revisions": Kind.REVISION,
        f"custody/{case}/account": Kind.CUSTODY,
        "plain": Kind.OTHER,
    }
    rows = tuple(
        Holding(kind=kind, series=name if "/" in name else f"{name}/{case}")
        for name, kind in kinds.items()
    )
    return Holdings(case=case, rows=rows, objects=objects, periods=("2023-11",))


def erase_case(found: Stores, wanted: Holdings) -> None:
    """Shown, then erased."""
    shown = preview(wanted, found).digest
    erase(wanted, shown, found, by=ANNA, at=AT)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    opened = stores(place)
    listed = tuple(sys.argv[2:])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    erase_case(opened, holdings(ERASED, listed))
    sys.stdout.write("done\n")
