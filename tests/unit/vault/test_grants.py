"""A grant opens for its recipient, case, version and time; each refusal has its own name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import labelled, pack
from safeconduct.vault.keys.cases import Compartment, new_case_key, next_case_key
from safeconduct.vault.keys.grants import (
    GiverUnknown,
    GrantDamaged,
    GrantExpired,
    GrantForeign,
    GrantForged,
    GrantNotForThisKey,
    GrantNotYet,
    GrantReplayed,
    Wanted,
    grant,
    grant_id,
    open_grant,
)
from safeconduct.vault.keys.staff import new_staff_keys

ANNA, BORIS, CLARA = (new_staff_keys(name) for name in ("u-anna", "u-boris", "u-clara"))
GIVERS = {("u-anna", 1): ANNA.card}
ACCOUNT = Compartment.ACCOUNT
KEY = new_case_key("c-1", ACCOUNT)
WANTED = Wanted(case="c-1", compartment=ACCOUNT, version=1)
SEALED = grant(KEY, to=BORIS.card, by=ANNA, at=100, until=200)
NAME = grant_id(KEY, to=BORIS.card, by=ANNA.card, at=100, until=200)


def test_the_recipient_gets_the_key_and_learns_who_gave_it() -> None:
    given = open_grant(SEALED, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)
    assert given.key == KEY
    assert (given.giver, given.recipient, given.at, given.until) == ("u-anna", "u-boris", 100, 200)
    assert repr(KEY.secret)[2:-1] not in repr(given)


def test_a_colleague_cannot_open_it() -> None:
    with pytest.raises(GrantNotForThisKey):
        open_grant(SEALED, keys=CLARA, wanted=WANTED, givers=GIVERS, now=150)


def test_every_changed_byte_and_every_cut_is_refused() -> None:
    for at in range(len(SEALED)):
        touched = bytearray(SEALED)
        touched[at] ^= 128
        for wrong in (bytes(touched), SEALED[:at]):
            with pytest.raises(GrantNotForThisKey):
                open_grant(wrong, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)


@pytest.mark.parametrize(("now", "refusal"), [(99, GrantNotYet), (200, GrantExpired)])
def test_a_grant_out_of_its_time_is_refused(now: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        open_grant(SEALED, keys=BORIS, wanted=WANTED, givers=GIVERS, now=now)


@given(st.integers(0, 1000))
def test_a_grant_is_in_force_from_its_first_second_to_before_its_last(now: int) -> None:
    try:
        open_grant(SEALED, keys=BORIS, wanted=WANTED, givers=GIVERS, now=now)
    except (GrantNotYet, GrantExpired):
        assert not 100 <= now < 200
    else:
        assert 100 <= now < 200


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(case="c-2", compartment=ACCOUNT, version=1),
        Wanted(case="c-1", compartment=Compartment.LEGAL_ADVICE, version=1),
    ],
)
def test_a_grant_filed_under_another_case_or_compartment_is_foreign(wanted: Wanted) -> None:
    with pytest.raises(GrantForeign):
        open_grant(SEALED, keys=BORIS, wanted=wanted, givers=GIVERS, now=150)


def test_a_grant_passed_on_in_a_new_box_is_foreign() -> None:
    passed_on = CLARA.card.seal(BORIS.open(SEALED))
    with pytest.raises(GrantForeign, match="u-boris"):
        open_grant(passed_on, keys=CLARA, wanted=WANTED, givers=GIVERS, now=150)


def test_a_grant_by_nobody_who_counts_is_refused() -> None:
    with pytest.raises(GiverUnknown):
        open_grant(SEALED, keys=BORIS, wanted=WANTED, givers={}, now=150)


def test_a_grant_in_the_name_of_another_is_forged() -> None:
    facts = ("c-1", "account", 1, "u-boris", 1, "u-anna", 1, 100, 200, KEY.secret)
    signed = labelled("grant", *facts)
    forged = BORIS.card.seal(pack(signed, CLARA.sign(signed)))
    with pytest.raises(GrantForged):
        open_grant(forged, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)
    true = BORIS.card.seal(pack(signed, ANNA.sign(signed)))
    assert open_grant(true, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150).key == KEY


@pytest.mark.parametrize("change", range(11))
def test_no_fact_of_a_signed_grant_can_be_changed(change: int) -> None:
    facts: list[str | int | bytes] = [
        "c-1",
        "account",
        1,
        "u-boris",
        1,
        "u-anna",
        1,
        100,
        200,
        KEY.secret,
    ]
    signature = ANNA.sign(labelled("grant", *facts))
    others: list[str | int | bytes] = [
        "c-2",
        "identity",
        2,
        "u-clara",
        2,
        "u-clara",
        2,
        101,
        999,
        bytes(32),
    ]
    if change < len(facts):
        facts[change] = others[change]
    else:
        signature = bytes(64)
    sealed = BORIS.card.seal(pack(labelled("grant", *facts), signature))
    with pytest.raises((GrantForeign, GiverUnknown, GrantForged)):
        open_grant(sealed, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)


def test_a_grant_of_an_older_version_is_a_replay() -> None:
    wanted = Wanted(case="c-1", compartment=ACCOUNT, version=2)
    with pytest.raises(GrantReplayed):
        open_grant(SEALED, keys=BORIS, wanted=wanted, givers=GIVERS, now=150)


def test_a_revoked_grant_is_a_replay() -> None:
    wanted = Wanted(case="c-1", compartment=ACCOUNT, version=1, revoked={NAME})
    with pytest.raises(GrantReplayed):
        open_grant(SEALED, keys=BORIS, wanted=wanted, givers=GIVERS, now=150)


def test_a_grant_to_an_older_key_pair_of_the_recipient_is_foreign() -> None:
    newer = new_staff_keys("u-boris", version=2)
    sealed = newer.card.seal(BORIS.open(SEALED))
    with pytest.raises(GrantForeign, match="version 1"):
        open_grant(sealed, keys=newer, wanted=WANTED, givers=GIVERS, now=150)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        pack(b"", b""),
        pack(labelled("card", 1, 2), b""),
        pack(labelled("grant", "c", "no-such", 1, "u", 1, "g", 1, 1, 2, KEY.secret), b""),
        pack(labelled("grant", "c", "account", 1, "u", 1, "g", 1, 1, 2, b"short"), b""),
        pack(labelled("grant", "c", "account", "1", "u", 1, "g", 1, 1, 2, KEY.secret), b""),
    ],
)
def test_a_box_without_a_grant_in_it_is_damaged(inside: bytes) -> None:
    with pytest.raises(GrantDamaged):
        open_grant(BORIS.card.seal(inside), keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)


def test_a_grant_that_would_never_be_in_force_is_not_made() -> None:
    with pytest.raises(NotUsable):
        grant(KEY, to=BORIS.card, by=ANNA, at=200, until=200)


def test_a_newer_key_is_not_opened_by_an_older_grant() -> None:
    newer, _ = next_case_key(KEY)
    given = open_grant(SEALED, keys=BORIS, wanted=WANTED, givers=GIVERS, now=150)
    assert given.key.secret != newer.secret


def test_a_revoked_grant_that_its_recipient_sealed_anew_is_revoked_still() -> None:
    again = BORIS.card.seal(BORIS.open(SEALED))
    assert again != SEALED
    wanted = Wanted(case="c-1", compartment=ACCOUNT, version=1, revoked={NAME})
    with pytest.raises(GrantReplayed):
        open_grant(again, keys=BORIS, wanted=wanted, givers=GIVERS, now=150)


def test_a_grant_given_anew_bears_another_name() -> None:
    assert grant_id(KEY, to=BORIS.card, by=ANNA.card, at=101, until=200) != NAME
