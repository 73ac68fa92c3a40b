"""Each point of a verification on its own: yes, no, and unknown where it was not asked."""

import hashlib
import json
from datetime import date, timedelta

import msgspec
import pytest
from tests.unit.dossier.sealing.house import (
    AT,
    EXPIRES,
    SEALED,
    TERMS,
    House,
    house,
    small_pdf,
)
from tests.unit.dossier.sealing.house import DISCLOSURE as DISCLOSED
from tests.unit.dossier.sealing.stamps import authority, stamps

from safeconduct.casefile.findings import Day, Number
from safeconduct.dossier.sealing.certificates import certificate_sha256
from safeconduct.dossier.sealing.disclosing import (
    Disclosed,
    disclosed_bytes,
    part_of,
    read_disclosed,
)
from safeconduct.dossier.sealing.errors import NotCanonical, SealRefused, StatusNotUsable
from safeconduct.dossier.sealing.items import Item, salted
from safeconduct.dossier.sealing.layout import DISCLOSURE, MANIFEST
from safeconduct.dossier.sealing.located import attached, locate
from safeconduct.dossier.sealing.manifest import Organisation, manifest_bytes
from safeconduct.dossier.sealing.seal import seal, stated
from safeconduct.dossier.sealing.stamping import stamped
from safeconduct.dossier.sealing.status import Revoked, Status, signed_status
from safeconduct.dossier.sealing.trust import Trust, fingerprint, read_trust, trust_bytes
from safeconduct.dossier.sealing.verification import ListUsed, Shown, Verification
from safeconduct.dossier.sealing.verification_json import verification_json
from safeconduct.dossier.sealing.verification_text import verification_text
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import language

LATER = date(2024, 12, 1)


def status(
    ours: House, *revoked: Revoked, issued: date = LATER, signer: House | None = None
) -> bytes:
    listed = Status(
        organisation=Organisation(name=ours.name, key=ours.key.public()),
        number=3,
        issued=issued,
        until=issued + timedelta(days=30),
        revoked=revoked,
    )
    return signed_status(listed, (signer or ours).root_key)


def asked(
    sealed: bytes, ours: House, listed: bytes | None = None, on: date = LATER
) -> Verification:
    return verify(sealed, ours.trust, on=on, recipient=TERMS.recipient, status=listed)


def ids(found: Verification, name: str) -> list[str]:
    return [one.id for one in found.points()[name].because]


def test_what_was_not_asked_is_unknown_and_never_yes(sealed: bytes) -> None:
    found = verify(sealed, None, on=SEALED)
    answers = {name: one.answer.value for name, one in found.points().items()}
    assert answers == {
        "intact": "yes",
        "valid": "yes",
        "trusted": "unknown",
        "in_time": "yes",
        "not_revoked": "unknown",
        "for_recipient": "unknown",
    }
    assert found.exit_code() == 12


def test_an_empty_trust_file_trusts_nobody(sealed: bytes) -> None:
    found = verify(sealed, Trust(), on=SEALED)
    assert found.trusted.answer == "no"
    assert found.exit_code() == 12


def test_a_fresh_list_that_does_not_name_it_answers(sealed: bytes, ours: House) -> None:
    found = asked(sealed, ours, status(ours))
    assert found.not_revoked.answer == "yes"
    assert found.exit_code() == 0
    assert "verify-not-proven-revocation" not in {one.id for one in found.not_proven}


@pytest.mark.parametrize("what", ["certificate", "dossier", "organisation-key"])
def test_what_was_taken_back_is_told_by_its_own_hash_alone(
    sealed: bytes, ours: House, what: str
) -> None:
    hashes = {
        "certificate": certificate_sha256(ours.sealer.certificate),
        "dossier": asked(sealed, ours).manifest_sha256,
        "organisation-key": ours.key.public(),
    }
    gone = msgspec.convert(
        {"what": what, "sha256": hashes[what], "since": "2024-11-20", "reason": "stolen"}, Revoked
    )
    found = asked(sealed, ours, status(ours, gone))
    assert found.exit_code() == 13
    assert ids(found, "not_revoked") == [f"verify-revoked-{what}"]
    near = msgspec.structs.replace(gone, sha256="00" * 32)
    assert asked(sealed, ours, status(ours, near)).exit_code() == 0


def test_an_old_list_does_not_say_that_nothing_was_taken_back(sealed: bytes, ours: House) -> None:
    old = status(ours, issued=date(2024, 11, 3))
    found = asked(sealed, ours, old, on=date(2024, 12, 4))
    assert found.not_revoked.answer == "unknown"
    assert found.exit_code() == 13
    assert ids(found, "not_revoked") == ["verify-status-old"]


