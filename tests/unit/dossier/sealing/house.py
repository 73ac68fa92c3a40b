"""An organisation that seals, made anew for each run, and a small dossier to seal."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.dossier.sealing.certificates import root_certificate, signing_certificate
from safeconduct.dossier.sealing.items import Item
from safeconduct.dossier.sealing.keys import (
    OrganisationKey,
    new_certificate_key,
    new_organisation_key,
)
from safeconduct.dossier.sealing.manifest import (
    CheckRun,
    Disclosure,
    Omission,
    Subject,
    Terms,
    Withheld,
)
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.signers import Sealer, file_sealer
from safeconduct.dossier.sealing.trust import Trust, trusted

BEGAN, SEALED, EXPIRES = date(2024, 1, 1), date(2024, 11, 2), date(2025, 5, 2)
AT = datetime(2024, 11, 2, 12, 0, tzinfo=UTC)
TERMS = Terms(recipient="A consulate", purpose="a visa", issued=SEALED, expires=EXPIRES)
WITHHELD = Withheld(reason="lists name others", answers_for="R. Caseworker")
DISCLOSURE = Disclosure(
    profile="consulate",
    language="fr",
    subject=Subject(kind="identity", item="person"),
    on=SEALED,
    checks=(
        CheckRun(check="journeys", findings=("finding/f1", "finding/f2"), not_checked=1),
        CheckRun(check="identity-screening", withheld=WITHHELD),
    ),
    omissions=(Omission(what="evidence", reason="not asked for", answers_for="R. Caseworker"),),
    references=(ReferenceUsed(kind="gazetteer", id="geonames", as_of="2024", sha256="aa" * 32),),
    items=(
        Item(id="person", kind="person", value={"name": "Руслан Тестов"}),
        Item(id="finding/f1", kind="finding", value={"outcome": "asks"}),
        Item(id="finding/f2", kind="finding", value={"outcome": "supports"}),
        Item(id="claim/c1", kind="claim", value={"text": "He was there."}),
    ),
    software="safeconduct 0",
)


class House(NamedTuple):
    """An organisation with all its keys."""

    name: str
    root_key: ec.EllipticCurvePrivateKey
    root: x509.Certificate
    key: OrganisationKey
    signing_key: ec.EllipticCurvePrivateKey
    sealer: Sealer
    trust: Trust

    def seals(self, pdf: bytes, terms: Terms = TERMS, disclosure: Disclosure = DISCLOSURE) -> bytes:
        """A sealed dossier."""
        return seal(pdf, disclosure, terms, self.sealer, at=AT)


def house(name: str = "Office of Trials") -> House:
    """A new organisation of a name, with keys that no other has."""
    root_key, signing_key, key = (
        new_certificate_key(),
        new_certificate_key(),
        new_organisation_key(),
    )
    root = root_certificate(name, root_key, on=BEGAN)
    certificate = signing_certificate(root, root_key, signing_key.public_key(), on=BEGAN)
    sealer = file_sealer(name, key, certificate, signing_key)
    trust = Trust(organisations=(trusted(name, key.public(), root),))
    return House(name, root_key, root, key, signing_key, sealer, trust)


def small_pdf(text: str = "A dossier") -> bytes:
    """One page with one line, as small as a PDF may be."""
    content = f"BT /F1 12 Tf 20 40 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 80] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    begins = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % begins
