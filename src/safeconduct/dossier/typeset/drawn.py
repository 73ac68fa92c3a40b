"""Drawings in the dossier: each with the words that its own title and description have."""

import html
import re
from collections.abc import Iterator, Mapping

from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import plain
from safeconduct.dossier.typeset.coverage import drawable
from safeconduct.dossier.typeset.cutting import cut
from safeconduct.dossier.typeset.values import Block, Drawing, Heading, Paragraph

_LONGEST = 7_500
"""Characters of a text alternative: PDF/A-3 allows 32,767 bytes, and one may take four. A longer
description stands in full below the drawing."""

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def placed(drawings: Mapping[str, str], of: Shown) -> tuple[Block, ...]:
    """A heading and each drawing in the order given; nothing where there is none."""
    if not drawings:
        return ()
    return (Heading(of.text("report-drawings")), *_drawn(drawings))


def _drawn(drawings: Mapping[str, str]) -> Iterator[Block]:
    for name, svg in drawings.items():
        title = _words(_TITLE, svg) or name
        told = _words(_DESCRIPTION, svg) or title
        yield Drawing(drawable(svg), cut(told, _LONGEST), title)
        if len(told) > _LONGEST:
            yield Paragraph(plain(told), quiet=True)


def _words(pattern: re.Pattern[str], svg: str) -> str:
    found = pattern.search(svg)
    return " ".join(html.unescape(found[1]).split()) if found else ""
