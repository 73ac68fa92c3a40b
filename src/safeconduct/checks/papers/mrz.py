"""Lines of a machine-readable zone → its fields and the result of every check digit.

Reads passports (TD3) and cards (TD1, TD2) by ICAO Doc 9303, Parts 3 to 6. It reads no visas
(Part 7, which have no composite digit), no pictures, and compares nothing with the case.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from safeconduct.checks.papers.check_digits import (
    ALPHABET,
    FILLER,
    UNREADABLE,
    digit_checks,
    overflow_of,
)
from safeconduct.checks.papers.layouts import LAYOUTS, SPECIAL_STATES, Layout, Span
from safeconduct.checks.papers.misreadings import misreadings
from safeconduct.checks.papers.zone import (
    DateState,
    Fault,
    FaultKind,
    Mrz,
    StateCode,
    ZoneDate,
    ZoneNames,
    ZoneNotReadable,
)
from safeconduct.checks.papers.zone_dates import birth_date, expiry_date

_ACCEPTED = "A-Z 0-9 <"
_SEXES = {"F": "female", "M": "male", FILLER: "unspecified"}


def read_mrz(lines: Sequence[str], *, on: date) -> Mrz:
    """Every field of a zone and each of its check digits.

    1. Lower case is read as upper case, and spaces are left out where only then the lengths are
       right; both are noted. Any other foreign character becomes `?` and is noted.
    2. The format follows from the number and length of the lines.
    3. Fields, names and dates are read; a date of birth cannot lie after `on`.
    4. Check digits are computed; where one does not agree, single misreadings are looked for.

    Raises ZoneNotReadable, with the faults, where the lines fit no format or are a visa's.
    """
    printed = _split(lines)
    layout, spaced = _fitting(printed)
    if spaced:
        printed = tuple("".join(line.split()) for line in printed)
    clean = tuple("".join(_character(one) for one in line) for line in printed)
    if clean[0].startswith("V"):
        raise ZoneNotReadable((_fault(FaultKind.VISA, clean[0][:2], layout.codes, layout.code),))
    unreadable = {
        (line, position): found
        for line, (cleaned, text) in enumerate(zip(clean, printed, strict=True), start=1)
        for position, (seen, found) in enumerate(zip(cleaned, text, strict=True), start=1)
        if seen == UNREADABLE
    }
    faults = [*_faults_of_text(printed, lines if spaced else (), unreadable)]
    birth = birth_date(layout.birth.of(clean), on=on)
    expiry = expiry_date(layout.expiry.of(clean), birth=birth)
    return Mrz(
        format=layout.format,
        lines=clean,
        document_code=_bare(layout.code.of(clean)),
        issuing_state=_state(layout.state.of(clean)),
        number=_number(layout, clean),
        nationality=_state(layout.nationality.of(clean)),
        birth=birth,
        sex=_SEXES.get(layout.sex.of(clean)),
        expiry=expiry,
        optional=_optional(layout, clean),
        names=_names(layout.names.of(clean)),
        checks=digit_checks(layout, clean),
        faults=(*faults, *_faults_of_fields(layout, clean, birth, expiry)),
        misreadings=misreadings(layout, clean, unreadable),
    )


def _split(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines without blank ones and without the space around them, however they were handed in."""
    pieces = (piece.strip() for line in lines for piece in line.splitlines())
    return tuple(piece for piece in pieces if piece)


def _fitting(printed: tuple[str, ...]) -> tuple[Layout, bool]:
    """The layout, and whether the lines fit it only without their spaces."""
    for spaced in (False, True):
        lengths = [len("".join(line.split()) if spaced else line) for line in printed]
        for layout in LAYOUTS:
            if lengths == [layout.length] * layout.lines:
                return layout, spaced
    raise ZoneNotReadable(tuple(_shape_faults(printed)))


