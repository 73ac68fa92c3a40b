"""Titles of public events in the languages of reports, by the English title that a data set has.

Only those of the shipped milestones are here. The title of any other event is shown as it stands.
"""

from functools import cache
from importlib.resources import files

import msgspec

from safeconduct.wording.language import Language

_SOURCE = "en"


def event_title(title: str, language: Language) -> str:
    """The title in the language, or as it stands where it is not known in it."""
    if language.code == _SOURCE:
        return title
    return _titles().get(title, {}).get(language.code, title)


@cache
def _titles() -> dict[str, dict[str, str]]:
    data = files("safeconduct.wording") / "catalogues" / "event_titles.json"
    return msgspec.json.decode(data.read_bytes(), type=dict[str, dict[str, str]])
