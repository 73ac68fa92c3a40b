"""Profiles are data: the shipped ones are whole, and a hostile or half one is refused."""

import pytest

from safeconduct.dossier.profiles.profile import (
    CHANNELS,
    HELD,
    PARTS,
    SHIPPED,
    ProfileUnreadable,
    own_profile,
    read_profile,
    shipped_profile,
)
from safeconduct.wording.language import LANGUAGES

SMALL = """\
schema: safeconduct/profile/1
id: mine
title: {en: A, fr: B, ru: В}
language: en
purpose: {en: A, fr: B, ru: В}
identity: pseudonym
days: 10
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_profile_is_whole(name: str) -> None:
    profile = shipped_profile(name)
    assert profile.id == name
    assert set(profile.title) == set(LANGUAGES)
    assert 1 <= profile.days <= 366


def test_the_consulate_gets_the_identity_and_is_answered_what_france_asks() -> None:
    profile = shipped_profile("consulate")
    assert profile.identity == "true"
    assert [one.id for one in profile.asks] == ["links", "threat-at-home", "threat-where-staying"]
    assert all(one.source and one.read for one in profile.asks)
    assert not profile.withholds


def test_the_applicants_copy_names_nothing_and_the_whole_one_comes_with_a_warning() -> None:
    bare, whole = shipped_profile("applicant"), shipped_profile("applicant-account")
    assert bare.identity == "pseudonym"
    assert all(bare.leaves(part) for part in ("claims", "birth", "citizenships", "data-sets"))
    assert bare.warning is None
    assert whole.warning is not None
    assert not whole.leaves("claims")


def test_ones_own_profile_is_read() -> None:
    assert read_profile(SMALL.encode()).days == 10


@pytest.mark.parametrize(
    "change",
    [
        ("days: 10", "days: 0"),
        ("ru: В}\nlanguage", "de: C}\nlanguage"),
        ("{en: A, fr: B, ru: В}\nlanguage", "{en: A}\nlanguage"),
        ("identity: pseudonym", "identity: maybe"),
        ("days: 10", "days: 10\nscript: x"),
        ("schema: safeconduct/profile/1", "schema: safeconduct/profile/2"),
        ("id: mine", "id: !!python/object:os.system x"),
        ("purpose: {en: A, fr: B, ru: В}", "purpose: &x {en: A, fr: B, ru: В}\nwarning: *x"),
        ("id: mine", "id: ["),
    ],
)
def test_what_is_no_profile_is_refused(change: tuple[str, str]) -> None:
    text = SMALL.replace(*change)
    assert text != SMALL
    with pytest.raises(ProfileUnreadable):
        read_profile(text.encode())


def test_a_name_that_is_not_shipped_is_refused_with_those_that_are() -> None:
    with pytest.raises(ProfileUnreadable, match="consulate"):
        shipped_profile("../consulate")


W = "{en: A, fr: B, ru: В}"
MISTAKEN = {
    "days: 11": "8:1: the key `days` again (first in line 7); accepted: each key once",
    f"leaves_out: [{{part: claims, reason: {W}}}, {{part: claims, reason: {W}}}]": (
        "leaves_out[1].part: `claims` again; accepted: each once"
    ),
    f"withholds: [{{check: gaps, reason: {W}}}, {{check: gaps, reason: {W}}}]": (
        "withholds[1].check: `gaps` again; accepted: each once"
    ),
    f"asks: [{{id: x, label: {W}}}, {{id: x, label: {W}}}]": (
        "asks[1].id: `x` again; accepted: each once"
    ),
    f"withholds: [{{check: gap, reason: {W}}}]": (
        f"8:21: withholds[0].check: no check `gap`; accepted: one of {', '.join(HELD)}"
    ),
    f"leaves_out: [{{part: clams, reason: {W}}}]": f"accepted: one of {', '.join(PARTS)}",
    f"leaves_out: [{{part: claims, raison: {W}}}]": "accepted: the keys part, reason",
    "warning: {en: A, fr: B, de: C}": "warning: expected `str` matching",
    "warning: {en: A, fr: B}": "warning.ru: no text to be read; accepted: a text in each of en, fr",
    "channels: []": "accepted: at least one of print, smime, zip, age",
    "channels: [fax]": "8:12: channels[0]: invalid enum value 'fax'",
    "channels: [age, age]": "channels[1]: `age` again",
    "colour: red": "8:9: colour: object contains unknown field `colour`; accepted: the keys schema",
}


@pytest.mark.parametrize("line", MISTAKEN)
def test_a_mistake_is_told_with_its_place_and_what_is_accepted(line: str) -> None:
    with pytest.raises(ProfileUnreadable) as caught:
        read_profile(f"{SMALL}{line}\n".encode())
    assert MISTAKEN[line] in str(caught.value)


@pytest.mark.parametrize(
    "text", ["' '", "'\u200b\u200d'", '"\\u0007"', "'\u3164'", "'\u2800'", "'—'"]
)
def test_a_text_in_which_nothing_is_to_be_read_is_refused(text: str) -> None:
    whole = SMALL.replace("ru: В}\nidentity", f"ru: {text}}}\nidentity")
    assert whole != SMALL
    with pytest.raises(ProfileUnreadable, match=r"5:\d+: purpose.ru: no text to be read"):
        read_profile(whole.encode())


@pytest.mark.parametrize("data", [b"", b" \n", b"# only\n", b"- a\n", b"text", b"\xff\xfe"])
def test_what_holds_no_keys_is_refused_with_the_keys_that_there_are(data: bytes) -> None:
    with pytest.raises(ProfileUnreadable) as caught:
        read_profile(data)
    assert "accepted: the keys schema, id" in str(caught.value) or "UTF-8" in str(caught.value)


def test_several_mistakes_are_told_at_once() -> None:
    text = f"{SMALL}withholds: [{{check: one, reason: {W}}}, {{check: two, reason: {W}}}]\n"
    with pytest.raises(ProfileUnreadable) as caught:
        read_profile(text.encode())
    assert len(str(caught.value).splitlines()) == 2


def test_what_yaml_would_guess_stays_as_it_is_written() -> None:
    plain = SMALL.replace("identity: pseudonym", "identity: true").replace("{en: A", "{en: no")
    profile = read_profile(plain.encode())
    assert profile.identity == "true"
    assert profile.title["en"] == "no"


@pytest.mark.parametrize("name", SHIPPED)
def test_ones_own_profile_under_a_shipped_name_is_refused(name: str) -> None:
    assert own_profile(SMALL.encode()).id == "mine"
    with pytest.raises(ProfileUnreadable, match="is shipped"):
        own_profile(SMALL.replace("id: mine", f"id: {name}").encode())


def test_channels_are_all_unless_the_profile_names_some_and_nobodys_consulate_takes_age() -> None:
    assert read_profile(SMALL.encode()).channels == CHANNELS
    assert read_profile(f"{SMALL}channels: [age, zip]\n".encode()).channels == ("age", "zip")
    assert shipped_profile("consulate").channels == ("print", "smime", "zip")
    assert shipped_profile("court").channels == ("print", "smime")
