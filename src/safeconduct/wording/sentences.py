"""Messages → sentences: each parameter is written as its kind is written in the language."""

from collections.abc import Callable, Mapping
from typing import Any

from safeconduct.casefile.findings import (
    Counted,
    Day,
    Ids,
    Instant,
    Km,
    Lapse,
    Message,
    Number,
    Parameter,
    Speed,
    Term,
    Text,
    Texts,
    Told,
)
from safeconduct.wording import dates
from safeconduct.wording.events import event_title
from safeconduct.wording.language import Language, UnworkedMessage

_HOUR = 60
_DAY = 24 * _HOUR


def say(message: Message, language: Language) -> str:
    """The sentence of a message. Case text in it is as it stands in the case, braces included.

    Raises UnworkedMessage if the message lacks a parameter that its wording names.
    """
    words = {name: parameter(value, language) for name, value in message.parameters.items()}
    if event := message.parameters.get("milestone"):
        words["milestone"] = event_title(parameter(event, language), language)
    try:
        said = language.text(message.id).format(**words)
    except KeyError as missing:
        raise UnworkedMessage(f"{message.id!r} is worded with {missing}, not given") from missing
    following = (after for name, after in _FOLLOWING.items() if name in words)
    return " ".join((said, *(language.text(after).format(**words) for after in following)))


def parameter(value: Parameter, language: Language) -> str:
    """One parameter as people write it in the language."""
    return _WRITERS[type(value)](value, language)


def lapse(minutes: int, language: Language) -> str:
    """A length of time in the unit that its size asks for; never more exact than it is long.

    Whole days from two weeks on, days and hours from two days on, hours and minutes below.
    """
    if minutes >= 14 * _DAY:
        return language.count("n-days", minutes // _DAY)
    units = (
        (("n-days", _DAY), ("n-hours", _HOUR))
        if minutes >= 2 * _DAY
        else (
            ("n-hours", _HOUR),
            ("n-minutes", 1),
        )
    )
    (large, size), (small, unit) = units
    parts = [language.count(large, minutes // size)] if minutes >= size else []
    if minutes % size >= unit or not parts:
        parts.append(language.count(small, minutes % size // unit))
    return " ".join(parts)


def _km(value: Km, language: Language) -> str:
    decimals = 0 if value.value >= 10 or value.value == round(value.value) else 1
    number = language.number(value.value, decimals)
    return language.text("unit-km").format(n=number)


def _speed(value: Speed, language: Language) -> str:
    return language.text("unit-km-per-hour").format(n=language.number(value.value))


def _told(value: Told, language: Language) -> str:
    read = dates.edtf(value.edtf, language)
    if value.words is None:
        return read
    return language.text("date-in-words").format(words=value.words, date=read)


_FOLLOWING = {
    "ways": "conflict-ways",
    "orders": "conflict-orders",
    "durations": "conflict-durations",
    "slack": "repair-leaves",
    "breaks": "repair-breaks",
}
"""Sentences that follow a message which has the parameter, in this order."""

_WRITERS: Mapping[type, Callable[[Any, Language], str]] = {
    Text: lambda value, _: str(value.value),
    Term: lambda value, language: language.text(value.value),
    Number: lambda value, language: language.number(value.value),
    Counted: lambda value, language: language.count(value.of, value.value),
    Km: _km,
    Speed: _speed,
    Lapse: lambda value, language: lapse(value.value, language),
    Day: lambda value, language: dates.day(value.value, language),
    Instant: lambda value, language: dates.instant(value.value, language),
    Told: _told,
    Ids: lambda value, language: language.listed(value.value),
    Texts: lambda value, language: language.listed(value.value),
}
