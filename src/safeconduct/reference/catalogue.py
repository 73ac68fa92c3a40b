"""The catalogue: a folder for each version of each data set, and no index beside them.

    <root>/<kind>/<id>/<as-of>[-n]/certificate.json  original<.ext>  built.bin

What lies there is what there is. Adding is one rename; a version is never overwritten; a built
form is handed out only when its hash is the one that its certificate states.
"""

import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from safeconduct.reference import staging
from safeconduct.reference.addresses import Address, is_label, is_slug, parsed, slug
from safeconduct.reference.certificate import (
    Certificate,
    FileStated,
    ImporterStated,
    read,
    sealed,
    written,
)
from safeconduct.reference.errors import (
    CatalogueMissing,
    CatalogueUnreadable,
    CertificateUnreadable,
    DataSetDamaged,
    NoSuchDataSet,
    OriginalRefused,
)
from safeconduct.reference.importing import Built, Importer, RowMistake
from safeconduct.reference.regular import regular_bytes
from safeconduct.reference.stating import Stated, stated_by
from safeconduct.reference.verdicts import Verdict, verdict_on

CERTIFICATE, BUILT = "certificate.json", "built.bin"

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")

# A certificate is short; a file of any length in its place must not fill the memory.
_MOST_CERTIFICATE = 64 * 1024


class Added(NamedTuple):
    """The certificate of what was added, or of the same data that were there already.

    `rejected` are the rows of the original that the built form leaves out, with the reason of each.
    """

    certificate: Certificate
    already_there: bool
    rejected: tuple[RowMistake, ...] = ()


