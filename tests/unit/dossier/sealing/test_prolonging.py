"""Levels B-LT and B-LTA: what is added behind the seal, and everything else that might be."""

import asyncio
import base64
import io
import re
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, house, small_pdf
from tests.unit.dossier.sealing.stamps import LIST_AT, Authority, below_a_root

from safeconduct.dossier.sealing.additions import addition, end_of, latest
from safeconduct.dossier.sealing.behind import Material, covered, filled, with_material, with_room
from safeconduct.dossier.sealing.certificates import der, revocation_list
from safeconduct.dossier.sealing.errors import NotSealed, SealRefused
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.keys import new_certificate_key
from safeconduct.dossier.sealing.longterm import Known, read_list
from safeconduct.dossier.sealing.prolonging import prolonged
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.trust import Trust
from safeconduct.dossier.sealing.verification import Verification
from safeconduct.dossier.sealing.verifying import verify

TSA = below_a_root()
NEXT = below_a_root("Later Stamps", days=4000)
UNTIL = AT + timedelta(days=30)
AFTER_ALL = date(2026, 6, 1)
"""After both the signing certificate and the first authority's have ended."""


LISTS_END = date(2024, 12, 31)


def own_list(ours: House, *, until: date = LISTS_END, gone: datetime | None = None) -> Known:
    revoked = {ours.sealer.certificate.serial_number: gone} if gone else {}
    made = revocation_list(
        ours.root, ours.root_key, revoked, on=date(2024, 10, 1), until=until, number=1
    )
    return Known((ours.root,), (read_list(made),))


def at_hand(ours: House) -> Known:
    """All that is needed for a seal that `TSA` stamped."""
    listing = TSA.listing(on=AT, until=UNTIL)
    return own_list(ours).with_more(Known((TSA.root,), (listing,)))


def stamped(ours: House, stamper: DummyTimeStamper | None = None) -> bytes:
    given = stamper or TSA.stamps(AT)
    return seal(small_pdf(), DISCLOSURE, TERMS, ours.sealer, at=AT, time_stamps=given)


@pytest.fixture(scope="module")
def short(ours: House) -> bytes:
    """Level B-T."""
    return stamped(ours)


@pytest.fixture(scope="module")
def long(short: bytes, ours: House) -> bytes:
    """Level B-LT."""
    return prolonged(short, at_hand(ours))


@pytest.fixture(scope="module")
def archived(short: bytes, ours: House) -> bytes:
    """Level B-LTA."""
    return prolonged(short, at_hand(ours), archive=TSA.stamps(AT + timedelta(hours=1)))


def trusting(ours: House, *authorities: Authority) -> Trust:
    texts = tuple(base64.b64encode(der(one.root)).decode() for one in authorities)
    (own,) = ours.trust.organisations
    return Trust(organisations=(msgspec.structs.replace(own, time_stamps=texts),))


def token_of(authority: Authority, digest: bytes) -> bytes:
    return bytes(asyncio.run(authority.stamps(AT).async_timestamp(digest, "sha256")).dump())


def ids(found: Verification) -> set[str]:
    return {one.id for one in found.not_proven}


def wrong(data: bytes, ours: House) -> set[str]:
    try:
        found = verify(data, trusting(ours, TSA, NEXT), on=SEALED)
    except NotSealed:
        return {"not-sealed"}
    return {one.id for name in ("intact", "valid") for one in found.points()[name].because}


def test_each_level_is_said_as_far_as_the_file_holds_what_it_needs(
    ours: House, short: bytes, long: bytes, archived: bytes
) -> None:
    unstamped = ours.seals(small_pdf())
    for data, level in ((unstamped, "B-B"), (short, "B-T"), (long, "B-LT"), (archived, "B-LTA")):
        for trust in (None, trusting(ours, TSA)):
            found = verify(data, trust, on=SEALED)
            assert found.level == level
            untrusted = trust is None and level != "B-B"
            assert bool(found.untrusted) == ("verify-not-proven-authority" in ids(found))
            assert bool(found.untrusted) == untrusted
            assert found.intact.answer == found.valid.answer == "yes"
    assert verify(archived, trusting(ours, TSA), on=SEALED).archived_on == SEALED
    assert verify(archived, trusting(ours), on=SEALED).archived_on is None