def test_an_old_list_still_says_what_was_taken_back(sealed: bytes, ours: House) -> None:
    key = ours.key.public()
    gone = Revoked(what="organisation-key", sha256=key, since=SEALED, reason="stolen")
    found = asked(sealed, ours, status(ours, gone, issued=SEALED), on=EXPIRES)
    assert found.not_revoked.answer == "no"


def test_an_older_list_that_is_replayed_is_named_by_number_and_day(
    sealed: bytes, ours: House
) -> None:
    # Genuine and in its time, whether the organisation has published number 4 or not.
    found = asked(sealed, ours, status(ours))
    assert found.exit_code() == 0
    assert found.status_list == ListUsed(number=3, issued=LATER, until=LATER + timedelta(days=30))
    (latest,) = (one for one in found.not_proven if one.id == "verify-not-proven-latest")
    assert latest.parameters == {"number": Number(3), "day": Day(LATER)}
    told = " ".join(verification_text(found, language("en")).split())
    assert "As of 1 December 2024." in told
    assert "Status list read: number 3, of 1 December 2024, to be used until 31 December" in told
    assert "That status list 3 of 1 December 2024 is the organisation’s latest: compare" in told
    written = json.loads(verification_json(found, language("en")))
    assert written["status_list"] == {"number": 3, "issued": "2024-12-01", "until": "2024-12-31"}
    assert "verify-not-proven-latest" in {one["message"] for one in written["not_proven"]}


def test_without_a_list_that_answered_none_is_called_the_latest(sealed: bytes, ours: House) -> None:
    old = asked(sealed, ours, status(ours, issued=date(2024, 11, 3)), on=date(2024, 12, 4))
    assert old.status_list is not None
    nobody = verify(sealed, None, on=LATER, status=status(ours))
    for found in (asked(sealed, ours), nobody, old):
        assert "verify-not-proven-latest" not in {one.id for one in found.not_proven}
        assert "verify-not-proven-revocation" in {one.id for one in found.not_proven}
    assert asked(sealed, ours).status_list is nobody.status_list is None


def test_a_list_that_the_root_did_not_sign_is_refused(sealed: bytes, ours: House) -> None:
    with pytest.raises(StatusNotUsable, match="not signed"):
        asked(sealed, ours, status(ours, signer=house()))
    other = house("Another")
    with pytest.raises(StatusNotUsable, match="another key"):
        asked(sealed, ours, status(other))
    with pytest.raises(StatusNotUsable, match="no status list"):
        asked(sealed, ours, b"{}")


def test_a_list_of_nobody_trusted_says_nothing(sealed: bytes, ours: House) -> None:
    found = verify(sealed, None, on=LATER, status=status(ours))
    assert ids(found, "not_revoked") == ["verify-status-not-trusted"]


def test_an_altered_list_is_refused(sealed: bytes, ours: House) -> None:
    listed = status(ours)
    for at in range(0, len(listed), 7):
        flipped = bytearray(listed)
        flipped[at] ^= 1
        with pytest.raises(StatusNotUsable):
            asked(sealed, ours, bytes(flipped))


@pytest.mark.parametrize("name", ["a consulate", "  A   Consulate ", "Ａ consulate"])
def test_a_recipient_is_the_same_in_other_capitals_and_spaces(
    sealed: bytes, ours: House, name: str
) -> None:
    assert verify(sealed, ours.trust, on=LATER, recipient=name).for_recipient.answer == "yes"


def test_nothing_more_is_said_of_a_file_whose_signatures_do_not_hold(ours: House) -> None:
    sealed = house().seals(small_pdf())
    broken = sealed.replace(b"A consulate", b"a consulate")
    found = asked(broken, ours)
    rest = (found.trusted, found.in_time, found.not_revoked, found.for_recipient)
    assert {one.answer.value for one in rest} == {"unknown"}
    assert found.exit_code() == 10


def test_a_certificate_that_ended_is_told_after_its_end_alone(ours: House) -> None:
    ends = ours.sealer.certificate.not_valid_after_utc.date()
    sealed = ours.seals(small_pdf(), msgspec.structs.replace(TERMS, expires=ends))
    assert asked(sealed, ours, on=ends).in_time.answer == "yes"
    found = asked(sealed, ours, on=ends + timedelta(days=1))
    assert ids(found, "in_time") == ["verify-expired", "verify-certificate-expired"]


