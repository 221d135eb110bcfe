"""Setting some limits and keeping the others; halting what is halted."""

from domain.account import Account
from domain.commands import HaltTrading, SetLimits
from domain.events.risk import TradingHalted
from domain.risk.limits import limits_from
from tests.domain.books import account, after, events
from tests.domain.risk.limited import holding, limited, limits, measured

HALT = HaltTrading(reason="storm")


def changed(before: Account, *named: str, **values: object) -> Account:
    return after(before, SetLimits(limits=limits(**values), named=frozenset(named)))


def test_only_the_limits_that_are_named_change() -> None:
    before = limited(max_order_notional="1000", blocked_pairs=("ETH/USDT",), max_open_positions=3)
    then = changed(before, "max_order_notional", "max_open_positions", max_order_notional="500")
    assert limits_from(then.limits) == limits(max_order_notional="500", blocked_pairs=("ETH/USDT",))


def test_without_names_all_limits_are_set_at_once() -> None:
    before = limited(max_order_notional="1000", blocked_pairs=("ETH/USDT",))
    assert limits_from(after(before, SetLimits(limits=limits(max_open_positions=3))).limits) == limits(
        max_open_positions=3
    )


def test_a_second_halt_that_would_stop_no_more_writes_nothing() -> None:
    halted = after(account(), HALT)
    assert events(halted, HaltTrading(reason="another storm")) == ()
    assert events(halted, HaltTrading(reason="storm", cancel_orders=True)) != ()
    assert events(halted, HaltTrading(reason="storm", reduce_only=False)) != ()


def test_a_person_may_make_the_halt_of_a_loss_their_own() -> None:
    lost = measured(limited(holding("50", USDT="10000"), daily_loss_percent="5"), "89").account
    assert lost.halt is not None
    assert lost.halt.check == "dailyLossPercent"
    (halted,) = events(lost, HALT)
    assert halted == TradingHalted(reason="storm", reduce_only=True, cancel_orders=False, check=None)
