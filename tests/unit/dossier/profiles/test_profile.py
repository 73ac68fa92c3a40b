"""Profiles are data: the shipped ones are whole, and a hostile or half one is refused."""

import pytest

from safeconduct.dossier.profiles.profile import (
    SHIPPED,
    ProfileUnreadable,
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