def test_sealing_refuses_to_outlive_its_certificate_unless_the_time_is_stamped(
    ours: House,
) -> None:
    ends = ours.sealer.certificate.not_valid_after_utc.date()
    longer = msgspec.structs.replace(TERMS, expires=ends + timedelta(days=1))
    with pytest.raises(SealRefused, match=f"until {longer.expires}.*only until {ends}.*renew"):
        ours.seals(small_pdf(), longer)
    server = stamps(authority(), AT)
    stamped_one = seal(small_pdf(), DISCLOSED, longer, ours.sealer, at=AT, time_stamps=server)
    assert asked(stamped_one, ours).intact.answer == "yes"


def test_a_finding_shown_alone_brings_all_findings_of_its_check(sealed: bytes) -> None:
    holder = attached(sealed, DISCLOSURE, locate(sealed).begins)
    assert holder is not None
    whole = read_disclosed(holder.data)
    part = part_of(whole, ["finding/f1"])
    assert [one.id for one in part.items] == ["finding/f1", "finding/f2"]
    for wanted in ([], ["finding/f9"], ["claim/c1", "document"]):
        with pytest.raises(SealRefused):
            part_of(whole, wanted)


def test_of_the_other_items_a_part_holds_neither_value_nor_salt(sealed: bytes, ours: House) -> None:
    holder = attached(sealed, DISCLOSURE, locate(sealed).begins)
    assert holder is not None
    whole = read_disclosed(holder.data)
    data = disclosed_bytes(part_of(whole, ["claim/c1"]))
    others = [one for one in whole.items if one.id != "claim/c1"]
    assert "Тестов".encode() in holder.data
    assert "Тестов".encode() not in data
    assert not any(one.salt.encode() in data for one in others)
    found = verify(data, ours.trust, on=SEALED)
    assert (found.kind, found.exit_code()) == ("part", 0)
    assert found.shown == (Shown("claim/c1", "He was there."),)
    assert "verify-not-proven-part" in {one.id for one in found.not_proven}


def test_a_part_holds_nothing_by_which_the_rest_could_be_guessed(sealed: bytes) -> None:
    # The PDF is made of the case alone: its hash or size would answer each guess.
    holder = attached(sealed, DISCLOSURE, locate(sealed).begins)
    assert holder is not None
    whole = read_disclosed(holder.data)
    (document,) = (one for one in whole.items if one.id == "document")
    data = disclosed_bytes(part_of(whole, ["claim/c1"]))
    base = sealed[: document.value["bytes"]]
    assert hashlib.sha256(base).hexdigest() == document.value["sha256"]
    assert document.value["sha256"].encode() not in data
    assert b'"bytes"' not in data


def test_a_dossier_whose_items_name_no_document_is_another_one(ours: House) -> None:
    items = salted(DISCLOSED.items)
    manifest = stated(DISCLOSED, TERMS, ours.sealer, items)
    content = manifest_bytes(manifest)
    whole = Disclosed(manifest=manifest, signature=ours.key.sign(content), items=items)
    attachments = {MANIFEST: content, DISCLOSURE: disclosed_bytes(whole)}
    forged = stamped(small_pdf(), attachments, ours.sealer.signer, at=AT)
    assert ids(asked(forged, ours), "intact") == ["verify-another-document"]


def test_the_fingerprint_changes_with_anything_that_is_trusted(ours: House) -> None:
    (own,) = ours.trust.organisations
    (other,) = house(ours.name).trust.organisations
    marks = {
        fingerprint(one)
        for one in (
            own,
            msgspec.structs.replace(own, name="Another"),
            msgspec.structs.replace(own, key=other.key),
            msgspec.structs.replace(own, root=other.root),
            msgspec.structs.replace(own, time_stamps=(other.root,)),
        )
    }
    assert len(marks) == 5
    assert all(len(mark.split()) == 16 for mark in marks)


def test_a_trust_file_is_read_back_and_a_hostile_one_refused(ours: House) -> None:
    data = trust_bytes(ours.trust)
    assert read_trust(data) == ours.trust
    with pytest.raises(NotCanonical):
        read_trust(data.replace(b'"name"', b'"key"'))


def test_sealing_refuses_an_item_that_json_cannot_hold(ours: House) -> None:
    from tests.unit.dossier.sealing.house import DISCLOSURE as WHOLE

    bad = Item(id="claim/c9", kind="claim", value={"text": "\ud800"})
    changed = msgspec.structs.replace(WHOLE, items=(*WHOLE.items, bad))
    with pytest.raises(NotCanonical):
        ours.seals(small_pdf(), disclosure=changed)


def test_what_is_no_pdf_cannot_be_sealed(ours: House) -> None:
    with pytest.raises(SealRefused, match="could not be signed"):
        ours.seals(b"not a PDF")
