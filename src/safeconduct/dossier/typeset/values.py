"""What the typst template is given: a tree of plain values, in words, in the order of reading.

A `Part` with `lang` is text of the case. Blocks are told apart by `is`. Nothing here is typst code,
and the template evaluates none of it.
"""

import msgspec

from safeconduct.dossier.report_values import Parts, Row


class Heading(msgspec.Struct, frozen=True, tag_field="is", tag="heading"):
    """A heading below that of the section."""

    text: str


class Paragraph(msgspec.Struct, frozen=True, tag_field="is", tag="paragraph"):
    """Running text; `quiet` where it explains what follows."""

    parts: Parts
    quiet: bool = False


class Points(msgspec.Struct, frozen=True, tag_field="is", tag="points"):
    """A list of sentences that stand beside each other."""

    items: tuple[Parts, ...]


class Facts(msgspec.Struct, frozen=True, tag_field="is", tag="facts"):
    """Labels with what stands beside them."""

    rows: tuple[Row, ...]


class Table(msgspec.Struct, frozen=True, tag_field="is", tag="table"):
    """Two columns with a heading each."""

    head: tuple[str, str]
    rows: tuple[Row, ...]


class Entry(msgspec.Struct, frozen=True, tag_field="is", tag="entry"):
    """Something that is named in a line, with its particulars below; nothing cites it."""

    title: Parts
    rows: tuple[Row, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="told"):
    """A claim: its identifier in the margin, the neutral wording, the kept words, particulars."""

    id: str
    anchor: str | None
    text: Parts
    marks: str
    words: Parts
    voice: str
    translation: Parts
    translated: str
    rows: tuple[Row, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", tag="found"):
    """A finding: what was observed, the question, the cited claims in brief, particulars.

    `drawing` shows what a conflict consists of.
    `brief`: of the groups that only say what was looked at. Nothing links to a finding.
    """

    id: str
    statement: Parts
    mark: str
    asked: str
    question: Parts
    claims: tuple[Row, ...]
    rows: tuple[Row, ...]
    brief: bool
    drawing: "Drawing | None" = None


class Item(msgspec.Struct, frozen=True, tag_field="is", tag="item"):
    """A thing that is cited by its identifier, such as a telling or a source."""

    id: str
    title: Parts
    rows: tuple[Row, ...]


class Drawing(msgspec.Struct, frozen=True, tag_field="is", tag="drawing"):
    """A drawing as SVG with the text that says the same to whoever does not see it."""

    svg: str
    alternative: str
    caption: str


Block = Heading | Paragraph | Points | Facts | Table | Entry | Told | Found | Item | Drawing


class Section(msgspec.Struct, frozen=True):
    """A numbered part of the dossier."""

    heading: str
    blocks: tuple[Block, ...]


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """The photograph of the person: `jpg` or `png`, its bytes as numbers, the words for it."""

    format: str
    bytes: tuple[int, ...]
    alternative: str


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document. `day`: year, month and day of the vetting, the date of the document."""

    lang: str
    title: str
    subtitle: Parts
    case: str
    draft: str
    draft_means: str
    confidential: str
    colon: str
    in_brief: str
    day: tuple[int, int, int]
    attached: str
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    likeness: Likeness | None = None
