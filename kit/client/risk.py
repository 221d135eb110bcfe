"""Risk: its limits, how near they are, and the switch that stops trading."""

from collections.abc import Collection, Mapping
from typing import Literal

from kit.client.asking import Asking
from kit.client.errors import InvalidRequest
from kit.client.params import Amount, camel
from kit.wire.risk import RiskStatus

LimitName = Literal[
    "max_position_percent",
    "daily_loss_percent",
    "weekly_loss_percent",
    "drawdown_percent",
    "max_open_positions",
    "min_order_notional",
    "max_order_notional",
    "price_collar_percent",
    "max_price_age_seconds",
    "allowed_pairs",
    "blocked_pairs",
    "max_orders_per_minute",
]


class RiskMethods(Asking):
    async def risk(self, *, exchange: str | None = None, account: str | None = None) -> RiskStatus:
        """Whether trading is halted, the limits, and how near each is; of every exchange unless one is named."""
        return await self.ask(RiskStatus, "risk.status", exchange=exchange, account=account)

    async def set_limits(
        self,
        *,
        max_position_percent: Amount | None = None,
        daily_loss_percent: Amount | None = None,
        weekly_loss_percent: Amount | None = None,
        drawdown_percent: Amount | None = None,
        max_open_positions: int | None = None,
        min_order_notional: Amount | None = None,
        max_order_notional: Amount | None = None,
        price_collar_percent: Amount | None = None,
        max_price_age_seconds: Amount | None = None,
        allowed_pairs: Collection[str] | None = None,
        blocked_pairs: Collection[str] | None = None,
        max_orders_per_minute: int | None = None,
        remove: Collection[LimitName] = (),
        exchange: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> RiskStatus:
        """Set the limits that are given, take away those named in ``remove``, and keep all others.

        Shares and losses are percent of the account's equity, notionals in USD. On every exchange unless one is named.

        Raises:
            InvalidRequest: a limit that is none, such as a negative one; nothing was changed.
        """
        given = {
            "max_position_percent": max_position_percent,
            "daily_loss_percent": daily_loss_percent,
            "weekly_loss_percent": weekly_loss_percent,
            "drawdown_percent": drawdown_percent,
            "max_open_positions": max_open_positions,
            "min_order_notional": min_order_notional,
            "max_order_notional": max_order_notional,
            "price_collar_percent": price_collar_percent,
            "max_price_age_seconds": max_price_age_seconds,
            "allowed_pairs": None if allowed_pairs is None else list(allowed_pairs),
            "blocked_pairs": None if blocked_pairs is None else list(blocked_pairs),
            "max_orders_per_minute": max_orders_per_minute,
        }
        return await self.ask(
            RiskStatus,
            "risk.limits",
            limits=limit_changes(given, remove),
            exchange=exchange,
            account=account,
            idempotency_key=idempotency_key,
        )

    async def halt(
        self,
        reason: str,
        *,
        reduce_only: bool | None = None,
        cancel_orders: bool | None = None,
        exchange: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> RiskStatus:
        """Stop trading until ``resume``: nothing is bought any more, and exits go on guarding.

        Positions can still be sold, unless ``reduce_only`` is False. ``cancel_orders`` cancels what rests as well; the
        answer says which orders, and which their exchange did not confirm.
        """
        return await self.ask(
            RiskStatus,
            "risk.halt",
            reason=reason,
            reduce_only=reduce_only,
            cancel_orders=cancel_orders,
            exchange=exchange,
            account=account,
            idempotency_key=idempotency_key,
        )

    async def resume(
        self,
        reason: str,
        *,
        exchange: str | None = None,
        account: str | None = None,
        idempotency_key: str | None = None,
    ) -> RiskStatus:
        """Trade again; a loss that halted it counts anew from now on. ``unchanged`` says that nothing was halted."""
        return await self.ask(
            RiskStatus,
            "risk.resume",
            reason=reason,
            exchange=exchange,
            account=account,
            idempotency_key=idempotency_key,
        )


def limit_changes(given: Mapping[str, object], remove: Collection[LimitName]) -> dict[str, object]:
    """The changes in the wire's names: those that are not None, and a null for each to remove.

    Raises:
        InvalidRequest: one is to be set and removed.
    """
    changed = {camel(name): value for name, value in given.items() if value is not None}
    removed: dict[str, object] = {camel(name): None for name in remove}
    if both := changed.keys() & removed.keys():
        raise InvalidRequest(f"limits: {', '.join(sorted(both))} cannot be set and removed at once")
    return changed | removed
