"""The interface of a store of sealed files, each named by the SHA-256 of its bytes."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from safeconduct.casefile.errors import DamagedReference, OutputNotWritten
from safeconduct.vault.formats.errors import NotUsable

_NAME = re.compile(r"[0-9a-f]{64}")


class NotStored(OutputNotWritten):
    """Nothing was stored: the disk is full, read-only or failing. What stood there still stands."""


class ObjectMissing(DamagedReference):
    """There is no object of this name."""


class ObjectDamaged(DamagedReference):
    """The bytes of an object do not have the hash that names them."""


class Objects(Protocol):
    """Sealed files. A name is 64 hexadecimal digits; everything is streamed."""

    def put(self, chunks: Iterable[bytes]) -> str:
        """Stores the bytes durably and gives their name. Whole or not at all: raises NotStored."""

    def get(self, name: str) -> Iterator[bytes]:
        """The bytes, in pieces. Raises ObjectMissing, or at their end ObjectDamaged."""

    def names(self) -> Iterator[str]:
        """The names of all objects, in order."""

    def size(self, name: str) -> int:
        """The length in bytes. Raises ObjectMissing."""

    def remove(self, name: str) -> None:
        """Removes an object; one that is not there is no error. Raises NotStored."""


def checked_name(name: str) -> str:
    """The same name, if it is one; what comes from a database must not become a path."""
    if not _NAME.fullmatch(name):
        raise NotUsable("an object is named by 64 hexadecimal digits")
    return name
