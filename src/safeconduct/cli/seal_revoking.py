"""What `safeconduct seal revoke` takes back, found in the files that are named to it."""

import hashlib
from pathlib import Path

from cryptography import x509

from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of
from safeconduct.cli.seal_folder import KeyFolder, certificate_in
from safeconduct.cli.verify import MOST_BYTES, SEALED_FILE
from safeconduct.dossier.sealing.certificates import certificate_sha256, issued
from safeconduct.dossier.sealing.examining import Examined, examine
from safeconduct.dossier.sealing.manifest import Manifest, manifest_bytes
from safeconduct.dossier.sealing.verification import Answer


def manifest_sha256(path: Path, keys: KeyFolder) -> str:
    """The SHA-256 of the manifest of a file that was sealed with these keys. Raises FileRefused."""
    _, manifest = _whole(path, keys)
    return hashlib.sha256(manifest_bytes(manifest)).hexdigest()


def certificate_of(path: Path, keys: KeyFolder) -> x509.Certificate:
    """The signing certificate in a file (PEM), or the one that a sealed file was signed with.

    It has to be one of these keys. Raises FileRefused.
    """
    accepted = f"a certificate (PEM), or {SEALED_FILE}"
    known = {certificate_sha256(one): one for one in (keys.certificate("signing"), *keys.earlier())}
    if not bytes_of(path, MOST_BYTES, accepted).startswith((b"%PDF-", b"{")):
        certificate = certificate_in(path)
        ours = certificate_sha256(certificate) in known
        if not (ours or issued(certificate, keys.certificate("root"))):
            raise FileRefused(path, "no signing certificate of this organisation")
        return certificate
    examined, manifest = _whole(path, keys)
    # The organisation's own signature names it, whoever issued it.
    if examined.signed is not None:
        return examined.signed.certificate
    if manifest.certificate.sha256 not in known:
        raise FileRefused(path, "its certificate is not in the folder; name the whole dossier")
    return known[manifest.certificate.sha256]


def _whole(path: Path, keys: KeyFolder) -> tuple[Examined, Manifest]:
    """A sealed file as the organisation sealed it.

    A manifest that was altered has a hash that no dossier in the world has: taking it back would
    leave the genuine one in force.
    """
    data = bytes_of(path, MOST_BYTES, SEALED_FILE)
    with about(path):
        found = examine(data)
    if found.disclosed is None:
        raise FileRefused(path, "its manifest cannot be read")
    manifest = found.disclosed.manifest
    if manifest.organisation.key != keys.organisation().key:
        raise FileRefused(path, "sealed by somebody else")
    if (found.intact.answer, found.valid.answer) != (Answer.YES, Answer.YES):
        told = "not as it was sealed; name the dossier as you keep it. Nothing was taken back"
        raise FileRefused(path, told)
    return found, manifest
