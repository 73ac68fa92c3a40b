"""How common a name token is among people, by the folded form that all its spellings share.

What the number is: the share of persons who bear the token in any part of their name, in that one
of the covered populations where it is most common (Russia, the Arab countries, Iran, the United
States …). So it errs towards "common": Ivanov counts as in Russia, Kim as in Korea, whoever asks.

What it is not: a share of mankind, a census, or anything about a person. The sources are lists of
names with counts, persons noted in Wikidata, and published lists of usual names, some of them
without counts; shares are rounded to steps of 19 %. A name that is not found is not "unique": it is
taken to be borne by at most `UNKNOWN_CEILING` of people, which is an assumption.
"""

from functools import cache, lru_cache

from safeconduct.names.data.tables import Table, shipped_file
from safeconduct.names.folding import keys
from safeconduct.names.scripts import script_of

UNKNOWN_CEILING = 1e-5
"""The share assumed, at most, for a name that the table does not hold: an assumption.

The largest source with counts (four million Russian names) would have shown a name this common
some forty times; names of populations that no source covers may be more common than this.
"""

STEPS = 4
"""Steps to a halving of the share in the table."""

GIVEN, FAMILY, PATRONYMIC = 1, 2, 4
_ROLES = {GIVEN: "given", FAMILY: "family"}
_PROBED = 16
"""Of the names in the variants table, every so many-th shows how names fold."""


def share(fold: str) -> float | None:
    """The share of persons who bear a token with this folded form; None where it is unknown."""
    row = _row(fold)
    return 2 ** (-row[0] / STEPS) if row else None


def share_of(form: str, script: str) -> float | None:
    """The share for a token as it is written, by the likeliest reading that is known, or None."""
    for key in keys(form, script):
        known = share(key)
        if known is not None:
            return known
    return None


@lru_cache(maxsize=65_536)
def only_role(form: str, script: str) -> str | None:
    """ "given" or "family" if the lists that know the token know it as that alone, else None."""
    for key in keys(form, script):
        row = _row(key)
        if row:
            return _ROLES.get(row[1])
    return None


def folding_proof(probes: Table) -> str:
    """A hash of how thousands of names fold now: another than the certificate's asks for a build.

    `probes`: the variants table, whose names in all scripts are taken as examples.
    """
    from hashlib import sha256  # only when the data are built or checked

    names = [name for number, (name, _) in enumerate(probes.rows()) if number % _PROBED == 0]
    folded = "\n".join(" ".join(keys(name, script_of(name[0]))) for name in names)
    return sha256(folded.encode()).hexdigest()


@cache
def _table() -> Table:
    return Table.open(shipped_file("rarity"))


@lru_cache(maxsize=65_536)
def _row(fold: str) -> tuple[int, ...]:
    """Steps of rarity and roles."""
    return _table().get(fold)
