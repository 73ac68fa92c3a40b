"""What may be done to a sealed dossier, each attack by its name; none passes."""

import re
import time
import zlib
from datetime import timedelta
from io import BytesIO

import msgspec
import pytest
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, NumberObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.unit.dossier.sealing.house import (
    AT,
    DISCLOSURE,
    EXPIRES,
    SEALED,
    TERMS,
    House,
    house,
    small_pdf,
)

from safeconduct.casefile.findings import Term
from safeconduct.dossier.sealing import examining
from safeconduct.dossier.sealing.canonical import canonical, read_canonical
from safeconduct.dossier.sealing.disclosing import (
    Disclosed,
    disclosed_bytes,
    part_of,
    read_disclosed,
)
from safeconduct.dossier.sealing.errors import NotSealed
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.items import Item, salted
from safeconduct.dossier.sealing.layout import DISCLOSURE as ITEMS
from safeconduct.dossier.sealing.layout import MANIFEST
from safeconduct.dossier.sealing.located import attached, locate
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.seal import document_item, stated
from safeconduct.dossier.sealing.stamping import stamped
from safeconduct.dossier.sealing.trust import Trust, trusted
from safeconduct.dossier.sealing.verification import Verification
from safeconduct.dossier.sealing.verification_text import verification_text
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import language


def verified(data: bytes, ours: House) -> Verification:
    return verify(data, ours.trust, on=SEALED, recipient=TERMS.recipient)


def code(data: bytes, ours: House) -> int:
    """The exit code, where what is no sealed dossier at all is 2."""
    try:
        return verified(data, ours).exit_code()
    except NotSealed:
        return 2


def why(verification: Verification) -> set[str]:
    """What is wrong; what could not be examined is left out."""
    wrong = [one for one in verification.points().values() if one.answer == "no"]
    return {reason.id for one in wrong for reason in one.because}


def items_of(data: bytes) -> Disclosed:
    holder = attached(data, ITEMS, locate(data).begins)
    assert holder is not None
    return read_disclosed(holder.data)


def test_untouched_it_passes(sealed: bytes, ours: House) -> None:
    assert code(sealed, ours) == 0


def test_any_byte_flipped_anywhere_is_found(sealed: bytes, ours: House) -> None:
    codes = []
    for at in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[at] ^= 1 << at % 8
        codes.append(code(bytes(flipped), ours))
    assert len(codes) > 9000
    assert set(codes) <= {2, 10, 11}
    # Only what no longer begins as a PDF is not recognised as a broken seal.
    assert codes.count(2) <= len(b"%PDF-")


@pytest.mark.parametrize("letter", [b"a", b"A"])
def test_the_other_case_of_a_digit_in_the_signature_is_found(
    sealed: bytes, ours: House, letter: bytes
) -> None:
    begins = locate(sealed).begins
    at = sealed.index(b"A", begins)
    changed = sealed[:at] + letter + sealed[at + 1 :]
    assert (code(changed, ours) == 0) == (letter == b"A")


def test_cut_anywhere_it_is_found(sealed: bytes, ours: House) -> None:
    assert all(code(sealed[:end], ours) for end in range(0, len(sealed), 37))


@pytest.mark.parametrize("more", [b"\n", b" ", b"\x00", b"%%EOF\n", b"% a remark\n"])
def test_anything_behind_the_seal_is_found(sealed: bytes, ours: House, more: bytes) -> None:
    found = verified(sealed + more, ours)
    assert found.exit_code() == 10
    assert why(found) >= {"verify-behind-the-seal"}


def test_an_incremental_update_after_sealing_is_found(sealed: bytes, ours: House) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Lang"] = NameObject("/xx")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    updated = out.getvalue()
    assert updated.startswith(sealed)
    found = verified(updated, ours)
    assert found.exit_code() == 10
    assert why(found) >= {"verify-behind-the-seal"}


def test_a_shadow_attack_that_swaps_the_content_is_found(sealed: bytes, ours: House) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0]
    words = b"BT /F1 12 Tf 20 40 Td (Another dossier) Tj ET"
    page["/Contents"] = writer.add_object(StreamObject(stream_data=words))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    assert verified(out.getvalue(), ours).exit_code() == 10


def test_content_prepared_before_sealing_cannot_be_shown_by_a_swap_of_bytes(ours: House) -> None:
    sealed = ours.seals(small_pdf("(approved) % (rejected)"))
    swapped = sealed.replace(b"(approved) % (rejected)", b"(rejected) % (approved)", 1)
    assert swapped != sealed
    assert why(verified(swapped, ours)) >= {"verify-content-changed", "verify-another-document"}


