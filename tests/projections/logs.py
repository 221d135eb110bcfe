"""Logs for tests: a few events in plain numbers, stored and read as the gateway would."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from domain.codec import encode
from domain.events import Event, Stamp
from domain.events.amendments import OrderAmended
from domain.events.fills import FillRecorded, OrderAfter, OrderFilled, PositionAfter
from domain.events.funds import AccountOpened, FundsDeposited, FundsWithdrawn
from domain.events.marks import Mark, PricesMarked
from domain.events.orders import OrderAccepted, OrderCancelled, OrderPlaced, OrderRejected
from domain.money import rounded
from domain.postings import moved
from projections.log_frame import log_frame, stored_frame

NOON = datetime(2026, 2, 9, 12, tzinfo=UTC)
PAPER = "account:main:paper"


class Log:
    """Events with their places, one second apart unless told otherwise."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, int, str, bytes]] = []
        self.versions: dict[str, int] = {}

    def add(self, *events: Event, stream: str = PAPER, at: datetime | None = None) -> "Log":
        for event in events:
            seq = len(self.rows) + 1
            stamp = Stamp(at=at or NOON + timedelta(seconds=seq), by="bot", role="full", request=f"r{seq}")
            topic, state = encode(stamp, event)
            self.versions[stream] = self.versions.get(stream, 0) + 1
            self.rows.append((seq, stream, self.versions[stream], topic, state))
        return self

    def stored(self) -> pl.DataFrame:
        seq, stream, version, topic, state = zip(*self.rows, strict=True)
        return stored_frame(seq, stream, version, topic, state)

    def frame(self) -> pl.DataFrame:
        return log_frame(self.stored())


def log_of(*events: Event) -> pl.DataFrame:
    return Log().add(*events).frame()


def opened(account: str = "main", exchange: str = "paper") -> AccountOpened:
    return AccountOpened(account=account, exchange=exchange, paper=True)


def deposited(asset: str, amount: str) -> FundsDeposited:
    value = Decimal(amount)
    postings = moved(("external", asset, value.copy_negate()), ("free", asset, value))
    return FundsDeposited(postings=postings, asset=asset, amount=value, cost_usd=None, note="gift")


def withdrawn(asset: str, amount: str) -> FundsWithdrawn:
    value = Decimal(amount)
    postings = moved(("free", asset, value.copy_negate()), ("external", asset, value))
    return FundsWithdrawn(postings=postings, asset=asset, amount=value, note=None)


def placed(order_id: str, amount: str = "2", price: str | None = "100", **changes: Any) -> OrderPlaced:
    """A limit buy of BTC/USDT, without a reservation unless ``postings`` are given."""
    facts: dict[str, Any] = {
        "postings": (),
        "order_id": order_id,
        "client_order_id": f"mine-{order_id}",
        "exchange_client_id": f"kit-{order_id}",
        "pair": "BTC/USDT",
        "base": "BTC",
        "quote": "USDT",
        "side": "buy",
        "type": "limit",
        "amount": Decimal(amount),
        "spend": None,
        "price": None if price is None else Decimal(price),
        "price_seen": Decimal(100),
        "price_bound": None,
        "stop_price": None,
        "stop_loss": None,
        "take_profit": None,
        "trailing_stop": None,
        "time_in_force": "GTC",
        "expires_at": None,
        "post_only": False,
        "reduce_only": False,
        "exit_of": None,
        "exit_kind": None,
        "fee_rate_max": Decimal("0.001"),
    }
    return OrderPlaced(**facts | changes)


def accepted(order_id: str) -> OrderAccepted:
    return OrderAccepted(order_id=order_id, exchange_order_id=f"x-{order_id}", placed_version=1)


def cancelled(order_id: str, reason: str = "client") -> OrderCancelled:
    return OrderCancelled(postings=(), order_id=order_id, reason=reason)


def rejected(order_id: str, reason: str = "tick") -> OrderRejected:
    return OrderRejected(postings=(), order_id=order_id, reason=reason)


def amended(order_id: str, amount: str, price: str | None) -> OrderAmended:
    return OrderAmended(
        postings=(),
        order_id=order_id,
        amount=Decimal(amount),
        price=None if price is None else Decimal(price),
        price_bound=None,
        stop_price=None,
        stop_loss=Decimal(90),
        take_profit=None,
        trailing_stop=None,
    )


def position(position_id: str, amount: str, cost: str, realized: str = "0", **changes: Any) -> PositionAfter:
    facts: dict[str, Any] = {"opened_at": NOON, "opened": False, "closed": Decimal(amount) == 0}
    return PositionAfter(
        position_id=position_id,
        position_amount=Decimal(amount),
        position_cost=Decimal(cost),
        realized_pnl=Decimal(realized),
        **facts | changes,
    )


def filled(
    order_id: str,
    amount: str,
    price: str = "100",
    *,
    final: bool = False,
    side: str = "buy",
    fee: str = "0",
    fee_asset: str = "USDT",
    after: PositionAfter | None = None,
    occurred_at: datetime = NOON,
    of: str = "2",
) -> OrderFilled:
    """A fill of an order of ``of`` BTC, which fills it wholly if ``final``."""
    facts = _execution(amount, price, side, fee, fee_asset) | {"occurred_at": occurred_at, "position": after}
    order = OrderAfter(
        type="limit",
        amount=Decimal(of),
        filled_amount=Decimal(amount),
        filled_notional=rounded(facts["amount"] * facts["price"]),
        status="filled" if final else "partial",
    )
    return OrderFilled(
        order_id=order_id, trade_id=f"t-{order_id}", liquidity="taker", final=final, order=order, **facts
    )


def recorded(order_id: str | None, amount: str, price: str = "100", side: str = "buy") -> FillRecorded:
    facts = _execution(amount, price, side, "0", "USDT")
    return FillRecorded(order_id=order_id, trade_id="t-elsewhere", occurred_at=NOON, position=None, **facts)


def _execution(amount: str, price: str, side: str, fee: str, fee_asset: str) -> dict[str, Any]:
    base, cost, paid = Decimal(amount), rounded(Decimal(amount) * Decimal(price)), Decimal(fee)
    sign = 1 if side == "buy" else -1
    postings = moved(
        ("free", "BTC", sign * base),
        ("market", "BTC", -sign * base),
        ("free", "USDT", -sign * cost),
        ("market", "USDT", sign * cost),
        ("free", fee_asset, -paid),
        ("fees", fee_asset, paid),
    )
    return {
        "postings": postings,
        "pair": "BTC/USDT",
        "base": "BTC",
        "quote": "USDT",
        "side": side,
        "amount": base,
        "price": Decimal(price),
        "fee": paid,
        "fee_asset": fee_asset,
    }


def marked(occurred_at: datetime = NOON, exchange: str = "paper", **prices: str) -> PricesMarked:
    marks = tuple(
        Mark(asset=asset, price_usd=Decimal(price), source="test", occurred_at=occurred_at)
        for asset, price in prices.items()
    )
    return PricesMarked(exchange=exchange, marks=marks)
