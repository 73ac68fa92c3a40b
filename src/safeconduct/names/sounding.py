"""Which script's rules say what a token sounds like."""

from collections.abc import Callable

from safeconduct.names import arabic, armenian, cyrillic, georgian, greek, hebrew, latin
from safeconduct.names.scripts import ARABIC, ARMENIAN, CYRILLIC, GEORGIAN, GREEK, HEBREW, LATIN

_RULES: dict[str, Callable[[str], tuple[str, ...]]] = {
    LATIN: latin.sounds,
    CYRILLIC: cyrillic.sounds,
    ARABIC: arabic.sounds,
    HEBREW: hebrew.sounds,
    ARMENIAN: armenian.sounds,
    GEORGIAN: georgian.sounds,
    GREEK: greek.sounds,
}


def sounds(form: str, script: str) -> tuple[str, ...]:
    """Spellings by sound for `folding.folded`, or unvowelled keys; none for other scripts."""
    rules = _RULES.get(script)
    return rules(form) if rules else ()
