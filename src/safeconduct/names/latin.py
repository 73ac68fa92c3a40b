"""Latin names: without accents as in passports, and as the usual languages read their letters.

The same letters are read differently by whoever wrote them: Tschechow, Tchekhov, Czechow. Which
language a token is written in is not known, so each reading whose letters occur is one sound of it.
Read on 2026-11-23: replacements of national letters in machine-readable passports, ICAO Doc 9303
part 3, https://docslib.org/doc/3204331/doc-9303-machine-readable-travel-documents-eighth-edition-2021;
how Russian renders German spelling, http://transearly.de/index_dateien/transkription.html and
https://de.wiki.li/Deutsch-russische_Transkription.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from safeconduct.names.lettering import paired

_BASE = str.maketrans(
    paired("ßæœøłđðþıəŋħĸŧƶɓǝɗƙƴơưɛɔɣʒ", "ss ae oe o l d d th i a n h k t z b a d k y o u e o g zh")
)
_EXPANDED = str.maketrans(paired("äöüøåñðə", "ae oe ue oe aa nn dh e"))
_CARONS = str.maketrans(
    paired(
        "ąęšşșśŝčćçžżźřđţțñğĝəłģķļņŭëâûḥẖṭṣḍŋňńťďľōū",
        "on en sh sh sh s shch ch ch ch zh zh z rzh dj ts ts ny gh g e l g k l n u "
        "yo ya yu h kh t s d ng n n t d l ou u",
    )
)
_TURKISH = str.maketrans({"ş": "sh", "ç": "ch", "ğ": "", "ı": "y", "ə": "e", "c": "j", "x": "kh"})
_RULED = frozenset("äöüåøæœãõßñ")
_LETTERS = re.compile("[^a-z]+")


def spellings(form: str) -> tuple[str, ...]:
    """A Latin token in the letters a to z: accents dropped, then written out in usual ways."""
    text = normalize("NFC", form)
    found = [plain(text)]
    if not text.isascii():
        found += [plain(text.translate(_EXPANDED)), plain(text.translate(_CARONS))]
    return tuple(dict.fromkeys(one for one in found if one))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """The letters a to z of a text in small letters, accents dropped."""
    if not text.isascii():
        text = normalize("NFKD", text.translate(_BASE)).translate(_BASE)
        text = "".join(one for one in text if not combining(one))
    return _LETTERS.sub("", text)


class _Reading:
    """Rules of one language, applied in one pass; what no rule names stays as it is."""

    def __init__(self, needs: str, *rules: tuple[str, str]) -> None:
        self.needs = re.compile(needs)
        self._written = [written for _, written in rules]
        self._pattern = re.compile("|".join(f"({found})" for found, _ in rules))

    def read(self, text: str) -> str:
        return self._pattern.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        return self._written[(found.lastindex or 1) - 1]


_SLAVIC = _Reading(
    "[jcwz]|ch",
    *((r"sz(?=cz)|s(?=zcz)", "sh"), ("szcz", "shch"), ("sz", "sh"), ("cz", "ch")),
    *((r"(?<=.)ch|ch(?=.{4})", "kh"), ("ch", "ch")),
    *(("rz", "zh"), ("dj", "dj"), (r"dz(?=[aeiouy])", "dz"), (r"j", "y"), (r"ck", "tsk")),
    *((r"ci(?=[aou])", "ch"), ("c", "ts"), ("w", "v")),
)
_GERMAN = _Reading(
    "[zjw]|ch|ei|eu|ie|aeu|ds(?=[aeiou])|v(?=[aeiou])",
    *(("schtsch", "shch"), ("tsch", "ch"), ("dsch", "dzh"), ("sch", "sh"), ("chs", "ks")),
    *(
        (r"(?<=.)ch|ch(?=.{4})", "kh"),
        ("ds(?=[aeiou])", "dz"),
        ("tz", "ts"),
        ("ei|ey|ai|ay", "ay"),
        ("eu|aeu|äu|oi", "oy"),
        ("ie", "i"),
    ),
    *((r"\bs(?=[pt])", "sh"), (r"\bv", "f"), (r"s(?=[aeiouy])(?<!ss)", "z"), ("ss", "s")),
    *(("z", "ts"), ("j", "y"), ("w", "v"), ("ck", "k"), (r"(?<=[aeiou])h(?![aeiou]|\b)", "")),
    *(("ph", "f"), ("th", "t"), ("dt", "t"), ("qu", "kv")),
)
_FRENCH = _Reading(
    "ou|ch|j|gu|gn|eau|au|ai|ei|oi|qu|[^aeiou]e$|g[ei]|c[ei]|[eoau]t$|[aeou][nru][dt]$|x$|(?:i|ch|g)er$",
    *(("tch|tsch", "ch"), ("dj", "dj"), ("sch|ch", "sh"), ("eaux?|aux|au[dt]?(?![aeiou])", "o")),
    *(("ou(?=[aei])", "u"), ("ou[stx]?\\b|ou", "u"), (r"oi[stx]?\b|oi", "ua")),
    *((r"ai[st]\b|ai|ei", "e"), (r"ieux?\b", "ie"), (r"eux?\b|eu", "e"), ("gn", "ny")),
    *((r"gu(?=[eiy])", "g"), ("qu", "k"), (r"ill(?=[aeo]|\b)", "iy"), ("ph", "f"), ("th", "t")),
    *((r"j|g(?=[eiy])", "zh"), (r"c(?=[eiy])|ç", "s"), (r"(?<=[^aeiou])es?\b", "")),
    *((r"(?<=[eoau])t\b|(?<=[aeou][nru])[dt]\b", ""), (r"(?<=i)er\b|(?<=ch)er\b|(?<=g)er\b", "e")),
    *((r"(?<=[aeiou])s(?=[aeiou])", "z"), ("uy", "ui")),
)
_ENGLISH = _Reading(
    "w|^mc|ee|oo|ea|igh|e$|c[eiy]|g[eiy]|oa|^kn|ey$|a[iyu]|tion|qu",
    *(("igh", "ay"), ("ough", "o"), ("ee|ea", "i"), ("oo", "u"), ("oa", "o"), ("ew", "yu")),
    *(
        ("ow", "ou"),
        ("aw|au", "o"),
        (r"wh?(?=[aeiouy])", "u"),
        (r"\bmc", "mak"),
        (r"ey\b", "i"),
        (r"\bkn", "n"),
        (r"\bwr", "r"),
        ("ck", "k"),
    ),
    *((r"a(?=[^aeiouyrw]e\b)", "ei"), (r"i(?=[^aeiouyr]e\b)", "ai"), (r"o(?=[^aeiouyr]e\b)", "ou")),
    *((r"(?<=[^aeiou])e\b", ""), (r"ce\b|c(?=[eiy])", "s"), (r"g(?=[eiy])", "j"), (r"ay|ai", "ei")),
    *(("tion", "shn"), ("ph", "f"), ("qu", "kv"), ("x", "ks")),
)
_SPANISH = _Reading(
    "ll|ñ|qu|gu[ei]|[eaio]z$|^(?:j|h|g[ei])..*(?:[aeio]s?|uan|uin|us|ier|el)$|^juan$|[aeio]j[ao]s?$|c[ei].*[aoe]s?$",
    *(("ch", "ch"), ("ll", "y"), ("ñ|nh", "ny"), ("lh", "ly"), (r"qu(?=[eiéí])", "k")),
    *((r"gu(?=[eiéí])", "g"), (r"c(?=[eiéí])|z|ç", "s"), (r"j|g(?=[eiéí])|x", "kh"), ("h", "")),
)
_PORTUGUESE = _Reading(
    "ão|õe|nh|lh|ç|x.*[aeo]s?$|^j.*o$",
    *(("ão", "an"), ("ões", "ons"), ("nh", "ny"), ("lh", "ly"), ("ç", "s"), ("ch|x", "sh")),
    *((r"j|g(?=[ei])", "zh"), (r"c(?=[ei])", "s"), (r"(?<=[aeiou])s(?=[aeiou])", "z"), ("qu", "k")),
)
_ITALIAN = _Reading(
    "c[ei]|g[ei]|ch|gh|gn|gli|sc|z|cc|gg",
    *((r"sci(?=[aou])|sc(?=[ei])", "sh"), (r"cci(?=[aou])|cc(?=[ei])|ci(?=[aou])|c(?=[ei])", "ch")),
    *(("ch", "k"), (r"ggi(?=[aou])|gg(?=[ei])|gi(?=[aou])|g(?=[ei])", "dj"), ("gh", "g")),
    *(
        (r"gli", "li"),
        ("gn", "ny"),
        ("zz|z", "ts"),
        ("qu", "kv"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"),
    ),
)
_HUNGARIAN = _Reading(
    "sz|zs|cs|gy|ly|[öüőű]",
    *(("sz", "s"), ("zs", "zh"), ("cs", "ch"), ("s", "sh"), ("gy", "d"), ("ny", "n"), ("ly", "y")),
    *(("tz|cz|c", "ts"), ("j", "y"), ("w", "v"), ("th", "t")),
)
_NORTHERN = _Reading(
    "oe|ij|uy|ui|aa|oo|[kstlh]j|ee|å|ø|æ|^van|sen$|stra$|sch",
    *(("sch", "skh"), ("oe", "u"), ("ij|ei|uy|ui", "ei"), ("eu", "e"), ("aa|å", "o"), ("oo", "o")),
    *(
        ("ee", "e"),
        ("kj|tj", "ch"),
        ("skj|sj|stj", "sh"),
        (r"\b[hdl]j", "y"),
        ("j", "y"),
        ("w", "v"),
    ),
    *((r"\bg|g", "kh"), ("ie", "i"), ("ck", "k"), ("qu", "kv")),
)
_TURKIC = _Reading("[cx]", ("ch", "ch"), ("c", "j"), ("x", "kh"), ("q", "g"), ("w", "v"))
_EASTERN = _Reading(
    "th|dh|ee|oo|ei|ai|ay",
    *(("th", "s"), ("dh", "z"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei|ai|ay", "ei")),
)
_CHINESE = _Reading(
    r"^(?>(?>[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?>[iu]?[aeo][iou]?|iu|ui|ue|i|u)"
    r"(?>(?:ng|n|r)(?![aeiou]))?)++$",
    *(
        ("zh", "zh"),
        ("[cs]h", "sh"),
        ("q", "ts"),
        ("x", "s"),
        ("c", "ts"),
        (r"(?<=...)ng|ng(?=...)", "n"),
    ),
)
_JAPANESE = _Reading(
    r"^(?>(?>sh|ch|ts|[kgsztdnhbpmr]y?|j|f|w|y)?[aeiouōū]|n)++$",
    *(("shi", "si"), ("sh", "si"), ("chi", "ti"), ("ch", "ti"), ("ji", "dzi"), ("j", "dzi")),
    *(("z", "dz"), ("n(?=[bpm])", "n"), ("ō", "o"), ("ū", "u")),
)
_READINGS = (
    *(_SLAVIC, _GERMAN, _FRENCH, _ENGLISH, _EASTERN, _TURKIC, _ITALIAN, _SPANISH),
    *(_HUNGARIAN, _NORTHERN, _PORTUGUESE, _CHINESE, _JAPANESE),
)


def sounds(form: str) -> tuple[str, ...]:
    """What a Latin token may sound like, each reading spelled for `folding.folded`."""
    text = normalize("NFC", form).replace("'", "")
    bare = plain(text)
    found = [bare]
    if not text.isascii():
        tables = (_CARONS, _EXPANDED, _TURKISH)
        found += [plain(text.translate(table)) for table in tables]
    for source in _sources(text):
        for reading in _READINGS:
            if reading.needs.search(source):
                found.append(plain(reading.read(source)))
    return tuple(dict.fromkeys(one for one in found if one))


def _sources(text: str) -> tuple[str, ...]:
    """What the readings read: national letters written out, other accents dropped.

    A last é sounds, unlike a last e, and is written eh so that it stays. French ç is an s.
    """
    if text.isascii():
        return (text,)
    kept = text[:-1] + "eh" if text.endswith("é") else text
    written = kept.translate(_CARONS)
    return tuple(dict.fromkeys(_unmarked(one) for one in (written, kept.replace("ç", "s"))))


def _unmarked(text: str) -> str:
    """Without the accents that no reading has a rule for."""
    return "".join(one if one in _RULED else normalize("NFKD", one)[:1] for one in text)
