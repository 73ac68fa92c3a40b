"""Moments as whole minutes of UTC, the unit in which engines compare times."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MINUTES_A_DAY = 24 * 60


def minutes_of(moment: datetime) -> int:
    """Whole minutes from the epoch to an aware moment, rounded down."""
    return (moment - EPOCH) // timedelta(minutes=1)


def moment_of(minutes: int) -> datetime:
    """The aware UTC moment of whole minutes from the epoch."""
    return EPOCH + timedelta(minutes=minutes)
