"""Sealing and verifying: the founding case warm, and a thousand on two cores with memory."""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path

from bench.calibrate import best, calibrated, loop
from bench.cases import synthetic
from bench.vetting import resident_mib
from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.making import chosen, sealed_dossier
from safeconduct.dossier.profiles.profile import shipped_profile
from safeconduct.dossier.sealing.certificates import root_certificate, signing_certificate
from safeconduct.dossier.sealing.keys import new_certificate_key, new_organisation_key
from safeconduct.dossier.sealing.manifest import Terms
from safeconduct.dossier.sealing.signers import Sealer, file_sealer
from safeconduct.dossier.sealing.trust import Trust, trusted
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import language

ON = date(2024, 11, 2)
AT = datetime(2024, 11, 2, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
FOUNDING = ROOT / "examples" / "alexander" / "case.yaml"
TERMS = Terms(recipient="A consulate", purpose="a visa", issued=ON, expires=date(2025, 5, 2))
WORKERS, EACH, MANY = 2, 100, 1000


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


def rows() -> Iterator[tuple[str, str, str]]:
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
    yield from _thousand()


def _thousand() -> Iterator[tuple[str, str, str]]:
    """Two processes at a time, each replaced after a hundred: typst keeps some of each document."""
    start = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with context.Pool(WORKERS, maxtasksperchild=EACH) as pool:
        memory = list(pool.imap_unordered(one, range(1, MANY + 1)))
    spent = time.perf_counter() - start
    yield (f"{MANY} of 30 claims sealed and verified on {WORKERS} cores", f"{spent:.0f} s", "")
    tenth = MANY // 10
    first, last = max(memory[:tenth]), max(memory[-tenth:])
    figure = f"{last:.0f} MiB a process, {last - first:+.0f} MiB since the first hundred"
    yield ("memory at the end", figure, "flat")


def one(number: int) -> float:
    """Seals and verifies a case of 30 claims; MiB that the process then holds."""
    references, sealer, trust = _at_hand()
    case = read_case(synthetic(30, number)).case
    if verify(sealed(case, references, sealer), trust, on=ON).exit_code():
        raise RuntimeError(f"case {number} does not verify")
    return resident_mib()


@cache
def _at_hand() -> tuple[References, Sealer, Trust]:
    """Once for each process."""
    return (load_references(None), *keys())


def main() -> None:
    """Prints what was measured; a bound that is missed is printed, not hidden and not an error."""
    for what, figure, bound in rows():
        print(f"{what} | {figure} | {bound}", flush=True)


if __name__ == "__main__":
    main()
