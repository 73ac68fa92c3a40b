"""The family of errors that the core raises. They hold facts; the doors word and translate them."""


class SafeconductError(Exception):
    """Anything the core refuses, each subclass for one reason.

    The exit codes follow the command line contract: a door maps `exit_code` to the process status.
    """

    exit_code = 2


class DamagedReference(SafeconductError):
    """Reference or sealed data are not what their hash says; no reader may use them."""

    exit_code = 3


class OutputNotWritten(SafeconductError):
    """A file could not be written; what stood there before still stands."""

    exit_code = 4
