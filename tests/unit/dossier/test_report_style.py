"""The colours of the report, measured in its style sheet: WCAG 2 AA, light, dark and on paper."""

import re
from importlib.resources import files

import pytest

CSS = (files("safeconduct.dossier") / "templates" / "report.css").read_text(encoding="utf-8")
MEDIA = {
    "light": ":root {",
    "dark": "(prefers-color-scheme: dark) {\n  :root {",
    "print": "print {\n  :root {",
}


def _palette(medium: str) -> dict[str, str]:
    """The colours of a medium: its own over those that hold everywhere."""
    own = CSS.split(MEDIA[medium], maxsplit=1)[1].split("}", maxsplit=1)[0]
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", own))
    return colours if medium == "light" else {**_palette("light"), **colours}


def _luminance(colour: str) -> float:
    """Relative luminance by the definition of WCAG 2.1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_right_at_its_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("text", ["ink", "quiet", "accent"])
def test_text_has_contrast_on_every_ground(medium: str, ground: str, text: str) -> None:
    palette = _palette(medium)
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_edges_that_carry_meaning_have_contrast(medium: str, ground: str) -> None:
    palette = _palette(medium)
    assert contrast(palette["edge"], palette[ground]) >= 3


def test_colours_are_named_in_the_palettes_alone() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl|oklch", rules)
    for value in re.findall(r"(?:^|[ ;{])(?:color|background): ([^;]+);", rules):
        assert re.fullmatch(r"var\(--[a-z]+\)", value), value


def test_no_colour_belongs_to_an_outcome() -> None:
    for outcome in ("conflicts", "asks", "supports", "nothing-found", "unknown", "not-checked"):
        assert outcome not in CSS


def test_on_paper_the_innocent_explanations_are_always_open() -> None:
    paper = CSS.split("@media print {")[1]
    assert re.search(r"\.repairs::details-content \{[^}]*content-visibility: visible", paper)
    assert "size: A4" in CSS
