"""What OFAC's advanced XML says by reference: types, countries, places, papers and features."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from safeconduct.screening.entities import ListedDay, ListedDocument, is_day
from safeconduct.screening.importers.countries import of_document
from safeconduct.screening.importers.reading import unique
from safeconduct.screening.importers.xmlstream import all_said, said

_TAX = ("tax", "nit", "r.f.c", "ruc", "rif", "fiscal")


class Place(NamedTuple):
    """A location as one line, and its country as the list calls it."""

    text: str
    country: str


class Feature(NamedTuple):
    """One value of a feature: a text, a country or a day."""

    text: str
    country: str
    day: ListedDay | None


class References:
    """Everything that parties refer to by number; filled as the file is read."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], Element] = {}
        self.places: dict[str, Place] = {}
        self.papers: dict[str, list[ListedDocument]] = {}

    def add(self, element: Element) -> None:
        """Keeps a set of reference values, a location or a paper."""
        if element.tag == "Location":
            self.places[element.get("ID", "")] = self._place(element)
        elif element.tag == "IDRegDocument":
            paper = self._paper(element)
            if paper.number:
                self.papers.setdefault(element.get("IdentityID", ""), []).append(paper)
        else:
            for values in element:
                for value in values:
                    self._values[value.tag, value.get("ID", "")] = value

    def text(self, kind: str, number: str | None) -> str:
        """The text of a reference value; empty where there is none."""
        element = self._values.get((kind, number or ""))
        return "" if element is None else " ".join((element.text or "").split())

    def party_type(self, number: str | None) -> str:
        """Individual, Entity, Vessel or Aircraft; that of the type where the subtype is unknown."""
        text = self.text("PartySubType", number)
        if text != "Unknown":
            return text
        element = self._values["PartySubType", number or ""]
        return self.text("PartyType", element.get("PartyTypeID"))

    def _country(self, number: str | None) -> str:
        element = self._values.get(("Country", number or ""))
        code = "" if element is None else element.get("ISO2") or ""
        return code or self.text("Country", number)

    def _place(self, element: Element) -> Place:
        countries = unique(
            self._country(one.get("CountryID")) for one in element.findall("LocationCountry")
        )
        country = countries[0] if len(countries) == 1 else ""
        parts = all_said(element, "LocationPart/LocationPartValue/Value")
        names = [self.text("Country", one.get("CountryID"))
                 for one in element.findall("LocationCountry")]  # fmt: skip
        return Place(", ".join(unique((*parts, *names))), country)

    def _paper(self, element: Element) -> ListedDocument:
        what = self.text("IDRegDocType", element.get("IDRegDocTypeID")).lower()
        number = element.get("IssuedBy-CountryID")
        issuer = element.find("IssuedBy")
        if number is None and issuer is not None:
            number = issuer.get("CountryID")
        tax = any(word in what for word in _TAX)
        return ListedDocument(
            kind="passport" if "passport" in what else "tax" if tax else "id",
            number=said(element, "IDRegistrationNo"),
            country=of_document(self._country(number)),
        )


def features(profile: Element, references: References) -> dict[str, list[Feature]]:
    """The features of a profile by their label, each in the order of the list."""
    found: dict[str, list[Feature]] = {}
    for feature in profile.findall("Feature"):
        label = references.text("FeatureType", feature.get("FeatureTypeID"))
        for version in feature.findall("FeatureVersion"):
            found.setdefault(label, []).append(_feature(version, references))
    return found


def _feature(version: Element, references: References) -> Feature:
    texts = []
    for detail in version.findall("VersionDetail"):
        number = detail.get("DetailReferenceID")
        texts.append(references.text("DetailReference", number) if number else detail.text or "")
    country = ""
    for reference in version.findall("VersionLocation"):
        place = references.places.get(reference.get("LocationID", ""))
        if place is not None:
            texts.append(place.text)
            country = country or place.country
    period = version.find("DatePeriod")
    return Feature(
        " ".join(", ".join(unique(texts)).split()),
        country,
        None if period is None else _period(period),
    )


def _period(period: Element) -> ListedDay | None:
    """From the first to the last day that a period allows; a whole year or month is that."""
    first = _date(period, "Start/From") or _date(period, "Start/To")
    last = _date(period, "End/To") or _date(period, "End/From") or _date(period, "Start/To")
    ends = (period.find("Start"), period.find("End"))
    circa = any(end is not None and end.get("Approximate") == "true" for end in ends)
    last = last or first
    if first is None or last is None or first > last:
        return None
    if first[4:] == "-01-01" and last == first[:4] + "-12-31":
        value = first[:4]
    elif first == last:
        value = first
    elif first[:7] == last[:7] and first.endswith("-01") and last >= f"{first[:7]}-28":
        value = first[:7] if _last_day(last) else f"{first}/{last}"
    else:
        value = f"{first}/{last}"
    return ListedDay(text=f"circa {value}" if circa else value, value=value, circa=circa)


def _last_day(day: str) -> bool:
    return is_day(f"{day[:8]}{int(day[8:]) + 1:02}") is None


def _date(period: Element, path: str) -> str | None:
    parts = [said(period, f"{path}/{name}") for name in ("Year", "Month", "Day")]
    if not all(part.isascii() and part.isdigit() for part in parts if part):
        return None
    text = f"{parts[0]:0>4}"
    for part in parts[1:]:
        if not part:
            break
        text += f"-{part:0>2}"
    return is_day(text)


def issued(element: Element) -> str | None:
    """The day on which the file was issued."""
    year, month, day = (said(element, name) for name in ("Year", "Month", "Day"))
    return is_day(f"{year:0>4}-{month:0>2}-{day:0>2}")