def test_the_sealed_file_stays_the_beginning(short: bytes, long: bytes, archived: bytes) -> None:
    assert long.startswith(short)
    assert archived.startswith(short)


def test_it_is_still_held_after_the_signing_certificate_has_ended(
    ours: House, archived: bytes
) -> None:
    terms = msgspec.structs.replace(TERMS, expires=date(2027, 1, 1))
    data = seal(small_pdf(), DISCLOSURE, terms, ours.sealer, at=AT, time_stamps=TSA.stamps(AT))
    kept = prolonged(data, at_hand(ours), archive=NEXT.stamps(AT + timedelta(hours=1)))
    found = verify(kept, trusting(ours, TSA, NEXT), on=AFTER_ALL)
    assert found.exit_code() == 0
    assert found.level == "B-LTA"
    assert "verify-not-proven-stamp-ended" not in ids(found)
    # Without a later stamp the first one's certificate has run out.
    found = verify(prolonged(data, at_hand(ours)), trusting(ours, TSA), on=AFTER_ALL)
    assert "verify-not-proven-stamp-ended" in ids(found)
    # An authority that is not trusted testifies to nothing.
    late = verify(data, trusting(ours), on=AFTER_ALL)
    assert ids(late) >= {"verify-not-proven-time"}
    assert [one.id for one in late.in_time.because] == ["verify-certificate-expired"]


def test_a_stamp_over_a_stamp_carries_it_on(ours: House, archived: bytes) -> None:
    later = AT + timedelta(days=20)
    again = prolonged(
        archived,
        Known((TSA.root,), (TSA.listing(on=later, until=later + timedelta(days=30)),)),
        archive=NEXT.stamps(later),
    )
    found = verify(again, trusting(ours, TSA, NEXT), on=AFTER_ALL)
    assert found.level == "B-LTA"
    assert found.archived_on == later.date()
    assert "verify-not-proven-stamp-ended" not in ids(found)
    # One that came too late to cover it leaves the gap open.
    gap = datetime(2026, 3, 1, tzinfo=UTC)
    listing = TSA.listing(on=gap, until=gap + timedelta(days=30))
    late = prolonged(archived, Known((TSA.root,), (listing,)), archive=NEXT.stamps(gap))
    found = verify(late, trusting(ours, TSA, NEXT), on=AFTER_ALL)
    assert "verify-not-proven-stamp-ended" in ids(found)


def test_pyhanko_sees_a_certified_file_with_updates_that_are_allowed(
    ours: House, long: bytes, archived: bytes
) -> None:
    roots = [Certificate.load(der(one)) for one in (ours.root, TSA.root)]
    for data, stamps in ((long, 0), (archived, 1)):
        reader = PdfFileReader(io.BytesIO(data))
        context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=AT)
        (signature,) = reader.embedded_regular_signatures
        status = validate_pdf_signature(signature, context)
        assert status.bottom_line
        assert status.docmdp_ok
        assert status.modification_level is ModificationLevel.LTA_UPDATES
        assert len(reader.embedded_timestamp_signatures) == stamps
        for one in reader.embedded_timestamp_signatures:
            told = validate_pdf_timestamp(one, context)
            assert told.intact
            assert told.valid
            assert told.trusted


def test_any_byte_flipped_behind_the_seal_is_found(
    ours: House, short: bytes, archived: bytes
) -> None:
    """But for those of a token that its authority did not sign, as ADR 11 says."""
    begins = archived.index(b"/Contents <", len(short)) + len(b"/Contents <")
    ends = archived.index(b">", begins)
    unseen = []
    for place in range(len(short), len(archived)):
        if begins <= place < ends and place % 97:
            continue
        changed = bytearray(archived)
        changed[place] ^= 0x01
        if not wrong(bytes(changed), ours):
            unseen.append(place)
    assert [one for one in unseen if not begins <= one < ends] == []


@pytest.mark.parametrize("extra", [b"\n", b"% a remark\n", b"0", b"\n%%EOF\n"])
def test_what_is_behind_the_last_addition_is_found(
    ours: House, long: bytes, archived: bytes, extra: bytes
) -> None:
    for data in (long, archived):
        assert wrong(data + extra, ours) == {"verify-behind-the-seal"}


