"""Asks a certificate's issuer for its list of revoked certificates (RFC 5280).

The issuer learns that somebody asked for its list, and nothing of a dossier. Such lists are signed,
and mostly lie at addresses without encryption; so HTTP is followed here.
"""

from safeconduct.acquire.asking import answered
from safeconduct.acquire.bodies import Expected, body
from safeconduct.acquire.wire import Limits, Network, Patience

_EXPECTED = Expected(
    # A sequence whose length takes more than one byte: DER, and no page.
    begins=r"\x30[\x81-\x84]",
    described="a list of revoked certificates as DER",
    most_bytes=64 * 1024 * 1024,
)


def revocation_list_at(address: str, network: Network | None = None) -> bytes:
    """The bytes of the list, not yet checked. Raises DownloadFailed."""
    network = network or Network(plain=True)
    patience = Patience(Limits(whole=120.0), network.clock)
    with answered(address, network, patience) as answer:
        return b"".join(body(answer, _EXPECTED, None))
