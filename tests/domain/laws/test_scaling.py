"""Two laws of whole histories: scaling every amount scales every balance, and trading back and forth moves nothing."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from domain.account import Account
from domain.events.terms import Side
from tests.domain.books import (
    BTC_USDT,
    BTC_USDT_FREE,
    account,
    after,
    deposit,
    fill,
    held,
    limit,
    report,
    trigger,
    withdraw,
)


class Trade(Struct, frozen=True):
    """An order of ``hundredths`` of a coin at a ``price``, of which ``done`` quarters are filled before it ends."""

    side: Side
    hundredths: int
    price: int
    done: int
    guard: bool


trades = st.lists(
    st.builds(
        Trade,
        side=st.sampled_from(("buy", "sell")),
        hundredths=st.integers(1, 40).map(lambda quarter: 4 * quarter),
        price=st.integers(50, 150),
        done=st.integers(0, 4),
        guard=st.booleans(),
    ),
    max_size=8,
)


def lived(made: Sequence[Trade], scale: Decimal) -> Account:
    """The account after ``made``, every amount and the lot times ``scale``; prices are left as they are."""
    state = after(account(BTC=f"{2 * scale:f}"), deposit("USDT", f"{1000 * scale:f}"), withdraw("BTC", f"{scale:f}"))
    for number, trade in enumerate(made):
        state = traded(state, f"o-{number}", trade, scale)
    return state


def traded(state: Account, order_id: str, trade: Trade, scale: Decimal) -> Account:
    """The account after one trade, which may have been refused for funds."""
    lot = Decimal("0.01") * scale
    market = replace(BTC_USDT, amount_step=lot, amount_min=lot, notional_min=lot)
    amount = trade.hundredths * lot
    levels = {"stop_loss": "40"} if trade.guard and trade.side == "buy" else {}
    state = after(state, limit(trade.side, f"{amount:f}", str(trade.price), order_id, instrument=market, **levels))
    if order_id not in state.orders:
        return state
    done = amount * trade.done / 4
    fee = done * trade.price * Decimal("0.001")
    fills = [fill(trade.side, f"{done:f}", str(trade.price), f"{fee:f}")] if done else []
    return after(state, report("cancelled", *fills, order_id=order_id))


@given(made=trades, power=st.integers(-6, 9))
def test_scaling_all_amounts_by_a_power_of_ten_scales_the_whole_state(made: list[Trade], power: int) -> None:
    scale = Decimal(10) ** power
    once, scaled = lived(made, Decimal(1)), lived(made, scale)
    assert scaled.version == once.version
    for asset in ("USDT", "BTC"):
        assert scaled.balance(asset).free == once.balance(asset).free * scale
        assert scaled.balance(asset).locked == once.balance(asset).locked * scale
    for order_id, order in once.closed.items():
        assert scaled.closed[order_id].status == order.status
        assert scaled.closed[order_id].filled_notional == order.filled_notional * scale
    for entry, bracket in once.brackets.items():
        assert scaled.brackets[entry].amount == bracket.amount * scale


@given(
    hundred_millionths=st.integers(1_000_000, 10**13),
    cents=st.integers(100_000, 10**9),
    pieces=st.lists(st.integers(1, 9), max_size=4),
)
def test_buying_and_selling_at_one_price_without_fees_restores_every_balance(
    hundred_millionths: int, cents: int, pieces: list[int]
) -> None:
    amount, price = Decimal(hundred_millionths).scaleb(-8), f"{Decimal(cents).scaleb(-2):f}"
    parts = split(amount, pieces)
    before = account(USDT="999999999999999", BTC="0.5")
    bought = [fill("buy", f"{part:f}", price) for part in parts]
    sold = [fill("sell", f"{part:f}", price) for part in reversed(parts)]
    state = after(
        before,
        limit("buy", f"{amount:f}", price),
        report("filled", *bought),
        limit("sell", f"{amount:f}", price, "o-2"),
        report("filled", *sold, order_id="o-2"),
    )
    assert held(state) == held(before)
    assert state.positions == {}


def test_a_stop_that_sells_at_the_price_of_the_entry_restores_every_balance() -> None:
    before = account(USDT="1000")
    entry = limit("buy", "1", "100", stop_loss="99.99", instrument=BTC_USDT_FREE)
    state = after(
        before,
        entry,
        report("filled", fill("buy", "1", "100")),
        trigger("stop_loss", "99.99"),
        report("filled", fill("sell", "1", "100"), order_id="exit-1"),
    )
    assert held(state) == held(before)


def split(amount: Decimal, pieces: Sequence[int]) -> list[Decimal]:
    """``amount`` in parts: so many tenths of what is left each time, on the lot, and the rest."""
    parts = []
    for tenths in pieces:
        part = (amount * tenths / 10).quantize(Decimal("1e-8"), rounding="ROUND_FLOOR")
        if 0 < part < amount:
            parts.append(part)
            amount -= part
    return [*parts, amount]