def test_a_signature_moved_from_another_dossier_is_found(sealed: bytes, ours: House) -> None:
    other = ours.seals(small_pdf("Another dossier"))
    digits = re.compile(rb"[0-9A-F]{200,}")
    mine = digits.search(sealed, locate(sealed).begins)
    theirs = digits.search(other, locate(other).begins)
    assert mine is not None
    assert theirs is not None
    # The end of the shorter is filled with zeros, as sealing does.
    put = theirs[0].rstrip(b"0").ljust(len(mine[0]), b"0")
    moved = sealed[: mine.start()] + put + sealed[mine.end() :]
    assert len(moved) == len(sealed)
    found = verified(moved, ours)
    assert found.exit_code() == 10
    assert why(found) == {"verify-content-changed"}


def attachments(data: bytes) -> dict[str, bytes]:
    found = {name: attached(data, name, locate(data).begins) for name in (MANIFEST, ITEMS)}
    return {name: one.data for name, one in found.items() if one}


def test_another_cases_manifest_embedded_under_a_good_signature_is_found(
    sealed: bytes, ours: House
) -> None:
    other = small_pdf("Another person")
    forged = stamped(other, attachments(sealed), ours.sealer.signer, at=AT)
    found = verified(forged, ours)
    assert found.exit_code() == 10
    assert why(found) == {"verify-another-document"}


def test_another_cases_manifest_beside_the_items_of_this_one_is_found(
    sealed: bytes, ours: House
) -> None:
    other = attachments(ours.seals(small_pdf()))
    mixed = {**attachments(sealed), MANIFEST: other[MANIFEST]}
    forged = stamped(small_pdf(), mixed, ours.sealer.signer, at=AT)
    assert why(verified(forged, ours)) == {"verify-two-manifests"}


def test_a_manifest_under_the_certificate_of_somebody_else_is_found(
    sealed: bytes, ours: House
) -> None:
    forged = stamped(small_pdf(), attachments(sealed), house().sealer.signer, at=AT)
    found = verified(forged, ours)
    assert found.exit_code() == 11
    assert why(found) >= {"verify-certificate-not-named"}


def test_a_stolen_certificate_key_without_the_organisations_key_is_not_enough(
    ours: House,
) -> None:
    base = small_pdf()
    items = salted((document_item(base, ours.sealer, AT), *DISCLOSURE.items))
    thief = ours.sealer._replace(key=house().key)
    manifest = stated(DISCLOSURE, TERMS, ours.sealer, items)
    disclosed = Disclosed(
        manifest=manifest, signature=thief.key.sign(manifest_bytes(manifest)), items=items
    )
    given = {MANIFEST: manifest_bytes(manifest), ITEMS: disclosed_bytes(disclosed)}
    found = verified(stamped(base, given, ours.sealer.signer, at=AT), ours)
    assert found.exit_code() == 11
    assert why(found) >= {"verify-organisation-signature-wrong"}


@pytest.mark.parametrize("whose", ["the organisation's", "the thief's own"])
def test_pages_exchanged_under_a_genuine_manifest_by_a_certificate_key_alone_are_found(
    sealed: bytes, ours: House, whose: str
) -> None:
    # Whoever steals a token's PIN has the certificate's key, not the organisation's.
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    held = next(one for one in disclosed.items if one.id == "document")
    writer = IncrementalPdfFileWriter(BytesIO(sealed[: held.value["bytes"]]))
    page = writer.root["/Pages"]["/Kids"][0]
    words = b"BT /F1 12 Tf 20 40 Td (Another dossier) Tj ET"
    page["/Contents"] = writer.add_object(StreamObject(stream_data=words))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    by = ours if whose == "the organisation's" else house(ours.name)
    swapped = out.getvalue() + b"\n" * (not out.getvalue().endswith(b"\n"))
    found = verified(stamped(swapped, attachments(sealed), by.sealer.signer, at=AT), ours)
    assert "verify-another-frame" in why(found)
    assert found.exit_code() == 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Contents 4 0 R", b"/Contents 5 0 R"),
        (b"/Pages 2 0 R\n/Names", b"/Pages 4 0 R\n/Names"),
        (b"0000000588 00000 n", b"0000000589 00000 n"),
        (b"/P 1\n", b"/P 3\n"),
        (b"/Size 18\n", b"/Size 19\n"),
    ],
)
def test_nothing_of_what_sealing_adds_can_be_other_under_a_signature(
    ours: House, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    # The certificate's key signs what is changed before it is signed; the frame tells.
    base = small_pdf()
    sealed = ours.seals(base)
    at = sealed.find(old, len(base))
    assert at >= 0
    changed = sealed[:at] + new + sealed[at + len(old) :]
    monkeypatch.setattr(examining, "_changed", lambda *_: iter(()))
    assert why(verified(sealed, ours)) == set()
    assert why(verified(changed, ours)) >= {"verify-another-frame"}


def test_a_fake_manifest_in_the_text_of_a_case_is_not_taken_for_the_manifest(ours: House) -> None:
    fake = (
        b"9 0 obj\n<<\n/Type /EmbeddedFile\n/Subtype /application#2Fvnd.safeconduct.manifest+json"
    )
    pdf = small_pdf().replace(b"%\xe2\xe3", b"%" + fake + b"\n/Length 2\n>>\nstream\n{}\n%\xe2\xe3")
    shift = len(pdf) - len(small_pdf())
    moved = re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + shift), pdf)
    moved = re.sub(rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) + shift), moved)
    assert verified(ours.seals(moved), ours).exit_code() == 0


