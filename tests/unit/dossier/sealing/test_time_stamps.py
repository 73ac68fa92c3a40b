"""Time stamps: whose word on which time, and only for this signature."""

import base64
from datetime import date, datetime, timedelta

import msgspec
import pytest
from cryptography import x509
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, small_pdf
from tests.unit.dossier.sealing.stamps import authority, below_a_root, stamps

from safeconduct.dossier.sealing.certificates import der
from safeconduct.dossier.sealing.cms import read_signature
from safeconduct.dossier.sealing.der import (
    CONTEXT_0,
    CONTEXT_1,
    SEQUENCE,
    SET,
    NotDer,
    oid,
    read,
    read_first,
    write,
)
from safeconduct.dossier.sealing.disclosing import Disclosed, disclosed_bytes
from safeconduct.dossier.sealing.errors import NotSealed
from safeconduct.dossier.sealing.items import salted
from safeconduct.dossier.sealing.layout import DISCLOSURE as ITEMS
from safeconduct.dossier.sealing.layout import MANIFEST
from safeconduct.dossier.sealing.located import locate
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.seal import document_item, seal, stated
from safeconduct.dossier.sealing.stamping import stamped as stamp_pdf
from safeconduct.dossier.sealing.time_stamps import read_stamp
from safeconduct.dossier.sealing.trust import Trust
from safeconduct.dossier.sealing.verification import Verification
from safeconduct.dossier.sealing.verification_text import verification_text
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import language

TSA = authority()


def stamped(ours: House, moment: datetime = AT, by: x509.Certificate = TSA) -> bytes:
    return seal(small_pdf(), DISCLOSURE, TERMS, ours.sealer, at=AT, time_stamps=stamps(by, moment))


def trusting(ours: House, *authorities: x509.Certificate) -> Trust:
    texts = tuple(base64.b64encode(der(one)).decode() for one in authorities)
    (own,) = ours.trust.organisations
    return Trust(organisations=(msgspec.structs.replace(own, time_stamps=texts),))


def ids(found: Verification) -> set[str]:
    return {one.id for one in found.not_proven}


def test_a_stamp_of_a_trusted_authority_tells_the_day(ours: House) -> None:
    found = verify(stamped(ours), trusting(ours, TSA), on=SEALED)
    assert found.exit_code() == 0
    assert found.stamped_on == SEALED
    assert "verify-not-proven-time" not in ids(found)
    assert "verify-not-proven-time-stamped" in ids(found)


def test_a_stamp_of_nobody_trusted_proves_no_time(ours: House) -> None:
    found = verify(stamped(ours), trusting(ours), on=SEALED)
    assert found.exit_code() == 0
    assert found.stamped_on is None
    assert "verify-not-proven-time" in ids(found)
    assert verify(stamped(ours), trusting(ours, ours.root), on=SEALED).stamped_on is None


def test_a_level_by_an_authority_that_is_not_trusted_is_said_to_be_so(ours: House) -> None:
    data = stamped(ours)
    told = verification_text(verify(data, trusting(ours), on=SEALED), language("en"))
    level, beside = told[told.index("PAdES level") :].splitlines()[:2]
    assert level.endswith("B-T.")
    assert "CN=Stamps of Trials" in beside
    assert "does not vouch" in beside
    assert "That the time stamp by CN=Stamps of Trials is to be relied on" in told
    told = verification_text(verify(data, trusting(ours, TSA), on=SEALED), language("en"))
    assert "B-T." in told
    assert "vouch" not in told


def test_an_authority_that_does_not_stamp_or_had_ended_is_not_believed(ours: House) -> None:
    for by in (authority(stamping=False), authority(days=30)):
        found = verify(stamped(ours, by=by), trusting(ours, by), on=SEALED)
        assert found.stamped_on is None
        assert found.valid.answer == "yes"


def test_a_clock_set_back_when_it_was_sealed_is_found(ours: House) -> None:
    late = stamped(ours, AT + timedelta(days=40))
    found = verify(late, trusting(ours, TSA), on=date(2025, 1, 1))
    assert found.exit_code() == 13
    assert [one.id for one in found.in_time.because] == ["verify-stamped-later"]
    assert verify(late, ours.trust, on=date(2025, 1, 1)).exit_code() == 0


def test_a_stamp_keeps_a_seal_valid_after_its_certificate_ended(ours: House) -> None:
    terms = msgspec.structs.replace(TERMS, expires=date(2030, 1, 1))
    at = stamps(TSA, AT)
    sealed = seal(small_pdf(), DISCLOSURE, terms, ours.sealer, at=AT, time_stamps=at)
    after = ours.sealer.certificate.not_valid_after_utc.date() + timedelta(days=1)
    assert verify(sealed, trusting(ours, TSA), on=after).in_time.answer == "yes"
    assert verify(sealed, ours.trust, on=after).in_time.answer == "no"


