"""What `capture.json` says of a capture; the form is that of `schemas/capture-1.json`.

It says what was asked, what came, and what was not captured and why. It judges nothing.
"""

from typing import Literal

import msgspec

from safeconduct.acquire.hearing import Reason
from safeconduct.acquire.payloads import Measured

Outcome = Literal["whole", "truncated", "not-captured"]
"""Did the page or file come whole? An error page of a server that came whole is whole."""


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the answer: as it came, and unpacked where it was packed."""

    bytes: int
    sha256: str
    encoding: str | None = None
    unpacked: Measured | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One question on the way. `status` is None where no answer came, and `failure` says why.

    `protected` tells whether it went by HTTPS; `certificate_sha256` is of the certificate shown.
    """

    url: str
    at: str
    protected: bool
    machine: str | None = None
    certificate_sha256: str | None = None
    status: int | None = None
    redirects_to: str | None = None
    truncated: Reason | None = None
    failure: str | None = None
    notes: tuple[str, ...] = ()


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the capture."""

    name: str
    bytes: int
    sha256: str


class NotCaptured(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not in the capture, and why."""

    what: str
    why: str


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `asked` is the address as it was given, or the name of the file.

    Times are UTC (ISO 8601) by the clock of the machine that captured. `media_type` is what the
    server said; None where it said none, and for files, of which nothing but the name is known.
    """

    schema: Literal["safeconduct/capture/1"] = "safeconduct/capture/1"
    software: str
    kind: Literal["page", "file"]
    outcome: Outcome
    asked: str
    reached: str | None = None
    started: str
    ended: str
    status: int | None = None
    media_type: str | None = None
    payload: Payload | None = None
    steps: tuple[Step, ...] = ()
    files: tuple[Kept, ...] = ()
    not_captured: tuple[NotCaptured, ...] = ()
