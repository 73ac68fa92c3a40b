"""A token of any compared script → the Latin spellings under which its bearer may be registered.

The spellings follow the national and international systems named in each script's module. They
are what a form or a list may hold; how the token sounds is for `sounding`, and whether two
spellings are one name for `folding` and `likeness`.
"""

from collections.abc import Callable
from functools import lru_cache

from safeconduct.names import arabic, armenian, cyrillic, georgian, greek, hebrew, latin
from safeconduct.names.scripts import ARABIC, ARMENIAN, CYRILLIC, GEORGIAN, GREEK, HEBREW, LATIN

MOST_SPELLINGS = 12

_RULES: dict[str, Callable[[str], tuple[str, ...]]] = {
    LATIN: latin.spellings,
    CYRILLIC: cyrillic.spellings,
    ARABIC: arabic.spellings,
    HEBREW: hebrew.spellings,
    ARMENIAN: armenian.spellings,
    GEORGIAN: georgian.spellings,
    GREEK: greek.spellings,
}


@lru_cache(maxsize=16_384)
def romanised(form: str, script: str) -> tuple[str, ...]:
    """Distinct spellings in the letters a to z, the most usual first, at most MOST_SPELLINGS.

    `form` and `script` as in `reading.Token`. None for a script that is not compared.
    """
    rules = _RULES.get(script)
    if rules is None:
        return ()
    found = dict.fromkeys(latin.plain(one) for one in rules(form))
    return tuple(one for one in found if one)[:MOST_SPELLINGS]