class Catalogue:
    """All data sets below one folder. The folder need not be there yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def required(self) -> "Catalogue":
        """This catalogue. Raises CatalogueMissing where its folder is not there."""
        if not self.root.is_dir():
            raise CatalogueMissing(self.root)
        return self

    def add(
        self,
        original: Path,
        kind: str,
        importer: Importer,
        *,
        id: str,  # noqa: A002  (the word that certificates and the command line use)
        as_of: str | None = None,
        title: str | None = None,
        origin: str | None = None,
        licence: str | None = None,
        completeness: str | None = None,
    ) -> Added:
        """Imports a file and keeps it with what it was built into.

        What is not stated here is taken from the file where it tells. The same file with the same
        statements changes nothing; other content of the same day becomes its next version.
        Raises AddressRefused, StatementsMissing, StatementRefused, OriginalRefused, ImportRejected
        or CatalogueNotWritten; after each the catalogue is as before.
        """
        slug("kind", kind), slug("id", id)
        data = _original(original, importer.most_bytes)
        built = importer.build(data)
        stated = stated_by(
            built,
            identifier=id,
            as_of=as_of,
            title=title,
            origin=origin,
            licence=licence,
            completeness=completeness,
        )
        draft = _draft(kind, id, stated, built, importer, original.name, data)
        with staging.changing(self.root):
            added = self._placed(draft, data, built.data)
        return added._replace(rejected=built.rejected)

    def addresses(self) -> tuple[Address, ...]:
        """What lies there, by folder names alone; within a set, the latest version is the last.

        Raises CatalogueUnreadable where a folder refuses to be listed.
        """
        kinds = (kind for kind in _folders(self.root) if is_slug(kind.name))
        sets = (one for kind in kinds for one in _folders(kind) if is_slug(one.name))
        found = (
            parsed(one.parent.name, one.name, version.name)
            for one in sets
            for version in _folders(one)
            if is_label(version.name)
        )
        return tuple(sorted(found))

    def all(self) -> tuple[Certificate, ...]:
        """Every certificate. Raises CertificateUnreadable at the first that cannot be read."""
        return tuple(self.certificate(address) for address in self.addresses())

    def latest(
        self,
        kind: str,
        id: str | None = None,  # noqa: A002
    ) -> tuple[Certificate, ...]:
        """The latest version of each data set of a kind, or of the one of that id.

        Raises CertificateUnreadable where the latest version cannot be read: an older one in its
        place would be a silent answer from other data.
        """
        last = {
            address.id: address
            for address in self.addresses()
            if address.kind == kind and id in (None, address.id)
        }
        return tuple(self.certificate(address) for address in last.values())

    def get(self, kind: str, id: str, as_of: str) -> Certificate:  # noqa: A002
        """The version of that label (2026-11-22, 2026-11-22-2).

        Raises AddressRefused, NoSuchDataSet or CertificateUnreadable.
        """
        return self.certificate(self._there(parsed(kind, id, as_of)))

    def certificate(self, address: Address) -> Certificate:
        """The certificate at an address. Raises CertificateUnreadable."""
        file = self.folder(address) / CERTIFICATE
        try:
            certificate = read(regular_bytes(file, _MOST_CERTIFICATE))
        except FileNotFoundError:
            raise CertificateUnreadable(file, found="no file", expected="a certificate") from None
        except OSError as error:
            reason = error.strerror or "an error"  # the error itself would name the folder
            raise CertificateUnreadable(file, found=reason, expected="a certificate") from None
        except ValueError as error:
            raise CertificateUnreadable(file, found=str(error), expected="a certificate") from None
        if certificate.address != address:
            raise CertificateUnreadable(file, found=str(certificate.address), expected=str(address))
        return certificate

    def read_built(self, certificate: Certificate) -> bytes:
        """The built form, checked against its hash. Raises DataSetDamaged."""
        return self._checked(certificate, certificate.built)

    def read_original(self, certificate: Certificate) -> bytes:
        """The file that was added, checked against its hash. Raises DataSetDamaged."""
        return self._checked(certificate, certificate.original)

    def verify(self) -> tuple[Verdict, ...]:
        """What is true of each data set: whole, damaged, a file missing, certificate unreadable."""
        return tuple(self._verdict(address) for address in self.addresses())

    def remove(self, kind: str, id: str, as_of: str) -> Address:  # noqa: A002
        """Takes one version away, whole or damaged. Raises NoSuchDataSet or CatalogueNotWritten."""
        address = self._there(parsed(kind, id, as_of))
        with staging.changing(self.root):
            staging.take_away(self.root, self.folder(self._there(address)))
        return address

    def folder(self, address: Address) -> Path:
        """Where a version lies."""
        return self.root / address.kind / address.id / address.label

    def _there(self, address: Address) -> Address:
        if not self.folder(address).is_dir():
            raise NoSuchDataSet(str(address))
        return address

    def _placed(self, draft: Certificate, original: bytes, built: bytes) -> Added:
        """Only inside `changing`: nobody else adds a version meanwhile."""
        version = 1
        for address in self.addresses():
            if address[:3] != draft.address[:3]:
                continue
            version = address.version + 1
            with suppress(CertificateUnreadable):
                there = self.certificate(address)
                # A damaged version does not count as there: adding again heals it.
                if _same(there, draft) and self._verdict(address).whole:
                    return Added(there, already_there=True)
        certificate = sealed(msgspec.structs.replace(draft, version=version))
        files = {draft.original.name: original, BUILT: built, CERTIFICATE: written(certificate)}
        staging.place(self.root, self.folder(certificate.address), files)
        return Added(certificate, already_there=False)

    def _verdict(self, address: Address) -> Verdict:
        folder = self.folder(address)

        def look() -> None:
            certificate = self.certificate(address)
            self.read_original(certificate)
            self.read_built(certificate)

        return verdict_on(address, look, relative_to=folder)

    def _checked(self, certificate: Certificate, stated: FileStated) -> bytes:
        file = self.folder(certificate.address) / stated.name
        try:
            data = regular_bytes(file, stated.bytes)
        except FileNotFoundError:
            raise DataSetDamaged(file, found="no file", expected=stated.sha256) from None
        except OSError as error:
            reason = error.strerror or "an error"
            raise DataSetDamaged(file, found=reason, expected=stated.sha256) from None
        if len(data) > stated.bytes:
            # Not read to its end, which may be far.
            longer, length = f"more than {stated.bytes} bytes", f"{stated.bytes} bytes"
            raise DataSetDamaged(file, found=longer, expected=length)
        found = sha256(data).hexdigest()
        if found != stated.sha256:
            raise DataSetDamaged(file, found=found, expected=stated.sha256)
        return data


def _folders(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if one.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        # An empty answer would read as "there are no such data".
        raise CatalogueUnreadable(folder, error.strerror or "an error") from error


def _original(original: Path, most: int) -> bytes:
    """The bytes of a regular file of bearable length; anything else is refused unread."""
    try:
        data = regular_bytes(original, most)
    except FileNotFoundError:
        raise OriginalRefused(original, "no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OriginalRefused(original, f"it cannot be read ({reason})") from error
    if len(data) > most:
        raise OriginalRefused(original, f"more than {most:,} bytes, the most that are accepted")
    return data


def _draft(
    kind: str,
    identifier: str,
    stated: Stated,
    built: Built,
    importer: Importer,
    name: str,
    original: bytes,
) -> Certificate:
    suffix = Path(name).suffix
    kept_as = f"original{suffix.lower() if _SUFFIX.fullmatch(suffix) else ''}"
    return Certificate(
        kind=kind,
        id=identifier,
        as_of=stated.as_of,
        title=stated.title,
        origin=stated.origin,
        licence=stated.licence,
        completeness=stated.completeness,
        covers_from=built.covers_from,
        covers_to=built.covers_to,
        rows=built.rows,
        rejected=len(built.rejected),
        original=_file(kept_as, original),
        # A name may hold bytes that are no text.
        original_name=name.encode("utf-8", "backslashreplace").decode(),
        built=_file(BUILT, built.data),
        importer=ImporterStated(name=importer.name, version=importer.version),
    )


def _file(name: str, data: bytes) -> FileStated:
    return FileStated(name=name, sha256=sha256(data).hexdigest(), bytes=len(data))


def _same(one: Certificate, other: Certificate) -> bool:
    """Same content and same statements? The file's own name and the version do not count."""
    bare = (
        msgspec.structs.replace(each, version=1, original_name="", certificate_sha256="")
        for each in (one, other)
    )
    return next(bare) == next(bare)
