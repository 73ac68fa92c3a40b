"""Is there anything on this machine that can draw a page? If not, why."""

import os

from safeconduct.acquire.capturing import Draw, no_picture


def drawer(*, sandboxed: bool = True) -> Draw:
    """What draws pages with the Chromium of this machine, or says why none is drawn."""
    if os.name != "posix":
        return _none("Chromium is spoken to through pipes, which this system has not")
    from safeconduct.acquire.browser import Chromium, installed
    from safeconduct.acquire.picturing import pictures

    program = installed()
    if program is None:
        return _none("Chromium is not installed")
    if sandboxed and os.geteuid() == 0:
        return _none("root has no sandbox for Chromium; be another user")
    chromium = Chromium(program=program, sandboxed=sandboxed)

    return lambda page: pictures(page, chromium)


def _none(why: str) -> Draw:
    return lambda _: no_picture(why)