def test_a_forged_organisation_of_the_same_name_is_not_trusted(ours: House) -> None:
    forger = house(ours.name)
    found = verified(forger.seals(small_pdf()), ours)
    assert found.exit_code() == 12
    assert (found.intact.answer, found.valid.answer) == ("yes", "yes")
    assert why(found) >= {"verify-other-key"}


def test_the_root_of_a_forger_under_the_key_of_the_organisation_is_not_trusted(
    ours: House, sealed: bytes
) -> None:
    forger = house(ours.name)
    mixed = Trust(organisations=(trusted(ours.name, ours.key.public(), forger.root),))
    found = verify(sealed, mixed, on=SEALED)
    assert found.exit_code() == 12
    assert why(found) >= {"verify-certificate-not-issued"}


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 0), ((EXPIRES - SEALED).days, 0), ((EXPIRES - SEALED).days + 1, 13)]
)
def test_expired_is_from_the_day_after_the_last(
    sealed: bytes, ours: House, days: int, expected: int
) -> None:
    found = verify(sealed, ours.trust, on=SEALED + timedelta(days=days))
    assert found.exit_code() == expected
    assert ("verify-expired" in why(found)) == bool(expected)


def test_a_clock_set_back_before_the_sealing_is_found(sealed: bytes, ours: House) -> None:
    found = verify(sealed, ours.trust, on=SEALED - timedelta(days=1))
    assert found.exit_code() == 13
    assert "verify-not-yet" in why(found)


def test_a_dossier_of_another_recipient_is_refused(sealed: bytes, ours: House) -> None:
    found = verify(sealed, ours.trust, on=SEALED, recipient="A court")
    assert found.exit_code() == 13
    assert found.for_recipient.answer == "no"


def part(sealed: bytes) -> Disclosed:
    return part_of(items_of(sealed), ["claim/c1"])


def test_a_disclosed_item_that_was_altered_is_found(sealed: bytes, ours: House) -> None:
    shown = part(sealed)
    assert code(disclosed_bytes(shown), ours) == 0
    item = msgspec.structs.replace(shown.items[0], value={"text": "He was not there."})
    found = verified(disclosed_bytes(msgspec.structs.replace(shown, items=(item,))), ours)
    assert found.exit_code() == 10
    assert why(found) >= {"verify-item-altered"}


def test_a_part_from_which_a_finding_of_a_check_was_deleted_is_found(
    sealed: bytes, ours: House
) -> None:
    both = part_of(items_of(sealed), ["finding/f1", "claim/c1"])
    assert code(disclosed_bytes(both), ours) == 0
    for gone in ("finding/f1", "finding/f2"):
        left = tuple(one for one in both.items if one.id != gone)
        found = verified(disclosed_bytes(msgspec.structs.replace(both, items=left)), ours)
        assert found.exit_code() == 10
        (because,) = found.intact.because
        assert because.id == "verify-check-torn"
        assert because.parameters["check"] == Term("check-journeys")
        told = " ".join(verification_text(found, language("en")).split())
        assert (
            "Journeys between places: findings in the dossier: 2; shown here: 1; not checked: 1"
            in told
        )


def test_a_part_without_all_findings_of_a_check_is_whole(sealed: bytes, ours: House) -> None:
    # What is not shown at all misleads nobody: it is counted.
    found = verified(disclosed_bytes(part_of(items_of(sealed), ["claim/c1"])), ours)
    assert found.exit_code() == 0
    told = " ".join(verification_text(found, language("en")).split())
    assert "findings in the dossier: 2; shown here: 0" in told
    assert "findings shown" not in told
    assert "claim/c1: He was there." in told


def test_a_part_without_any_item_is_found(sealed: bytes, ours: House) -> None:
    empty = msgspec.structs.replace(items_of(sealed), items=())
    found = verified(disclosed_bytes(empty), ours)
    assert found.exit_code() == 10
    assert why(found) == {"verify-part-empty"}


