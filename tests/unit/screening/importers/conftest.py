"""The small lists that these tests share; all people are made up."""

from collections.abc import Callable
from pathlib import Path

import pytest

Example = Callable[[str], bytes]
_FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def example() -> Example:
    """Gives the bytes of a file in the folder of fixtures."""
    return lambda name: (_FIXTURES / name).read_bytes()
