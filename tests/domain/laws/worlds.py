"""Markets with very different steps, and the orders and fills that one can draw on them."""

from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from domain.account import Bracket, highest
from domain.commands import PlaceOrder, TriggerExit
from domain.events.terms import ExitKind, Side
from domain.executions import Execution
from domain.instruments import Fees, Instrument
from domain.money import bought, exact, floor_to, rounded_up
from domain.orders import Order
from tests.domain.books import NOON

FEES: Final = (
    Fees(Decimal(0), Decimal(0)),
    Fees(Decimal("0.001"), Decimal("0.002")),
    Fees(Decimal("-0.0001"), Decimal("0.0005")),
    Fees(Decimal("0.1"), Decimal("0.05")),
)


Guard = Literal["levels", "trail", "all"] | None
DISTANCE: Final = Decimal("12.5")


class World(Struct, frozen=True):
    """Two pairs that share BTC, traded in steps of ``tick`` and ``lot`` around ``price`` ticks and ``lots`` lots.

    It ``rounds`` where a product of amount, price and fee rate can have more than eighteen decimals.
    """

    tick: str
    lot: str
    price: int
    lots: int
    funds: str
    rounds: bool

    def instrument(self, pair: str, fees: Fees) -> Instrument:
        base, quote = pair.split("/")
        return Instrument(
            pair=pair,
            base=base,
            quote=quote,
            price_tick=Decimal(self.tick),
            amount_step=Decimal(self.lot),
            amount_min=Decimal(0),
            notional_min=Decimal(0),
            fees=fees,
        )

    @exact
    def amount(self, eighths: int, odd: int) -> Decimal:
        """So many eighths of the usual amount, and ``odd`` lots."""
        return (self.lots * eighths // 8 + odd) * Decimal(self.lot)

    @exact
    def level(self, percent: int, odd: int) -> Decimal:
        """A price so many percent of the usual one, and ``odd`` ticks."""
        return (self.price * percent // 100 + odd) * Decimal(self.tick)


WORLDS: Final = (
    World("0.01", "0.0001", price=10_000, lots=10_000, funds="5000", rounds=False),
    World("1", "1", price=1_000, lots=10**9, funds="900000000000000", rounds=False),
    World("0.01", "0.000000000000000001", price=345_000, lots=10**18, funds="99999.000000000000000001", rounds=True),
    World("0.000000001", "0.000000001", price=1_234_567_891, lots=10**9, funds="77.777777777", rounds=True),
    World("0.000000000000000001", "1", price=7_770_000_000_000, lots=10**9, funds="100000", rounds=True),
)


def entry(
    order_id: str, instrument: Instrument, side: Side, amount: Decimal, price: Decimal, *, at_market: bool, guard: Guard
) -> PlaceOrder:
    """An order by base amount; its exits are a stop a tenth below, a target a tenth above, and one that trails."""
    return PlaceOrder(
        order_id=order_id,
        client_order_id=order_id,
        exchange_client_id=order_id,
        instrument=instrument,
        side=side,
        type="market" if at_market else "limit",
        amount=amount,
        amount_in="base",
        price_seen=price,
        exchange_time=NOON,
        price=None if at_market else price,
        stop_loss=on_tick(price, "0.9", instrument) if guard in ("levels", "all") else None,
        take_profit=on_tick(price, "1.1", instrument) if guard in ("levels", "all") else None,
        trailing_stop=DISTANCE if guard in ("trail", "all") else None,
    )


def stopped(order: PlaceOrder, instrument: Instrument, *, limited: bool) -> PlaceOrder:
    """``order`` as one that waits for its price, with the market a tenth before it; levels around that price hold."""
    stop = order.price_seen
    seen = on_tick(stop, "0.9" if order.side == "buy" else "1.1", instrument)
    return replace(
        order,
        type="stop-limit" if limited else "stop-market",
        stop_price=stop,
        price=stop if limited else None,
        price_seen=seen,
    )


@exact
def reached(bracket: Bracket, kind: ExitKind, order_id: str, instrument: Instrument, high: Decimal) -> TriggerExit:
    """The exit of ``kind`` at its level, after a price of ``high``."""
    level = replace(bracket, high=highest(bracket.high, high)).level(kind)
    assert level is not None
    return TriggerExit(
        entry_order_id=bracket.order_id,
        kind=kind,
        market_price=max(floor_to(level, instrument.price_tick), instrument.price_tick),
        instrument=instrument,
        order_id=order_id,
        exchange_client_id=order_id,
        exchange_time=NOON,
        level=level,
        high=high,
    )


def left_of(order: Order) -> Decimal:
    """What may still be filled of ``order``: in base, or of a budget in quote."""
    return order.remaining if order.budget_left is None else order.budget_left


def takes_a_lot(order: Order, instrument: Instrument) -> bool:
    """Whether what ``order`` leaves is one lot at least; the end of a budget may be less."""
    if order.budget_left is None or order.price_bound is None:
        return order.remaining > 0
    return bought(order.budget_left, order.price_bound, instrument.amount_step) > 0


class Draw(Struct, frozen=True):
    """How a fill comes out: ``eighths`` of what is left (over 8: too much), and what its fee is taken in."""

    eighths: int
    better_percent: int
    fee_asset: str
    is_maker: bool


@exact
def drawn_fill(trade_id: str, order: Order, instrument: Instrument, left: Decimal, draw: Draw) -> Execution:
    """A fill of ``order``, which leaves ``left`` of its amount or budget, at its limit or better."""
    worst = order.price or order.price_bound or order.stop_price
    assert worst is not None
    better = worst * draw.better_percent / 100
    price = floor_to(worst + better if order.side == "sell" else worst - better, instrument.price_tick)
    share = left * draw.eighths / 8
    wanted = bought(share, price, instrument.amount_step) if order.spend is not None else share
    amount = max(floor_to(wanted, instrument.amount_step), instrument.amount_step)
    return execution(trade_id, instrument, order.side, amount, price, draw)


@exact
def execution(
    trade_id: str, instrument: Instrument, side: Side, amount: Decimal, price: Decimal, draw: Draw
) -> Execution:
    rate = instrument.fees.maker if draw.is_maker else instrument.fees.taker
    fee_asset = {"quote": instrument.quote, "base": instrument.base}.get(draw.fee_asset, draw.fee_asset)
    charged_on = amount if fee_asset == instrument.base else amount * price
    return Execution(
        trade_id=trade_id,
        pair=instrument.pair,
        base=instrument.base,
        quote=instrument.quote,
        side=side,
        amount=amount,
        price=price,
        fee=rounded_up(charged_on * rate),
        fee_asset=fee_asset,
        liquidity="maker" if draw.is_maker else "taker",
        occurred_at=NOON,
    )


@exact
def on_tick(price: Decimal, factor: str, instrument: Instrument) -> Decimal:
    return floor_to(price * Decimal(factor), instrument.price_tick)
