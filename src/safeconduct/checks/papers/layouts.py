"""Where each field of a machine-readable zone stands, by ICAO Doc 9303 (8th edition, 2021).

Data only. Lines and positions count from 1, both ends included, as in the tables of the standard:
TD1 in Part 5, 4.2.2 and 4.2.4; TD2 in Part 6, 4.2.2 and 4.2.4; TD3 in Part 4, 4.2.2 and 4.2.4.
"""

import msgspec

from safeconduct.checks.papers.zone import ZoneFormat


class Span(msgspec.Struct, frozen=True):
    """Positions `first` to `last` of a line."""

    line: int
    first: int
    last: int

    def of(self, lines: tuple[str, ...]) -> str:
        """What stands there."""
        return lines[self.line - 1][self.first - 1 : self.last]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One format. `optional_digit` is the check digit of the optional data, which TD3 alone has.

    `overflow` is where a document number of more than 9 characters goes on (note j in Parts 5
    and 6); a passport number has no such room. `codes` are the accepted first letters.
    """

    format: ZoneFormat
    lines: int
    length: int
    codes: str
    code: Span
    state: Span
    number: Span
    number_digit: Span
    overflow: Span | None
    nationality: Span
    birth: Span
    birth_digit: Span
    sex: Span
    expiry: Span
    expiry_digit: Span
    optional: tuple[Span, ...]
    optional_digit: Span | None
    names: Span
    composite: tuple[Span, ...]
    composite_digit: Span
    source: str


LAYOUTS = (
    Layout(
        format=ZoneFormat.TD1,
        lines=3,
        length=30,
        codes="ACI",
        code=Span(1, 1, 2),
        state=Span(1, 3, 5),
        number=Span(1, 6, 14),
        number_digit=Span(1, 15, 15),
        overflow=Span(1, 16, 30),
        nationality=Span(2, 16, 18),
        birth=Span(2, 1, 6),
        birth_digit=Span(2, 7, 7),
        sex=Span(2, 8, 8),
        expiry=Span(2, 9, 14),
        expiry_digit=Span(2, 15, 15),
        optional=(Span(1, 16, 30), Span(2, 19, 29)),
        optional_digit=None,
        names=Span(3, 1, 30),
        composite=(Span(1, 6, 30), Span(2, 1, 7), Span(2, 9, 15), Span(2, 19, 29)),
        composite_digit=Span(2, 30, 30),
        source="ICAO Doc 9303-5, 4.2.4",
    ),
    Layout(
        format=ZoneFormat.TD2,
        lines=2,
        length=36,
        codes="ACI",
        code=Span(1, 1, 2),
        state=Span(1, 3, 5),
        number=Span(2, 1, 9),
        number_digit=Span(2, 10, 10),
        overflow=Span(2, 29, 35),
        nationality=Span(2, 11, 13),
        birth=Span(2, 14, 19),
        birth_digit=Span(2, 20, 20),
        sex=Span(2, 21, 21),
        expiry=Span(2, 22, 27),
        expiry_digit=Span(2, 28, 28),
        optional=(Span(2, 29, 35),),
        optional_digit=None,
        names=Span(1, 6, 36),
        composite=(Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 35)),
        composite_digit=Span(2, 36, 36),
        source="ICAO Doc 9303-6, 4.2.4",
    ),
    Layout(
        format=ZoneFormat.TD3,
        lines=2,
        length=44,
        codes="P",
        code=Span(1, 1, 2),
        state=Span(1, 3, 5),
        number=Span(2, 1, 9),
        number_digit=Span(2, 10, 10),
        overflow=None,
        nationality=Span(2, 11, 13),
        birth=Span(2, 14, 19),
        birth_digit=Span(2, 20, 20),
        sex=Span(2, 21, 21),
        expiry=Span(2, 22, 27),
        expiry_digit=Span(2, 28, 28),
        optional=(Span(2, 29, 42),),
        optional_digit=Span(2, 43, 43),
        names=Span(1, 6, 44),
        composite=(Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 43)),
        composite_digit=Span(2, 44, 44),
        source="ICAO Doc 9303-4, 4.2.4",
    ),
)

# Doc 9303-3, section 5: codes that ISO 3166-1 does not have and that stand for no country.
SPECIAL_STATES = {
    "GBD": "british-overseas-territories-citizen",
    "GBN": "british-national-overseas",
    "GBO": "british-overseas-citizen",
    "GBP": "british-protected-person",
    "GBS": "british-subject",
    "EUE": "european-union",
    "UNA": "united-nations-agency",
    "UNK": "united-nations-mission-in-kosovo",
    "UNO": "united-nations",
    "UTO": "specimen",
    "XBA": "african-development-bank",
    "XCC": "caribbean-community",
    "XCE": "council-of-europe",
    "XCO": "comesa",
    "XDC": "southern-african-development-community",
    "XEC": "ecowas",
    "XES": "organization-of-eastern-caribbean-states",
    "XIM": "african-export-import-bank",
    "XMP": "parliamentary-assembly-of-the-mediterranean",
    "XOM": "sovereign-military-order-of-malta",
    "XPO": "interpol",
    "XXA": "stateless",
    "XXB": "refugee-1951-convention",
    "XXC": "refugee-other",
    "XXX": "unspecified-nationality",
}
