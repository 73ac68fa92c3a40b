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
description says that it is cut, and stands in full below the drawing."""

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def placed(drawings: Mapping[str, str], of: Shown) -> tuple[Block, ...]:
    """A heading and each drawing in the order given; nothing where there is none."""
    if not drawings:
        return ()
    return (Heading(of.text("report-drawings")), *_drawn(drawings, of.text("drawing-cut")))


def pictured(svg: str) -> Drawing:
    """A small drawing with its description, cut where it is too long for an alternative."""
    title = " ".join(_lines(_TITLE, svg))
    return Drawing(
        drawable(svg), cut(" ".join(_lines(_DESCRIPTION, svg)) or title, _LONGEST), title
    )


def _drawn(drawings: Mapping[str, str], goes_on: str) -> Iterator[Block]:
    for name, svg in drawings.items():
        title = " ".join(_lines(_TITLE, svg)) or name
        lines = _lines(_DESCRIPTION, svg) or (title,)
        told = " ".join(lines)
        if len(told) <= _LONGEST:
            yield Drawing(drawable(svg), told, title)
            continue
        yield Drawing(drawable(svg), f"{cut(told, _LONGEST)} {goes_on}", title)
        yield from (Paragraph(plain(line), quiet=True) for line in lines)


def _lines(pattern: re.Pattern[str], svg: str) -> tuple[str, ...]:
    """The lines of a text, each with its spaces as one."""
    found = pattern.search(svg)
    lines = html.unescape(found[1]).splitlines() if found else ()
    return tuple(" ".join(line.split()) for line in lines if line.strip())
