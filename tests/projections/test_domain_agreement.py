"""The views say of an account what the domain says of it, after any history that the domain has decided."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.account import Account
from domain.commands import Command, Deposit, OpenAccount, PlaceLinked, PlaceOrder, Withdraw
from domain.decide import decide
from domain.refusals import LedgerError
from projections import balances, orders, positions
from tests.domain.books import (
    NOON,
    after,
    amend,
    answer,
    events,
    fill,
    limit,
    market,
    nobody,
    oco,
    reach,
    record,
    report,
)
from tests.projections.logs import Log

ORDER_IDS = ("o-1", "o-2", "o-3")
FUNDS = (("USDT", Decimal(100_000)), ("BTC", Decimal(3)))

sides = st.sampled_from(["buy", "sell"])
amounts = st.sampled_from(["0.5", "1", "0.33333333", "0.00010001"])
prices = st.sampled_from(["100", "99.99", "101.37", "67250"])
states = st.sampled_from(["open", "open", "filled", "cancelled", "rejected"])
ids = st.sampled_from(ORDER_IDS)
fees = st.sampled_from([("0", "USDT"), ("0.1", "USDT"), ("0.00000001", "BTC"), ("-0.01", "USDT")])


class Told(NamedTuple):
    """What the exchange will say of an order, once it is known which side that is on."""

    state: Any
    order_id: str
    parts: list[tuple[str, str, tuple[str, str]]]
    amended: bool | None = None

    def of(self, side: Any) -> Command:
        fills = [fill(side, amount, price, fee, asset) for amount, price, (fee, asset) in self.parts]
        if self.amended is None:
            return report(self.state, *fills, order_id=self.order_id, reason="told so")
        return answer(self.state, *fills, order_id=self.order_id, reason="told so", amended=self.amended)


told = st.builds(Told, states, ids, st.lists(st.tuples(amounts, prices, fees), max_size=3), st.none() | st.booleans())
commands = st.one_of(
    st.builds(limit, sides, amounts, prices, ids),
    st.builds(market, sides, amounts, prices, ids),
    st.builds(lambda price, name: market("buy", "250", price, name, unit="quote"), prices, ids),
    st.builds(lambda amount: oco("sell", amount, "101", "99"), amounts),
    st.builds(lambda amount: oco("buy", amount, "99", "101", "102"), amounts),
    st.just(reach()),
    st.builds(lambda price, name: amend(name, price=price), prices, ids),
    told,
    told,
    told,
    st.builds(lambda side, amount, price: record(fill(side, amount, price)), sides, amounts, prices),
    st.builds(lambda amount: Deposit(asset="BTC", amount=Decimal(amount)), amounts),
    st.builds(lambda amount: Withdraw(asset="USDT", amount=Decimal(amount)), amounts),
)


@st.composite
def histories(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Account, Log]:
    """An account that took up to thirty commands, and the log of what was decided; an order id is used once."""
    opening = OpenAccount(account="main", exchange="paper", paper=True, funds=FUNDS)
    state, log = after(nobody(), opening), Log().add(*events(nobody(), opening))
    for drawn in draw(st.lists(commands, max_size=30)):
        known = state.orders | state.closed
        if isinstance(drawn, PlaceOrder) and drawn.order_id in known:
            continue
        if isinstance(drawn, PlaceLinked) and {"o-1", "o-2"} & known.keys():
            continue
        side = known[drawn.order_id].side if isinstance(drawn, Told) and drawn.order_id in known else "buy"
        if isinstance(drawn, Told) and drawn.order_id in known and known[drawn.order_id].held:
            continue  # No exchange knows of it.
        try:
            decision = decide(state, drawn.of(side) if isinstance(drawn, Told) else drawn, NOON)
        except LedgerError:
            continue
        state, log = decision.account, log.add(*decision.events)
    return state, log


@settings(max_examples=100, deadline=None)
@given(histories())
def test_balances_orders_and_positions_are_those_of_the_account(history: tuple[Account, Log]) -> None:
    state, log = history
    frame = log.frame()
    held = balances.read(balances.fold(balances.empty(), frame)).select("asset", "free", "locked").rows()
    assert {row for row in held if row[1] or row[2]} == {
        (asset, balance.free, balance.locked)
        for asset, balance in state.balances.items()
        if balance.free or balance.locked
    }
    rows = orders.read(orders.fold(orders.empty(), frame)).iter_rows(named=True)
    assert {row["order_id"]: as_viewed(row) for row in rows} == {
        order_id: as_decided(state, order_id) for order_id in (*state.orders, *state.closed)
    }
    opened = positions.read(positions.fold(positions.empty(), frame))
    assert set(opened.select("position_id", "pair", "amount", "cost", "realized_pnl").rows()) == {
        (held.position_id, held.pair, held.amount, held.cost, held.realized_pnl) for held in state.positions.values()
    }


def moved(rows: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {row for row in rows if row[1] or row[2]}


def as_viewed(row: dict[str, Any]) -> tuple[Any, ...]:
    names = ("status", "amount", "filled_amount", "filled_notional", "fill_count", "avg_price", "exchange_order_id")
    return *(row[name] for name in names), row["linked_to"], row["stop_price"], row["triggered_at"] is not None


def as_decided(state: Account, order_id: str) -> tuple[Any, ...]:
    order = state.order(order_id)
    return (
        order.status,
        order.amount,
        order.filled_amount,
        order.filled_notional,
        order.fill_count,
        order.average_price,
        order.exchange_order_id,
        order.linked_to,
        order.stop_price,
        order.triggered,
    )
