"""KINDS: which kinds of reference data there are and how each is read; what is at hand.

The gazetteer, the outlines of countries and a first set of milestones ship with the package. Sets
of milestones in a catalogue are joined to the shipped ones; where an own set states a milestone of
the same identifier, the own one counts. Watchlists and networks are only in catalogues.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from safeconduct.casefile.errors import DamagedReference
from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.checks.control_packs import (
    ControlPackImporter,
    PackMistaken,
    PackQuestion,
    pack_of,
)
from safeconduct.checks.material import References
from safeconduct.geo.countries import countries_certificate, shipped_countries
from safeconduct.geo.gazetteer import gazetteer_certificate, shipped_gazetteer
from safeconduct.geo.shipped import GeoDataDamaged
from safeconduct.reference.importing import Importer
from safeconduct.screening.importer import WatchlistImporter
from safeconduct.timeline.milestone_import import MilestoneImporter
from safeconduct.timeline.milestones import (
    Milestones,
    MilestonesMistaken,
    joined,
    milestones_of,
    shipped_milestones,
)
from safeconduct.timeline.transport_import import NetworkImporter

if TYPE_CHECKING:  # a vetting without a catalogue does without their import
    from safeconduct.geo.networks import Network
    from safeconduct.reference.catalogue import Catalogue
    from safeconduct.reference.certificate import Certificate
    from safeconduct.screening.watchlists import Watchlist

CONTROL_PACK, MILESTONES = "control-pack", "milestones"
NETWORK, WATCHLIST = "network", "watchlist"

KINDS: Mapping[str, Importer] = MappingProxyType(
    {
        CONTROL_PACK: ControlPackImporter(),
        MILESTONES: MilestoneImporter(),
        NETWORK: NetworkImporter(),
        WATCHLIST: WatchlistImporter(),
    }
)


class BuiltFormUnreadable(DamagedReference):
    """A built form has its hash, and yet this version of the program cannot read it."""

    def __init__(self, certificate: "Certificate", found: str) -> None:
        built_by = f"{certificate.importer.name} {certificate.importer.version}"
        again = "remove it and add its original again"
        super().__init__(f"{certificate.address}, built by {built_by}: {found}; {again}")
        self.certificate, self.found = certificate, found


def load_references(root: Path | None) -> References:
    """What ships with the package, and what the catalogue at `root` adds to it.

    None is the user's own catalogue, which need not be there. Raises CatalogueMissing for a root
    that was named and is not there, DamagedReference for a data set that may not be read, and
    MilestonesDisagree.
    """
    milestones = shipped_milestones()
    watchlists: tuple[Watchlist, ...] = ()
    networks: tuple[Network, ...] = ()
    catalogue = _catalogue(root)
    if catalogue is not None:
        milestones = joined(milestones, _own_milestones(catalogue))
        watchlists = tuple(opened_list(one) for one in _lists(catalogue))
        networks = tuple(_opened_networks(catalogue))
    return References(
        gazetteer=shipped_gazetteer(),
        countries=shipped_countries(),
        milestones=milestones,
        used=(
            _used(gazetteer_certificate()),
            _used(countries_certificate()),
            *milestones.used,
            *(_list_used(one) for one in watchlists),
            *(_network_used(one) for one in networks),
        ),
        watchlists=watchlists,
        networks=networks,
    )


class ListFile(NamedTuple):
    """A watchlist of the catalogue that is not opened yet: where its index lies, and its hash."""

    path: Path
    id: str
    as_of: str
    sha256: str


def list_files(root: Path | None = None, only: Sequence[str] = ()) -> tuple[ListFile, ...]:
    """The latest version of each watchlist of a catalogue, or of those whose ids are given.

    Raises NoSuchDataSet for an id that no list has, and what `load_references` raises.
    """
    catalogue = _catalogue(root)
    found = _lists(catalogue) if catalogue else ()
    missing = [one for one in only if one not in {file.id for file in found}]
    if missing:
        from safeconduct.reference.errors import NoSuchDataSet

        raise NoSuchDataSet(f"{WATCHLIST}/{missing[0]}")
    return tuple(one for one in found if not only or one.id in only)


def load_watchlists(root: Path | None = None, only: Sequence[str] = ()) -> "tuple[Watchlist, ...]":
    """The lists of `list_files`, opened; see `opened_list`."""
    return tuple(opened_list(one) for one in list_files(root, only))


def opened_list(file: ListFile) -> "Watchlist":
    """An index mapped in place, after its bytes were compared with their hash.

    Raises DataSetDamaged, or IndexDamaged for one that another version of the program built.
    """
    from safeconduct.screening.watchlists import Watchlist

    data = _mapped(file)
    found = sha256(data).hexdigest()
    if found != file.sha256:
        raise _damaged(file, found)
    return Watchlist(data, id=file.id, as_of=file.as_of, sha256=file.sha256)


def load_control_pack(root: Path | None, identifier: str) -> tuple[str, tuple[PackQuestion, ...]]:
    """The address of the latest version of a control pack, and its questions.

    No vetting reads packs: their answers are looked at by whoever fixes or compares them alone.
    Raises NoSuchDataSet, and what `load_references` raises.
    """
    catalogue = _catalogue(root)
    for certificate in catalogue.latest(CONTROL_PACK) if catalogue else ():
        if catalogue and certificate.id == identifier:
            try:
                return str(certificate.address), pack_of(catalogue.read_built(certificate))
            except PackMistaken as error:
                raise BuiltFormUnreadable(certificate, str(error)) from error
    from safeconduct.reference.errors import NoSuchDataSet

    raise NoSuchDataSet(f"{CONTROL_PACK}/{identifier}")


def default_root() -> Path:
    """The catalogue of whoever runs the program."""
    from platformdirs import user_data_path  # only where no folder was named

    return user_data_path("safeconduct", appauthor=False) / "references"


def _catalogue(root: Path | None) -> "Catalogue | None":
    folder = default_root() if root is None else root
    if root is None and not folder.is_dir():
        return None
    from safeconduct.reference.catalogue import Catalogue

    return Catalogue(folder).required()


def _own_milestones(catalogue: "Catalogue") -> list[Milestones]:
    found = []
    for certificate in catalogue.latest(MILESTONES):
        used = ReferenceUsed(
            kind=certificate.kind,
            id=certificate.id,
            as_of=certificate.as_of,
            sha256=certificate.built.sha256,
        )
        data = catalogue.read_built(certificate)
        try:
            found.append(milestones_of(data, used))
        except MilestonesMistaken as error:
            raise BuiltFormUnreadable(certificate, str(error)) from error
    return found


def _opened_networks(catalogue: "Catalogue") -> "Iterator[Network]":
    for certificate in catalogue.latest(NETWORK):
        from safeconduct.geo.networks import Network

        data = catalogue.read_built(certificate)
        try:
            yield Network(
                data,
                id=certificate.id,
                as_of=certificate.as_of,
                sha256=certificate.built.sha256,
            )
        except GeoDataDamaged as error:
            raise BuiltFormUnreadable(certificate, str(error)) from error


def _network_used(network: "Network") -> ReferenceUsed:
    return ReferenceUsed(kind=NETWORK, id=network.id, as_of=network.as_of, sha256=network.sha256)


def _lists(catalogue: "Catalogue") -> tuple[ListFile, ...]:
    return tuple(
        ListFile(
            catalogue.folder(one.address) / one.built.name, one.id, one.as_of, one.built.sha256
        )
        for one in catalogue.latest(WATCHLIST)
    )


def _mapped(file: ListFile) -> memoryview:
    from mmap import ACCESS_READ, mmap

    try:
        if not file.path.is_file():
            raise _damaged(file, "no file")
        with file.path.open("rb") as handle:
            return memoryview(mmap(handle.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise _damaged(file, getattr(error, "strerror", None) or str(error)) from error


def _damaged(file: ListFile, found: str) -> DamagedReference:
    from safeconduct.reference.errors import DataSetDamaged

    return DataSetDamaged(file.path, found=found, expected=file.sha256)


def _list_used(watchlist: "Watchlist") -> ReferenceUsed:
    return ReferenceUsed(
        kind=WATCHLIST, id=watchlist.id, as_of=watchlist.as_of, sha256=watchlist.sha256
    )


def _used(certificate: dict[str, object]) -> ReferenceUsed:
    return ReferenceUsed(
        kind=str(certificate["kind"]),
        id=str(certificate["id"]),
        as_of=str(certificate["as_of"]),
        sha256=str(certificate["sha256"]),
    )
