"""After a turn of the key who left reads nothing that came later; nobody is locked out."""

import pytest

from safeconduct.vault.formats.errors import NotOpened, NotUsable
from safeconduct.vault.keys.cases import Compartment, Purpose, new_case_key, previous_case_key
from safeconduct.vault.keys.grants import GrantNotForThisKey, Wanted, open_grant
from safeconduct.vault.keys.rotation import revoke, rotate
from safeconduct.vault.keys.staff import new_staff_keys

ANNA, BORIS, CLARA = (new_staff_keys(name) for name in ("u-anna", "u-boris", "u-clara"))
GIVERS = {("u-anna", 1): ANNA.card}
KEY = new_case_key("c-1", Compartment.ACCOUNT)
HOLDERS = (ANNA.card, BORIS.card, CLARA.card)


def test_who_stays_gets_the_new_key_and_through_it_the_old_one() -> None:
    turned = revoke(KEY, user="u-clara", holders=HOLDERS, by=ANNA, at=100, until=200)
    grants = dict(turned.grants)
    assert set(grants) == {"u-anna", "u-boris"}
    wanted = Wanted(case="c-1", compartment=Compartment.ACCOUNT, version=2)
    given = open_grant(grants["u-boris"], keys=BORIS, wanted=wanted, givers=GIVERS, now=150)
    assert given.key == turned.key
    assert previous_case_key(given.key, turned.link) == KEY


def test_who_left_has_no_grant_and_the_old_key_leads_nowhere() -> None:
    turned = revoke(KEY, user="u-clara", holders=HOLDERS, by=ANNA, at=100, until=200)
    wanted = Wanted(case="c-1", compartment=Compartment.ACCOUNT, version=2)
    for sealed in dict(turned.grants).values():
        with pytest.raises(GrantNotForThisKey):
            open_grant(sealed, keys=CLARA, wanted=wanted, givers=GIVERS, now=150)
    assert turned.key.secret != KEY.secret
    assert turned.key.beneath(Purpose.REVISION) != KEY.beneath(Purpose.REVISION)
    with pytest.raises((NotOpened, NotUsable)):
        previous_case_key(KEY, turned.link)


def test_nobody_is_locked_out_by_mistake() -> None:
    with pytest.raises(NotUsable, match="somebody has to keep"):
        rotate(KEY, staying=(), by=ANNA, at=100, until=200)
    with pytest.raises(NotUsable, match="twice"):
        rotate(KEY, staying=(ANNA.card, ANNA.card), by=ANNA, at=100, until=200)
    with pytest.raises(NotUsable, match="u-dora"):
        revoke(KEY, user="u-dora", holders=HOLDERS, by=ANNA, at=100, until=200)
