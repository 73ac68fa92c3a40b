"""Sizes in coarse steps, so that the size of a ciphertext does not name a known file.

Sixteen sizes for each doubling: at most a sixteenth is added. Small things are all alike.
"""

from safeconduct.vault.formats.errors import Malformed

LEAST = 512
_LENGTH_BYTES = 8
_STEPS = 16


def padded_length(length: int) -> int:
    """The size, in bytes, to which `length` bytes are filled up: at least 512.

    Above, the next multiple of the greatest power of two not over a sixteenth of the length.
    """
    if length <= LEAST:
        return LEAST
    step = 1 << (length // _STEPS).bit_length() - 1
    return -(-length // step) * step


def pad(data: bytes) -> bytes:
    """The length (eight bytes, big-endian), the data, and zeros up to a coarse size."""
    whole = _LENGTH_BYTES + len(data)
    return len(data).to_bytes(_LENGTH_BYTES, "big") + data + bytes(padded_length(whole) - whole)


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises Malformed where length or filling are not as `pad` writes them."""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    data = padded[_LENGTH_BYTES:end]
    if pad(data) != padded:
        raise Malformed("the padding is not the one that belongs there")
    return data
