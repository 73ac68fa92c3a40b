"""Any bytes at all: they are refused by name, and nothing else happens."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safeconduct.dossier.sealing.canonical import canonical, read_canonical, read_strictly
from safeconduct.dossier.sealing.certificates import read_certificate
from safeconduct.dossier.sealing.cms import read_signature
from safeconduct.dossier.sealing.der import NotDer, oid, read, write
from safeconduct.dossier.sealing.errors import FormUnknown, NotCanonical, NotSealed
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.located import locate
from safeconduct.dossier.sealing.time_stamps import read_stamp


@given(st.binary(max_size=200))
@example(b"%PDF-1.7\n/ByteRange [0 10 20 30]\n<AB>")
@example(b'{"schema":"safeconduct/disclosure/1"}')
def test_a_file_of_any_bytes_is_examined_or_refused(data: bytes) -> None:
    for begun in (data, b"%PDF-1.7\n" + data, b"{" + data):
        try:
            found = examine(begun)
        except NotSealed:
            continue
        assert found.intact.answer == "no"


@given(st.binary(max_size=200))
def test_a_signature_of_any_bytes_is_refused(data: bytes) -> None:
    for parse in (read_signature, lambda one: read_stamp(one, b"")):
        with pytest.raises(NotDer):
            parse(data)
    with pytest.raises(FormUnknown):
        read_certificate(data)


@given(st.data())
def test_a_signature_with_many_bytes_changed_is_refused_by_name(
    sealed: bytes, data: st.DataObject
) -> None:
    signature = bytearray(locate(sealed).signature)
    for _ in range(data.draw(st.integers(1, 6))):
        signature[data.draw(st.integers(0, 1100))] = data.draw(st.integers(0, 255))
    try:
        read_signature(bytes(signature))
    except NotDer:
        return


@given(st.binary(max_size=300))
def test_what_is_written_as_der_is_read_back(content: bytes) -> None:
    value = read(write(0x04, content))
    assert (value.tag, value.content) == (0x04, content)
    with pytest.raises(NotDer):
        read(value.whole + b"\x00")
    with pytest.raises(NotDer):
        read(value.whole[:-1])


@pytest.mark.parametrize(
    "data", [b"\x04\x80", b"\x04\x81\x05hello", b"\x04\x82\x00\x81" + b"x" * 129, b"\x1f\x01\x00"]
)
def test_another_form_of_a_length_or_tag_is_refused(data: bytes) -> None:
    with pytest.raises(NotDer):
        read(data)


def test_an_identifier_is_written_as_the_standard_has_it() -> None:
    assert oid("1.2.840.113549.1.7.2").hex() == "06092a864886f70d010702"


@given(st.text(max_size=100))
def test_any_text_is_json_in_one_form_or_refused(text: str) -> None:
    for parse in (read_strictly, read_canonical):
        try:
            value = parse(text.encode("utf-8", "surrogatepass"))
        except NotCanonical:
            continue
        assert read_strictly(canonical(value)) == value
