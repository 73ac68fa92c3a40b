"""Names the extra that a command needs, where its packages are not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.casefile.errors import SafeconductError


class ExtraNeeded(SafeconductError):
    """A command needs packages that are installed only on demand."""

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(f"{package} is not installed; run: pip install 'safeconduct[{extra}]'")
        self.extra, self.package = extra, package


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Raises ExtraNeeded for what cannot be imported inside."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package == "safeconduct":
            raise
        raise ExtraNeeded(extra, package) from None
