"""The check digits of a zone, each with its own result.

Doc 9303-3, 4.9: weights 7, 3, 1 repeating, sum modulo 10; A to Z count 10 to 35, `<` counts 0.
No digit here proves a paper genuine; some misreadings (G for 6, A for 0 or K) change no digit.
"""

from safeconduct.checks.papers.layouts import Layout, Span
from safeconduct.checks.papers.zone import CheckedField, CheckReason, CheckState, DigitCheck

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FILLER = "<"
UNREADABLE = "?"
_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> str | None:
    """The check digit of a text; None where a character in it is not of the zone's alphabet."""
    total = 0
    for position, character in enumerate(text):
        if character == FILLER:
            continue
        value = ALPHABET.find(character)
        if value < 0:
            return None
        total += value * _WEIGHTS[position % 3]
    return str(total % 10)


def overflow_of(layout: Layout, lines: tuple[str, ...]) -> str | None:
    """The rest of a long document number with its check digit, from the optional data.

    Doc 9303-5 and -6, 4.2.2, note j: nine characters, a filler in the check digit's place, then
    the rest, its check digit and a filler. None where the zone has no such number.
    """
    if layout.overflow is None or layout.number_digit.of(lines) != FILLER:
        return None
    if FILLER in layout.number.of(lines):
        return None
    rest, filler, _ = layout.overflow.of(lines).partition(FILLER)
    return rest if filler and len(rest) > 1 else None


def digit_checks(layout: Layout, lines: tuple[str, ...]) -> tuple[DigitCheck, ...]:
    """Every check digit of the zone, the composite last."""
    checks = [
        _number_check(layout, lines),
        _check(CheckedField.BIRTH, layout.birth.of(lines), layout.birth_digit, layout, lines),
        _check(CheckedField.EXPIRY, layout.expiry.of(lines), layout.expiry_digit, layout, lines),
    ]
    if layout.optional_digit is not None:
        text = layout.optional[0].of(lines)
        checks.append(_check(CheckedField.OPTIONAL, text, layout.optional_digit, layout, lines))
    text = "".join(span.of(lines) for span in layout.composite)
    checks.append(_check(CheckedField.COMPOSITE, text, layout.composite_digit, layout, lines))
    return tuple(checks)


def settled(check: DigitCheck) -> bool:
    """Is nothing left to explain: it agrees, or the paper leaves the field unused?"""
    return check.state is CheckState.AGREES or check.reason is CheckReason.FIELD_UNUSED


def _number_check(layout: Layout, lines: tuple[str, ...]) -> DigitCheck:
    number = layout.number.of(lines)
    rest = overflow_of(layout, lines)
    if rest is None or layout.overflow is None:
        return _check(CheckedField.NUMBER, number, layout.number_digit, layout, lines)
    # The filler in the place of the check digit is left out of the sum (Doc 9303-5, 4.2.4).
    place = layout.overflow.first + len(rest) - 1
    span = Span(layout.overflow.line, place, place)
    return _check(CheckedField.NUMBER, number + rest[:-1], span, layout, lines)


def _check(
    field: CheckedField, text: str, place: Span, layout: Layout, lines: tuple[str, ...]
) -> DigitCheck:
    printed = place.of(lines)
    computed = check_digit(text)
    state, reason = _judged(field, text, printed, computed)
    return DigitCheck(
        field=field,
        line=place.line,
        position=place.first,
        printed=printed,
        computed=computed,
        state=state,
        reason=reason,
        source=layout.source,
    )


def _judged(
    field: CheckedField, text: str, printed: str, computed: str | None
) -> tuple[CheckState, CheckReason | None]:
    if computed is None or printed == UNREADABLE:
        return CheckState.UNKNOWN, CheckReason.UNREADABLE
    if printed == FILLER and not text.strip(FILLER):
        # Doc 9303-4, 4.2.2.2 allows the filler for unused optional data, and for no other field;
        # Russian internal passports leave the expiry date unused in this way.
        if field is CheckedField.OPTIONAL:
            return CheckState.AGREES, CheckReason.FIELD_UNUSED
        return CheckState.UNKNOWN, CheckReason.FIELD_UNUSED
    if printed not in "0123456789":
        return CheckState.UNKNOWN, CheckReason.NOT_A_DIGIT
    agrees = printed == computed
    return (CheckState.AGREES if agrees else CheckState.DIFFERS), None
