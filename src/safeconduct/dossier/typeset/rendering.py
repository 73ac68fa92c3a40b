"""The composed dossier → PDF/A-3a that is PDF/UA-1 as well, by typst and the shipped faces alone.

Case text reaches typst as JSON in one input and is never read as code. The document's date is the
day of the vetting; nothing is taken from the clock, the network or the fonts of the machine.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.coverage import shown
from safeconduct.dossier.typeset.disclosed import disclosed
from safeconduct.dossier.typeset.values import Dossier
from safeconduct.drawing.text import font_files
from safeconduct.wording.language import Language

if TYPE_CHECKING:
    from typst import Fonts

STANDARDS: tuple[Literal["a-3a", "ua-1"], ...] = ("a-3a", "ua-1")
ATTACHED_AS = "vetting.json"
FAMILY = "DejaVu Sans"

_NOT_SHOWN = frozenset(("is", "svg", "anchor", "to", "lang"))
"""Keys whose values are no text of the page."""


_SPECIAL = re.compile("[\u2068\u200b]|[0-9](er)? [^\\W\\d_]")
"""What `words` in the template may have to box: what stays together, or may be broken."""


_MOST_PIECES = 100
"""Some fifty identifiers with what stands between them."""


class NotTypeset(SafeconductError):
    """The document could not be set as the standards demand: a mistake of ours."""

    exit_code = 1


def dossier_pdf(
    case: Case,
    vetting: Vetting,
    language: Language,
    *,
    drawings: Mapping[str, str] | None = None,
    conflicts: Mapping[str, str] | None = None,
) -> bytes:
    """The dossier as PDF. The same case, vetting, language and drawings give the same bytes.

    `drawings`: a name such as `timeline` → the text of an SVG file, whose own `title` and `desc`
    are the caption and the text alternative; `conflicts` the same by the identifier of a finding.
    Attached as `vetting.json` are the bytes of
    `disclosed`. Raises UnworkedMessage for wording that lacks, NotTypeset if typst refuses.
    """
    document = compose(case, vetting, language, drawings or {}, conflicts)
    return typeset(document, disclosed(vetting, language))


def typeset(document: Dossier, attached: bytes) -> bytes:
    """A composed dossier as PDF with `attached` in it. Raises NotTypeset."""
    # Only whoever asks for a PDF waits for typst.
    import typst

    inputs = {
        "dossier": msgspec.json.encode(settable(document)).decode(),
        "attached": attached.decode(),
        "attached-as": ATTACHED_AS,
    }
    moment = datetime.combine(datetime(*document.day, tzinfo=UTC), time(), UTC)
    try:
        return typst.compile(
            _template(),
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=list(STANDARDS),
            timestamp=moment,
        )
    except typst.TypstError as refused:
        raise NotTypeset(f"typst refused the dossier: {refused.message}") from refused


def settable(document: Dossier) -> Any:
    """The tree as plain values, each text with only what the shipped face can show."""
    likeness = msgspec.to_builtins(document.likeness)
    plain = msgspec.to_builtins(msgspec.structs.replace(document, likeness=None))
    _unlink(plain, set(_places(plain)))
    tree = _settable(plain)
    if likeness is not None:
        # Hundreds of thousands of numbers have no text to look into.
        tree["likeness"] = {**likeness, "alternative": shown(likeness["alternative"])}
    return tree


def _places(value: Any) -> Iterator[str]:
    """The identifiers of all that can be linked to."""
    if isinstance(value, dict):
        place = value.get("anchor", value.get("id")) if "is" in value else None
        if place is not None:
            yield place
        for one in value.values():
            yield from _places(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _places(one)


def _unlink(value: Any, places: set[str]) -> None:
    """Links to what does not stand in the document, such as a part left out, become plain text."""
    if isinstance(value, dict):
        if value.get("to") is not None and value["to"] not in places:
            value["to"] = None
        for one in value.values():
            _unlink(one, places)
    elif isinstance(value, list | tuple):
        for one in value:
            _unlink(one, places)


def _settable(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        tree = {k: v if k in _NOT_SHOWN else _settable(v) for k, v in value.items()}
        if isinstance(tree.get("lang"), str):
            tree["lang"] = _primary(tree["lang"])
        if "mono" in tree:
            # The template looks into those alone: a long document has thousands of parts.
            tree["special"] = _SPECIAL.search(tree["text"]) is not None
        return tree
    if isinstance(value, list | tuple):
        return [_settable(one) for one in _joined(value)]
    return value


def _joined(values: Sequence[Any]) -> Sequence[Any]:
    """Running text of very many pieces as few: the time to break its lines grows by their square.

    What is lost is that its identifiers are links. Text of the case stays a piece of its own.
    """
    if len(values) <= _MOST_PIECES or not all(_is_piece(one) for one in values):
        return values
    joined: list[Any] = []
    for one in values:
        if joined and _is_ours(joined[-1]) and _is_ours(one):
            joined[-1] = {**joined[-1], "text": joined[-1]["text"] + one["text"]}
        else:
            joined.append({**one, "to": None})
    return joined


def _is_piece(value: Any) -> bool:
    return isinstance(value, dict) and "mono" in value


def _is_ours(piece: dict[str, Any]) -> bool:
    return piece["lang"] is None and not piece["mono"]


def _primary(tag: str) -> str | None:
    """The first part of a language tag, as the PDF names languages; None where it says nothing."""
    primary = tag.partition("-")[0].lower()
    known = primary.isascii() and primary.isalpha() and len(primary) in (2, 3)
    return primary if known and primary != "und" else None


@cache
def _template() -> bytes:
    return (files("safeconduct.dossier.typeset") / "dossier.typ").read_bytes()


@cache
def _fonts() -> "Fonts":
    import typst

    regular, _ = font_files()
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(regular.parent)],
    )
    # Without any font typst sets empty pages and does not say so.
    if found.families() != [FAMILY]:
        raise NotTypeset(f"the shipped faces give {found.families()}, not {FAMILY}")
    return found