def test_an_update_between_or_behind_the_additions_is_found(
    ours: House, short: bytes, long: bytes, archived: bytes
) -> None:
    for data in (short, long, archived):
        page = b"<<\n" + latest(data, 3).replace(b"/Contents 4 0 R", b"/Contents 5 0 R") + b">>"
        forged = data + addition(data, {3: page})
        assert wrong(forged, ours) == {"verify-behind-the-seal"}
        # A genuine stamp over the forgery does not make it part of what was sealed.
        room, begins = with_room(forged)
        token = token_of(NEXT, covered(room, begins))
        assert wrong(filled(room, begins, token), ours) == {"verify-behind-the-seal"}


def test_an_object_inside_a_certificate_is_not_taken_for_one_of_the_file(
    ours: House, short: bytes
) -> None:
    # Whoever adds a store chooses what its certificates hold; a table names none of it.
    form = int(re.findall(rb"/AcroForm (\d+) 0 R", short)[-1])
    catalog = end_of(short).catalog
    fake = b"".join(
        b"\n%d 0 obj\n<<\n%s/Pages 99 0 R\n>>\nendobj\n" % (one, latest(short, one))
        for one in (form, catalog)
    )
    key = new_certificate_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Issuer")])
    hiding = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(AT)
        .not_valid_after(AT + timedelta(days=9))
        .add_extension(
            x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), fake), critical=False
        )
        .sign(key, SHA256())
    )
    more = with_material(short, Material((der(hiding),), ()))
    assert fake in more
    assert latest(more, form) == latest(short, form)
    assert b"/Pages 99" not in latest(more, catalog)
    stamped_room, _ = with_room(more)
    assert b"/Pages 99" not in stamped_room[len(more) :]


def test_a_store_that_holds_more_than_is_needed_is_found(ours: House, short: bytes) -> None:
    other = house("Somebody else")
    known = at_hand(ours)
    lists = tuple(one.public_bytes(Encoding.DER) for one in known.lists)
    fitting = Material((der(ours.root), der(TSA.root)), lists)
    assert wrong(with_material(short, fitting), ours) == set()
    for more in (
        Material((*fitting.certificates, der(other.root)), lists),
        Material(fitting.certificates, (*lists, _list_of(other))),
        Material((*fitting.certificates, b"%PDF-1.7 hidden"), lists),
        Material(fitting.certificates, (*lists, b"hidden")),
    ):
        assert wrong(with_material(short, more), ours) == {"verify-material-changed"}


def _list_of(other: House) -> bytes:
    return revocation_list(
        other.root, other.root_key, {}, on=date(2024, 10, 1), until=date(2025, 1, 1), number=1
    )


def test_a_store_behind_a_seal_without_a_stamp_is_of_no_use_and_found(ours: House) -> None:
    material = Material((der(ours.root),), ())
    data = with_material(ours.seals(small_pdf()), material)
    assert wrong(data, ours) == {"verify-material-changed"}


def test_the_stamp_of_another_file_is_found(ours: House, short: bytes, long: bytes) -> None:
    room, begins = with_room(long)
    other = token_of(TSA, covered(*with_room(short)))
    assert wrong(filled(room, begins, other), ours) == {"verify-stamp-wrong"}


def test_nothing_is_prolonged_that_has_no_stamp_or_does_not_hold(ours: House, short: bytes) -> None:
    with pytest.raises(SealRefused, match="no time stamp in the seal"):
        prolonged(ours.seals(small_pdf()), at_hand(ours))
    with pytest.raises(SealRefused, match="does not hold"):
        prolonged(short + b"\n", at_hand(ours))


def test_what_is_missing_is_named_and_no_lower_level_is_made(ours: House, short: bytes) -> None:
    with pytest.raises(SealRefused, match=r"Office of Trials: seal.*issuer is missing"):
        prolonged(short, Known())
    with pytest.raises(SealRefused, match=r"Office of Trials: seal.*no list of revoked"):
        prolonged(short, Known((ours.root,)))
    with pytest.raises(SealRefused, match=r"Stamps Ltd.*no list of revoked"):
        prolonged(short, own_list(ours))
    old = own_list(ours, until=date(2024, 10, 20))
    with pytest.raises(SealRefused, match="speaks of 2024-11-02"):
        prolonged(short, old.with_more(at_hand(ours)._replace(lists=())))


