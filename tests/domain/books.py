"""Accounts, orders and fills in plain numbers, for every test of the domain."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any, Final, Literal

import msgspec

from domain.account import Account
from domain.commands import (
    AmendOrder,
    Command,
    Deposit,
    OpenAccount,
    PlaceLinked,
    PlaceOrder,
    RecordFill,
    ReportOrder,
    TrailExit,
    TriggerExit,
    TriggerStop,
    Withdraw,
)
from domain.decide import decide
from domain.events import Event, ValueEvent
from domain.events.fills import OrderFilled
from domain.events.orders import OrderRefused
from domain.events.reconciliation import DiscrepancyFound
from domain.events.terms import ExitKind, Side
from domain.executions import Execution
from domain.instruments import Fees, Instrument
from domain.orders import Order

State = Literal["open", "filled", "cancelled", "rejected"]

PRICES: Final = ("stop_price", "stop_loss", "take_profit", "trailing_stop")
NOON: Final = datetime(2026, 2, 9, 12, tzinfo=UTC)
NUMBERS: Final = count(1)

NO_FEES: Final = Fees(Decimal(0), Decimal(0))
BTC_USDT: Final = Instrument(
    pair="BTC/USDT",
    base="BTC",
    quote="USDT",
    price_tick=Decimal("0.01"),
    amount_step=Decimal("0.00000001"),
    amount_min=Decimal("0.00001"),
    notional_min=Decimal(5),
    fees=Fees(maker=Decimal("0.001"), taker=Decimal("0.001")),
)
BTC_USDT_FREE: Final = msgspec.structs.replace(BTC_USDT, fees=NO_FEES)


def account(**funds: str) -> Account:
    """A paper account that was opened with ``funds`` by asset."""
    opening = tuple((asset, Decimal(amount)) for asset, amount in funds.items())
    return after(nobody(), OpenAccount(account="main", exchange="paper", paper=True, funds=opening))


def nobody() -> Account:
    return Account(id="account:main:paper")


def after(before: Account, *commands: Command) -> Account:
    for command in commands:
        before = decide(before, command, NOON).account
    return before


def events(before: Account, command: Command) -> tuple[Event, ...]:
    return decide(before, command, NOON).events


def names(happened: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in happened]


def deposit(asset: str, amount: str) -> Deposit:
    return Deposit(asset=asset, amount=Decimal(amount))


def withdraw(asset: str, amount: str) -> Withdraw:
    return Withdraw(asset=asset, amount=Decimal(amount))


def limit(side: Side, amount: str, price: str, order_id: str = "o-1", **changes: Any) -> PlaceOrder:
    return _order(order_id, side, amount, type="limit", price=Decimal(price), price_seen=Decimal(price), **changes)


def market(
    side: Side,
    amount: str,
    price_seen: str = "67250",
    order_id: str = "o-1",
    *,
    unit: Literal["base", "quote"] = "base",
) -> PlaceOrder:
    return _order(order_id, side, amount, type="market", amount_in=unit, price_seen=Decimal(price_seen))


def stop(side: Side, amount: str, stop_price: str, order_id: str = "o-1", **changes: Any) -> PlaceOrder:
    """A stop with the market at 100; ``stop-market`` unless another ``type`` is given."""
    facts: dict[str, Any] = {"type": "stop-market", "price_seen": Decimal(100)}
    return _order(order_id, side, amount, stop_price=stop_price, **facts | changes)


def oco(
    side: Side, amount: str, price: str, stop_price: str, stop_limit: str | None = None, seen: str = "100"
) -> PlaceLinked:
    """``o-1`` at its limit and ``o-2`` at its stop, with the market ``seen`` between them."""
    kind = "stop-market" if stop_limit is None else "stop-limit"
    limit = None if stop_limit is None else Decimal(stop_limit)
    return PlaceLinked(
        limit=_order("o-1", side, amount, type="limit", price=Decimal(price), price_seen=Decimal(seen)),
        stop=_order("o-2", side, amount, type=kind, price=limit, stop_price=stop_price, price_seen=Decimal(seen)),
    )


def reach(order_id: str = "o-2", market_price: str = "90") -> TriggerStop:
    return TriggerStop(order_id=order_id, market_price=Decimal(market_price))


def amend(order_id: str = "o-1", **changes: str) -> AmendOrder:
    numbers: dict[str, Any] = {name: Decimal(value) for name, value in changes.items()}
    return AmendOrder(order_id=order_id, instrument=BTC_USDT_FREE, exchange_time=NOON, **numbers)


def answer(
    state: State, *fills: Execution, amended: bool, order_id: str = "o-1", reason: str | None = None
) -> ReportOrder:
    """What the exchange says when it was asked to change an order."""
    return msgspec.structs.replace(report(state, *fills, order_id=order_id, reason=reason), amended=amended)


def changed(before: Account, order_id: str = "o-1", **changes: str) -> Account:
    """``before`` after an amendment of the order that its exchange agreed to."""
    return after(before, amend(order_id, **changes), answer("open", order_id=order_id, amended=True))


def _order(order_id: str, side: Side, amount: str, **changes: Any) -> PlaceOrder:
    facts: dict[str, Any] = {
        "order_id": order_id,
        "client_order_id": f"mine-{order_id}",
        "exchange_client_id": f"kit-{order_id}",
        "instrument": BTC_USDT_FREE,
        "amount_in": "base",
        "exchange_time": NOON,
    }
    levels: dict[str, Any] = {name: Decimal(changes.pop(name)) for name in PRICES if name in changes}
    return PlaceOrder(side=side, amount=Decimal(amount), **facts | levels | changes)


def fill(side: Side, amount: str, price: str, fee: str = "0", fee_asset: str = "USDT", **changes: Any) -> Execution:
    facts: dict[str, Any] = {
        "trade_id": f"t-{next(NUMBERS)}",
        "pair": "BTC/USDT",
        "base": "BTC",
        "quote": "USDT",
        "liquidity": "taker",
        "occurred_at": NOON,
    }
    numbers = {"amount": Decimal(amount), "price": Decimal(price), "fee": Decimal(fee)}
    return Execution(side=side, fee_asset=fee_asset, **facts | numbers | changes)


def report(
    state: State,
    *fills: Execution,
    order_id: str = "o-1",
    reason: str | None = None,
) -> ReportOrder:
    return ReportOrder(order_id=order_id, exchange_order_id=f"x-{order_id}", state=state, fills=fills, reason=reason)


def record(execution: Execution, order_id: str | None = None) -> RecordFill:
    return RecordFill(execution=execution, order_id=order_id)


def trigger(
    kind: ExitKind, market_price: str, entry: str = "o-1", order_id: str = "exit-1", high: str | None = None
) -> TriggerExit:
    return TriggerExit(
        entry_order_id=entry,
        kind=kind,
        market_price=Decimal(market_price),
        instrument=BTC_USDT_FREE,
        order_id=order_id,
        exchange_client_id=f"kit-{order_id}",
        exchange_time=NOON,
        high=None if high is None else Decimal(high),
    )


def trail(high: str, entry: str = "o-1") -> TrailExit:
    return TrailExit(entry_order_id=entry, high=Decimal(high))


def guarded_account() -> Account:
    """1 BTC, bought at 100 by ``o-1``, guarded by a stop at 90 and a target at 120; 900 USDT left."""
    entry = limit("buy", "1", "100", stop_loss="90", take_profit="120")
    return after(account(USDT="1000"), entry, report("filled", fill("buy", "1", "100")))


def trailing_account(percent: str = "10", **levels: str) -> Account:
    """1 BTC, bought at 100 by ``o-1``, guarded by a stop that trails it; 900 USDT left."""
    entry = limit("buy", "1", "100", trailing_stop=percent, **levels)
    return after(account(USDT="1000"), entry, report("filled", fill("buy", "1", "100")))


def held(of: Account) -> dict[str, tuple[str, str]]:
    """(free, locked) by asset, as plain texts; assets of which nothing is held are left out."""
    return {
        asset: (f"{balance.free.normalize():f}", f"{balance.locked.normalize():f}")
        for asset, balance in of.balances.items()
        if balance.free or balance.locked
    }


def facts(of: object, *fields: str) -> tuple[object, ...]:
    """The values of some fields, to be compared with plain numbers and texts."""
    return tuple(getattr(of, field) for field in fields)


def moves(event: Event) -> dict[tuple[str, str], Decimal]:
    """The amounts of the event's postings by (bucket, asset)."""
    assert isinstance(event, ValueEvent)
    found: dict[tuple[str, str], Decimal] = {(one.bucket, one.asset): one.amount for one in event.postings}
    assert len(found) == len(event.postings)
    return found


def order(of: Account, order_id: str = "o-1") -> Order:
    return of.order(order_id)


def only_refusal(happened: tuple[Event, ...]) -> OrderRefused:
    (refused,) = happened
    assert isinstance(refused, OrderRefused)
    return refused


def fills_of(happened: tuple[Event, ...]) -> list[OrderFilled]:
    return [event for event in happened if isinstance(event, OrderFilled)]


def discrepancies(happened: tuple[Event, ...]) -> list[DiscrepancyFound]:
    return [event for event in happened if isinstance(event, DiscrepancyFound)]
