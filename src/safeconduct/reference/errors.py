"""What can be wrong with the catalogue or with what is to be added; each error holds its facts."""

from pathlib import Path

from safeconduct.casefile.errors import DamagedReference, OutputNotWritten, SafeconductError
from safeconduct.casefile.yamltree import shown


def _named(path: Path) -> str:
    """A path as it may stand in a message: nothing invisible in it."""
    return shown(str(path), most=300)


class DataSetDamaged(DamagedReference):
    """A file of a data set is missing, unreadable, or not what its certificate states."""

    def __init__(self, file: Path, *, found: str, expected: str) -> None:
        super().__init__(f"{_named(file)}: found {found}, expected {expected}; nothing may read it")
        self.file, self.found, self.expected = file, found, expected


class CertificateUnreadable(DataSetDamaged):
    """The certificate of a data set cannot be read, or was changed after it was written."""


class CatalogueNotWritten(OutputNotWritten):
    """The catalogue could not be changed; it is as it was."""

    def __init__(self, root: Path, reason: str) -> None:
        super().__init__(f"{_named(root)}: {reason}; the catalogue is as it was")
        self.root, self.reason = root, reason


class CatalogueMissing(SafeconductError):
    """A folder that was named as the catalogue is not there, or is no folder."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"{_named(root)}: no folder of reference data is there")
        self.root = root


class CatalogueUnreadable(SafeconductError):
    """What lies in a folder of the catalogue cannot be seen; that is not the same as nothing."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{_named(folder)}: it cannot be read ({reason})")
        self.folder, self.reason = folder, reason


class NoSuchDataSet(SafeconductError):
    """The catalogue holds no data set of that address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address}: no such data set")
        self.address = address


class AddressRefused(SafeconductError):
    """A kind, an identifier or a date that cannot address a data set."""

    def __init__(self, what: str, found: str, accepted: str) -> None:
        super().__init__(f"{what}: found {found[:80]!a}; accepted: {accepted}")
        self.what, self.found, self.accepted = what, found, accepted


class StatementsMissing(SafeconductError):
    """What a certificate must state and neither the file nor the person who adds it said."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"to be stated: {', '.join(missing)}")
        self.missing = missing


class StatementRefused(SafeconductError):
    """A statement for the certificate that is empty, too long or no text."""

    def __init__(self, what: str, accepted: str) -> None:
        super().__init__(f"{what}: accepted: {accepted}")
        self.what, self.accepted = what, accepted


class OriginalRefused(SafeconductError):
    """The file to be added cannot be read as one."""

    def __init__(self, original: Path, reason: str) -> None:
        super().__init__(f"{_named(original)}: {reason}")
        self.original, self.reason = original, reason
