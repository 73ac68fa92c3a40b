"""A case key as a text, for the one check that opens what it protects.

It is secret: whoever writes it into a file seals that file for themselves, and the check refuses
one that is not sealed. Nothing here writes a file.
"""

from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.cases import CaseKey, Compartment

CASE_KEY = "safeconduct/case-key/1"


def case_key_text(key: CaseKey) -> bytes:
    """A case key as canonical JSON. Secret."""
    return canonical(
        {
            "schema": CASE_KEY,
            "case": key.case,
            "compartment": key.compartment.value,
            "version": key.version,
            "secret": to_text(key.secret),
        }
    )


def read_case_key(text: bytes) -> CaseKey:
    """The text of `case_key_text` → the key. Raises Malformed, whose words hold no secret."""
    said = read_canonical(text, CASE_KEY)
    known = {one.value: one for one in Compartment}
    compartment, secret = text_of(said, "compartment"), bytes_of(said, "secret")
    if compartment not in known:
        raise Malformed("no compartment of a case")
    version = number_of(said, "version")
    if version < 1 or len(secret) != KEY_BYTES or len(said) != 5:
        raise Malformed("a version from 1 on, and a key of 32 bytes, belong here")
    return CaseKey(
        case=text_of(said, "case"), compartment=known[compartment], version=version, secret=secret
    )
