"""The one place where the vault's keys and nonces draw the system's randomness."""

import secrets


def draw(length: int) -> bytes:
    """`length` bytes from the operating system."""
    return secrets.token_bytes(length)
