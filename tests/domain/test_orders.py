"""An order's life: every pair of a state and a happening leads somewhere, or is refused."""

from decimal import Decimal
from itertools import product
from typing import get_args

import pytest

from domain.events.terms import Status
from domain.orders import NEXT, OPEN, Happening, Order, after_fill
from tests.domain.books import account, after, facts, fill, limit, market, order, report

LIFE = {
    "unknown": {
        "accepted": "pending",
        "filled in part": "partial",
        "filled": "filled",
        "cancelled": "cancelled",
        "rejected": "rejected",
    },
    "pending": {
        "accepted": "pending",
        "filled in part": "partial",
        "filled": "filled",
        "cancelled": "cancelled",
        "rejected": "rejected",
    },
    "partial": {"accepted": "partial", "filled in part": "partial", "filled": "filled", "cancelled": "cancelled"},
    "filled": {"filled in part": "filled", "filled": "filled"},
    "cancelled": {"filled in part": "cancelled", "filled": "filled"},
    "rejected": {"filled in part": "partial", "filled": "filled"},
}
HAPPENINGS: tuple[Happening, ...] = get_args(Happening)
STATES: tuple[Status, ...] = get_args(Status)


def in_state(status: Status) -> Order:
    """A limit buy of 2 BTC at 100 that got to ``status``."""
    placed = after(account(USDT="1000"), limit("buy", "2", "100"))
    one, two = fill("buy", "1", "100"), fill("buy", "2", "100")
    reports = {
        "unknown": (),
        "pending": (report("open"),),
        "partial": (report("open", one),),
        "filled": (report("filled", two),),
        "cancelled": (report("cancelled"),),
        "rejected": (report("rejected"),),
    }
    return order(after(placed, *reports[status]))


@pytest.mark.parametrize(("state", "happening"), list(product(STATES, HAPPENINGS)))
def test_every_state_and_happening_is_a_step_of_the_table_or_refused(state: Status, happening: Happening) -> None:
    before = in_state(state)
    assert before.status == state
    if happening in LIFE[state]:
        assert before.after(happening).status == LIFE[state][happening]
    else:
        with pytest.raises(KeyError):
            before.after(happening)


def test_the_table_has_no_other_rows() -> None:
    assert {(state, what): LIFE[state][what] for state in LIFE for what in LIFE[state]} == NEXT


@pytest.mark.parametrize("state", STATES)
def test_an_order_is_open_while_more_can_be_filled(state: Status) -> None:
    assert in_state(state).is_open == (state in {"unknown", "pending", "partial"}) == (state in OPEN)


def test_a_step_can_change_other_fields_and_leaves_the_order_before_it_alone() -> None:
    before = in_state("partial")
    changed = before.after("cancelled", reserved=Decimal(0), reason="client")
    assert facts(changed, "status", "reserved", "reason") == ("cancelled", 0, "client")
    assert facts(before, "status", "reserved", "reason") == ("partial", 100, None)


def test_what_remains_and_the_average_price_follow_from_the_fills() -> None:
    bought = order(
        after(
            account(USDT="1000"),
            limit("buy", "3", "100"),
            report("open", fill("buy", "1", "100"), fill("buy", "0.5", "97")),
        )
    )
    assert facts(bought, "filled_amount", "filled_notional", "fill_count") == (Decimal("1.5"), Decimal("148.5"), 2)
    assert bought.remaining == Decimal("1.5")
    assert bought.average_price == Decimal(99)


def test_an_average_price_has_up_to_eighteen_decimals_and_none_without_a_fill() -> None:
    assert in_state("pending").average_price is None
    thirds = after(
        account(USDT="1000"),
        limit("buy", "3", "100"),
        report("open", fill("buy", "2", "100"), fill("buy", "1", "99")),
    )
    assert order(thirds).average_price == Decimal("99.666666666666666667")


def test_nothing_remains_of_an_order_that_was_filled_beyond_its_amount() -> None:
    over = after(account(USDT="1000"), limit("buy", "1", "100"), report("filled", fill("buy", "3", "100")))
    assert facts(order(over), "amount", "filled_amount", "remaining") == (1, 3, 0)


def test_a_buy_pays_in_quote_and_a_sell_in_base() -> None:
    assert in_state("unknown").paid_asset == "USDT"
    sold = after(account(BTC="1"), limit("sell", "1", "100"))
    assert order(sold).paid_asset == "BTC"


def test_an_order_has_exits_where_it_has_a_stop_or_a_target() -> None:
    funds = account(USDT="1000")
    assert not order(after(funds, limit("buy", "1", "100"))).has_exits
    assert order(after(funds, limit("buy", "1", "100", stop_loss="90"))).has_exits
    assert order(after(funds, limit("buy", "1", "100", take_profit="110"))).has_exits


def test_only_a_budget_order_has_a_budget_left() -> None:
    assert in_state("unknown").budget_left is None
    budget = after(account(USDT="1000"), market("buy", "100", "50", unit="quote"))
    assert order(budget).budget_left == 100
    assert order(after(budget, report("open", fill("buy", "1", "49")))).budget_left == 51
    assert order(after(budget, report("open", fill("buy", "3", "49")))).budget_left == 0


def test_fees_are_kept_by_asset() -> None:
    paid = report(
        "open",
        fill("buy", "1", "100", "0.1"),
        fill("buy", "1", "100", "0.2"),
        fill("buy", "1", "100", "0.003", "BNB"),
        fill("buy", "1", "100", "-0.05"),
        fill("buy", "1", "100", "0", "ETH"),
    )
    bought = after(account(USDT="1000", BNB="1"), limit("buy", "6", "100"), paid)
    assert order(bought).fees == {"USDT": Decimal("0.25"), "BNB": Decimal("0.003")}


def test_a_fill_says_how_it_leaves_its_order() -> None:
    half = after_fill(in_state("partial"), Decimal("0.5"), Decimal(49), final=False)
    assert facts(half, "status", "amount", "filled_amount", "filled_notional") == ("partial", 2, Decimal("1.5"), 149)
    whole = after_fill(in_state("partial"), Decimal(1), Decimal(98), final=True)
    assert facts(whole, "status", "amount", "filled_amount", "filled_notional") == ("filled", 2, 2, 198)


def test_the_amount_of_a_budget_order_is_an_estimate_until_it_is_done() -> None:
    # 100 USDT at 50 are 2 BTC; at 40 they are more, at 62.50 less.
    budget = order(after(account(USDT="1000"), market("buy", "100", "50", unit="quote")))
    begun = after_fill(budget, Decimal(1), Decimal(50), final=False)
    assert facts(begun, "status", "amount", "filled_amount") == ("partial", 2, 1)
    cheap = after_fill(budget, Decimal("2.25"), Decimal(90), final=False)
    assert facts(cheap, "status", "amount", "filled_amount") == ("partial", Decimal("2.25"), Decimal("2.25"))
    dear = after_fill(budget, Decimal("1.6"), Decimal(100), final=True)
    assert facts(dear, "status", "amount", "filled_amount") == ("filled", Decimal("1.6"), Decimal("1.6"))
