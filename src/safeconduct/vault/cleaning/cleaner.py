"""One door for all files: what a file is stands in its first bytes, never in its name."""

from collections.abc import Iterable
from hashlib import sha256

from safeconduct.vault.cleaning.heif import clean_heif, heif_kind
from safeconduct.vault.cleaning.results import Bare, CannotClean, Cleaned, Limits, Why

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_ZIP = b"PK\x03\x04"
# Word, Excel and PowerPoint before 2007, and newer ones that are encrypted, which lie in the same.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def clean(data: bytes, *, limits: Limits | None = None) -> Cleaned:
    """A file → its cleaned copy. Raises CannotClean with the reason; nothing is stored."""
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise CannotClean(Why.TOO_LARGE, f"limit {limits.file_bytes} bytes")
    bare = _bare(data, limits)
    return Cleaned(
        kind=bare.kind,
        data=bare.data,
        original=sha256(data).hexdigest(),
        sha256=sha256(bare.data).hexdigest(),
        removed=tuple(sorted(bare.removed)),
        staying=tuple(sorted(bare.staying)),
        where=tuple(sorted(bare.where)),
    )


def gathered(pieces: Iterable[bytes], limits: Limits) -> bytes:
    """Pieces of a file as one, no further than the limit. Raises CannotClean."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > limits.file_bytes:
            raise CannotClean(Why.TOO_LARGE, f"limit {limits.file_bytes} bytes")
    return bytes(held)


def _bare(data: bytes, limits: Limits) -> Bare:
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        from safeconduct.vault.cleaning.images import clean_image

        return clean_image(data, limits)
    if b"%PDF-" in data[:1024]:
        from safeconduct.vault.cleaning.pdf import clean_pdf

        return clean_pdf(data, limits)
    if data.startswith(_ZIP):
        return _office(data, limits)
    if data.startswith(_COMPOUND):
        raise CannotClean(Why.UNKNOWN_FORMAT, "an old or an encrypted office file")
    if heif_kind(data):
        return clean_heif(data)
    raise CannotClean(Why.UNKNOWN_FORMAT)


def _office(data: bytes, limits: Limits) -> Bare:
    from safeconduct.vault.cleaning.odf import clean_odf, is_odf
    from safeconduct.vault.cleaning.ooxml import clean_ooxml, is_ooxml
    from safeconduct.vault.cleaning.zips import read_zip

    parts = read_zip(data, limits)
    if is_ooxml(parts):
        return clean_ooxml(parts, limits)
    if is_odf(parts):
        return clean_odf(parts, limits)
    raise CannotClean(Why.UNKNOWN_FORMAT, "an archive that is no document")