def _shape_faults(printed: tuple[str, ...]) -> Iterator[Fault]:
    of_count = [layout.length for layout in LAYOUTS if layout.lines == len(printed)]
    if not of_count:
        counts = "|".join(str(one) for one in sorted({layout.lines for layout in LAYOUTS}))
        yield Fault(kind=FaultKind.LINE_COUNT, found=str(len(printed)), accepted=counts)
        return
    accepted = "|".join(str(length) for length in of_count)
    for number, line in enumerate(printed, start=1):
        if len(line) not in of_count or len(line) != len(printed[0]):
            yield Fault(
                kind=FaultKind.LINE_LENGTH, found=str(len(line)), accepted=accepted, line=number
            )


def _character(printed: str) -> str:
    # `str.upper` would make two letters of ß; only the alphabet's own letters are folded.
    folded = printed.upper() if "a" <= printed <= "z" else printed
    return folded if folded in ALPHABET or folded == FILLER else UNREADABLE


def _faults_of_text(
    printed: tuple[str, ...], spaced: Sequence[str], unreadable: dict[tuple[int, int], str]
) -> Iterator[Fault]:
    if spaced:
        found = str(sum(one.isspace() for line in spaced for one in line.strip()))
        yield Fault(kind=FaultKind.SPACES, found=found, accepted="0")
    for number, line in enumerate(printed, start=1):
        lower = "".join(one for one in line if "a" <= one <= "z")
        if lower:
            yield Fault(kind=FaultKind.LOWER_CASE, found=lower, accepted=lower.upper(), line=number)
    for (number, position), found in unreadable.items():
        yield Fault(
            kind=FaultKind.UNREADABLE,
            found=found,
            accepted=_ACCEPTED,
            line=number,
            position=position,
        )


def _faults_of_fields(
    layout: Layout, lines: tuple[str, ...], birth: ZoneDate, expiry: ZoneDate
) -> Iterator[Fault]:
    code = layout.code.of(lines)
    if code[0] not in layout.codes + UNREADABLE:
        yield _fault(FaultKind.DOCUMENT_CODE, code, "|".join(layout.codes), layout.code)
    for span in (layout.state, layout.nationality):
        if any(one.isdigit() for one in span.of(lines)):
            yield _fault(FaultKind.STATE_CODE, span.of(lines), "A-Z <", span)
    if layout.sex.of(lines) not in (*_SEXES, UNREADABLE):
        yield _fault(FaultKind.SEX, layout.sex.of(lines), "F|M|<", layout.sex)
    for span, when in ((layout.birth, birth), (layout.expiry, expiry)):
        if when.state is DateState.IMPOSSIBLE:
            yield _fault(FaultKind.DATE, when.printed, "YYMMDD", span)
    names = layout.names.of(lines)
    # Russian internal passports write names by a table of their own.
    own_table = code == "PN" and layout.state.of(lines) == "RUS"
    if any(one.isdigit() for one in names) and not own_table:
        yield _fault(FaultKind.DIGIT_IN_NAME, _bare(names), "A-Z <", layout.names)


def _fault(kind: FaultKind, found: str, accepted: str, span: Span) -> Fault:
    return Fault(kind=kind, found=found, accepted=accepted, line=span.line, position=span.first)


def _bare(text: str) -> str:
    return text.rstrip(FILLER)


def _state(printed: str) -> StateCode:
    code = _bare(printed)
    return StateCode(printed=printed, code=code, special=SPECIAL_STATES.get(code))


def _number(layout: Layout, lines: tuple[str, ...]) -> str:
    rest = overflow_of(layout, lines)
    return _bare(layout.number.of(lines)) if rest is None else layout.number.of(lines) + rest[:-1]


def _optional(layout: Layout, lines: tuple[str, ...]) -> tuple[str, ...]:
    texts = [span.of(lines) for span in layout.optional]
    rest = overflow_of(layout, lines)
    if rest is not None:
        texts[0] = texts[0][len(rest) + 1 :]
    return tuple(_bare(text) for text in texts)


def _names(printed: str) -> ZoneNames:
    """Primary and secondary names (Doc 9303-3, 4.6); a letter in the last place may be a cut."""
    primary, _, secondary = _bare(printed).partition(FILLER * 2)
    return ZoneNames(
        printed=printed,
        primary=tuple(part for part in primary.split(FILLER) if part),
        secondary=tuple(part for part in secondary.split(FILLER) if part),
        may_be_cut=printed[-1] != FILLER,
    )
