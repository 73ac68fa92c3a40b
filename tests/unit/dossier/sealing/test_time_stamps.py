"""Time stamps: whose word on which time, and only for this signature."""

import base64
from datetime import date, datetime, timedelta

import msgspec
import pytest
from cryptography import x509
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, small_pdf
from tests.unit.dossier.sealing.stamps import authority, stamps

from safeconduct.dossier.sealing.certificates import der
from safeconduct.dossier.sealing.cms import read_signature
from safeconduct.dossier.sealing.der import NotDer
from safeconduct.dossier.sealing.errors import NotSealed
from safeconduct.dossier.sealing.located import locate
from safeconduct.dossier.sealing.seal import seal
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
