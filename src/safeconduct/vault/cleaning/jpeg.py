"""A JPEG inside another file, without the segments that say something: no pixel is decoded."""

from safeconduct.casefile import pictures
from safeconduct.vault.cleaning.results import CannotClean, Why


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG → the same picture, bit for bit, without what is said about it. Raises CannotClean."""
    try:
        return pictures.bare_jpeg(data)
    except pictures.PictureUnreadable as error:
        raise CannotClean(Why.DAMAGED, str(error)) from None
