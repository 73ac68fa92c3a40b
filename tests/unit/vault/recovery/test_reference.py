"""The vectors in docs/reference/vault-recovery.md are what the code reads and writes."""

import re
from pathlib import Path

import pytest

from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.fields import labelled, unlabelled, unpack
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.recovery.paper import RecoveryKey, printed
from safeconduct.vault.recovery.printed import decoded, open_with_paper
from safeconduct.vault.recovery.records import read_escrow
from safeconduct.vault.sessions.door import session_id


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "reference" / "vault-recovery.md").read_text(encoding="utf-8")


def keys(user: str, first: int) -> StaffKeys:
    """Keys whose bytes count on from `first`."""
    both = bytes(range(first, first + 64))
    return StaffKeys(user=user, version=1, receiving=both[:32], signing=both[32:])


def test_the_printed_key_and_its_wrapping_key(page: str) -> None:
    key = RecoveryKey(secret=bytes(range(16)))
    assert all(line in page for line in printed(key).splitlines())
    assert derive(key.secret, purpose=labelled("recovery-key", "u-anna")).hex() in page


def test_the_record_opens_with_the_paper(page: str) -> None:
    (text,) = re.findall(r'\{"envelope".*?\}', page)
    paper = "\n".join(re.findall(r"^ {4}([A-Z-]{23})$", page, re.MULTILINE))
    found = open_with_paper(paper, decoded(text.encode()), user="u-anna", version=1, number=1)
    assert found == keys("u-anna", 0)


def test_the_escrow_opens_with_both_custodians_keys(page: str) -> None:
    (text,) = re.findall(r'\{"first".*?\}', page)
    escrow = read_escrow(text.encode())
    label, inner = unpack(keys("k-1", 64).open(escrow.sealed), 2)
    assert label == labelled("escrow-outer", "u-anna", 1, 1, "k-1", "k-2")
    signed, signature = unpack(keys("k-2", 128).open(inner), 2)
    keys("u-anna", 0).card.check(signed, signature)
    facts = unlabelled(signed, "escrow", 7)
    assert b"".join(facts[-2:]) == bytes(range(64))


def test_the_sessions_id(page: str) -> None:
    (token,) = re.findall(r"token `([\w-]{43})`", page)
    assert session_id(token) in page
