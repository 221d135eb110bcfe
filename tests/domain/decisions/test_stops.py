"""Stop orders: what they reserve, what triggering does, and that they get out whatever the gap."""

from decimal import Decimal

from msgspec.structs import replace

from domain.commands import ReportOrder
from domain.events.orders import OrderPlaced, OrderTriggered
from tests.domain.books import State, account, after, events, facts, fill, held, names, order, report, stop

FUNDS = account(USDT="1000", BTC="2")


def triggered(at: str, state: State = "open") -> ReportOrder:
    return replace(report(state), triggered_at=Decimal(at))


def placed(command: object) -> OrderPlaced:
    (event,) = events(FUNDS, command)  # type: ignore[arg-type]
    assert isinstance(event, OrderPlaced)
    return event


def test_a_stop_that_sells_reserves_what_it_sells_and_takes_any_price() -> None:
    event = placed(stop("sell", "1", "90"))
    assert facts(event, "type", "stop_price", "price", "price_bound") == ("stop-market", 90, None, None)
    assert held(after(FUNDS, stop("sell", "1", "90"))) == {"USDT": ("1000", "0"), "BTC": ("1", "1")}


def test_a_stop_that_buys_an_amount_reserves_it_at_two_percent_beyond_the_stop() -> None:
    assert placed(stop("buy", "1", "110")).price_bound == Decimal("112.2")
    assert held(after(FUNDS, stop("buy", "1", "110")))["USDT"] == ("887.8", "112.2")


def test_a_stop_that_buys_for_a_budget_reserves_the_budget_and_takes_any_price() -> None:
    event = placed(stop("buy", "110", "110", amount_in="quote"))
    assert facts(event, "amount", "spend", "price_bound") == (1, 110, None)
    assert held(after(FUNDS, stop("buy", "110", "110", amount_in="quote")))["USDT"] == ("890", "110")


def test_a_stop_limit_reserves_at_its_limit() -> None:
    resting = after(FUNDS, stop("buy", "1", "110", type="stop-limit", price=Decimal(111)))
    assert held(resting)["USDT"] == ("889", "111")


def test_reaching_the_stop_is_written_down_once_before_the_fills() -> None:
    waiting = after(FUNDS, stop("sell", "1", "90"), report("open"))
    live = after(waiting, triggered("89"))
    (event,) = events(waiting, triggered("89"))
    assert isinstance(event, OrderTriggered)
    assert event.market_price == 89
    assert (order(waiting).triggered, order(live).triggered) == (False, True)
    assert events(live, triggered("88")) == ()
    gone = replace(report("filled", fill("sell", "1", "70")), triggered_at=Decimal(89))
    assert names(events(waiting, gone)) == ["OrderTriggered", "OrderFilled"]


def test_a_stop_sells_below_it_when_the_price_gaps() -> None:
    waiting = after(FUNDS, stop("sell", "1", "90"), report("open"))
    gone = replace(report("filled", fill("sell", "1", "40")), triggered_at=Decimal(40))
    assert held(after(waiting, gone)) == {"USDT": ("1040", "0"), "BTC": ("1", "0")}


def test_a_stopped_entry_arms_its_exits_when_it_fills() -> None:
    entry = stop("buy", "1", "110", stop_loss="100", take_profit="130")
    held_by_exits = after(FUNDS, entry, report("filled", fill("buy", "1", "111")))
    assert facts(held_by_exits.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 100, 130)
