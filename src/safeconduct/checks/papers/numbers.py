"""Does a document number have the form of its kind, and does its series fit the year of issue?

Answers from `forms` only: a kind without a form, a missing number or an illegible mark is
UNKNOWN. A number of the right form may be invented, and one of another form may be miscopied;
nothing here judges that.
"""

import re
import unicodedata
from enum import StrEnum

import msgspec

from safeconduct.casefile.documents import DocumentKind
from safeconduct.checks.papers.forms import FORMS, FormCitation, NumberForm


class FormState(StrEnum):
    """Whether a number has the form of its kind."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class FormReason(StrEnum):
    """Why a form differs or is unknown."""

    NO_FORM = "no-form"
    NO_NUMBER = "no-number"
    ILLEGIBLE = "illegible"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    LETTER_FOR_DIGIT = "letter-for-digit"
    DIGIT_FOR_LETTER = "digit-for-letter"
    OTHER_CHARACTER = "other-character"


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """A character that was read as another of the same look; `position` counts from 1."""

    position: int
    found: str
    read: str


class FormResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a number compares with the form of its kind.

    `found` is the number without spaces, marks and words such as "серия"; `where` counts in it
    from 1. `exchanged`: look-alikes that were read as the script of the form. `repair`: the
    number that would agree if letters and digits of one look were exchanged, where there is one.
    """

    kind: DocumentKind
    state: FormState
    reason: FormReason | None = None
    expected: str | None = None
    found: str | None = None
    where: int | None = None
    exchanged: tuple[Exchanged, ...] = ()
    repair: str | None = None
    series: str | None = None
    citations: tuple[FormCitation, ...] = ()


_WORDS = re.compile(
    r"(?<![^\W\d_])(?:серия|сер|номер|ном|series|number|nos?|nr)(?![^\W\d_])\.?"
    r"|(?<![^\W\d_])n(?=[\W_]*\d)|№",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212/,;:.\u00b0\u00ba]+")
# X, Latin or Cyrillic, is the usual mask of a character, so a series with a true Х stays unknown.
_ILLEGIBLE = frozenset("?*_#•…\ufffdXxХх")
_DOTS = re.compile(r"\.{2,}")
_CYRILLIC = frozenset("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_TO_CYRILLIC = dict(zip("ABCEHKMOPTY", "АВСЕНКМОРТУ", strict=True))
_TO_DIGIT = dict(zip("OОDQIІLЗZSБGBВ", "00001113256688", strict=True))
_TO_LETTER = dict(zip("0368", "ОЗБВ", strict=True))


def number_form(kind: DocumentKind, number: str | None) -> FormResult:
    """Whether a number as written has the form of its kind; never raises."""
    form = _form_of(kind)
    if form is None:
        return FormResult(kind=kind, state=FormState.UNKNOWN, reason=FormReason.NO_FORM)
    bare, exchanged = _bare(number or "")
    if not bare:
        return _result(form, FormState.UNKNOWN, FormReason.NO_NUMBER, None)
    if any(one in _ILLEGIBLE for one in bare):
        where = next(i for i, one in enumerate(bare, start=1) if one in _ILLEGIBLE)
        return _result(form, FormState.UNKNOWN, FormReason.ILLEGIBLE, bare, where=where)
    bare, letters = _in_cyrillic(form, bare)
    exchanged = (*exchanged, *letters)
    departure = _departure(form, bare)
    if departure is None:
        return _result(form, FormState.AGREES, None, bare, exchanged=exchanged)
    reason, where = departure
    return _result(
        form,
        FormState.DIFFERS,
        reason,
        bare,
        where=where,
        exchanged=exchanged,
        repair=_repair(form, bare),
    )


def number_in_zone(kind: DocumentKind, number: str | None) -> str | None:
    """The number as a machine-readable zone shows it; None where that is not known.

    A travel passport's nine digits stand there whole. Of an internal passport's ten, the fourth
    is left out (`forms.ZONE_NUMBER_CITATIONS`). Only for numbers of the right form.
    """
    result = number_form(kind, number)
    if result.state is not FormState.AGREES or result.found is None:
        return None
    if kind is DocumentKind.RUSSIAN_TRAVEL_PASSPORT:
        return result.found
    if kind is DocumentKind.RUSSIAN_INTERNAL_PASSPORT:
        return result.found[:3] + result.found[4:]
    return None


def _form_of(kind: DocumentKind) -> NumberForm | None:
    return next((form for form in FORMS if form.kind is kind), None)


def _result(
    form: NumberForm,
    state: FormState,
    reason: FormReason | None,
    found: str | None,
    *,
    where: int | None = None,
    exchanged: tuple[Exchanged, ...] = (),
    repair: str | None = None,
) -> FormResult:
    agrees = state is FormState.AGREES and found is not None
    return FormResult(
        kind=form.kind,
        state=state,
        reason=reason,
        expected=form.template,
        found=found,
        where=where,
        exchanged=exchanged,
        repair=repair,
        series=found[: form.series] if agrees and found else None,
        citations=form.citations,
    )


def _bare(number: str) -> tuple[str, tuple[Exchanged, ...]]:
    """Without words, separators and invisible characters, in capitals, with digits 0 to 9."""
    seen = "".join(one for one in number if unicodedata.category(one) != "Cf")
    seen = _SEPARATORS.sub("", _DOTS.sub("…", _WORDS.sub(" ", seen)))
    text, exchanged = [], []
    for position, one in enumerate(seen, start=1):
        read = str(unicodedata.decimal(one)) if one.isdecimal() else one
        # A letter whose capital is several letters stays itself, so that positions hold.
        read = read.upper() if len(read.upper()) == 1 else read
        text.append(read)
        if one.isdecimal() and read != one:
            exchanged.append(Exchanged(position=position, found=one, read=read))
    return "".join(text), tuple(exchanged)


def _in_cyrillic(form: NumberForm, bare: str) -> tuple[str, tuple[Exchanged, ...]]:
    head = bare[: form.letters]
    exchanged = tuple(
        Exchanged(position=position, found=one, read=_TO_CYRILLIC[one])
        for position, one in enumerate(head, start=1)
        if one in _TO_CYRILLIC
    )
    return "".join(_TO_CYRILLIC.get(one, one) for one in head) + bare[form.letters :], exchanged


def _departure(form: NumberForm, bare: str) -> tuple[FormReason, int] | None:
    """The first place where a number leaves its form, and how."""
    for position, one in enumerate(bare, start=1):
        reason = _unfit(one, letter_wanted=position <= form.letters)
        if reason is not None:
            return reason, position
        if position > form.letters + form.digits_most:
            return FormReason.TOO_LONG, position
    if len(bare) < form.letters + form.digits_least:
        return FormReason.TOO_SHORT, len(bare) + 1
    return None


def _unfit(one: str, *, letter_wanted: bool) -> FormReason | None:
    digit = "0" <= one <= "9"
    if letter_wanted:
        if one in _CYRILLIC:
            return None
        return FormReason.DIGIT_FOR_LETTER if digit else FormReason.OTHER_CHARACTER
    if digit:
        return None
    return FormReason.LETTER_FOR_DIGIT if one.isalpha() else FormReason.OTHER_CHARACTER


def _repair(form: NumberForm, bare: str) -> str | None:
    head, tail = bare[: form.letters], bare[form.letters :]
    read = "".join(_TO_LETTER.get(one, one) for one in head)
    read += "".join(_TO_DIGIT.get(one, one) for one in tail)
    return read if read != bare and _departure(form, read) is None else None
