"""An official list → a version in the catalogue.

1. download every file; nothing is added before all are there    2. pack several into one archive
3. the same content as the latest version changes nothing        4. build it
5. refuse it where it holds suddenly far less                    6. add it
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec

from safeconduct.acquire.bodies import Progress
from safeconduct.acquire.downloading import Downloaded, download
from safeconduct.acquire.errors import ListShrunk
from safeconduct.acquire.sources import ListFile, Source
from safeconduct.acquire.storing import stored
from safeconduct.acquire.wire import Limits, Network
from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.certificate import Certificate
from safeconduct.reference.errors import DataSetDamaged
from safeconduct.reference.importing import Built, Importer, RowMistake
from safeconduct.screening.importer import packed

LEAST_KEPT = 0.5
"""Of the rows of the latest version, a new one holds at least this share, or it is refused."""

FileProgress = Callable[[str, int, int | None], None]
"""Told the name of a file, how many of its bytes came, and how many will where that is known."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a list: its certificate, and whether it was there already.

    `rejected` are the rows that the built form leaves out; none are told of an unchanged list.
    `newer` is the address of a version of a later day, which stays the one that is searched: the
    publisher gave out an older list than before.
    """

    certificate: Certificate
    unchanged: bool
    rejected: tuple[RowMistake, ...] = ()
    newer: str | None = None


def fetch(
    source: Source,
    catalogue: Catalogue,
    importer: Importer,
    folder: Path,
    *,
    on: str,
    id: str | None = None,  # noqa: A002  (the word that certificates and the command line use)
    accept_shrunk: bool = False,
    network: Network | None = None,
    limits: Limits | None = None,
    progress: FileProgress | None = None,
) -> Fetched:
    """Downloads a list into `folder`, a working folder that the caller removes, and adds it.

    `on` is the day of the download (ISO 8601): the list is of the day that it states, else of the
    day on which its server says that its first file was changed, else of `on`. Raises a
    DownloadFailed, ListShrunk, and what `Catalogue.add` raises; after each the catalogue is as
    before.
    """
    identifier = id if id is not None else source.name
    files = [
        download(
            file.address,
            folder / file.name,
            expected=file.expected,
            network=network,
            limits=limits,
            progress=_of(file, progress),
        )
        for file in source.files
    ]  # 1
    original, digest = _one(source, folder, files)  # 2
    latest = _latest(catalogue, source.kind, identifier)
    if latest is not None and _unchanged(catalogue, latest, digest, importer):  # 3
        return Fetched(certificate=latest, unchanged=True)
    guarded = _Guarded(importer, None if accept_shrunk else latest, _day(files[0], on))
    added = catalogue.add(  # 4, 5, 6
        original,
        source.kind,
        guarded,
        id=identifier,
        title=source.title,
        origin=_origin(source, files),
        licence=source.licence,
    )
    later = latest is not None and latest.as_of > added.certificate.as_of
    return Fetched(
        certificate=added.certificate,
        unchanged=added.already_there,
        rejected=added.rejected,
        newer=str(latest.address) if latest is not None and later else None,
    )


class _Guarded:
    """An importer that refuses a list much shorter than the latest, and knows a day for it."""

    def __init__(self, importer: Importer, latest: Certificate | None, day: str) -> None:
        self._importer, self._latest, self._day = importer, latest, day

    @property
    def name(self) -> str:
        return self._importer.name

    @property
    def version(self) -> int:
        return self._importer.version

    @property
    def most_bytes(self) -> int:
        return self._importer.most_bytes

    def build(self, original: bytes) -> Built:
        built = self._importer.build(original)
        latest = self._latest
        if latest is not None and built.rows < latest.rows * LEAST_KEPT:
            raise ListShrunk(str(latest.address), built.rows, latest.rows)
        return msgspec.structs.replace(built, as_of=built.as_of or self._day)


def _of(file: ListFile, progress: FileProgress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda got, length: progress(file.name, got, length)


def _one(source: Source, folder: Path, files: list[Downloaded]) -> tuple[Path, str]:
    """The file that is added, and its hash."""
    if len(files) == 1:
        return files[0].path, files[0].sha256
    archive = packed([(file.path.name, file.path.read_bytes()) for file in files])
    target = folder / f"{source.name}.zip"
    with stored(target) as append:
        append(archive)
    return target, sha256(archive).hexdigest()


def _latest(catalogue: Catalogue, kind: str, identifier: str) -> Certificate | None:
    """The version to compare with. A certificate that cannot be read is told, not passed over."""
    found = catalogue.latest(kind, identifier)
    return found[0] if found else None


def _unchanged(catalogue: Catalogue, latest: Certificate, digest: str, importer: Importer) -> bool:
    """Is the latest version made of the same bytes by the same importer, and whole?"""
    by = latest.importer
    same = latest.original.sha256 == digest
    if not same or (by.name, by.version) != (importer.name, importer.version):
        return False
    try:
        catalogue.read_original(latest)
        catalogue.read_built(latest)
    except DataSetDamaged:
        return False
    return True


def _day(first: Downloaded, on: str) -> str:
    """A server whose clock is ahead does not make a list of tomorrow."""
    return min(first.modified_on or on, on)


def _origin(source: Source, files: list[Downloaded]) -> str:
    return "; ".join((source.publisher, *(_told(file) for file in files)))


def _told(file: Downloaded) -> str:
    said = (("Last-Modified", file.last_modified), ("ETag", file.etag))
    more = ", ".join(f"{name} {value}" for name, value in said if value)
    return f"{file.asked} ({more})" if more else file.asked
