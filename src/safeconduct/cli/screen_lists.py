"""What commands that search lists say where there is none."""

from safeconduct.casefile.errors import SafeconductError


class NoListLoaded(SafeconductError):
    """There is no list to look at: nothing was checked, which is not "nothing found"."""

    def __init__(self) -> None:
        super().__init__(
            "not checked: no watchlist is loaded; "
            "add one with `safeconduct reference add watchlist FILE`"
        )
