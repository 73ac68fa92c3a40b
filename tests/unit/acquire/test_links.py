"""Which addresses are followed, and to which machines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.acquire.errors import LinkRefused, NotReached
from safeconduct.acquire.links import link, machines, redirected

HERE = link("https://lists.example/a/list.xml?token=secret")


def to(*machine: str, address: str = "https://lists.example/list", loopback: bool = False) -> None:
    machines(link(address), loopback=loopback, resolve=lambda *_: machine)


def test_an_address_has_its_parts_and_is_named_without_its_query() -> None:
    assert (HERE.host, HERE.port, HERE.target) == ("lists.example", 443, "/a/list.xml?token=secret")
    assert HERE.named == "lists.example/a/list.xml"
    assert HERE.without_query == "https://lists.example/a/list.xml"
    assert link("https://LISTS.example:8443").address == "https://lists.example:8443/"
    assert link("https://[2001:db8::1]/x").place == "[2001:db8::1]"
    assert link("https://lists.example/Список?x=%2F").target.endswith("?x=%2F")


@pytest.mark.parametrize(
    "text",
    [
        "ftp://lists.example/x",
        "file:///etc/passwd",
        "lists.example/x",
        "https://",
        "https://user@lists.example/",
        "https://user:word@lists.example/",
        "https://lists.example:99999/",
        "https://lists.example:x/",
        "https://lists exa.mple/",
        "https://lists.example/a b",
        "https://lists.example/a\r\nHost: other",
        "https://lists.example\\@other/",
        "https://[::1",
        "https://списки.example/",
        "https://lists.example/" + "a" * 9000,
    ],
)
def test_what_is_no_plain_address_is_refused_without_its_query(text: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        link(text + "?token=secret")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("https://other.example/b?key=1", "https://other.example/b?key=1"),
        ("/b", "https://lists.example/b"),
        ("b.xml", "https://lists.example/a/b.xml"),
        ("//other.example/b", "https://other.example/b"),
        ("https://other.example/b#part", "https://other.example/b"),
    ],
)
def test_a_redirect_leads_where_it_says(location: str, address: str) -> None:
    assert redirected(HERE, location).address == address


@pytest.mark.parametrize(
    "location", ["http://lists.example/a", "ftp://x.example/", "javascript:x", "https://[", "/a\nb"]
)
def test_a_redirect_to_less_protection_or_to_no_address_is_refused(location: str) -> None:
    with pytest.raises(LinkRefused):
        redirected(HERE, location)


@pytest.mark.parametrize("machine", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_machine_is_allowed(machine: str) -> None:
    to(machine)


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:0a00:0001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "64:ff9b::a00:1",
    ],
)
def test_a_private_machine_is_refused_also_beside_a_public_one(machine: str) -> None:
    with pytest.raises(LinkRefused):
        to(machine)
    with pytest.raises(LinkRefused):
        to("93.184.216.34", machine)


def test_this_machine_is_allowed_only_where_it_is_asked_for_and_alone_by_http() -> None:
    to("127.0.0.1", address="http://localhost/", loopback=True)
    to("::1", address="https://localhost/", loopback=True)
    for address in ("http://localhost/", "https://localhost/"):
        with pytest.raises(LinkRefused):
            to("127.0.0.1", address=address)
    for machine in ("93.184.216.34", "10.0.0.1"):
        with pytest.raises(LinkRefused):
            to(machine, address="http://localhost/", loopback=True)
    with pytest.raises(LinkRefused):
        to("10.0.0.1", loopback=True)


def test_http_is_refused_before_its_host_is_looked_up() -> None:
    def resolve(*_: object) -> tuple[str, ...]:
        raise AssertionError

    with pytest.raises(LinkRefused):
        machines(link("http://lists.example/"), loopback=False, resolve=resolve)


def test_a_host_that_nobody_knows_is_not_reached() -> None:
    def resolve(*_: object) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(NotReached, match="Name or service"):
        machines(HERE, loopback=False, resolve=resolve)
    with pytest.raises(NotReached):
        to()


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = link("https://lists.example/" + text)
    except LinkRefused:
        return
    assert found.host == "lists.example"
    assert found.address.isascii()
    assert found.address.isprintable()
    assert link(found.address) == found


@given(st.text(max_size=60))
def test_any_redirect_leads_to_https_or_is_refused(location: str) -> None:
    try:
        found = redirected(HERE, location)
    except LinkRefused:
        return
    assert found.scheme == "https"
