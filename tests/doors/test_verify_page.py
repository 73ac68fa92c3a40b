"""The page that verifies in a browser agrees with `verify` on what both look at."""

import base64
import json
import re
import shutil
import subprocess
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.doors.test_html_report import FLAGS
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, house, small_pdf
from tests.unit.dossier.sealing.stamps import below_a_root

from safeconduct.dossier.sealing.browser_page import verify_page
from safeconduct.dossier.sealing.canonical import canonical
from safeconduct.dossier.sealing.certificates import revocation_list, signing_certificate
from safeconduct.dossier.sealing.disclosing import disclosed_bytes, part_of
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.items import Item
from safeconduct.dossier.sealing.layout import DISCLOSURE as ITEMS
from safeconduct.dossier.sealing.layout import MANIFEST
from safeconduct.dossier.sealing.located import attached, locate
from safeconduct.dossier.sealing.longterm import Known, read_list
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.prolonging import prolonged
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.signers import file_sealer
from safeconduct.dossier.sealing.stamping import stamped
from safeconduct.dossier.sealing.trust import trust_bytes
from safeconduct.dossier.sealing.verification_text import verification_text
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.wording.language import LANGUAGES, language


@pytest.fixture(scope="module")
def chromium() -> str:
    """Where Chromium is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium, which is not installed here (Debian: apt install chromium)")
    return found


@pytest.fixture(scope="module")
def ours() -> House:
    """The organisation that seals."""
    return house()


@pytest.fixture(scope="module")
def sealed(ours: House) -> bytes:
    """A small dossier that it sealed."""
    return ours.seals(small_pdf())


def dumped(chromium: str, folder: Path, page: str) -> str:
    """What the page looks like when its script has run."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    command += ["--virtual-time-budget=8000", "--dump-dom", file.as_uri()]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return ran.stdout


Asked = tuple[bytes, House | None, str, str]
"""A file, whom its reader trusts, the day, and who the reader is."""


def answers(chromium: str, folder: Path, asked: list[Asked]) -> list[dict[str, str]]:
    """Of each file: point → answer, or `said` → what stands in its place."""
    page = verify_page(language("en")).decode()
    # The policy would stop the test's own script; that it lets the page's run is tested apart.
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    given = json.dumps(
        [
            [
                base64.b64encode(data).decode(),
                trust_bytes(whom.trust).decode() if whom else None,
                *(on, who),
            ]
            for data, whom, on, who in asked
        ]
    )
    script = f"""<script type="module">
      const all = [];
      for (const [data, trust, on, who] of {given}) {{
        await run(Uint8Array.from(atob(data), (one) => one.charCodeAt(0)), trust, on, who);
        const found = {{ text: document.getElementById("result").innerText }};
        for (const one of document.querySelectorAll("[data-point]"))
          found[one.dataset.point] = one.className.replace("answer ", "");
        all.push(found);
      }}
      const out = document.createElement("pre");
      out.id = "answers";
      out.textContent = JSON.stringify(all);
      document.body.append(out);
    </script></body>"""
    dom = dumped(chromium, folder, page.replace("</body>", script))
    found = re.search(r'<pre id="answers">(.+?)</pre>', dom, re.DOTALL)
    assert found, dom[-2000:]
    result: list[dict[str, str]] = json.loads(unescape(found[1]))
    return result


