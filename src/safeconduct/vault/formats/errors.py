"""What every format of the vault refuses. They hold facts and never a secret."""

from safeconduct.casefile.errors import DamagedReference, SafeconductError


class Malformed(DamagedReference):
    """Stored bytes do not have the form that their kind has: cut, altered, or of another kind."""


class NotOpened(DamagedReference):
    """Sealed data did not open: another key, another place than it was sealed for, or altered.

    The cryptography cannot tell the three apart, so neither does this error.
    """


class NotUsable(SafeconductError):
    """What was given cannot be written in this format: an empty id, a number below nought."""
