"""The page that verifies in a browser agrees with `verify` on what both look at."""

import base64
import json
import re
import shutil
import subprocess
from datetime import timedelta
from html import unescape
from pathlib import Path

import msgspec
import pytest
from tests.doors.test_html_report import FLAGS
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, house, small_pdf
from tests.unit.dossier.sealing.stamps import below_a_root

from safeconduct.dossier.sealing.browser_page import verify_page
from safeconduct.dossier.sealing.certificates import revocation_list
from safeconduct.dossier.sealing.disclosing import disclosed_bytes, part_of
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.longterm import Known, read_list
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.prolonging import prolonged
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.trust import trust_bytes
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_its_policy_lets_its_own_script_run_and_nothing_be_fetched(
    chromium: str, tmp_path: Path, code: str
) -> None:
    page = verify_page(language(code)).decode()
    assert page == verify_page(language(code)).decode()
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|//[a-z]|@import|url\(", page.replace("// ", ""))
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
