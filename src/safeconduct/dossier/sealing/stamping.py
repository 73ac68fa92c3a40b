"""Writes manifest and items into a PDF and signs all of it, by pyHanko, in one addition.

The PDF stays the beginning of the sealed file, byte for byte. What is added lies uncompressed, so
that it can be read without following anything that the file says of itself.
"""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec, embed_file
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.layout import FIELD, MIME_TYPES


class _Kept(IncrementalPdfFileWriter):
    """Leaves version and metadata as they are: PDF/A-3 is PDF 1.7, and the time is not ours."""

    def ensure_output_version(self, version: Any) -> None:
        """Nothing: what is added is known to PDF 1.7 with PDF/A-3."""

    def _update_meta(self) -> None:
        """Nothing: it would put the machine's clock into the document."""


class _Given(PdfSigner):
    """Signs at a time that is given instead of that of the machine."""

    at: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        """The session, at the given time."""
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at
        return session


def stamped(
    pdf: bytes,
    attached: Mapping[str, bytes],
    signer: Signer,
    *,
    at: datetime,
    time_stamps: TimeStamper | None = None,
) -> bytes:
    """The PDF with the attachments, certified: no change at all is allowed to it from then on.

    `attached`: file name → bytes, for the names in `layout`. With `time_stamps` the signature is
    of level B-T, else B-B (ETSI EN 319 142-1). Raises SealRefused for a PDF that cannot be added to
    and for a time-stamp server that gives nothing.
    """
    try:
        writer = _Kept(BytesIO(pdf))
        for name, data in attached.items():
            _attach(writer, name, data, at)
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            certify=True,
            subfilter=SigSeedSubFilter.PADES,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        field = SigFieldSpec(FIELD, on_page=0, box=None, readable_field_name="Seal")
        pdf_signer = _Given(metadata, signer, timestamper=time_stamps, new_field_spec=field)
        pdf_signer.at = at
        sealed = pdf_signer.sign_pdf(writer)
    except (PdfError, SigningError, TimestampRequestError) as error:
        raise SealRefused(f"the PDF could not be signed: {error}") from error
    except (ValueError, AttributeError, TypeError, LookupError) as error:
        # The ASN.1 of a server that answers something else.
        raise SealRefused("the time-stamp server gave no time stamp") from error
    return bytes(sealed.getvalue())


def _attach(writer: IncrementalPdfFileWriter, name: str, data: bytes, at: datetime) -> None:
    content = EmbeddedFileObject.from_file_data(
        writer,
        data,
        compress=False,
        params=EmbeddedFileParams(creation_date=at, modification_date=at),
        mime_type=MIME_TYPES[name],
    )
    spec = FileSpec(
        file_spec_string=name,
        file_name=name,
        embedded_data=content,
        af_relationship=NameObject("/Data"),
    )
    embed_file(writer, spec)
