"""The keys of backup periods: with a period's key, all backups of the period are gone for good.

They lie in a folder that no backup holds. A key is overwritten before it is removed; what a disk
that moves its blocks (flash, copy on write) keeps of it is beyond a program.
"""

import os
import re
from pathlib import Path
from typing import Protocol

from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.storage.objects import NotStored

_PERIOD = re.compile(r"[0-9a-z][0-9a-z-]{0,31}")


class PeriodGone(NotUsable):
    """There is no key of this period: never made, or destroyed."""


class PeriodKeys(Protocol):
    """What erasure needs to know of backups."""

    def periods(self) -> tuple[str, ...]:
        """The periods whose backups can still be opened, in order."""

    def destroy(self, period: str) -> None:
        """Makes all backups of a period unreadable; one that is gone is no error."""


class FilePeriodKeys:
    """One file of 32 bytes for each period, such as `2026-11`, in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise NotStored(f"{root}: {error.strerror}") from error

    def make(self, period: str) -> bytes:
        """A new period's key, stored durably. Raises NotUsable where it is there already."""
        place = self._place(period)
        key = draw(KEY_BYTES)
        try:
            aside = self._root / f".{period}.{draw(8).hex()}"
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(key)
                    stream.flush()
                    os.fsync(stream.fileno())
                # A link fails where the period has a key; half a key never gets the name.
                os.link(aside, place)
            finally:
                aside.unlink(missing_ok=True)
            self._flush()
        except FileExistsError:
            raise NotUsable(f"the period {period} has a key") from None
        except OSError as error:
            raise NotStored(f"{place}: {error.strerror}") from error
        return key

    def key(self, period: str) -> bytes:
        """A period's key. Raises PeriodGone, or Malformed where the file is no key."""
        try:
            key = self._place(period).read_bytes()
        except FileNotFoundError:
            raise PeriodGone(f"no key of the period {period}") from None
        if len(key) != KEY_BYTES or key == bytes(KEY_BYTES):
            raise Malformed(f"the key of the period {period} has another form")
        return key

    def periods(self) -> tuple[str, ...]:
        """See `PeriodKeys.periods`."""
        return tuple(sorted(one.name for one in self._root.iterdir() if one.name[:1] != "."))

    def destroy(self, period: str) -> None:
        """See `PeriodKeys.destroy`. Raises NotStored."""
        place = self._place(period)
        try:
            descriptor = os.open(place, os.O_WRONLY)
        except FileNotFoundError:
            return
        except OSError as error:
            raise NotStored(f"{place}: {error.strerror}") from error
        try:
            with os.fdopen(descriptor, "wb") as stream:
                # Whatever was written there for the period, all of it.
                stream.write(bytes(max(os.fstat(descriptor).st_size, KEY_BYTES)))
                stream.flush()
                os.fsync(stream.fileno())
            place.unlink(missing_ok=True)
            self._flush()
        except OSError as error:
            raise NotStored(f"{place}: {error.strerror}") from error

    def _place(self, period: str) -> Path:
        if not _PERIOD.fullmatch(period):
            raise NotUsable("a period is named by small letters, digits and hyphens")
        return self._root / period

    def _flush(self) -> None:
        descriptor = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
