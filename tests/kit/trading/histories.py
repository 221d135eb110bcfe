"""Anything that can be asked of an account: orders, what an exchange says of them, fills, money and exits.

Names are few, so that they meet again: orders ``b-…`` buy and ``s-…`` sell, and each is one client's key; trades
``t-…`` come again with the same or another content, in any order.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from msgspec.structs import replace

from domain.commands import Command, ReportOrder, ReportOrders
from domain.events.terms import Side
from domain.executions import Execution
from kit.exchanges.protocol import OrderState
from kit.trading.tasks import Task
from tests.domain.books import (
    BTC_USDT,
    amend,
    deposit,
    fill,
    limit,
    market,
    oco,
    reach,
    record,
    report,
    trail,
    trigger,
    withdraw,
)
from tests.kit.trading.asked import task

BUYS: Final = ("b-1", "b-2", "b-3")
SELLS: Final = ("s-1", "s-2")
STATES: Final[tuple[OrderState, ...]] = ("open", "open", "filled", "cancelled", "rejected")
LEVELS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"stop_loss": "60000", "take_profit": "70000"},
    {"stop_loss": "60000", "trailing_stop": "2.5"},
)
TRADES: Final = ("t-1", "t-2", "t-3", "t-4", "t-5")

order_ids = st.sampled_from(BUYS + SELLS)
amounts = st.sampled_from(["0.004", "0.01", "0.00333333"])
prices = st.sampled_from(["67000", "66999.99"])
states = st.sampled_from(STATES)
fees = st.sampled_from([("0", "USDT"), ("0.07", "USDT"), ("0.00000001", "BTC"), ("-0.01", "USDT")])
keys = st.none() | st.sampled_from(["k-1", "k-2", "k-3"])


def side_of(order_id: str) -> Side:
    return "buy" if order_id.startswith("b") else "sell"


@st.composite
def executions(draw: st.DrawFn, side: Side) -> Execution:
    fee, fee_asset = draw(fees)
    return fill(side, draw(amounts), draw(prices), fee, fee_asset, trade_id=draw(st.sampled_from(TRADES)))


@st.composite
def orders(draw: st.DrawFn) -> Task:
    """A limit or market order, always under its client's key."""
    order_id = draw(order_ids)
    side, amount, price = side_of(order_id), draw(amounts), draw(prices)
    levels = draw(st.sampled_from(LEVELS)) if side == "buy" else {}
    command = draw(
        st.sampled_from(
            [
                limit(side, amount, price, order_id, **levels),
                market(side, amount, price, order_id),
                market("buy", "250", price, order_id, unit="quote")
                if side == "buy"
                else limit(side, "900", price, order_id),
            ]
        )
    )
    command = replace(command, instrument=BTC_USDT)
    return task(command, order_id, digest=repr(command))


@st.composite
def pairs(draw: st.DrawFn) -> Task:
    """``o-1`` and ``o-2`` sell, and one cancels the other; always under one client's key."""
    command = oco("sell", draw(amounts), "67500", "66500", seen="67000")
    limit, stop = (replace(one, instrument=BTC_USDT) for one in (command.limit, command.stop))
    command = replace(command, limit=limit, stop=stop)
    return task(command, "o-1", digest=repr(command))


@st.composite
def amendments(draw: st.DrawFn) -> Command:
    order_id = draw(st.sampled_from(BUYS + SELLS))
    return replace(amend(order_id, amount=draw(amounts), price=draw(prices)), instrument=BTC_USDT)


@st.composite
def answers(draw: st.DrawFn) -> ReportOrder:
    """What an exchange says when it was asked to amend an order."""
    return replace(draw(reports(BUYS + SELLS)), amended=draw(st.booleans()))


@st.composite
def reports(draw: st.DrawFn, known: Sequence[str] = BUYS + SELLS) -> ReportOrder:
    """What an exchange says of one of the ``known`` orders, which need not be the first time or in turn."""
    order_id = draw(st.sampled_from(known))
    fills = draw(st.lists(executions(side_of(order_id)), max_size=3))
    return report(draw(states), *fills, order_id=order_id, reason="as it says")


def keyed(commands: st.SearchStrategy[Command]) -> st.SearchStrategy[Task]:
    return st.builds(lambda command, key: task(command, key, digest=repr(command)), commands, keys)


recorded_fills = st.builds(record, executions("buy") | executions("sell"), st.none() | st.sampled_from(BUYS))
money = st.sampled_from(
    [
        deposit("BTC", "0.05"),
        deposit("USDT", "7.77"),
        deposit("BTC", "-1"),
        withdraw("USDT", "50"),
        withdraw("BTC", "9"),
    ]
)
told = st.builds(
    task,
    reports()
    | answers()
    | st.builds(lambda several: ReportOrders(reports=tuple(several)), st.lists(reports(), max_size=3)),
)
tasks = st.one_of(
    *(orders(), orders(), pairs(), told, told, keyed(amendments()), keyed(recorded_fills), keyed(money)),
    st.just(task(reach(market_price="66000"))),
)
batches = st.lists(tasks, min_size=1, max_size=4)


def rise_of(entry: str, high: str) -> Task:
    """The price rose, and a trailing stop of ``entry`` has to follow."""
    return task(trail(high, entry))


def exit_of(entry: str, number: int) -> Task:
    """An exit of ``entry`` that the market has reached."""
    command = trigger("stop_loss", "60000", entry, f"exit-{number}")
    return task(replace(command, instrument=BTC_USDT, market_price=Decimal(60_000)))
