"""Orders."""

from datetime import datetime
from typing import Any, Literal

from domain.events.terms import OrderType, Side, Status, TimeInForce
from kit.client.asking import Asking
from kit.client.params import Amount, wire_params
from kit.wire.orders import Cancelled, LinkedOrders, Order, OrderPage
from kit.wire.sizing import OrderSize


class TradingMethods(Asking):
    async def trade(
        self,
        action: Side,
        pair: str,
        amount: Amount,
        type: OrderType = "market",  # noqa: A002 - the protocol's name, and the documented call's.
        *,
        price: Amount | None = None,
        stop_price: Amount | None = None,
        stop_loss: Amount | None = None,
        take_profit: Amount | None = None,
        trailing_stop: Amount | None = None,
        time_in_force: TimeInForce | None = None,
        expires_at: datetime | None = None,
        post_only: bool | None = None,
        amount_in: Literal["base", "quote"] | None = None,
        exchange: str | None = None,
        account: str | None = None,
        client_order_id: str | None = None,
    ) -> Order:
        """Place an order; a market order returns filled, any other once the exchange has it.

        ``amount`` of a market buy is what to spend, in quote; of everything else it is in base. ``trailing_stop`` is
        percent. ``stop_price`` is where a stop order triggers, ``expires_at`` when a ``GTD`` order ends; ``post_only``
        never takes. Without a ``client_order_id`` one is made; a retry that carries it places nothing twice.

        Raises:
            OutcomeUnknown: no answer came in time; its ``key`` is the client order id to ask or try again with.
            InsufficientFunds, InvalidOrder, RiskLimitExceeded, ExchangeError, KitError: it was refused.
        """
        return await self.ask(
            Order,
            "trade.execute",
            action=action,
            pair=pair,
            amount=amount,
            type=type,
            price=price,
            stop_price=stop_price,
            stop_loss=stop_loss,
            take_profit=take_profit,
            trailing_stop=trailing_stop,
            time_in_force=time_in_force,
            expires_at=expires_at,
            post_only=post_only,
            amount_in=amount_in,
            exchange=exchange,
            account=account,
            client_order_id=client_order_id,
        )

    async def size(
        self,
        pair: str,
        *,
        percent: Amount | None = None,
        risk_percent: Amount | None = None,
        price: Amount | None = None,
        stop_loss: Amount | None = None,
        action: Side = "buy",
        exchange: str | None = None,
        account: str | None = None,
    ) -> OrderSize:
        """How large an order should be; nothing is placed.

        A buy of ``percent`` of the equity, or one that loses ``risk_percent`` of it, fees included, when it is sold at
        ``stop_loss``; for a sale ``percent`` is of what is held of the base. Without a ``price`` the market's counts.
        Give the ``amount`` to ``trade`` with ``amount_in="base"``, or the ``notional`` as what a market buy spends.

        Raises:
            InvalidOrder: it comes to less than the exchange takes, or the stop is not below the entry.
        """
        return await self.ask(
            OrderSize,
            "trade.size",
            action=action,
            pair=pair,
            percent=percent,
            risk_percent=risk_percent,
            price=price,
            stop_loss=stop_loss,
            exchange=exchange,
            account=account,
        )

    async def oco(
        self,
        action: Side,
        pair: str,
        amount: Amount,
        *,
        price: Amount,
        stop_price: Amount,
        stop_limit_price: Amount | None = None,
        exchange: str | None = None,
        account: str | None = None,
        client_order_id: str | None = None,
    ) -> LinkedOrders:
        """Place two orders of which one cancels the other: a limit order at ``price``, and a stop.

        A sell has its limit above the market and its stop below, a buy the other way round; ``amount`` is in base.
        Without a ``stop_limit_price`` the stop trades at the market. The ``client_order_id`` is the limit order's.

        Raises:
            OutcomeUnknown: no answer came in time; its ``key`` is the client order id to ask or try again with.
            InsufficientFunds, InvalidOrder, RiskLimitExceeded, ExchangeError, KitError: they were refused, both.
        """
        return await self.ask(
            LinkedOrders,
            "order.oco",
            action=action,
            pair=pair,
            amount=amount,
            price=price,
            stop_price=stop_price,
            stop_limit_price=stop_limit_price,
            exchange=exchange,
            account=account,
            client_order_id=client_order_id,
        )

    async def invoke(self, tool: str, args: dict[str, Any] | None = None) -> Any:
        """Call a tool with its arguments; the answer is that of the method behind it.

        The trade tool changes something: without a ``client_order_id`` among its arguments one is made.
        """
        return await self.call("tool.invoke", tool=tool, args=wire_params(args or {}))

    async def order(
        self, order_id: str | None = None, *, client_order_id: str | None = None, account: str | None = None
    ) -> Order:
        """One order, by the gateway's id or by yours.

        Raises:
            NotFound: there is none.
        """
        return await self.ask(Order, "order.get", order_id=order_id, client_order_id=client_order_id, account=account)

    async def orders(
        self,
        *,
        status: Status | Literal["open"] | None = None,
        pair: str | None = None,
        since: datetime | None = None,
        exchange: str | None = None,
        account: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> OrderPage:
        """Orders, newest first, up to 1000 a page; ``cursor`` of one page asks for the next."""
        return await self.ask(
            OrderPage,
            "order.list",
            status=status,
            pair=pair,
            since=since,
            exchange=exchange,
            account=account,
            limit=limit,
            cursor=cursor,
        )

    async def amend(
        self,
        order_id: str | None = None,
        *,
        client_order_id: str | None = None,
        amount: Amount | None = None,
        price: Amount | None = None,
        stop_price: Amount | None = None,
        stop_loss: Amount | None = None,
        take_profit: Amount | None = None,
        trailing_stop: Amount | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> Order:
        """Change an open order in place, or the levels that guard what it bought; what is not given stays.

        ``amount`` is the whole amount in base, what is filled included; ``trailing_stop`` is percent.

        Raises:
            NotFound: there is no such order.
            InsufficientFunds, InvalidOrder: the change was refused; the order is as it was.
        """
        return await self.ask(
            Order,
            "order.amend",
            order_id=order_id,
            client_order_id=client_order_id,
            amount=amount,
            price=price,
            stop_price=stop_price,
            stop_loss=stop_loss,
            take_profit=take_profit,
            trailing_stop=trailing_stop,
            account=account,
            idempotency_key=idempotency_key,
        )

    async def close_position(
        self,
        pair: str | None = None,
        amount: Amount | None = None,
        *,
        position_id: str | None = None,
        exchange: str | None = None,
        account: str | None = None,
        client_order_id: str | None = None,
    ) -> Order:
        """Sell a position, named by its pair or its id, at the market: all of it, or ``amount`` of the base.

        Raises:
            OutcomeUnknown: no answer came in time; its ``key`` is the client order id to ask or try again with.
            NotFound: there is no such position.
            InsufficientFunds, InvalidOrder: it was refused.
        """
        return await self.ask(
            Order,
            "position.close",
            id=position_id,
            pair=pair,
            amount=amount,
            exchange=exchange,
            account=account,
            client_order_id=client_order_id,
        )

    async def cancel(
        self,
        order_id: str | None = None,
        *,
        client_order_id: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> Order:
        """Cancel one order; returns it as it ended."""
        return await self.ask(
            Order,
            "order.cancel",
            order_id=order_id,
            client_order_id=client_order_id,
            account=account,
            idempotency_key=idempotency_key,
        )

    async def cancel_all(
        self,
        pair: str | None = None,
        *,
        exchange: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> Cancelled:
        """Cancel every open order, or those of one pair."""
        return await self.ask(
            Cancelled,
            "order.cancelAll",
            pair=pair,
            exchange=exchange,
            account=account,
            idempotency_key=idempotency_key,
        )
