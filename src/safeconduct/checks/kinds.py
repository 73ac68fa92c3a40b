"""KINDS: which kinds of reference data there are and how each is read; what is at hand.

The gazetteer, the outlines of countries and a first set of milestones ship with the package. Sets
of milestones in a catalogue are joined to the shipped ones; where an own set states a milestone of
the same identifier, the own one counts.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from safeconduct.casefile.errors import DamagedReference
from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.checks.material import References
from safeconduct.geo.countries import countries_certificate, shipped_countries
from safeconduct.geo.gazetteer import gazetteer_certificate, shipped_gazetteer
from safeconduct.reference.importing import Importer
from safeconduct.timeline.milestone_import import MilestoneImporter
from safeconduct.timeline.milestones import (
    Milestones,
    MilestonesMistaken,
    joined,
    milestones_of,
    shipped_milestones,
)

if TYPE_CHECKING:  # a vetting without a catalogue does without their import
    from safeconduct.reference.catalogue import Catalogue
    from safeconduct.reference.certificate import Certificate

MILESTONES = "milestones"

KINDS: Mapping[str, Importer] = MappingProxyType({MILESTONES: MilestoneImporter()})


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
    catalogue = _catalogue(root)
    if catalogue is not None:
        milestones = joined(milestones, _own_milestones(catalogue))
    return References(
        gazetteer=shipped_gazetteer(),
        countries=shipped_countries(),
        milestones=milestones,
        used=(_used(gazetteer_certificate()), _used(countries_certificate()), *milestones.used),
    )


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


def _used(certificate: dict[str, object]) -> ReferenceUsed:
    return ReferenceUsed(
        kind=str(certificate["kind"]),
        id=str(certificate["id"]),
        as_of=str(certificate["as_of"]),
        sha256=str(certificate["sha256"]),
    )
