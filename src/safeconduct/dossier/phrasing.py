"""Values of a case in words: dates, places, lengths of time, names, grades.

What the case has as text stays as it stands; nothing is looked up and nothing is guessed.
"""

import re

from safeconduct.casefile.case import Case
from safeconduct.casefile.durations import Lasting
from safeconduct.casefile.findings import Km, RestsOn, Told
from safeconduct.casefile.people import Name, NameKind
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import When
from safeconduct.dossier.lettering import isolated
from safeconduct.wording import dates
from safeconduct.wording.durations import lasting_reading
from safeconduct.wording.language import LANGUAGES, Language, UnworkedMessage
from safeconduct.wording.language import language as other
from safeconduct.wording.sentences import parameter


def when_words(when: When, language: Language) -> str:
    """The words a date was told in, with their reading; or the reading alone."""
    words = None if when.words is None else isolated(when.words)
    return parameter(Told(when.edtf, words), language)


def place_words(place: Place, language: Language) -> str:
    """A place as it was stated: words, name, country, GeoNames numbers, coordinates."""
    words = place.words
    stated = [language.quoted(isolated(words))] if words else []
    stated += _named(place, language)
    numbers = (*((place.gazetteer,) if place.gazetteer else ()), *place.candidates)
    stated += [language.text("report-geonames").format(number=number) for number in numbers]
    if place.lat is not None and place.lon is not None:
        coordinates = language.text("report-coordinates").format(
            lat=_degrees(place.lat, language),
            lon=_degrees(place.lon, language),
            km=parameter(Km(place.radius_km or 0.0), language),
        )
        stated.append(f"({coordinates})")
    return ", ".join(stated).replace(", (", " (")


def _named(place: Place, language: Language) -> list[str]:
    """Name and country; a country stated as a place is named once, as the language names it."""
    country = country_name(place.country, language) if place.country else None
    if place.name is None or country is None:
        return [isolated(place.name)] if place.name else [country] if country else []
    names = {country_name(place.country or "", other(code)) for code in LANGUAGES}
    if place.name.strip() in names:
        return [country]
    return [isolated(place.name), country]


def country_name(code: str, language: Language) -> str:
    """The name of a country; its code as it stands where there is no word for it."""
    try:
        return language.text(f"drawing-country-{code}")
    except UnworkedMessage:
        return code


def kind_of_data(kind: str, language: Language) -> str:
    """What a kind of data set is about; the kind as it stands where there is no word for it."""
    try:
        return language.text(f"data-kind-{kind}")
    except UnworkedMessage:
        return kind


def dataset_words(dataset: str, language: Language) -> str:
    """A data set as findings cite it, `kind/id@day`, in words; any other text as it stands."""
    cited = re.fullmatch(r"([^/@]+)/([^@]+)@([^@]+)", dataset)
    if cited is None:
        return dataset
    kind, identifier, day = cited.groups()
    return language.text("data-set-cited").format(
        kind=kind_of_data(kind, language), id=identifier, date=dates.edtf(day, language)
    )


def passage_words(passage: str, language: Language) -> str:
    """Where in a transcript: "lines 4-6" in words of the language, a time code as it stands."""
    what, _, numbers = passage.partition(" ")
    if not numbers:
        return passage
    return language.text(f"passage-{what}").format(n=numbers.replace("-", "–"))


def _degrees(value: float, language: Language) -> str:
    """As exact as it was stated, up to four decimals (some ten metres)."""
    decimals = next((some for some in range(4) if round(value, some) == value), 4)
    return language.number(value, decimals)


def lasting_words(lasting: Lasting, language: Language) -> str:
    """A stated duration: its words, its reading and how wide it is meant."""
    read = lasting_reading(lasting, language)
    if lasting.words is None:
        return read
    return language.text("date-in-words").format(words=isolated(lasting.words), date=read)


def language_name(tag: str, language: Language) -> str:
    """The name of a language; the tag as it stands where there is no word for it."""
    primary, _, rest = tag.partition("-")
    try:
        name = language.text(f"report-language-{primary}")
    except UnworkedMessage:
        return tag
    return f"{name} ({rest})" if rest else name


def name_words(name: Name, language: Language) -> str:
    """A name as written, and what kind of name it is where that is recorded."""
    if name.kind is None:
        return isolated(name.text)
    kind = language.text(f"report-name-{name.kind}")
    return language.text("report-name-of-kind").format(name=isolated(name.text), kind=kind)


def applicant_name(case: Case, language: Language) -> str:
    """By what name people speak of the case: the pseudonym where there is one."""
    names = case.applicant.names
    if not names:
        return case.applicant.id
    chosen = next((name for name in names if name.kind is NameKind.PSEUDONYM), names[0])
    return name_words(chosen, language)


def grade_words(rests_on: RestsOn) -> str:
    """ "t1 F6": what is graded and its two grades side by side; F and 6 mean not judged."""
    return f"{rests_on.id} {rests_on.reliability}{rests_on.credibility}"
