"""A read name → its typed parts, every token in exactly one of them.

Roles come from what somebody said (declared parts, a comma after the family name) and from words
and endings that leave no choice (ibn, oğlu, -ivna, ძე, a title before a name). Whatever could be
one thing or another stays "unknown" and says what it may be: a given name and a family name are
never told apart by position or by how names usually look.
"""

from collections.abc import Iterable

import msgspec

from safeconduct.casefile.people import NameParts
from safeconduct.names import patronymics, titles
from safeconduct.names.rarity import only_role
from safeconduct.names.reading import ReadName, Token, read_name
from safeconduct.names.scripts import OTHER

NOT_NAMES = ("title", "particle", "suffix", "initial", "nickname")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a name and the tokens (by number, from 0) that make it up.

    `kind`: given, patronymic, family, father, particle, title, initial, suffix, nickname, unknown.
    `stem`: the father's name that a patronymic holds, in its own script; `stems` holds all that it
    may be. `why`: the rule's id. `may_be`: what else it could be, where there is doubt. `likely`:
    "given" or "family" where name lists know the token as nothing else: a hint, not a role.
    """

    kind: str
    tokens: tuple[int, ...]
    why: str
    stem: str | None = None
    stems: tuple[str, ...] = ()
    may_be: str | None = None
    likely: str | None = None


def parts(read: ReadName, declared: NameParts | None = None) -> tuple[Part, ...]:
    """The parts in the order of their first tokens.

    1. Tokens of declared parts take the declared roles.
    2. Words set aside or announced as a nom de guerre; titles, suffixes and initials.
    3. A comma: what stands before it is the family name.
    4. Words for son and daughter with the father's name beside them; kunyas. After a comma, the
       rest is given names, or a patronymic by its ending.
    5. Patronymic endings; then particles; the rest is unknown.
    """
    book = _Book(read.tokens)
    if declared is not None:
        _declared(book, declared)  # 1
    _asides(book)  # 2
    _attendants(book, read.comma_after)
    comma = _comma(book, read.comma_after) if declared is None else False  # 3
    _sons(book)  # 4
    if comma:
        _after_comma(book)
    _endings(book)  # 5
    _rest(book)
    return tuple(sorted(book.parts, key=lambda part: part.tokens))


class _Book:
    """Which tokens are spoken for, and by what."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.parts: list[Part] = []
        self._free = set(range(len(tokens)))

    @property
    def free(self) -> list[int]:
        """Tokens that no part holds yet, in order."""
        return sorted(self._free)

    def is_free(self, at: int) -> bool:
        """Whether a token exists and no part holds it yet."""
        return at in self._free

    def is_tied(self, at: int) -> bool:
        """Whether a hyphen ties the token to a neighbour."""
        following = self.tokens[at + 1 : at + 2]
        return self.tokens[at].glue == "-" or any(token.glue == "-" for token in following)

    def form(self, at: int) -> str:
        """A token's cleaned form in small letters, without full stops."""
        return titles.plain(self.tokens[at].form)

    def word(self, at: int) -> str:
        """The same without accents, as the lists of words hold it."""
        return patronymics.without_marks(self.form(at))

    def put(
        self,
        kind: str,
        tokens: Iterable[int],
        why: str,
        *,
        stems: tuple[str, ...] = (),
        may_be: str | None = None,
        likely: str | None = None,
    ) -> None:
        """A part; its tokens are spoken for from now on."""
        held = tuple(sorted(tokens))
        self._free.difference_update(held)
        stem = stems[0] if stems else None
        self.parts.append(
            Part(
                kind=kind,
                tokens=held,
                why=why,
                stem=stem,
                stems=stems,
                may_be=may_be,
                likely=likely,
            )
        )


def _declared(book: _Book, declared: NameParts) -> None:
    """Each declared token takes the first free token of the same form."""
    roles = (
        ("patronymic", declared.patronymic),
        ("given", declared.given),
        ("family", declared.family),
    )
    for kind, text in roles:
        if not text:
            continue
        found: list[int] = []
        for token in read_name(text).tokens:
            wanted = titles.plain(token.form)
            at = next((n for n in book.free if n not in found and book.form(n) == wanted), None)
            if at is not None:
                found.append(at)
        if found:
            stems = _stems(book, found) if kind == "patronymic" else ()
            book.put(kind, found, "declared", stems=stems)


def _stems(book: _Book, held: list[int]) -> tuple[str, ...]:
    """The father's names in a declared patronymic: by ending, or the bare name beside a word."""
    markers = patronymics.SON_WORDS | patronymics.NASAB_WORDS | patronymics.GEORGIAN_WORDS
    names = [book.form(at) for at in held if book.word(at) not in markers]
    if not names:
        return ()
    if any(book.form(at) in patronymics.GEORGIAN_WORDS for at in held):
        return patronymics.genitive_father(names[0])
    found = patronymics.fathers(names[0])
    return found.names if found else (" ".join(names),)


def _asides(book: _Book) -> None:
    """Names in quotation marks or brackets, and what follows a word such as позывной.

    In brackets may also stand a former name (Ivanova (Petrova)).
    """
    for at in book.free:
        if book.tokens[at].aside and book.is_free(at):
            book.put("nickname", (at,), "set-aside", may_be="name")
    for at in book.free:
        if titles.announces_nickname(book.form(at)) and book.is_free(at + 1):
            following = [after for after in book.free if after > at]
            book.put("nickname", (at, *following), "announced")
            return


