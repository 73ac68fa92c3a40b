"""What verification finds of a data set."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

import msgspec

from safeconduct.reference.addresses import Address
from safeconduct.reference.errors import CertificateUnreadable, DataSetDamaged


class State(Enum):
    """Whole, or in which way it is not."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    FILE_MISSING = "file-missing"
    CERTIFICATE_UNREADABLE = "certificate-unreadable"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One data set; where it is not whole, which of its files, what was found and expected."""

    kind: str
    id: str
    as_of: str
    version: int
    state: State
    file: str | None = None
    found: str | None = None
    expected: str | None = None

    @property
    def whole(self) -> bool:
        """Do all its files have the hashes that its certificate states?"""
        return self.state is State.WHOLE


def verdict_on(address: Address, look: Callable[[], None], *, relative_to: Path) -> Verdict:
    """The verdict on what `look` raises, or does not."""
    try:
        look()
    except DataSetDamaged as error:
        state = State.FILE_MISSING if error.found == "no file" else State.DAMAGED
        if isinstance(error, CertificateUnreadable) and state is State.DAMAGED:
            state = State.CERTIFICATE_UNREADABLE
        return Verdict(
            **address._asdict(),
            state=state,
            file=error.file.relative_to(relative_to).as_posix(),
            found=error.found,
            expected=error.expected,
        )
    return Verdict(**address._asdict(), state=State.WHOLE)