def test_an_authority_that_is_trusted_by_name_needs_no_list(ours: House, short: bytes) -> None:
    data = prolonged(short, own_list(ours), anchors=(TSA.stamping,))
    (own,) = ours.trust.organisations
    named = msgspec.structs.replace(
        own, time_stamps=(base64.b64encode(der(TSA.stamping)).decode(),)
    )
    assert verify(data, Trust(organisations=(named,)), on=SEALED).level == "B-LT"
    # Who does not trust it by name sees what is missing.
    found = verify(data, trusting(ours), on=SEALED)
    assert found.level == "B-T"
    assert "verify-not-proven-material" in ids(found)


def test_a_list_that_is_missing_is_asked_for_once(ours: House, short: bytes) -> None:
    asked = []
    listing = TSA.listing(on=AT, until=UNTIL).public_bytes(Encoding.DER)

    def fetch(address: str) -> bytes:
        asked.append(address)
        return listing

    data = prolonged(short, own_list(ours), fetch=fetch)
    assert asked == [LIST_AT]
    assert verify(data, trusting(ours, TSA), on=SEALED).level == "B-LT"
    with pytest.raises(SealRefused, match=LIST_AT):
        prolonged(short, own_list(ours), fetch=lambda _: b"<html>")


def test_a_certificate_that_was_revoked_before_its_use_is_refused(
    ours: House, short: bytes
) -> None:
    before, after = AT - timedelta(days=1), AT + timedelta(days=1)
    whole = at_hand(ours)
    gone = own_list(ours, gone=before).with_more(Known((TSA.root,), whole.lists[1:]))
    with pytest.raises(SealRefused, match=r"Office of Trials: seal.*revoked"):
        prolonged(short, gone)
    later = own_list(ours, gone=after).with_more(Known((TSA.root,), whole.lists[1:]))
    data = prolonged(short, later)
    assert verify(data, trusting(ours, TSA), on=SEALED).not_revoked.answer == "unknown"
    # Put there all the same, it is told of.
    lists = tuple(one.public_bytes(Encoding.DER) for one in gone.lists)
    forced = with_material(short, Material((der(ours.root), der(TSA.root)), lists))
    found = verify(forced, trusting(ours, TSA), on=SEALED)
    assert found.not_revoked.answer == "no"
    assert {one.id for one in found.not_revoked.because} == {"verify-revoked-then"}


def test_a_stamp_of_a_revoked_authority_is_refused(ours: House, short: bytes) -> None:
    listing = TSA.listing(on=AT, until=UNTIL, revoked=AT - timedelta(days=1))
    with pytest.raises(SealRefused, match=r"Stamps Ltd.*revoked"):
        prolonged(short, own_list(ours).with_more(Known((TSA.root,), (listing,))))


class _Garbage(DummyTimeStamper):
    async def async_timestamp(self, *_: object, **__: object) -> object:
        raise ValueError("no ASN.1")


def test_a_server_that_gives_no_stamp_leaves_nothing(ours: House, short: bytes) -> None:
    garbage = _Garbage.__new__(_Garbage)
    with pytest.raises(SealRefused, match="gave no time stamp"):
        prolonged(short, at_hand(ours), archive=garbage)


def test_the_end_of_a_file_of_another_form_is_refused(short: bytes) -> None:
    assert end_of(short).catalog > 0
    with pytest.raises(Exception, match="not in the form"):
        end_of(short[:-1])


def test_so_many_additions_and_no_more(ours: House, archived: bytes) -> None:
    data, moment = archived, AT
    with pytest.raises(SealRefused, match="more than"):
        for _ in range(20):
            moment += timedelta(hours=1)
            listing = TSA.listing(on=moment, until=moment + timedelta(days=30))
            known = Known((TSA.root,), (listing,))
            data = prolonged(data, known, archive=TSA.stamps(moment))
    assert examine(data).intact.answer == "yes"


def test_x509_lists_are_read_strictly() -> None:
    with pytest.raises(Exception, match="no list"):
        read_list(b"\x30\x03\x02\x01\x01")
    assert isinstance(TSA.listing(on=AT, until=UNTIL), x509.CertificateRevocationList)
