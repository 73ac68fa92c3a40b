"""Stated lengths of time in words: "2 years 6 months", "about 2 weeks, at most 1 month"."""

from safeconduct.casefile.durations import Lasting, duration_parts
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import lapse


def duration_words(iso: str, language: Language) -> str:
    """An ISO 8601 duration, such as "2 years 6 months". Raises DurationError."""
    months, rest = duration_parts(iso)
    years, months = divmod(months, 12)
    minutes = int(rest.total_seconds() // 60)
    parts = [language.count("report-n-years", years)] if years else []
    parts += [language.count("report-n-months", months)] if months else []
    if minutes or not parts:
        parts.append(lapse(minutes, language))
    return " ".join(parts)


def lasting_reading(lasting: Lasting, language: Language) -> str:
    """How a stated duration is read and how wide it is meant, without the words it was told in."""
    read = duration_words(lasting.iso, language)
    if lasting.approximate:
        read = language.text("report-about-time").format(time=read)
    return ", ".join((read, *bounds_words(lasting.least, lasting.most, language)))


def bounds_words(least: str | None, most: str | None, language: Language) -> tuple[str, ...]:
    """ "at least two weeks", "at most a month", for those that are stated."""
    stated = (("report-at-least", least), ("report-at-most", most))
    return tuple(
        language.text(message).format(time=duration_words(iso, language))
        for message, iso in stated
        if iso is not None
    )
