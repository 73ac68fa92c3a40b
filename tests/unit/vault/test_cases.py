"""Case keys are apart by case, compartment, version and purpose, and lead back, never forwards."""

from itertools import product

import pytest

from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.keys.cases import (
    CaseKey,
    Compartment,
    Purpose,
    new_case_key,
    next_case_key,
    previous_case_key,
)
from safeconduct.vault.keys.grants import Wanted, open_grant
from safeconduct.vault.keys.rotation import revoke, rotate
from safeconduct.vault.keys.staff import new_staff_keys

ANNA, BORIS, CLARA = (new_staff_keys(name) for name in ("u-anna", "u-boris", "u-clara"))


def test_even_one_secret_gives_another_key_for_each_place_and_purpose() -> None:
    places = list(product(("c-1", "c-2"), Compartment, (1, 2), Purpose))
    keys = {
        CaseKey(case=case, compartment=part, version=version, secret=bytes(32)).beneath(purpose)
        for case, part, version, purpose in places
    }
    assert len(keys) == len(places)


def test_a_link_leads_back_through_all_versions() -> None:
    first = new_case_key("c-1", Compartment.IDENTITY)
    second, link_2 = next_case_key(first)
    third, link_3 = next_case_key(second)
    assert previous_case_key(third, link_3) == second
    assert previous_case_key(previous_case_key(third, link_3), link_2) == first
    assert third.version == 3


def test_a_link_of_another_version_case_or_key_does_not_open() -> None:
    first = new_case_key("c-1", Compartment.IDENTITY)
    second, link = next_case_key(first)
    third, _ = next_case_key(second)
    other, _ = next_case_key(new_case_key("c-1", Compartment.IDENTITY))
    for key in (third, other):
        with pytest.raises(NotOpened):
            previous_case_key(key, link)
    with pytest.raises(NotUsable):
        previous_case_key(first, link)
    for at in range(len(link)):
        with pytest.raises((NotOpened, Malformed)):
            previous_case_key(second, link[:at] + bytes([link[at] ^ 1]) + link[at + 1 :])


def test_who_was_revoked_opens_nothing_of_the_next_version() -> None:
    key = new_case_key("c-1", Compartment.ACCOUNT)
    holders = [ANNA.card, BORIS.card, CLARA.card]
    turned = revoke(key, user="u-boris", holders=holders, by=ANNA, at=1, until=9)
    assert [user for user, _ in turned.grants] == ["u-anna", "u-clara"]
    wanted = Wanted(case="c-1", compartment=Compartment.ACCOUNT, version=2)
    givers = {("u-anna", 1): ANNA.card}
    sealed = dict(turned.grants)["u-clara"]
    given = open_grant(sealed, keys=CLARA, wanted=wanted, givers=givers, now=5)
    assert given.key == turned.key
    assert previous_case_key(given.key, turned.link) == key
    for _, one in turned.grants:
        with pytest.raises(NotOpened):
            BORIS.open(one)
    with pytest.raises(NotOpened):
        previous_case_key(
            CaseKey(case="c-1", compartment=Compartment.ACCOUNT, version=2, secret=key.secret),
            turned.link,
        )


def test_a_case_is_never_left_to_nobody() -> None:
    key = new_case_key("c-1", Compartment.ACCOUNT)
    with pytest.raises(NotUsable):
        rotate(key, staying=[], by=ANNA, at=1, until=9)
    with pytest.raises(NotUsable):
        revoke(key, user="u-anna", holders=[ANNA.card], by=ANNA, at=1, until=9)
    with pytest.raises(NotUsable):
        revoke(key, user="u-boris", holders=[ANNA.card], by=ANNA, at=1, until=9)
    with pytest.raises(NotUsable):
        rotate(key, staying=[ANNA.card, ANNA.card], by=ANNA, at=1, until=9)


def test_no_text_of_a_key_shows_its_secret() -> None:
    key = new_case_key("c-1", Compartment.ACCOUNT)
    shown = repr(rotate(key, staying=[ANNA.card], by=ANNA, at=1, until=9).key) + repr(key)
    assert repr(key.secret)[2:-1] not in shown
