"""An order is certain only if bounds or told relations leave no other."""

from collections.abc import Callable

from tests.unit.drawing.conftest import Told

from safeconduct.drawing.order import Order

Case = Callable[[str], Told]
HEAD = "  - {{id: {}, kind: event, text: a, told_in: t1{}}}\n"


def _order(told: Case, **claims: str) -> Order:
    lines = "".join(HEAD.format(name, f", {rest}" if rest else "") for name, rest in claims.items())
    return Order(told(lines).layout)


def test_dates_that_do_not_touch_are_in_order_and_vague_ones_that_do_are_not(told: Case) -> None:
    order = _order(told, c1="when: 2022-03", c2="when: 2022-05", c3="when: 2022-04~")
    assert order.before("c1", "c2")
    assert not order.before("c2", "c1")
    assert not order.before("c1", "c3")
    assert not order.before("c3", "c1")


def test_told_relations_order_claims_without_dates(told: Case) -> None:
    order = _order(
        told,
        c1="",
        c2="relations: [{is: after, claim: c1}]",
        c3="relations: [{is: after, claim: c2}]",
        c4="relations: [{is: during, claim: c2}]",
        c5="",
    )
    assert order.before("c1", "c3")
    assert order.before("c1", "c4")
    assert order.before("c4", "c3")
    assert not order.before("c1", "c5")
    assert not order.before("c2", "c4")


def test_what_dates_and_relations_order_differently_has_no_order(told: Case) -> None:
    order = _order(
        told, c1="when: 2022-03, relations: [{is: after, claim: c2}]", c2="when: 2022-05"
    )
    assert not order.before("c1", "c2")
    assert not order.before("c2", "c1")


def test_only_claims_in_one_order_get_ranks(told: Case) -> None:
    order = _order(told, c1="when: 2022-03", c2="when: 2022-05", c3="when: 2022-07", c4="")
    assert order.ranks(["c3", "c1", "c4", "c2"]) == {"c1": 1, "c2": 2, "c3": 3}
    assert order.ranks([]) == {}
