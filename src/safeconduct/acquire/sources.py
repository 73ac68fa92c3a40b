"""SOURCES: the official lists that can be fetched, and where each was read to lie.

An address enters only as read in a file or page that is named here with the day of reading. No
publisher's own download page could be opened for this: the addresses are those that programs in
use ask. All were read on 2026-11-23.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from safeconduct.acquire.bodies import Expected
from safeconduct.acquire.errors import NoSuchSource

_MIB = 1024 * 1024


class ListFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a list: the name by which its importer knows it, its address, what it is."""

    name: str
    address: str
    expected: Expected


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """An official list. The first of its files states of which day it is.

    `licence` is what the publisher states, as far as it was read; `read` says where the addresses
    and the licence were read. `format` is the importer's word.
    """

    name: str
    title: str
    publisher: str
    page: str
    files: tuple[ListFile, ...]
    licence: str
    read: str
    kind: str = "watchlist"
    format: str


def _xml(root: str, most: int) -> Expected:
    """An XML file whose outermost element is `root`, after a declaration and comments."""
    before = r"(?>(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*)"
    return Expected(begins=f"{before}<{root}[\\s>]", described=f"XML, {root}", most_bytes=most)


def _csv(begins: str, described: str, most: int) -> Expected:
    return Expected(begins=begins, described=f"CSV, {described}", most_bytes=most)


# The UN's server answers with a redirect to storage at blob.core.windows.net.
_UN = Source(
    name="un",
    title="United Nations Security Council Consolidated List",
    publisher="United Nations Security Council",
    page="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    files=(
        ListFile(
            name="un.xml",
            address="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
            # 2.2 MB in 2026.
            expected=_xml("CONSOLIDATED_LIST", 64 * _MIB),
        ),
    ),
    licence=(
        "United Nations websites, terms of use: copying for personal, non-commercial use, "
        "no resale, redistribution or derived works"
    ),
    read=(
        "address: github.com/opensanctions/opensanctions, "
        "datasets/_global/un_sc_sanctions/un_sc_sanctions.yml at 0a413376, and "
        "github.com/moov-io/watchman, pkg/sources/csl_un/download_un.go at 20ce0ede; "
        "page: wiki.tic.io/Sanktionslistor-18366869e02f80ffb141cdad4056c521; "
        "licence: un.dk/da/brugsbetingelser (in Danish); 2026-11-23"
    ),
    format="un-xml",
)

# The token is the same for everybody: "hardcoded on the EU site", says watchman's download.
_EU = Source(
    name="eu",
    title="Consolidated list of persons, groups and entities subject to EU financial sanctions",
    publisher="European Commission, Financial Sanctions Files",
    page=(
        "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-"
        "subject-to-eu-financial-sanctions"
    ),
    files=(
        ListFile(
            name="eu.csv",
            address=(
                "https://webgate.ec.europa.eu/fsd/fsf/public/files/csvFullSanctionsList_1_1/"
                "content?token=dG9rZW4tMjAxNw"
            ),
            # About 24 MB in 2026.
            expected=_csv(
                r"(\xef\xbb\xbf)?[^\r\n]{0,200}Entity_LogicalId", "the EU's list 1.1", 256 * _MIB
            ),
        ),
    ),
    licence=(
        "reuse authorised where the source is acknowledged (Commission Decision 2011/833/EU), as "
        "the Publications Office states for documents and data of the Commission"
    ),
    read=(
        "address, token and page: github.com/moov-io/watchman, "
        "pkg/sources/csl_eu/download_eu.go at e45172b0; the same token: "
        "github.com/opensanctions/opensanctions, datasets/eu/fsf/eu_fsf.yml at 0657713f; licence: "
        "op.europa.eu/en/web/about-us/legal-notices/publications-office-of-the-european-union-"
        "copyright; 2026-11-23"
    ),
    format="eu-csv",
)

_SLS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
_OFAC_PUBLISHER = "U.S. Department of the Treasury, Office of Foreign Assets Control"
_OFAC_PAGE = "https://sanctionslist.ofac.treas.gov/Home/SdnList"
_OFAC_LICENCE = (
    "work of the United States Government, in the public domain (17 U.S.C. 105), as the Government "
    "Publishing Office states of such works"
)
_OFAC_LICENCE_READ = (
    "licence: webarchive.library.unt.edu/eot2008/20090114020031/http://www.gpoaccess.gov/about/"
    "legal.html; page: github.com/moov-io/watchman/issues/550; 2026-11-23"
)

# OFAC's server answers with redirects to storage at amazonaws.com whose query is a key.
_OFAC = Source(
    name="ofac",
    title="OFAC Specially Designated Nationals and Blocked Persons",
    publisher=_OFAC_PUBLISHER,
    page=_OFAC_PAGE,
    files=(
        # sdn.csv had 5.7 MB in 2026.
        ListFile(
            name="sdn.csv",
            address=f"{_SLS}sdn.csv",
            expected=_csv(r'(\xef\xbb\xbf)?\s*\d+ *, *"', "OFAC's sdn.csv", 64 * _MIB),
        ),
        ListFile(
            name="alt.csv",
            address=f"{_SLS}alt.csv",
            expected=_csv(
                r'(\xef\xbb\xbf)?\s*\d+ *, *\d+ *, *"?[afn]ka\b', "OFAC's alt.csv", 64 * _MIB
            ),
        ),
        ListFile(
            name="add.csv",
            address=f"{_SLS}add.csv",
            expected=_csv(
                r"(\xef\xbb\xbf)?\s*\d+ *, *\d+ *, *(?!\"?[afn]ka\b)", "OFAC's add.csv", 64 * _MIB
            ),
        ),
    ),
    licence=_OFAC_LICENCE,
    read=(
        "addresses: github.com/moov-io/watchman, pkg/sources/ofac/download.go at 313c1020; "
        + _OFAC_LICENCE_READ
    ),
    format="ofac-csv",
)

_OFAC_XML = Source(
    name="ofac-xml",
    title="OFAC Specially Designated Nationals, advanced data model",
    publisher=_OFAC_PUBLISHER,
    page=_OFAC_PAGE,
    files=(
        ListFile(
            name="sdn_advanced.xml",
            address=f"{_SLS}sdn_advanced.xml",
            # 126 MB in 2026.
            expected=_xml("Sanctions", 768 * _MIB),
        ),
    ),
    licence=_OFAC_LICENCE,
    read=("address: github.com/opensanctions/opensanctions/issues/5237; " + _OFAC_LICENCE_READ),
    format="ofac-xml",
)

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.name: source for source in (_UN, _EU, _OFAC, _OFAC_XML)}
)


def source(name: str) -> Source:
    """The list of a name. Raises NoSuchSource."""
    try:
        return SOURCES[name]
    except KeyError:
        raise NoSuchSource(name, tuple(SOURCES)) from None