def test_a_part_of_a_check_of_another_version_names_it_by_its_identifier(ours: House) -> None:
    later = msgspec.structs.replace(DISCLOSURE.checks[0], check="later\x1b[2J")
    whole = items_of(
        ours.seals(small_pdf(), disclosure=msgspec.structs.replace(DISCLOSURE, checks=(later,)))
    )
    torn = msgspec.structs.replace(part_of(whole, ["finding/f1"]), items=whole.items[2:3])
    found = verified(disclosed_bytes(torn), ours)
    assert why(found) == {"verify-check-torn"}
    told = verification_text(found, language("en"))
    assert "later[U+001B]" in told
    assert "\x1b" not in told


def test_the_sentences_of_a_part_cannot_steer_a_terminal(ours: House) -> None:
    items = (
        *DISCLOSURE.items[:3],
        Item(id="claim/c1", kind="claim", value={"text": "a\x1b[2J\nIntact: yes \u202e"}),
        Item(id="claim/c2", kind="claim", value={"text": ["no", "text"]}),
        Item(id="claim/c3", kind="claim", value="none"),
    )
    whole = items_of(
        ours.seals(small_pdf(), disclosure=msgspec.structs.replace(DISCLOSURE, items=items))
    )
    data = disclosed_bytes(part_of(whole, ["claim/c1", "claim/c2", "claim/c3"]))
    found = verified(data, ours)
    assert [one.sentence is None for one in found.shown] == [False, True, True]
    told = verification_text(found, language("en"))
    assert "- claim/c1: a[U+001B][2J Intact: yes [U+202E]\n- claim/c2\n- claim/c3\n" in told


def test_any_byte_flipped_in_a_disclosed_part_is_found(sealed: bytes, ours: House) -> None:
    data = disclosed_bytes(part(sealed))
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        assert code(bytes(flipped), ours) in {2, 10, 11}


def test_a_part_with_the_manifest_of_another_case_is_found(sealed: bytes, ours: House) -> None:
    other = items_of(ours.seals(small_pdf()))
    mixed = msgspec.structs.replace(part(sealed), manifest=other.manifest)
    assert code(disclosed_bytes(mixed), ours) == 10


def test_a_part_whose_manifest_was_altered_is_found(sealed: bytes, ours: House) -> None:
    value = read_canonical(disclosed_bytes(part(sealed)))
    value["manifest"]["recipient"] = "A court"
    assert code(canonical(value), ours) == 11


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema":"x","schema":"y"}',
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":' + b"9" * 100_000 + b"}",
        b"{",
        b"{}",
        b'{"a":NaN}',
        b'{"a":"\\ud800"}',
    ],
)
def test_hostile_json_is_unreadable(ours: House, text: bytes) -> None:
    assert code(text, ours) == 2


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90", b"%PDF-", b"hello", b"\x00" * 1000, small_pdf(), b"%PDF-1.7\n" * 9]
)
def test_a_file_that_holds_no_seal_is_unreadable(ours: House, data: bytes) -> None:
    assert code(data, ours) == 2


def spent(data: bytes, ours: House) -> float:
    began = time.process_time()
    assert code(data, ours) in {2, 10, 11, 12}
    return time.process_time() - began


def test_a_pdf_with_100_000_objects_takes_no_time(ours: House, sealed: bytes) -> None:
    objects = b"".join(b"%d 0 obj\n<< /A %d >>\nendobj\n" % (n, n) for n in range(100_000))
    ranges = b"/ByteRange [0 10 20 30]\n" * 100_000
    assert spent(b"%PDF-1.7\n" + objects, ours) < 1
    assert spent(b"%PDF-1.7\n" + ranges, ours) < 2
    assert spent(sealed + objects, ours) < 1


def test_a_zip_bomb_is_never_unpacked(ours: House) -> None:
    bomb = zlib.compress(b"\x00" * 200_000_000, 9)
    writer = IncrementalPdfFileWriter(BytesIO(small_pdf()))
    head = DictionaryObject({NameObject("/Filter"): NameObject("/FlateDecode")})
    head[NameObject("/Length")] = NumberObject(len(bomb))
    writer.root["/Bomb"] = writer.add_object(StreamObject(head, encoded_data=bomb))
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    forger = house("A forger")
    sealed = forger.seals(out.getvalue())
    assert spent(sealed, ours) < 1
    assert why(verified(sealed, ours)) >= {"verify-not-known"}


def test_a_file_too_long_to_be_a_dossier_is_refused_unread(ours: House) -> None:
    assert spent(b"%PDF-" + bytes(129 * 1024 * 1024), ours) < 1
