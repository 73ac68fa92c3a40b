"""What checking a seal long after needs, from files, from the issuers, and from the key folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509

from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of
from safeconduct.cli.seal_keys import KeyFolder
from safeconduct.dossier.sealing.errors import FormUnknown
from safeconduct.dossier.sealing.longterm import Known, read_list
from safeconduct.dossier.sealing.prolonging import prolonged
from safeconduct.dossier.sealing.trust import certificate_of

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
_MOST_BYTES = 64 * 1024 * 1024


def kept_long(
    data: bytes,
    keys: KeyFolder | None,
    files: Iterable[Path],
    archive: "TimeStamper | None",
) -> bytes:
    """The sealed file at level B-LT, or B-LTA with an authority. Raises as `prolonged` does.

    `keys`: of the organisation, whose root and list are taken from there. `files`: certificates of
    issuers and lists of revoked ones, PEM or DER. What they lack is asked of the issuers.
    """
    from safeconduct.acquire.revocation import revocation_list_at

    known, anchors = Known(), tuple[x509.Certificate, ...]()
    if keys is not None:
        known = Known((keys.certificate("root"), *keys.beside()), keys.lists())
        anchors = tuple(certificate_of(one) for one in keys.organisation().time_stamps)
    for file in files:
        known = known.with_more(_read(file))
    return prolonged(data, known, anchors=anchors, fetch=revocation_list_at, archive=archive)


def _read(file: Path) -> Known:
    with about(file):
        data = bytes_of(file, _MOST_BYTES)
        try:
            if b"-----BEGIN X509 CRL-----" in data:
                return Known((), (x509.load_pem_x509_crl(data),))
            if b"-----BEGIN CERTIFICATE-----" in data:
                return Known(tuple(x509.load_pem_x509_certificates(data)))
            try:
                return Known((), (read_list(data),))
            except FormUnknown:
                return Known((x509.load_der_x509_certificate(data),))
        except ValueError:
            accepted = "a certificate or a list of revoked ones, PEM or DER"
            raise FileRefused(file, f"neither; accepted: {accepted}") from None
