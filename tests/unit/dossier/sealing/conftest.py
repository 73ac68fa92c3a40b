"""One organisation and one sealed dossier for all tests of sealing."""

import pytest
from tests.unit.dossier.sealing.house import House, house, small_pdf


@pytest.fixture(scope="session")
def ours() -> House:
    """The organisation that seals."""
    return house()


@pytest.fixture(scope="session")
def sealed(ours: House) -> bytes:
    """A small dossier that it sealed."""
    return ours.seals(small_pdf())