def flipped(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def test_it_agrees_with_the_command(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    day, late = SEALED.isoformat(), "2030-01-01"
    other = house()
    foreign = other.seals(small_pdf())
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    part = disclosed_bytes(part_of(disclosed, {"claim/c1"}))
    moved = sealed[: sealed.rindex(b"/ByteRange")]
    cases: list[Asked] = [
        (sealed, ours, day, "A Consulate "),
        (sealed, ours, day, "Somebody"),
        (sealed, None, day, ""),
        (sealed, ours, late, "A consulate"),
        (sealed, ours, "2020-01-01", "A consulate"),
        (foreign, ours, day, "A consulate"),
        (flipped(sealed, b"(A dossier)", b"(B dossier)"), ours, day, ""),
        (flipped(sealed, b"/MediaBox [ 0 0 200", b"/MediaBox [ 0 0 201"), ours, day, ""),
        (flipped(sealed, b'"text":"He was there."', b'"text":"He was heree."'), ours, day, ""),
        (part, ours, day, "A consulate"),
        (flipped(part, b"He was there", b"He was THERE"), ours, day, ""),
        (sealed + b"\n% more", ours, day, ""),
        (moved, ours, day, ""),
        (b"%PDF-1.7 nothing", ours, day, ""),
        (sealed[:300], ours, day, ""),
        (b"not a pdf", ours, day, ""),
    ]
    for (data, whom, on, who), found in zip(cases, answers(chromium, tmp_path, cases), strict=True):
        try:
            told = verify(
                data,
                whom.trust if whom else None,
                on=msgspec.convert(on, type(SEALED)),
                recipient=who or None,
            )
        except Exception:  # what is no sealed file
            assert set(found) == {"text"}, found
            cut = data.startswith(b"%PDF-") and b"%%EOF" not in data
            assert ("cut or damaged" in found["text"]) == cut
            continue
        if data.endswith(b"% more"):
            # What stands behind the seal is left to the command, and said.
            assert found["intact"] == "unknown"
            assert "Behind the seal stand 7 bytes" in found["text"]
            continue
        if set(found) == {"text"}:
            assert told.intact.answer == "no", found
            continue
        points = {name: str(point.answer) for name, point in told.points().items()}
        assert {name: found[name] for name in points} == points, found["text"]


def test_pages_exchanged_under_a_genuine_manifest_are_found(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    held = next(one for one in disclosed.items if one.id == "document").value["bytes"]
    writer = IncrementalPdfFileWriter(BytesIO(sealed[:held]))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT (Other) Tj ET"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    place = locate(sealed).begins
    given = {name: one.data for name in (MANIFEST, ITEMS) if (one := attached(sealed, name, place))}
    swapped = stamped(out.getvalue() + b"\n", given, ours.sealer.signer, at=AT)
    assert verify(swapped, ours.trust, on=SEALED).exit_code() == 10
    (found,) = answers(chromium, tmp_path, [(swapped, ours, SEALED.isoformat(), "")])
    assert found["intact"] == "no"
    assert "pages may have been exchanged" in found["text"]


def test_a_dossier_that_was_prolonged_is_left_to_the_command(
    chromium: str, tmp_path: Path, ours: House
) -> None:
    tsa = below_a_root()
    data = seal(small_pdf(), DISCLOSURE, TERMS, ours.sealer, at=AT, time_stamps=tsa.stamps(AT))
    own = revocation_list(
        *(ours.root, ours.root_key, {}), on=SEALED, until=SEALED + timedelta(days=9), number=1
    )
    listing = tsa.listing(on=AT, until=AT + timedelta(days=9))
    known = Known((ours.root, tsa.root), (read_list(own), listing))
    long = prolonged(data, known, archive=tsa.stamps(AT))
    asked: list[Asked] = [(one, ours, SEALED.isoformat(), "A consulate") for one in (data, long)]
    short_found, long_found = answers(chromium, tmp_path, asked)
    assert short_found["intact"] == short_found["valid"] == short_found["trusted"] == "yes"
    assert long_found["intact"] == "unknown"
    assert long_found["valid"] == "yes"


def test_a_manifest_with_a_key_twice_or_in_another_form_is_not_read(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    whole = disclosed_bytes(disclosed)
    assert manifest_bytes(disclosed.manifest) in whole
    twice = whole.replace(b'"items":', b'"items":[],"items":', 1)
    spaced = whole.replace(b'"items":', b'"items": ', 1)
    day = SEALED.isoformat()
    found = answers(chromium, tmp_path, [(twice, ours, day, ""), (spaced, ours, day, "")])
    assert [set(one) for one in found] == [{"text"}, {"text"}]


GOOD = {"intact": "yes", "valid": "yes", "trusted": "yes"}


def held(found: dict[str, str]) -> bool:
    """Does the page say that the file is whole and trusted?"""
    return all(found.get(name) == answer for name, answer in GOOD.items())


def test_no_byte_of_the_signature_changes_unseen(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    digits = re.compile(rb"<([0-9A-F]{200,})>").search(sealed, locate(sealed).begins)
    assert digits is not None
    begins, used = digits.start(1), len(digits[1].rstrip(b"0"))
    places = [*range(begins, begins + used + 8), digits.end(1) - 1]
    flipped_one = [
        sealed[:at] + b"%X" % (int(sealed[at : at + 1], 16) ^ 1) + sealed[at + 1 :] for at in places
    ]
    day = SEALED.isoformat()
    asked: list[Asked] = [(one, ours, day, "") for one in (sealed, *flipped_one)]
    whole, *changed = answers(chromium, tmp_path, asked)
    assert held(whole)
    assert len(changed) > 1000
    unseen = [at - begins for at, found in zip(places, changed, strict=True) if held(found)]
    assert unseen == []


def test_nothing_stands_unsigned_beside_what_is_signed(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    part = disclosed_bytes(part_of(disclosed, {"claim/c1"}))
    read = json.loads(part)
    (item,) = read["items"]
    forged = (
        {**read, "items": [{**item, "comment": "He confessed to murder."}]},
        {**read, "comment": "The office vouches that he is no agent."},
        {**read, "schema": "safeconduct/disclosure/9"},
        {**read, "signature": read["signature"].upper()},
        {**read, "signature": read["signature"] + "00"},
        {**read, "signature": read["signature"] + "z"},
        {**read, "manifest": {**read["manifest"], "expires": "2024-13-01"}},
    )
    day = SEALED.isoformat()
    asked: list[Asked] = [(canonical(one), ours, day, "") for one in (read, *forged)]
    whole, *changed = answers(chromium, tmp_path, asked)
    assert held(whole)
    assert [set(one) for one in changed] == [{"text"}] * len(forged)


def test_a_part_from_which_something_was_deleted_is_found_and_its_items_are_shown(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    disclosed = examine(sealed).disclosed
    assert disclosed is not None
    hostile = Item(id="claim/c1", kind="claim", value={"text": "a\n\u202eb <b>"})
    changed = msgspec.structs.replace(DISCLOSURE, items=(*DISCLOSURE.items[:3], hostile))
    steering = examine(ours.seals(small_pdf(), disclosure=changed)).disclosed
    assert steering is not None
    claim, both = part_of(disclosed, {"claim/c1"}), part_of(disclosed, {"finding/f1"})
    parts = (
        claim,
        both,
        msgspec.structs.replace(both, items=both.items[:1]),
        msgspec.structs.replace(both, items=()),
        part_of(steering, {"claim/c1"}),
    )
    asked: list[Asked] = [
        (disclosed_bytes(one), ours, SEALED.isoformat(), "A consulate") for one in parts
    ]
    alone, whole, torn, empty, steered = answers(chromium, tmp_path, asked)
    assert held(alone)
    assert held(whole)
    assert "claim/c1: He was there." in alone["text"]
    assert (
        "Journeys between places: findings in the dossier: 2; shown here: 0; not checked: 1"
        in alone["text"]
    )
    assert "shown here: 2" in whole["text"]
    assert (torn["intact"], empty["intact"]) == ("no", "no")
    assert "they belong together: journeys between places; 1 of 2 are here" in torn["text"]
    assert "It shows no item" in empty["text"]
    assert "claim/c1: a \ufffdb <b>" in steered["text"]
    for data, *_ in asked:
        told = verify(data, ours.trust, on=SEALED, recipient="A consulate")
        reasons = {one.id for one in told.intact.because}
        assert bool(reasons) == (data in (asked[2][0], asked[3][0]))


def test_a_certificate_that_ended_or_that_its_root_disowns_is_told(
    chromium: str, tmp_path: Path, ours: House
) -> None:
    ends = ours.sealer.certificate.not_valid_after_utc.date()
    long = msgspec.structs.replace(TERMS, expires=date(2035, 1, 1))
    sealed = ours.seals(small_pdf(), msgspec.structs.replace(TERMS, expires=ends))
    stamps = below_a_root().stamps(AT)
    stamped = seal(small_pdf(), DISCLOSURE, long, ours.sealer, at=AT, time_stamps=stamps)
    other = house(ours.name)
    certificate = signing_certificate(
        ours.root, other.root_key, other.signing_key.public_key(), on=SEALED
    )
    thief = file_sealer(ours.name, ours.key, certificate, other.signing_key)
    disowned = seal(small_pdf(), DISCLOSURE, TERMS, thief, at=AT)
    asked: list[Asked] = [
        (sealed, ours, ends.isoformat(), ""),
        (sealed, ours, (ends + timedelta(days=1)).isoformat(), ""),
        (stamped, ours, (ends + timedelta(days=1)).isoformat(), ""),
        (disowned, ours, SEALED.isoformat(), ""),
    ]
    last, late, testified, stolen = answers(chromium, tmp_path, asked)
    assert [one["in_time"] for one in (last, late, testified)] == ["yes", "no", "unknown"]
    assert "does not look at it" in testified["text"]
    assert "by an authority that you do not trust" in testified["text"]
    assert "does not look at it" not in late["text"]
    assert "The certificate was in force until" in late["text"]
    assert stolen["trusted"] == "no"
    assert verify(disowned, ours.trust, on=SEALED).trusted.answer == "no"


def test_it_shows_what_the_command_shows(
    chromium: str, tmp_path: Path, ours: House, sealed: bytes
) -> None:
    whom = (sealed, ours, SEALED.isoformat(), "A  CONSULATE")
    (found,) = answers(chromium, tmp_path, [whom])
    told = verify(sealed, ours.trust, on=SEALED, recipient="A consulate")
    said = verification_text(told, language("en"))
    assert told.manifest_sha256 is not None
    assert " ".join(re.findall("....", told.manifest_sha256)) in found["text"]
    assert ": findings shown: 2; not checked: 1" in found["text"]
    for words in ("lists name others (R. Caseworker", "evidence: not asked for (R. Caseworker"):
        assert words in found["text"]
        assert words in " ".join(said.split())
    assert "As of 2 November 2024" in found["text"]
    assert found["for_recipient"] == "yes"


@pytest.mark.parametrize("code", LANGUAGES)
def test_its_policy_lets_its_own_script_run_and_nothing_be_fetched(
    chromium: str, tmp_path: Path, code: str
) -> None:
    page = verify_page(language(code)).decode()
    assert page == verify_page(language(code)).decode()
    assert "default-src 'none'" in page
    assert not re.search(
        r"https?://|//[a-z]|@import|url\(", re.sub(r"'sha256-[^']+'|// ", "", page)
    )
    assert 'data-ready="yes"' in dumped(chromium, tmp_path, page)
    changed = page.replace('"use strict";', '"use strict"; ', 1)
    assert 'data-ready="yes"' not in dumped(chromium, tmp_path, changed)


def test_hostile_words_of_a_file_stay_words(chromium: str, tmp_path: Path, ours: House) -> None:
    terms = msgspec.structs.replace(
        TERMS, purpose="<img src=x onerror=\"document.title='ran'\"> \u202egnp"
    )
    data = seal(small_pdf(), DISCLOSURE, terms, ours.sealer, at=AT)
    (found,) = answers(chromium, tmp_path, [(data, ours, SEALED.isoformat(), "")])
    assert "<img src=x" in found["text"]
    assert "\u202e" not in found["text"]
