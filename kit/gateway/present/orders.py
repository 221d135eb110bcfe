"""Orders and fills as documents: out of the state right after a commit, out of the views, and out of the log."""

from decimal import Decimal
from typing import Any

from domain import orders as domain_orders
from domain.account import Account, Bracket
from domain.events import Entry, Recorded
from domain.events.amendments import OrderAmended
from domain.events.fills import FillRecorded, OrderFilled, PositionAfter
from domain.events.orders import OrderPlaced, OrderTriggered
from domain.money import ZERO, divided, plain
from domain.streams import owner_of
from kit.wire import orders as wire


def order_document(account: Account, order: domain_orders.Order, seq: int, *, duplicate: bool = False) -> wire.Order:
    """``order`` of ``account`` as it stands at ``seq``."""
    average = order.average_price
    fee_asset, fee = main_fee(order.fees, order.quote)
    return wire.Order(
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        status=order.status,
        pair=order.pair,
        side=order.side,
        type=order.type,
        amount=plain(order.amount),
        filled_amount=plain(order.filled_amount),
        price=shown(average if average is not None else order.price),
        avg_price=shown(average),
        stop_price=shown(order.stop_price),
        stop_loss=shown(order.stop_loss),
        take_profit=shown(order.take_profit),
        trailing_stop=shown(order.trailing_stop),
        trailing_level=level_of(account.brackets.get(order.order_id)),
        time_in_force=order.time_in_force,
        expires_at=order.expires_at,
        post_only=order.post_only,
        triggered=order.triggered,
        fee=plain(fee),
        fee_currency=fee_asset,
        exchange=account.exchange,
        account=account.account,
        timestamp=order.placed_at,
        seq=seq,
        exit_of=order.exit_of,
        linked_to=order.linked_to,
        reason=order.reason,
        duplicate=duplicate,
    )


def order_from_row(row: dict[str, Any], armed: Bracket | None, *, duplicate: bool = False) -> wire.Order:
    """An order as the orders view shows it (``ORDERS_SHOWN``), with its ``armed`` exits."""
    average = row["avg_price"]
    return wire.Order(
        order_id=row["order_id"],
        client_order_id=row["client_order_id"],
        status=row["status"],
        pair=row["pair"],
        side=row["side"],
        type=row["type"],
        amount=plain(row["amount"]),
        filled_amount=plain(row["filled_amount"]),
        price=shown(average if average is not None else row["price"]),
        avg_price=shown(average),
        stop_price=shown(row["stop_price"]),
        stop_loss=shown(row["stop_loss"]),
        take_profit=shown(row["take_profit"]),
        trailing_stop=shown(row["trailing_stop"]),
        trailing_level=level_of(armed),
        time_in_force=row["time_in_force"],
        expires_at=row["expires_at"],
        post_only=row["post_only"],
        triggered=row["triggered_at"] is not None,
        fee=plain(row["fee"] or ZERO),
        fee_currency=row["fee_asset"] or row["quote"],
        exchange=row["exchange"],
        account=row["account"],
        timestamp=row["placed_at"],
        seq=row["seq"],
        exit_of=row["exit_of"],
        linked_to=row["linked_to"],
        reason=row["reason"],
        duplicate=duplicate,
    )


def level_of(armed: Bracket | None) -> Decimal | None:
    """Where the trailing stop among the ``armed`` exits sells, as the ledger has it."""
    return None if armed is None else shown(armed.trailing_level)


def accepted_document(placed: Entry, seq: int, linked_to: str | None = None) -> wire.Order:
    """The order that ``placed`` began, as the exchange took it or the gateway holds it: nothing filled yet."""
    event = placed.event
    assert isinstance(event, OrderPlaced)
    account, exchange = owner_of(placed.stream)
    return wire.Order(
        order_id=event.order_id,
        client_order_id=event.client_order_id,
        status="pending",
        pair=event.pair,
        side=event.side,
        type=event.type,
        amount=plain(event.amount),
        filled_amount=ZERO,
        price=shown(event.price),
        stop_price=shown(event.stop_price),
        stop_loss=shown(event.stop_loss),
        take_profit=shown(event.take_profit),
        trailing_stop=shown(event.trailing_stop),
        time_in_force=event.time_in_force,
        expires_at=event.expires_at,
        post_only=event.post_only,
        fee=ZERO,
        fee_currency=event.quote,
        exchange=exchange,
        account=account,
        timestamp=placed.stamp.at,
        seq=seq,
        exit_of=event.exit_of,
        linked_to=linked_to,
    )


