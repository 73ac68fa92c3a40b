"""What the data sets that ship with the package say of themselves, and whether they are whole.

The catalogue knows nothing of them; they stand beside it in lists and are verified with it.
"""

from hashlib import sha256
from importlib.resources import files

from msgspec.structs import replace

from safeconduct.geo.countries import countries_certificate
from safeconduct.geo.gazetteer import gazetteer_certificate
from safeconduct.geo.shipped import GeoDataDamaged, verify
from safeconduct.reference.listing import Row
from safeconduct.reference.verdicts import State, Verdict
from safeconduct.timeline.milestones import shipped_milestones


def shipped_rows() -> tuple[Row, ...]:
    """A row for each shipped data set."""
    return (_geo(gazetteer_certificate()), _geo(countries_certificate()), _milestones())


def verify_shipped() -> tuple[Verdict, ...]:
    """A verdict on each shipped data set."""
    return (
        _verify_geo("gazetteer", gazetteer_certificate()),
        _verify_geo("countries", countries_certificate()),
        _verify_milestones(),
    )


def _geo(certificate: dict[str, object]) -> Row:
    def text(key: str) -> str | None:
        return str(certificate[key]) if certificate.get(key) else None

    return Row(
        kind=str(certificate["kind"]),
        id=str(certificate["id"]),
        as_of=str(certificate["as_of"]),
        shipped=True,
        title=text("title"),
        origin=text("origin"),
        licence=text("licence"),
        completeness=text("completeness"),
        rows=int(str(certificate["rows"])),
        original_sha256=text("original_sha256"),
        sha256=text("sha256"),
    )


def _milestones() -> Row:
    milestones = shipped_milestones()
    (used,) = milestones.used
    return Row(
        kind=used.kind,
        id=used.id,
        as_of=used.as_of,
        shipped=True,
        title="Public events that accounts refer to",
        origin="Safeconduct; each event cites the texts that were read",
        licence="Apache-2.0; the cited texts have terms of their own",
        completeness="A selection. An event that is not in it may well have happened.",
        rows=len(milestones.by_id),
        sha256=used.sha256,
    )


def _verify_geo(name: str, certificate: dict[str, object]) -> Verdict:
    row = _geo(certificate)
    whole = Verdict(
        kind=row.kind, id=row.id, as_of=row.as_of, version=row.version, state=State.WHOLE
    )
    try:
        verify(name)
    except GeoDataDamaged as error:
        return replace(
            whole,
            state=State.DAMAGED,
            file=f"{name}.bin",
            found=error.found,
            expected=error.expected,
        )
    return whole


def _verify_milestones() -> Verdict:
    """Compares the file with the hash beside it, without reading what may be damaged."""
    folder = files("safeconduct.timeline") / "data"
    file = "milestones.jsonl"
    found = sha256((folder / file).read_bytes()).hexdigest()
    expected = (folder / "milestones.sha256").read_text().strip()
    as_of = (folder / "milestones.as-of").read_text().strip()
    whole = Verdict(kind="milestones", id="safeconduct", as_of=as_of, version=1, state=State.WHOLE)
    if found == expected:
        return whole
    return replace(whole, state=State.DAMAGED, file=file, found=found, expected=expected)
