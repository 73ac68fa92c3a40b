"""What `reference list`, `show` and `verify` write as JSON; schemas of the same names ship beside.

Nothing of the machine is in it: no folder, no time of running, no locale.
"""

from typing import Literal

import msgspec

from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.certificate import Certificate
from safeconduct.reference.errors import CertificateUnreadable
from safeconduct.reference.verdicts import Verdict


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One data set. `problem` says why its certificate cannot be read; all else is None then.

    `sha256` is that of the built form, which findings and dossiers cite.
    """

    kind: str
    id: str
    as_of: str
    version: int = 1
    shipped: bool
    title: str | None = None
    origin: str | None = None
    licence: str | None = None
    covers_from: str | None = None
    covers_to: str | None = None
    completeness: str | None = None
    rows: int | None = None
    rejected: int | None = None
    original_name: str | None = None
    original_sha256: str | None = None
    sha256: str | None = None
    importer: str | None = None
    problem: str | None = None


class ReferenceList(msgspec.Struct, frozen=True, kw_only=True):
    """Every version of every data set, the shipped ones first."""

    schema: Literal["safeconduct/reference-list/1"] = "safeconduct/reference-list/1"
    datasets: tuple[Row, ...]


class ReferenceShow(msgspec.Struct, frozen=True, kw_only=True):
    """Every version of the data sets of one identifier."""

    schema: Literal["safeconduct/reference-show/1"] = "safeconduct/reference-show/1"
    datasets: tuple[Row, ...]


class ReferenceVerification(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of every data set, the shipped ones first."""

    schema: Literal["safeconduct/reference-verification/1"] = "safeconduct/reference-verification/1"
    datasets: tuple[Verdict, ...]


OUTPUTS = (ReferenceList, ReferenceShow, ReferenceVerification)


def rows(catalogue: Catalogue) -> tuple[Row, ...]:
    """A row for each version; one whose certificate cannot be read is listed with that."""
    found = []
    for address in catalogue.addresses():
        try:
            found.append(_row(catalogue.certificate(address)))
        except CertificateUnreadable as error:
            problem = f"certificate: found {error.found}"
            found.append(Row(**address._asdict(), shipped=False, problem=problem))
    return tuple(found)


def as_json(output: ReferenceList | ReferenceShow | ReferenceVerification) -> str:
    """The output as text, keys in the order of its schema."""
    return msgspec.json.format(msgspec.json.encode(output)).decode()


def _row(certificate: Certificate) -> Row:
    stated = certificate
    return Row(
        **certificate.address._asdict(),
        shipped=False,
        title=stated.title,
        origin=stated.origin,
        licence=stated.licence,
        covers_from=stated.covers_from,
        covers_to=stated.covers_to,
        completeness=stated.completeness,
        rows=stated.rows,
        rejected=stated.rejected,
        original_name=stated.original_name,
        original_sha256=stated.original.sha256,
        sha256=stated.built.sha256,
        importer=f"{stated.importer.name} {stated.importer.version}",
    )
