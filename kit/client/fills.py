"""Fills: executions of orders, and those made elsewhere."""

from datetime import datetime

from domain.events.terms import Side
from kit.client.asking import Asking
from kit.client.params import Amount
from kit.wire.orders import FillPage, FillRecorded


class FillMethods(Asking):
    async def fill(
        self,
        trade_id: str,
        pair: str,
        side: Side,
        amount: Amount,
        price: Amount,
        *,
        fee: Amount | None = None,
        fee_currency: str | None = None,
        executed_at: datetime | None = None,
        order_id: str | None = None,
        exchange: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> FillRecorded:
        """Record an execution made elsewhere, ``amount`` in base, ``fee`` an absolute sum; once per trade id."""
        return await self.ask(
            FillRecorded,
            "fill.record",
            trade_id=trade_id,
            pair=pair,
            side=side,
            amount=amount,
            price=price,
            fee=fee,
            fee_currency=fee_currency,
            executed_at=executed_at,
            order_id=order_id,
            exchange=exchange,
            account=account,
            idempotency_key=idempotency_key,
        )

    async def fills(
        self,
        *,
        pair: str | None = None,
        order_id: str | None = None,
        exchange: str | None = None,
        account: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> FillPage:
        """Fills, newest first."""
        return await self.ask(
            FillPage,
            "fill.list",
            pair=pair,
            order_id=order_id,
            exchange=exchange,
            account=account,
            limit=limit,
            cursor=cursor,
        )
