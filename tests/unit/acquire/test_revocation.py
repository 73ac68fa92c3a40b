"""An issuer's list of revoked certificates is fetched whole, or not at all."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.unit.acquire.serving import Server, answer
from tests.unit.dossier.sealing.house import AT
from tests.unit.dossier.sealing.stamps import below_a_root

from safeconduct.acquire.errors import AnswerRefused, DownloadFailed
from safeconduct.acquire.revocation import revocation_list_at
from safeconduct.acquire.wire import Network
from safeconduct.dossier.sealing.longterm import read_list

LOCAL = Network(loopback=True, plain=True)
LISTING = below_a_root().listing(on=AT, until=AT + timedelta(days=1)).public_bytes(Encoding.DER)


def test_a_list_is_fetched(server: Server) -> None:
    server.replies["/root.crl"] = answer(LISTING, Content_Type="application/pkix-crl")
    found = revocation_list_at(f"{server.base}/root.crl", LOCAL)
    assert found == LISTING
    assert read_list(found).issuer.rfc4514_string() == "CN=Stamps Ltd root"


def test_a_page_in_its_place_is_refused(server: Server) -> None:
    server.replies["/root.crl"] = answer(b"<html>moved</html>", Content_Type="application/pkix-crl")
    with pytest.raises(AnswerRefused):
        revocation_list_at(f"{server.base}/root.crl", LOCAL)


def test_a_cut_list_is_refused(server: Server) -> None:
    server.replies["/root.crl"] = answer(LISTING, Content_Length=str(len(LISTING) + 5))
    with pytest.raises(DownloadFailed):
        revocation_list_at(f"{server.base}/root.crl", LOCAL)


def test_this_machine_is_not_asked_unless_that_is_wanted(server: Server) -> None:
    with pytest.raises(DownloadFailed):
        revocation_list_at(f"{server.base}/root.crl")
    assert server.heads == []
