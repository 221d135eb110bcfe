"""``fill.record``: book an execution made elsewhere."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.commands import RecordFill
from domain.events import Recorded
from domain.events.fills import FillRecorded as FillWasRecorded
from domain.events.fills import OrderFilled
from domain.events.terms import Side
from domain.executions import Execution
from domain.money import ZERO
from domain.refusals import InvalidOrder
from kit.gateway.asking import AccountName, AssetName, Key, PairName, ask
from kit.gateway.moments import Moment, utc
from kit.gateway.params import Params
from kit.gateway.present.orders import fill_document, position_document
from kit.gateway.refusals import InvalidRequest
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.orders import FillRecorded

ASSET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}", re.ASCII)
CLOCK_TOLERANCE: Final = timedelta(minutes=1)  # Clocks differ; a fill of next year is a typing error.


class FillRecord(Params, frozen=True, kw_only=True):
    """``tradeId`` is the exchange's: the same one with the same content books nothing again.

    ``amount`` is in base, ``price`` in quote, ``fee`` in ``feeCurrency`` (quote unless given; negative for a rebate).
    With ``orderId`` the fill belongs to that open order.
    """

    trade_id: Key
    pair: PairName
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal = ZERO
    fee_currency: AssetName | None = None
    executed_at: Moment | None = None
    order_id: str | None = None
    exchange: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: FillRecord) -> FillRecorded:
    services = context.services
    exchange = services.exchange(params.exchange)
    fill = execution(params, exchange.now())
    if exchange.paper and fill.trade_id.startswith(f"{exchange.id}-"):
        message = (
            f"tradeId: {fill.trade_id!r} begins as those that {exchange.id} gives itself; it was not made elsewhere"
        )
        raise InvalidRequest(message, field="tradeId")
    content = {name: getattr(params, name) for name in FillRecord.__struct_fields__ if name != "idempotency_key"}
    defaults = {"exchange": exchange.id, "fee_currency": fill.fee_asset}
    asking = ask(context, params.idempotency_key, METHOD.name, **content | defaults)
    command = RecordFill(execution=fill, order_id=params.order_id)
    outcome = await services.desk.record_fill(params.account, exchange.id, command, asking)
    booked = next(one for one in outcome.recorded if isinstance(one.entry.event, OrderFilled | FillWasRecorded))
    return answer(booked, asking.key, duplicate=outcome.duplicate)


def execution(params: FillRecord, now: datetime) -> Execution:
    base, _, quote = params.pair.partition("/")
    if not (ASSET.fullmatch(base) and ASSET.fullmatch(quote)):
        raise InvalidOrder("pair", repr(params.pair), "must be BASE/QUOTE")
    executed_at = now if params.executed_at is None else utc("executedAt", params.executed_at)
    if executed_at > now + CLOCK_TOLERANCE:
        message = f"executedAt: {executed_at.isoformat()} has not come yet: it is {now.isoformat()} on the exchange"
        raise InvalidRequest(message, field="executedAt")
    return Execution(
        trade_id=params.trade_id,
        pair=params.pair,
        base=base,
        quote=quote,
        side=params.side,
        amount=params.amount,
        price=params.price,
        fee=params.fee,
        fee_asset=params.fee_currency or quote,
        liquidity="taker",
        occurred_at=executed_at,
    )


def answer(booked: Recorded, key: str, *, duplicate: bool) -> FillRecorded:
    event = booked.entry.event
    assert isinstance(event, OrderFilled | FillWasRecorded)
    position = None if event.position is None else position_document(booked, event.position)
    return FillRecorded(fill=fill_document(booked), position=position, idempotency_key=key, duplicate=duplicate)


METHOD = Method(name="fill.record", params=FillRecord, handle=handle, result=FillRecorded, role="full", changes=True)