def fill_document(recorded: Recorded) -> wire.Fill:
    """A booked execution, whether of an order or made elsewhere."""
    entry, event = recorded.entry, recorded.entry.event
    assert isinstance(event, OrderFilled | FillRecorded)
    account, exchange = owner_of(entry.stream)
    return wire.Fill(
        trade_id=event.trade_id,
        order_id=event.order_id,
        pair=event.pair,
        side=event.side,
        amount=plain(event.amount),
        price=plain(event.price),
        fee=plain(event.fee),
        fee_currency=event.fee_asset,
        exchange=exchange,
        account=account,
        executed_at=event.occurred_at,
        timestamp=entry.stamp.at,
        seq=recorded.seq,
    )


def fill_from_row(row: dict[str, Any]) -> wire.Fill:
    """A fill as the fills view shows it (``FILL_ROWS``)."""
    return wire.Fill(
        trade_id=row["trade_id"],
        order_id=row["order_id"],
        pair=row["pair"],
        side=row["side"],
        amount=plain(row["amount"]),
        price=plain(row["price"]),
        fee=plain(row["fee"]),
        fee_currency=row["fee_asset"],
        exchange=row["exchange"],
        account=row["account"],
        executed_at=row["occurred_at"],
        timestamp=row["at"],
        seq=row["seq"],
    )


def executed_document(recorded: Recorded) -> wire.TradeExecuted:
    """The event ``trade:executed`` of one booked execution."""
    entry, event = recorded.entry, recorded.entry.event
    assert isinstance(event, OrderFilled | FillRecorded)
    account, exchange = owner_of(entry.stream)
    after = event.order if isinstance(event, OrderFilled) else None
    return wire.TradeExecuted(
        order_id=event.order_id,
        trade_id=event.trade_id,
        pair=event.pair,
        side=event.side,
        type=after.type if after else None,
        amount=plain(after.amount if after else event.amount),
        filled_amount=plain(after.filled_amount if after else event.amount),
        price=plain(event.price),
        avg_price=plain(divided(after.filled_notional, after.filled_amount) if after else event.price),
        fee=plain(event.fee),
        fee_currency=event.fee_asset,
        status=after.status if after else "filled",
        exchange=exchange,
        account=account,
        timestamp=event.occurred_at,
    )


def terms_document(recorded: Recorded) -> wire.OrderTerms:
    """The event ``trade:amended``."""
    entry, event = recorded.entry, recorded.entry.event
    assert isinstance(event, OrderAmended)
    account, exchange = owner_of(entry.stream)
    return wire.OrderTerms(
        order_id=event.order_id,
        amount=plain(event.amount),
        price=shown(event.price),
        stop_price=shown(event.stop_price),
        stop_loss=shown(event.stop_loss),
        take_profit=shown(event.take_profit),
        trailing_stop=shown(event.trailing_stop),
        exchange=exchange,
        account=account,
        timestamp=entry.stamp.at,
    )


def reached_document(recorded: Recorded) -> wire.OrderReached:
    """The event ``trade:triggered``."""
    entry, event = recorded.entry, recorded.entry.event
    assert isinstance(event, OrderTriggered)
    account, exchange = owner_of(entry.stream)
    return wire.OrderReached(
        order_id=event.order_id,
        market_price=plain(event.market_price),
        exchange=exchange,
        account=account,
        timestamp=entry.stamp.at,
    )


def position_document(recorded: Recorded, after: PositionAfter) -> wire.Position:
    """The position right after a fill, valued at the fill's price."""
    entry, event = recorded.entry, recorded.entry.event
    assert isinstance(event, OrderFilled | FillRecorded)
    account, exchange = owner_of(entry.stream)
    amount, cost = after.position_amount, after.position_cost
    entry_price = divided(cost, amount) if amount else event.price
    gain = float(event.price - entry_price)
    return wire.Position(
        id=after.position_id,
        pair=event.pair,
        side="long",
        amount=plain(amount),
        entry_price=plain(entry_price),
        current_price=plain(event.price),
        unrealized_pnl=gain * float(amount),
        unrealized_pnl_percent=gain / float(entry_price) * 100 if entry_price else None,
        exchange=exchange,
        account=account,
        opened_at=after.opened_at,
        realized_pnl=plain(after.realized_pnl) if after.closed else None,
    )


def main_fee(fees: dict[str, Decimal], quote: str) -> tuple[str, Decimal]:
    """The fee in quote, or in the one other asset it was paid in; fills tell apart what several assets paid."""
    if len(fees) == 1:
        return next(iter(fees.items()))
    return quote, fees.get(quote, ZERO)


def shown(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)
