"""Case text among our own words: nothing in it may steer a terminal, hide, or turn a line around.

It alters no word. What cannot be seen is shown by its code point; a name written from right to
left is isolated, so that it does not change the order of the sentence around it.
"""

import re
import unicodedata

import msgspec

from safeconduct.casefile.findings import Message, Parameter, Text, Texts, Told
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import say

# Controls of a terminal, overrides of direction, halves of surrogate pairs, code points that are
# no characters. Line breaks and tabs stay.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_IDENTIFIER = re.compile(r"\b([a-z]{1,2}[1-9][0-9]{0,4})\b")


def visible(text: str) -> str:
    """The text with each character that would act instead of being read as its code point."""
    return _HIDDEN.sub(_code_point, text)


def isolated(text: str) -> str:
    """Case text for the middle of a sentence: on one line, and isolated where it is written RTL."""
    line = visible(_ISOLATES.sub(_code_point, " ".join(text.split())))
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in line):
        return f"{_FIRST_STRONG}{line}{_POP}"
    return line


def sentence(message: Message, language: Language) -> str:
    """A message in words, the case text in it isolated."""
    parameters = {name: _isolated(value) for name, value in message.parameters.items()}
    return say(msgspec.structs.replace(message, parameters=parameters), language)


def split_at_identifiers(text: str) -> list[str]:
    """Text, identifier, text, identifier … text: the odd ones look like `c3` and may be links."""
    return _IDENTIFIER.split(text)


def _isolated(value: Parameter) -> Parameter:
    if isinstance(value, Text):
        return Text(isolated(value.value))
    if isinstance(value, Texts):
        return Texts(tuple(isolated(one) for one in value.value))
    if isinstance(value, Told):
        return Told(value.edtf, None if value.words is None else isolated(value.words))
    return value


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match.group()):04X}]"
