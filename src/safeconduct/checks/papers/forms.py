"""How the numbers of some Russian papers are formed, as data with the texts that say so.

A kind that is not here has no form that we could read in a source; its numbers stay unknown.
Every citation was read on the day it bears; most are not the law itself but texts that apply or
describe it, and say so in `weight`. docs/reference/identity-papers.md lists what was not found.
"""

from typing import Literal

import msgspec

from safeconduct.casefile.documents import DocumentKind

_READ_ON = "2026-11-22"


class FormCitation(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was read. `weight`: an authority's own act, or another's description of it."""

    publisher: str
    title: str
    address: str
    read_on: str = _READ_ON
    weight: Literal["act", "description"]
    states: str


class NumberForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one kind of number: letters first, then digits.

    `template` is written as the Russian tax service does: 9 a digit, 0 a digit that may be
    missing, Б a Cyrillic capital. `series` is how many of the characters are the series.
    `valid_from` is EDTF, where a source says since when papers of this kind exist.
    """

    kind: DocumentKind
    template: str
    letters: int
    digits_least: int
    digits_most: int
    series: int
    citations: tuple[FormCitation, ...]
    valid_from: str | None = None


_TAX_TEMPLATES = FormCitation(
    publisher="Ministry of Taxes and Levies of the Russian Federation (through docs.cntd.ru)",
    title="Об утверждении форм отчетности по налогу на доходы физических лиц за 2002 год, 5.4",
    address="https://docs.cntd.ru/document/901836064/titles/7E40KE",
    weight="act",
    states="21, passport of a citizen: 99 99 999999; 07, military ID of a soldier: ББ 0999999",
)
_TAX_TEMPLATES_2006 = FormCitation(
    publisher="Federal Tax Service of the Russian Federation (through zakonbase.ru)",
    title="Приказ ФНС РФ от 13.10.2006 N САЭ-3-04/706@, 5",
    address="https://zakonbase.ru/content/part/498036",
    weight="act",
    states="07, military ID of a soldier, sailor, sergeant or petty officer: ББ 0999999",
)
_DOMESTIC = FormCitation(
    publisher="Microsoft",
    title="Russia passport number domestic (Purview sensitive information type)",
    address=("https://learn.microsoft.com/en-us/purview/sit-defn-russia-passport-number-domestic"),
    weight="description",
    states="two digits, two digits, six digits; no checksum",
)
_INTERNATIONAL = FormCitation(
    publisher="Microsoft",
    title="Russia passport number international (Purview sensitive information type)",
    address=(
        "https://learn.microsoft.com/en-us/purview/sit-defn-russia-passport-number-international"
    ),
    weight="description",
    states="two digits, seven digits; no checksum",
)
_TRAVEL_DESCRIBED = FormCitation(
    publisher="agdezhe.ru",
    title="Где написаны серия паспорта",
    address="https://agdezhe.ru/spr2/gde-napisany-seriya-pasporta",
    weight="description",
    states="the series of a passport of 36 pages has two digits and the number seven",
)

FORMS = (
    NumberForm(
        kind=DocumentKind.RUSSIAN_INTERNAL_PASSPORT,
        template="99 99 999999",
        letters=0,
        digits_least=10,
        digits_most=10,
        series=4,
        citations=(_TAX_TEMPLATES, _DOMESTIC),
        valid_from="1997",
    ),
    NumberForm(
        kind=DocumentKind.RUSSIAN_TRAVEL_PASSPORT,
        template="99 9999999",
        letters=0,
        digits_least=9,
        digits_most=9,
        series=2,
        citations=(_INTERNATIONAL, _TRAVEL_DESCRIBED),
    ),
    NumberForm(
        kind=DocumentKind.RUSSIAN_MILITARY_ID,
        template="ББ 0999999",
        letters=2,
        digits_least=6,
        digits_most=7,
        series=2,
        citations=(_TAX_TEMPLATES, _TAX_TEMPLATES_2006),
    ),
)

SERIES_YEAR_CITATIONS = (
    FormCitation(
        publisher="sprashivalka.com",
        title="От чего зависит серия паспорта (quotes a description of the blank's numbering)",
        address="https://sprashivalka.com/qa/society/2204312-%D0%BE%D1%82-%D1%87%D0%B5%D0%B3%D0%BE-%D0%B7%D0%B0%D0%B2%D0%B8%D1%81%D0%B8%D1%82-%D1%81%D0%B5%D1%80%D0%B8%D1%8F-%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%D0%B0-%D0%BE%D1%82-%D1%87%D0%B5%D0%B3%D0%BE-%D0%B7%D0%B0%D0%B2%D0%B8%D1%81%D0%B8%D1%82-%D1%81%D0%B5%D1%80%D0%B8%D1%8F-%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%D0%B0-%D0%B8-%D0%BA%D0%B0%D0%BA%D0%B8%D0%B5-%D1%81%D0%B5%D1%80%D0%B8%D0%B8-%D0%B1%D1%8B%D0%B2%D0%B0%D1%8E%D1%82-%D1%83-%D0%BC%D0%BE%D1%81%D0%BA%D0%BE%D0%B2%D1%81%D0%BA%D0%B8%D1%85-%D0%BF%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%D0%BE%D0%B2",
        weight="description",
        states=(
            "the first two digits are the code of a region, the next two the year in which the "
            "blank was made; blanks of this kind were first made in 1997"
        ),
    ),
    FormCitation(
        publisher="bergerhof.ru",
        title="Что обозначает номер паспорта",
        address="https://bergerhof.ru/articles/chto-oboznachaet-nomer-pasporta",
        weight="description",
        states="the year of the blank may differ from that of issue by one or two years",
    ),
    FormCitation(
        publisher="minerta.ru",
        title="Определение даты выдачи паспорта по серии и номеру",
        address="https://minerta.ru/opredelenie-daty-vydachi-pasporta-po-serii-i-nomeru-v-2019-godu",
        weight="description",
        states="passports issued in 2002 may bear 03, when a run of numbers was used up",
    ),
)

ZONE_NUMBER_CITATIONS = (
    FormCitation(
        publisher="Ministry of the Interior of the Russian Federation (through docs.cntd.ru)",
        title=(
            "Правила и способ формирования машиночитаемой записи в паспорте гражданина "
            "Российской Федерации, table 3"
        ),
        address="https://docs.cntd.ru/document/902288198/titles/6580IP",
        weight="act",
        states="positions 1 to 9 of the lower line hold the series and number",
    ),
    FormCitation(
        publisher="ya.ru",
        title="Для чего нужна вторая строка под фотографией в паспорте",
        address="https://ya.ru/neurum/c/pravo/q/dlya_chego_nuzhna_vtoraya_stroka_pod_fotografiey_61d2c958",
        weight="description",
        states="of the series only the first three digits are written, the number in full; the "
        "date of expiry is filled with fillers",
    ),
)
