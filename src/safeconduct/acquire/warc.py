"""WARC 1.1 records of a capture, written by warcio with every byte of a block as it came.

Read on 2026-11-23: iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/ for the
fields, and github.com/iipc/warc-specifications/issues/22 for what a payload is. Digests are
SHA-256 in hex, so that `sha256sum` gives the same. It draws no randomness: identifiers are derived
from what a record holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from safeconduct.acquire.following import Hop
from safeconduct.acquire.hearing import Heard
from safeconduct.acquire.payloads import Measured

_VERSION = "WARC/1.1"
_IN_ADDRESSES = "/?&=%:;@+,!$'()*~[]#"
_FIELDS = "application/warc-fields"
_REQUEST = "application/http; msgtype=request"
_RESPONSE = "application/http; msgtype=response"


def moment(at: datetime) -> str:
    """A time as records and `capture.json` write it: UTC, microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Readable(Protocol):
    """What gives its bytes in pieces."""

    def read(self, most: int, /) -> bytes:
        """At most so many of the next bytes; none at the end."""


class Records:
    """Writes the records of one file, in order."""

    def __init__(self, out: BinaryIO) -> None:
        from warcio.warcwriter import WARCWriter

        self._writer: Any = WARCWriter(out, gzip=False, warc_version=_VERSION)
        # All digests are given here, as SHA-256; warcio would add SHA-1 to what has none.
        self._writer.ensure_digest = lambda *_, **__: None
        self._count = 0

    def info(self, name: str, at: datetime, fields: tuple[tuple[str, str], ...]) -> None:
        """The first record: what wrote the file."""
        self._small("warcinfo", None, at, fields, (("WARC-Filename", name),))

    def hop(self, hop: Hop, spool: BinaryIO) -> None:
        """Request and answer of a hop; where it failed, a record that says so."""
        answer = hop.heard
        of = "" if answer is None else answer.block.sha256
        event = self._identifier("response", hop.url, hop.at, of)
        to = [("WARC-IP-Address", hop.machine)] if hop.machine else []
        if answer is not None:
            self._response(hop, answer, event, to, spool)
        if hop.request is not None:
            block = _measured(hop.request)
            concurrent = [("WARC-Concurrent-To", event)] if answer is not None else []
            fields = (*to, *concurrent, ("WARC-Payload-Digest", _label(_measured(b""))))
            self._write("request", hop.url, hop.at, (BytesIO(hop.request), block, _REQUEST), fields)
        if hop.failure is not None:
            told = (("refused", str(hop.failure)), ("kind", type(hop.failure).__name__))
            # A redirect may have named something that is no address at all.
            self._small("metadata", quote(hop.url, safe=_IN_ADDRESSES), hop.at, told, tuple(to))

    def resource(
        self, url: str, at: datetime, file: Readable, measured: Measured, media_type: str
    ) -> None:
        """A file as it is."""
        fields = (("WARC-Payload-Digest", _label(measured)),)
        self._write("resource", url, at, (file, measured, media_type), fields)

    def _response(
        self,
        hop: Hop,
        answer: Heard,
        identifier: str,
        to: list[tuple[str, str]],
        spool: BinaryIO,
    ) -> None:
        fields = list(to)
        if not answer.chunked:
            # Of chunked answers readers take different digests (warcio, issue 74): the standard
            # means the payload without chunks, which `capture.json` has.
            fields.append(("WARC-Payload-Digest", _label(answer.payload.came())))
        if answer.cut is not None:
            fields.append(("WARC-Truncated", answer.cut))
        spool.seek(0)
        block = (spool, answer.block, _RESPONSE)
        self._write("response", hop.url, hop.at, block, tuple(fields), identifier)

    def _small(
        self,
        kind: str,
        url: str | None,
        at: datetime,
        told: tuple[tuple[str, str], ...],
        fields: tuple[tuple[str, str], ...],
    ) -> None:
        text = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in told)
        data = text.encode()
        self._write(kind, url, at, (BytesIO(data), _measured(data), _FIELDS), fields)

    def _write(
        self,
        kind: str,
        url: str | None,
        at: datetime,
        block: tuple[Readable, Measured, str],
        fields: tuple[tuple[str, str], ...],
        identifier: str | None = None,
    ) -> None:
        from warcio.recordloader import ArcWarcRecord
        from warcio.statusandheaders import StatusAndHeaders

        stream, measured, media_type = block
        self._count += 1
        lines = [
            ("WARC-Type", kind),
            (
                "WARC-Record-ID",
                identifier or self._identifier(kind, url or "", at, measured.sha256),
            ),
            ("WARC-Date", moment(at)),
            *((("WARC-Target-URI", url),) if url else ()),
            ("WARC-Block-Digest", _label(measured)),
            *fields,
        ]
        headers = StatusAndHeaders("", lines, protocol=_VERSION)
        self._writer.write_record(
            ArcWarcRecord("warc", kind, headers, stream, None, media_type, measured.bytes)
        )

    def _identifier(self, kind: str, url: str, at: datetime, digest: str) -> str:
        name = f"{self._count} {kind} {url} {moment(at)} {digest}"
        return f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>"


@contextmanager
def warc_file(path: Path) -> Iterator[Records]:
    """A new file for records."""
    with path.open("xb") as out:
        yield Records(out)


def _measured(data: bytes) -> Measured:
    return Measured(bytes=len(data), sha256=sha256(data).hexdigest())


def _label(measured: Measured) -> str:
    return f"sha256:{measured.sha256}"
