"""Times in the vault: whole seconds since 1970 in UTC, given by the caller; days in the clear."""

from datetime import UTC, datetime

from safeconduct.vault.formats.errors import NotUsable

DAY = 86_400


def day_of(at: int) -> str:
    """The UTC day of a moment, as `2026-11-23`: all that a stolen database may say of it."""
    try:
        return datetime.fromtimestamp(at, tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise NotUsable(f"the moment {at} is out of range") from None
