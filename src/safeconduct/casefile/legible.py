"""Are the letters of a name what they seem? Invisible characters and mixed scripts are named.

A homoglyph (a Cyrillic А in a Latin name) makes two names that look alike different to every
search, so a case file does not take it in silently. It compares no names.
"""

import re
import unicodedata
from collections.abc import Iterator

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC")
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|\u200c|\u200d)*")
# Letters and marks that are drawn as nothing though Unicode calls them letters, marks or symbols.
_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_UNSEEN = ("Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs")
# Persian and other Arabic-script orthographies need the (non-)joiners inside a word.
_JOINERS = "\u200c\u200d"


def script_of(letter: str) -> str | None:
    """The script of a letter by its Unicode name, for the scripts that case files meet."""
    name = unicodedata.name(letter, "")
    return next((script.title() for script in _SCRIPTS if name.startswith(script)), None)


def illegible(name: str) -> Iterator[str]:
    """What is not to be seen in a written name, one phrase for each invisible or mixed thing."""
    for position, character in enumerate(name):
        if _is_unseen(character) and not _joins(name, position):
            label = unicodedata.name(character, "unnamed").lower()
            yield f"an invisible character (U+{ord(character):04X}, {label})"
    for word in _WORD.findall(name):
        scripts = sorted({script for letter in word if (script := script_of(letter))})
        if len(scripts) > 1:
            yield f"letters of {' and '.join(scripts)} in one word ({_marked(word)})"


def _is_unseen(character: str) -> bool:
    if character == " ":
        return False
    return unicodedata.category(character) in _UNSEEN or _NOTHING.match(character) is not None


def _joins(name: str, position: int) -> bool:
    neighbours = name[max(position - 1, 0) : position] + name[position + 1 : position + 2]
    return name[position] in _JOINERS and any(script_of(n) == "Arabic" for n in neighbours)


def _marked(word: str) -> str:
    """The word with the letters of its rarer script given by code point, since they look alike."""
    scripts = [script_of(letter) for letter in word]
    rarer = min(set(filter(None, scripts)), key=lambda script: (scripts.count(script), script))
    return "".join(
        f"[U+{ord(letter):04X}]" if script == rarer else letter
        for letter, script in zip(word, scripts, strict=True)
    )
