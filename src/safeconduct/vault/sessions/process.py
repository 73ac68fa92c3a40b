"""The process that holds open keys: no core dump, no reading of its memory by others of its user.

It does not keep memory out of swap (the service's unit does, `MemorySwapMax=0`), and nothing here
keeps out the machine's administrator.
"""

import ctypes
import resource
import sys

from safeconduct.casefile.errors import SafeconductError

_SET_DUMPABLE = 4  # PR_SET_DUMPABLE, <linux/prctl.h>


class NotClosed(SafeconductError):
    """The system refused to close the process; keys are not opened in it."""


def close_process() -> None:
    """Called once, before the first key is opened. Raises NotClosed.

    Core dumps are off for this process and its children. On Linux it is made not dumpable: then
    other processes of the same user can neither trace it nor read its memory, its environment or
    its files under /proc. On other systems only core dumps are off.
    """
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        raise NotClosed(f"core dumps: {error}") from None
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise NotClosed(f"prctl: error {ctypes.get_errno()}")
