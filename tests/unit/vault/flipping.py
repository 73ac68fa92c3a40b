"""Changes bytes of a file where they stand, which is quicker than writing it anew each time."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def flips(file: Path, places: Iterable[int]) -> Iterator[int]:
    """Each place in turn, with one bit of its byte flipped meanwhile."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        for at in places:
            was = os.pread(descriptor, 1, at)
            os.pwrite(descriptor, bytes([was[0] ^ 1]), at)
            yield at
            os.pwrite(descriptor, was, at)
    finally:
        os.close(descriptor)