def test_a_stamp_of_another_signature_is_refused(ours: House) -> None:
    first = read_signature(locate(stamped(ours)).signature)
    second = read_signature(locate(stamped(ours)).signature)
    assert first.time_stamp is not None
    assert read_stamp(first.time_stamp, first.signature).moment == AT
    with pytest.raises(NotDer, match="something else"):
        read_stamp(first.time_stamp, second.signature)


def test_no_byte_of_a_stamp_can_change_what_it_says(ours: House) -> None:
    signed = read_signature(locate(stamped(ours)).signature)
    assert signed.time_stamp is not None
    for at in range(len(signed.time_stamp)):
        flipped = bytearray(signed.time_stamp)
        flipped[at] ^= 1 << at % 8
        try:
            stamp = read_stamp(bytes(flipped), signed.signature)
        except NotDer:
            continue
        believed = stamp.trusted([TSA])
        assert stamp.moment == AT
        # Around what the authority signed in its certificate stands what nobody signed.
        said = stamp.certificate.tbs_certificate_bytes
        assert not believed or said == TSA.tbs_certificate_bytes


def test_any_byte_of_a_stamped_dossier_that_the_seal_covers_is_still_found(ours: House) -> None:
    sealed = stamped(ours)
    trust = trusting(ours, TSA)
    survived = []
    for at in range(0, len(sealed), 3):
        flipped = bytearray(sealed)
        flipped[at] ^= 1 << at % 8
        try:
            found = verify(bytes(flipped), trust, on=SEALED)
        except NotSealed:
            continue
        if found.exit_code() == 0:
            survived.append(at)
    begins = locate(sealed).begins
    token = len(read_signature(locate(sealed).signature).time_stamp or b"")
    # Only inside the token, which is of the authority's making, and never what it says.
    assert all(begins < at < begins + 20_000 for at in survived)
    assert len(survived) * 3 < token


def with_token(sealed: bytes, token: bytes | None) -> bytes:
    """The file with another token, or none, in the room that its signature does not cover."""
    located = locate(sealed)
    whole, _ = read_first(located.signature)
    kind, content = whole.inside(SEQUENCE)
    parts = read(content.of(CONTEXT_0)).inside(SEQUENCE)
    signer = [one.whole for one in parts[4].inside(SET)[0].inside(SEQUENCE)][:6]
    if token is not None:
        attribute = write(SEQUENCE, oid("1.2.840.113549.1.9.16.2.14"), write(SET, token))
        signer.append(write(CONTEXT_1, attribute))
    body = write(SEQUENCE, *(one.whole for one in parts[:4]), write(SET, write(SEQUENCE, *signer)))
    made = write(SEQUENCE, kind.whole, write(CONTEXT_0, body)).hex().upper().encode()
    room = located.resumes - located.begins - 2
    assert len(made) <= room
    return sealed[: located.begins + 1] + made.ljust(room, b"0") + sealed[located.resumes - 1 :]


def test_a_stamp_that_was_taken_away_or_put_there_later_is_found(ours: House) -> None:
    late = stamped(ours, AT + timedelta(days=60))
    token = read_signature(locate(late).signature).time_stamp
    assert token is not None
    trust = trusting(ours, TSA)
    assert verify(late, trust, on=SEALED).exit_code() == 13
    assert with_token(late, token) == late
    # Where the room is too small in a test's dossier, it is made as a forger with more room would.
    base = small_pdf()
    items = salted((document_item(base, ours.sealer, AT), *DISCLOSURE.items))
    content = manifest_bytes(manifest := stated(DISCLOSURE, TERMS, ours.sealer, items))
    whole = Disclosed(manifest=manifest, signature=ours.key.sign(content), items=items)
    given = {MANIFEST: content, ITEMS: disclosed_bytes(whole)}
    put = stamp_pdf(base, given, ours.sealer.signer, at=AT, time_stamps=stamps(TSA, AT))
    for changed in (with_token(late, None), put):
        found = verify(changed, trust, on=SEALED)
        assert found.exit_code() == 10
        assert "verify-stamp-not-as-sealed" in {one.id for one in found.intact.because}


def test_a_stamp_of_another_authority_than_the_organisation_names_is_told(ours: House) -> None:
    # A set-back clock would be hidden by a stamp of one's own in the place of the genuine one.
    other = seal(
        *(small_pdf(), DISCLOSURE, TERMS, ours.sealer),
        at=AT,
        time_stamps=below_a_root("Others").stamps(AT),
    )
    found = verify(other, trusting(ours, TSA), on=SEALED)
    assert found.exit_code() == 13
    assert [one.id for one in found.in_time.because] == ["verify-stamp-of-another"]
    assert verify(other, trusting(ours), on=SEALED).exit_code() == 0
