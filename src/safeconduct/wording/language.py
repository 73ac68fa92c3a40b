"""One language: its catalogue, its plural forms, its way to write numbers, dates and lists."""

import gettext
from functools import lru_cache
from importlib.resources import files

from safeconduct.casefile.errors import SafeconductError

LANGUAGES = ("en", "fr", "ru")
SHEET_LANGUAGES = (*LANGUAGES, "uk")
"""Those of interview sheets; a catalogue of sheets alone has nothing else."""


class UnknownLanguage(SafeconductError):
    """A language without a catalogue."""

    def __init__(self, language: str, accepted: tuple[str, ...] = LANGUAGES) -> None:
        super().__init__(f"no catalogue for {language!r}; there are {', '.join(accepted)}")
        self.language = language


class UnworkedMessage(SafeconductError):
    """A message identifier that the catalogue does not have: a mistake of ours, never silent."""

    exit_code = 1


class Language:
    """Looks messages up; raises UnworkedMessage instead of showing an identifier to people."""

    def __init__(self, code: str) -> None:
        if code not in SHEET_LANGUAGES:
            raise UnknownLanguage(code)
        self.code = code
        catalogue = files("safeconduct.wording") / "catalogues" / f"{code}.mo"
        with catalogue.open("rb") as file:
            self._catalogue = gettext.GNUTranslations(file)

    def text(self, message: str) -> str:
        """The template of a message identifier."""
        found = self._catalogue.gettext(message)
        if found == message:
            raise UnworkedMessage(f"no wording for {message!r} in {self.code}")
        return found

    def count(self, message: str, number: int) -> str:
        """A counted unit, such as "3 days", in the plural form that the number asks for."""
        found = self._catalogue.ngettext(message, message, number)
        if found == message:
            raise UnworkedMessage(f"no wording for {message!r} in {self.code}")
        return found.format(n=self.number(number))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the thousands and decimal marks of the language."""
        text = f"{value:,.{decimals}f}"
        if not any(digit in text for digit in "123456789"):
            # Nought has no sign.
            text = text.lstrip("-")
        thousands, decimal = self.text("mark-thousands"), self.text("mark-decimal")
        swapped = text.replace(",", "\0").replace(".", decimal)
        return swapped.replace("\0", thousands)

    def labelled(self, label: str, value: str) -> str:
        """A label, the colon as the language writes it, and what it labels."""
        return self.text("label-with-value").format(label=self.text(label), value=value)

    def quoted(self, text: str) -> str:
        """A text in the quotation marks of the language."""
        return self.text("quoted").format(text=text)

    def listed(self, items: tuple[str, ...]) -> str:
        """ "a, b and c" as the language joins a list."""
        if len(items) < 2:
            return "".join(items)
        last = self.text("list-last").format(last=items[-1])
        return self.text("list-comma").join(items[:-1]) + last


def language(code: str) -> Language:
    """The language of a code such as "en"; loaded once. Raises UnknownLanguage."""
    if code not in LANGUAGES:
        raise UnknownLanguage(code)
    return _loaded(code)


def sheet_language(code: str) -> Language:
    """A language for an interview sheet, of which there are more. Raises UnknownLanguage."""
    if code not in SHEET_LANGUAGES:
        raise UnknownLanguage(code, SHEET_LANGUAGES)
    return _loaded(code)


@lru_cache(maxsize=8)
def _loaded(code: str) -> Language:
    return Language(code)