def _attendants(book: _Book, comma_after: int | None) -> None:
    """Titles, suffixes and initials; never so many that no name remains.

    A weak title before a comma is the family name that stands there (KING, Martin).
    """
    mixed = any(not book.tokens[at].text.isupper() for at in book.free)
    for at in book.free:
        text = book.tokens[at].text
        if len(book.free) < 2:
            return
        if book.tokens[at].script != OTHER and titles.is_initial(text, mixed):
            book.put("initial", (at,), "initial")
        elif titles.is_suffix(text) and at in (comma_after, len(book.tokens) - 1):
            book.put("suffix", (at,), "suffix")
        elif titles.is_title(text) or _before_rank(book, at):
            book.put("title", (at,), "title")
        elif titles.is_weak_title(text) and (comma_after is None or at > comma_after):
            _weak_title(book, at)


def _before_rank(book: _Book, at: int) -> bool:
    """Junior or senior of a rank: мл. сержант, ст. лейтенант."""
    word = titles.is_suffix(book.tokens[at].text) and book.is_free(at + 1)
    return word and titles.is_title(book.tokens[at + 1].text)


def _weak_title(book: _Book, at: int) -> None:
    """A title only beside two more names, and even then perhaps a name."""
    if len(book.free) > 2:
        book.put("title", (at,), "weak-title", may_be="name")
    else:
        book.put("unknown", (at,), "weak-title", may_be="title")


def _sons(book: _Book) -> None:
    """Words that stand beside the father's name (bin, oğlu, ძე) or a child's (abu)."""
    for at in book.free:
        if not book.is_free(at):
            continue
        word = book.word(at)
        if word in patronymics.SON_WORDS and book.is_free(at - 1):
            book.put("patronymic", (at - 1, at), "son-word", stems=(book.form(at - 1),))
        elif word in patronymics.GEORGIAN_WORDS and book.is_free(at - 1):
            stems = patronymics.genitive_father(book.form(at - 1))
            book.put("patronymic", (at - 1, at), "georgian-son", stems=stems)
        elif word in patronymics.NASAB_WORDS and at > 0:
            _named_after(book, at, "father", "nasab", "family")
        elif word in patronymics.KUNYA_WORDS:
            _named_after(book, at, "unknown", "kunya", "nickname")


def _named_after(book: _Book, at: int, kind: str, why: str, may_be: str) -> None:
    """A word and the name after it, with the particles between: bin Abd al-Rahman."""
    end = at + 1
    while book.is_free(end) and titles.is_particle(book.form(end)) and book.is_free(end + 1):
        end += 1
    if not book.is_free(end):
        return
    named = [book.form(n) for n in range(at + 1, end + 1)]
    stems = (" ".join(named),) if kind == "father" else ()
    book.put(kind, range(at, end + 1), why, stems=stems, may_be=may_be)


def _comma(book: _Book, after: int | None) -> bool:
    """IVANOV, Ivan Petrovich: the family name, if names stand on both sides of the comma."""
    if after is None:
        return False
    before = [at for at in book.free if at <= after]
    following = [at for at in book.free if at > after]
    if not before or not following:
        return False
    book.put("family", before, "comma")
    return True


def _after_comma(book: _Book) -> None:
    following = book.free
    for at in following:
        found = patronymics.fathers(book.form(at))
        if found and at != following[0]:
            book.put("patronymic", (at,), "comma-and-ending", stems=found.names)
        elif titles.is_particle(book.form(at)) and at != following[-1]:
            book.put("particle", (at,), "particle")
        else:
            book.put("given", (at,), "comma")


def _endings(book: _Book) -> None:
    """Patronymics by their endings: sure where only one token can be it, else in doubt.

    An ending that surnames share fixes the role only in a name of three or more, after the first
    token (a patronymic hardly ever comes first), and if no other token could be the patronymic.
    Half of a hyphenated name is none.
    """
    if any(part.kind == "patronymic" for part in book.parts):
        return
    shaped = {
        at: found
        for at in book.free
        if not book.is_tied(at) and (found := patronymics.fathers(book.form(at)))
    }
    # "Евгеньевна Ксения" stands in some papers; only an ending that no surname has is sure there.
    possible = [at for at in shaped if at > 0 or not shaped[at].surname_like]
    sure = [at for at in possible if not shaped[at].surname_like]
    others = len(_names(book)) - 1
    if len(possible) == 1 and not sure and others >= 2 and _fixes(shaped[possible[0]]):
        sure = possible
    for at, found in shaped.items():
        if sure == [at]:
            book.put("patronymic", (at,), f"ending-{found.rule}", stems=found.names)
        elif not sure:
            _doubt(book, at, found.names)


def _fixes(found: patronymics.Fathers) -> bool:
    """Endings that are a surname's in half of Europe (-owicz, -ovic) leave the doubt."""
    return found.rule != "masculine-west"


def _doubt(book: _Book, at: int, stems: tuple[str, ...]) -> None:
    likely = _likely(book.tokens[at])
    book.put("unknown", (at,), "ending-in-doubt", stems=stems, may_be="patronymic", likely=likely)


def _names(book: _Book) -> list[int]:
    """Tokens that are names of the person: free ones, declared ones, and initials."""
    held = [at for part in book.parts if part.kind in ("given", "family") for at in part.tokens]
    letters = [at for part in book.parts if part.kind == "initial" for at in part.tokens]
    plain = [at for at in book.free if not titles.is_particle(book.form(at))]
    return sorted({*held, *letters, *plain})


def _rest(book: _Book) -> None:
    for at in book.free:
        last = at == len(book.tokens) - 1
        if titles.is_particle(book.form(at)) and not last and len(book.tokens) > 1:
            book.put("particle", (at,), "particle")
        else:
            book.put("unknown", (at,), "no-role-stated", likely=_likely(book.tokens[at]))


def _likely(token: Token) -> str | None:
    """ "given" or "family" if name lists know the token as that alone."""
    return only_role(token.form, token.script)
