import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.xmlstream import XmlStream, root_of, said

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<LIST><ITEM>&lol3;</ITEM></LIST>"""


def items(text: bytes) -> list[str]:
    return [said(element, "NAME") for _, element in XmlStream(text, frozenset({"ITEM"}))]


def test_wanted_elements_come_with_their_line_and_without_prefix() -> None:
    stream = XmlStream(
        b'<x:LIST xmlns:x="urn:x" day="1">\n<other/>\n'
        b"<x:ITEM><x:NAME> a  b </x:NAME></x:ITEM></x:LIST>",
        frozenset({"ITEM"}),
    )
    ((line, element),) = stream
    assert (line, said(element, "NAME")) == (3, "a b")
    assert (stream.root, stream.about["day"]) == ("LIST", "1")


def test_elements_that_lie_in_several_chunks_are_whole() -> None:
    body = b"".join(b"<ITEM><NAME>n%d</NAME></ITEM>" % n for n in range(20_000))
    assert items(b"<L>" + body + b"</L>") == [f"n{n}" for n in range(20_000)]


@pytest.mark.parametrize(
    "text", [b"", b"<L>", b"<L><ITEM></L>", b"<L></L><M/>", b"<L>&lol;</L>", b"<L>\xff</L>", b"abc"]
)
def test_what_is_cut_or_no_xml_is_refused(text: bytes) -> None:
    with pytest.raises(ImportRejected):
        items(text)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        b'<!DOCTYPE L SYSTEM "file:///etc/passwd"><L/>',
        b'<!DOCTYPE L [<!ENTITY x SYSTEM "file:///etc/passwd">]><L><ITEM>&x;</ITEM></L>',
    ],
)
def test_a_document_type_is_refused_before_anything_expands(text: bytes) -> None:
    with pytest.raises(ImportRejected, match="document type"):
        items(text)
    with pytest.raises(ImportRejected, match="document type"):
        root_of(text)


def test_elements_within_elements_without_end_are_refused() -> None:
    with pytest.raises(ImportRejected, match="deep"):
        items(b"<a>" * 100 + b"</a>" * 100)


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ImportRejected):
        items(b'<?xml version="1.0" encoding="klingon"?><L/>')


def test_the_outermost_element_is_told_from_the_beginning_alone() -> None:
    assert root_of(b"<?xml version='1.0'?><a:LIST><b>") == "LIST"
    assert root_of(b"nothing") is None
