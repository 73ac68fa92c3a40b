"""A page to print with a dossier: for whom it is sealed, and the hash of its manifest as a QR code.

Whoever has the paper and the file can tell that both are of one sealing. The paper alone proves
nothing, and says so.
"""

import hashlib

import segno

from safeconduct.casefile.findings import Day, Message, Text
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.report_values import Row, mono, plain
from safeconduct.dossier.sealing.manifest import Manifest, manifest_bytes
from safeconduct.dossier.typeset.values import Block, Dossier, Drawing, Facts, Paragraph
from safeconduct.wording import dates
from safeconduct.wording.language import Language

_SCHEME = "safeconduct:manifest:sha256:"
_PIXELS, _QUIET, _WIDE = 4, 4, 640
"""Of a module; modules of empty margin, as the standard asks; of the drawing."""


def sheet(manifest: Manifest, language: Language) -> Dossier:
    """The page as data for the typesetter; its date is the day of sealing."""
    digest = hashlib.sha256(manifest_bytes(manifest)).hexdigest()
    until = {"expires": Day(manifest.expires)}
    return Dossier(
        lang=language.code,
        title=language.text("seal-sheet-title"),
        subtitle=plain(isolated(manifest.organisation.name)),
        case=digest[:16],
        draft=sentence(
            Message("dossier-sealed", {"recipient": Text(manifest.recipient)}), language
        ),
        draft_means=sentence(Message("dossier-sealed-means", until), language),
        confidential=language.text("report-confidential"),
        colon=language.text("label-with-value").format(label="", value=""),
        in_brief=language.text("dossier-summary"),
        day=(manifest.issued.year, manifest.issued.month, manifest.issued.day),
        attached=language.text("seal-sheet-title"),
        summary=_blocks(manifest, digest, language),
        sections=(),
    )


def _blocks(manifest: Manifest, digest: str, language: Language) -> tuple[Block, ...]:
    span = language.text("dossier-from-until").format(
        issued=dates.day(manifest.issued, language), expires=dates.day(manifest.expires, language)
    )
    groups = " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
    title = language.text("seal-sheet-code")
    return (
        Facts(
            (
                Row(language.text("dossier-recipient"), plain(isolated(manifest.recipient))),
                Row(language.text("dossier-purpose"), plain(isolated(manifest.purpose))),
                Row(language.text("dossier-in-force"), plain(span)),
                Row(language.text("seal-sheet-hash"), mono(groups)),
            )
        ),
        Drawing(svg=qr_svg(_SCHEME + digest, title), alternative=groups, caption=title),
        Paragraph(plain(language.text("seal-sheet-means"))),
    )


def qr_svg(text: str, title: str) -> str:
    """A QR code (ISO/IEC 18004, a quarter of it may be lost) as the text of an SVG file.

    It stands on the left of a drawing as wide as the text of a page, so that it is not enlarged.
    """
    matrix = segno.make(text, error="q", micro=False).matrix
    side = _PIXELS * (len(matrix) + 2 * _QUIET)
    dark = "".join(
        f"M{_PIXELS * (column + _QUIET)} {_PIXELS * (row + _QUIET)}h{_PIXELS}v{_PIXELS}h-{_PIXELS}z"
        for row, line in enumerate(matrix)
        for column, cell in enumerate(line)
        if cell
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{side}" '
        f'viewBox="0 0 {_WIDE} {side}"><title>{title}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )
