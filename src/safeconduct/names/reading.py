"""A name as written → its tokens, each with a cleaned form and a script.

Reading tells words apart and repairs letters of a wrong script; what a word is within the name
(given, family, title) is for `parts` to say. Nothing is dropped unsaid: letters of scripts that
are not compared become tokens with script "other" and a remark.
"""

import re
from functools import lru_cache

import msgspec

from safeconduct.names.cleaning import Remark, cleaned
from safeconduct.names.homoglyphs import twin
from safeconduct.names.scripts import CYRILLIC, GREEK, LATIN, OTHER, script_of

__all__ = ("ReadName", "Remark", "Token", "read_name")

MOST_TOKENS = 32
"""Tokens of one name that are kept; what follows is told as left out."""

MOST_LETTERS = 48
"""Characters of a token's form; its text stays whole."""

_WORD = re.compile(r"[^\s,()\[\]\"<>/\\|_+*=~^:!?&%$#@-]+")
_SPLIT = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)", re.IGNORECASE)
_LOOKALIKES = frozenset((LATIN, CYRILLIC, GREEK))


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a name.

    `text`: as written. `form`: in small letters, its letters all of one script where that could be
    repaired, apostrophes (as ') and accents kept, at most MOST_LETTERS long. `script`: one of
    scripts.COMPARED or "other". `glue`: "-" if a hyphen ties it to the word before, "." if only a
    full stop parts them, else "". `aside`: it stands in quotation marks or brackets.
    """

    text: str
    form: str
    script: str
    glue: str = ""
    aside: bool = False


class ReadName(msgspec.Struct, frozen=True, kw_only=True):
    """A name, its tokens in order, and what was remarkable about its letters.

    `comma_after`: the number of the token after which the first comma stands, or None.
    """

    text: str
    tokens: tuple[Token, ...]
    remarks: tuple[Remark, ...] = ()
    comma_after: int | None = None


@lru_cache(maxsize=16_384)
def read_name(text: str) -> ReadName:
    """The tokens of a name in any of the scripts; never raises, work bounded for any input."""
    clean, remarks = cleaned(text)
    words, comma = _words(clean)
    told = list(remarks)
    if len(words) > MOST_TOKENS:
        told.append(Remark(kind="shortened", text=str(len(words))))
    tokens = [_token(number, word, told) for number, word in enumerate(words[:MOST_TOKENS])]
    _strangers(tokens, told)
    return ReadName(
        text=text,
        tokens=tuple(tokens),
        remarks=tuple(told),
        comma_after=comma if comma is not None and comma < MOST_TOKENS else None,
    )


class _Word(msgspec.Struct):
    text: str
    glue: str
    aside: bool


def _words(clean: str) -> tuple[list[_Word], int | None]:
    asides = _asides(clean)
    words: list[_Word] = []
    comma: int | None = None
    end = 0
    for found in _WORD.finditer(clean):
        between = clean[end : found.start()]
        if comma is None and words and "," in between:
            comma = len(words) - 1
        glue = "-" if between == "-" else ""
        aside = any(start <= found.start() < stop for start, stop in asides)
        for piece in _SPLIT.split(found.group()):
            bare = _bare(piece)
            if any(one.isalnum() for one in bare):
                quoted = aside or _in_quotes(piece, whole=found.group() == clean.strip())
                words.append(_Word(bare, glue, quoted))
                glue = "."
        end = found.end()
    if words and all(word.aside for word in words):  # "(Ivan)": nothing else is the name
        for word in words:
            word.aside = False
    return words, comma


def _asides(clean: str) -> list[tuple[int, int]]:
    """Where brackets or quotation marks open and close; an unclosed one encloses nothing."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    opener = ""
    for at, one in enumerate(clean):
        if start is None and one in '"([':
            start, opener = at, one
        elif start is not None and one == {'"': '"', "(": ")", "[": "]"}[opener]:
            spans.append((start, at))
            start = None
    return spans


def _bare(piece: str) -> str:
    """Without apostrophes that open or close a quotation; a Hebrew geresh stays."""
    if piece.startswith("'") and piece.endswith("'") and len(piece) > 2:
        return piece[1:-1]
    return piece


def _in_quotes(piece: str, *, whole: bool) -> bool:
    return not whole and len(piece) > 3 and piece[0] == piece[-1] == "'"


def _token(number: int, word: _Word, told: list[Remark]) -> Token:
    bare = word.text.strip(".")
    if bare.isascii() and bare.isalpha():
        form, script = bare.lower(), LATIN
    else:
        form, script = _one_script(number, bare, told)
    return Token(
        text=word.text, form=form[:MOST_LETTERS], script=script, glue=word.glue, aside=word.aside
    )


def _lower(text: str) -> str:
    """Small letters; the Turkish dotted capital is an i, Georgian church letters are the usual."""
    text = text.replace("İ", "i").casefold().replace("i\u0307", "i")
    if any("\u2d00" <= one <= "\u2d25" for one in text):
        text = "".join(
            chr(ord(one) - 0x2D00 + 0x10D0) if "\u2d00" <= one <= "\u2d25" else one for one in text
        )
    return text


def _one_script(number: int, bare: str, told: list[Remark]) -> tuple[str, str]:
    """The form with look-alikes exchanged, and the script that most of its letters have."""
    counts: dict[str, int] = {}
    for one in bare:
        if one.isalpha():
            script = script_of(one)
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return _lower(bare), OTHER
    main = _main(counts, bare)
    if main == OTHER:
        told.append(Remark(kind="not-compared", text=bare[:MOST_LETTERS], token=number))
    elif len(counts) > 1 or any(one.isdigit() for one in bare):
        bare = _repaired(number, bare, main, told)
    return _lower(bare), main


def _main(counts: dict[str, int], bare: str) -> str:
    """The script of most letters; at a tie the one into which all letters can be exchanged."""
    if len(counts) == 1:
        return next(iter(counts))
    most = max(counts.values())
    leading = [script for script in counts if counts[script] == most]
    fitting = [script for script in leading if _fits(bare, script)]
    return (fitting or leading)[0]


def _fits(text: str, script: str) -> bool:
    return all(
        script_of(one) == script or twin(one, script) is not None for one in text if one.isalpha()
    )


def _repaired(number: int, bare: str, main: str, told: list[Remark]) -> str:
    """Letters of other scripts exchanged for those that they look like in the main one."""
    result: list[str] = []
    exchanged: dict[str, None] = {}
    left = False
    ordinal = _ORDINAL.fullmatch(bare) is not None
    for one in bare:
        foreign = one.isalpha() and script_of(one) != main
        other = twin(one, main) if foreign or (one.isdigit() and not ordinal) else None
        if other is not None:
            exchanged[one] = None
        left = left or (foreign and other is None)
        result.append(one if other is None else other)
    if exchanged:
        codes = " ".join(f"{one} (U+{ord(one):04X})" for one in tuple(exchanged)[:8])
        told.append(Remark(kind="homoglyph", text=codes, token=number))
    if left:
        told.append(Remark(kind="mixed-script", text=bare[:MOST_LETTERS], token=number))
    return "".join(result)


def _strangers(tokens: list[Token], told: list[Remark]) -> None:
    """Tells of a word all of whose letters may be meant in the script of all the other words."""
    scripts = {token.script for token in tokens if token.script in _LOOKALIKES}
    if len(scripts) < 2 or len(tokens) < 2:
        return
    for number, token in enumerate(tokens):
        others = {one.script for at, one in enumerate(tokens) if at != number}
        if len(others) != 1 or token.script in others or token.script not in _LOOKALIKES:
            continue
        if _fits(token.text, others.pop()):
            told.append(Remark(kind="mixed-script", text=token.form, token=number))
