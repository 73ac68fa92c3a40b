"""Salts for commitments, drawn from the system's randomness."""

import secrets

_BYTES = 32


def new_salt() -> str:
    """32 random bytes as 64 lower-case hex digits."""
    return secrets.token_hex(_BYTES)
