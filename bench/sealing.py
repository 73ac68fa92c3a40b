"""Sealing and verifying: the founding case warm, and a thousand case files by `dossier batch`."""

import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from datetime import UTC, date, datetime
from functools import partial
from io import StringIO
from pathlib import Path

from bench.calibrate import best, calibrated, loop
from bench.cases import synthetic
from bench.vetting import resident_mib
from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet
from safeconduct.cli.dossier_batch import Order, run_batch
from safeconduct.cli.seal_keys import create
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.making import chosen, sealed_dossier
from safeconduct.dossier.profiles.profile import shipped_profile
from safeconduct.dossier.sealing.certificates import root_certificate, signing_certificate
from safeconduct.dossier.sealing.keys import new_certificate_key, new_organisation_key
from safeconduct.dossier.sealing.manifest import Terms
from safeconduct.dossier.sealing.signers import Sealer, file_sealer
from safeconduct.dossier.sealing.trust import Trust, read_trust, trusted
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import language

ON = date(2024, 11, 2)
AT = datetime(2024, 11, 2, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
FOUNDING = ROOT / "examples" / "alexander" / "case.yaml"
TERMS = Terms(recipient="A consulate", purpose="a visa", issued=ON, expires=date(2025, 5, 2))
WORKERS, MANY = 2, 1000
PHRASE = "a trial"
CONSENT = (
    b"\nconsents: [{id: k1, purpose: a visa, scope: a consulate, language: ru, on: 2024-01-10}]\n"
)


def keys() -> tuple[Sealer, Trust]:
    """A new organisation."""
    root_key, key, own = new_certificate_key(), new_certificate_key(), new_organisation_key()
    root = root_certificate("Office of Trials", root_key, on=date(2024, 1, 1))
    leaf = signing_certificate(root, root_key, key.public_key(), on=date(2024, 1, 1))
    trust = Trust(organisations=(trusted("Office of Trials", own.public(), root),))
    return file_sealer("Office of Trials", own, leaf, key), trust


def sealed(case: Case, references: References, sealer: Sealer) -> bytes:
    """From a case to a sealed dossier for a consulate."""
    vetting = vet(case, references, on=ON)
    profile, words = shipped_profile("consulate"), language("en")
    made = chosen(case, vetting, profile, Choices(answers_for="R. Caseworker"), words)
    return sealed_dossier(made, TERMS, references, sealer, at=AT)


def rows(many: int = MANY) -> Iterator[tuple[str, str, str]]:
    """(what, figure, bound) for each measurement."""
    references, (sealer, trust) = load_references(None), keys()
    case = read_case(FOUNDING.read_bytes()).case
    data = sealed(case, references, sealer)
    unit = best(loop)
    spent = calibrated(best(partial(sealed, case, references, sealer)), unit)
    yield ("vet, compose, render and seal the founding case, warm", f"{spent:.2f} s", "1.5 s")
    looked = calibrated(best(partial(verify, data, trust, on=ON)), unit)
    yield ("verify it, warm", f"{looked * 1000:.1f} ms", "300 ms")
    yield ("its size", f"{len(data) / 1000:.0f} kB", "")
    yield from batch(many)


def batch(many: int) -> Iterator[tuple[str, str, str]]:
    """As many cases through `dossier batch`: read, vetted, composed, sealed, written, noted."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        cases = [_case_file(folder, number) for number in range(1, many + 1)]
        order = _order(folder / "keys")
        start = time.perf_counter()
        with _watched() as peaks, redirect_stderr(StringIO()) as said:
            refused = run_batch(cases, folder / "out", order, WORKERS)
        spent = time.perf_counter() - start
        if refused:
            raise RuntimeError(f"{refused} of {many} were refused: {said.getvalue()[:300]}")
        figure = f"{spent:.0f} s, {spent / many * 1000:.0f} ms each (not calibrated)"
        yield (f"{many} case files of 30 claims by `dossier batch`, 2 processes", figure, "")
        yield from _memory(peaks)
        yield from _verified(sorted((folder / "out").glob("*.pdf")), folder / "keys")


def _memory(peaks: dict[int, float]) -> Iterator[tuple[str, str, str]]:
    """The most that each process held, in the order in which they were started."""
    if not peaks:
        yield ("memory of its processes", "not measured: no /proc", "")
        return
    listed = ", ".join(f"{one:.0f}" for one in peaks.values())
    yield (f"the most that each of {len(peaks)} processes held", f"{listed} MiB", "")
    grown = f"{resident_mib():.0f} MiB after it"
    yield ("the process that shares out", grown, "")


def _verified(files: list[Path], keys_in: Path) -> Iterator[tuple[str, str, str]]:
    trust = read_trust((keys_in / "trust.json").read_bytes())
    before, start = resident_mib(), time.perf_counter()
    for file in files:
        if verify(file.read_bytes(), trust, on=ON).exit_code():
            raise RuntimeError(f"{file.name} does not verify")
    spent = (time.perf_counter() - start) / len(files)
    figure = f"{spent * 1000:.0f} ms each (not calibrated), {resident_mib() - before:+.1f} MiB"
    yield (f"verify all {len(files)} in one process", figure, "")


def _case_file(folder: Path, number: int) -> Path:
    file = folder / f"case-{number:04}.yaml"
    file.write_bytes(synthetic(30, number) + CONSENT)
    return file


def _order(keys_in: Path) -> Order:
    """What `dossier batch --plain --profile consulate` is asked for."""
    create(
        keys_in,
        "Office of Trials",
        on=date(2024, 1, 1),
        passphrase=PHRASE,
        root_passphrase=f"{PHRASE}, root",
    )
    nothing = ("references", "language", "pseudonym", "answers", "identity", "passphrase_file")
    return Order(
        on=ON,
        options={
            **dict.fromkeys(nothing),
            "left_out": (),
            "other_words": (),
            "recipients": (),
            "plain": True,
            "profile": "consulate",
            "by": "R. Caseworker",
        },
        terms={"recipient": TERMS.recipient, "purpose": None, "until": None},
        consent="k1",
        warned=False,
        keys=keys_in,
        passphrase=PHRASE,
        time_stamps=None,
    )


@contextmanager
def _watched() -> Iterator[dict[int, float]]:
    """The most MiB that each process started meanwhile was seen to hold (Linux)."""
    peaks: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            for pid in _children():
                with suppress(OSError, ValueError, IndexError):
                    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                    held = pages * resource.getpagesize() / 2**20
                    peaks[pid] = max(peaks.get(pid, 0.0), held)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield peaks
    finally:
        over.set()
        watching.join()


def _children() -> Iterator[int]:
    """The processes that seal; that which keeps account of them is none."""
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"spawn_main" in (one / "cmdline").read_bytes():
                yield int(one.name)


def main() -> None:
    """Prints what was measured; a bound that is missed is printed, not hidden and not an error.

    python -m bench.sealing [CASES]
    """
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    for what, figure, bound in rows(many):
        print(f"{what} | {figure} | {bound}", flush=True)


if __name__ == "__main__":
    main()
