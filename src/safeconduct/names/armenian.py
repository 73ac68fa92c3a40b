"""Armenian names in Latin letters, as the eastern and the western language sound.

In western Armenian voiced and voiceless stops have changed places (Պետրոս: Petros, Bedros). Read on
2026-11-23: BGN/PCGN 1981, ISO 9985, Hübschmann-Meillet and ALA-LC with the western values,
https://id.scribd.com/document/142233684/Armenian; notes on ե, ո and և in the BGN/PCGN map of
interscript, https://github.com/interscript/maps.
"""

from safeconduct.names.lettering import paired

_LETTERS = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"
_EAST = paired(
    _LETTERS, "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f"
)
_WEST = _EAST | paired("բգդկպտձծջճ", "p k t g b d ts dz ch j")
_ISO = _EAST | paired("ժծղճշչջձցխ", "z c g c s c j j c x")
_FRENCH = _EAST | paired("ժճչշջ", "j tch tch ch dj") | {"ու": "ou"}
_GERMAN = _EAST | paired("ժխծճշչջվցզ", "sch ch z tsch sch tsch dsch w z s")
_VOWELS = frozenset("աեէըիոօ")


def spellings(form: str) -> tuple[str, ...]:
    """The Latin spellings of an Armenian token, the most usual first."""
    found = [_written(form, _EAST, iotated=True), _written(form, _EAST)]
    found += [_written(form, table) for table in (_WEST, _FRENCH, _GERMAN, _ISO)]
    return tuple(dict.fromkeys(one for one in found if one))


def sounds(form: str) -> tuple[str, ...]:
    """What a token may sound like: eastern, without ը, with a bare first ո, then western."""
    plain = _written(form, _EAST, iotated=True)
    found = [plain, _written(form, _EAST)]
    if "ը" in form:
        found.append(_written(form.replace("ը", ""), _EAST))
        found.append(_written(form, _EAST | {"ը": "e"}))
    found.append(_written(form, _WEST, iotated=True))
    return tuple(dict.fromkeys(one for one in found if one))


def _written(form: str, table: dict[str, str], *, iotated: bool = False) -> str:
    """Letter by letter; ու is one vowel. `iotated`: a first ե is ye, a first ո is vo."""
    result: list[str] = []
    text = form.replace("և", "եւ")
    skip = False
    for at, one in enumerate(text):
        if skip:
            skip = False
        elif one == "ո" and text[at + 1 : at + 2] in ("ւ", "վ") and text[at + 1] == "ւ":
            result.append(table.get("ու", "u"))
            skip = True
        elif iotated and one in "եո" and _opens(text, at):
            result.append({"ե": "ye", "ո": "vo"}[one])
        else:
            result.append(table.get(one, ""))
    return "".join(result)


def _opens(text: str, at: int) -> bool:
    if at == 0:
        return not text.startswith("ով")
    return text[at] == "ե" and text[at - 1] in _VOWELS
