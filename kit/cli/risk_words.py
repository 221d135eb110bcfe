"""What a person calls a risk limit, its figures, and the refusal that it led to."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from kit.cli.figures import NONE, exact
from kit.cli.language import text as _
from kit.client.errors import KitError, RiskLimitExceeded


class Words(NamedTuple):
    """The name of a limit, and the unit of its number."""

    name: str
    unit: str = ""


# By their names on the wire, in the order of the tables.
LIMITS: Final[Mapping[str, Words]] = {
    "dailyLossPercent": Words("daily loss", "%"),
    "weeklyLossPercent": Words("weekly loss", "%"),
    "drawdownPercent": Words("drawdown", "%"),
    "maxPositionPercent": Words("position share", "%"),
    "maxOpenPositions": Words("open positions"),
    "maxOrdersPerMinute": Words("orders a minute"),
    "minOrderNotional": Words("smallest order", "USD"),
    "maxOrderNotional": Words("largest order", "USD"),
    "priceCollarPercent": Words("price collar", "%"),
    "maxPriceAgeSeconds": Words("age of a price", "s"),
    "allowedPairs": Words("allowed pairs"),
    "blockedPairs": Words("blocked pairs"),
}


def figure(value: Any, unit: str) -> str:
    """``5 %``, ``1000 USD``, ``BTC/USDT, ETH/USDT``."""
    if isinstance(value, Decimal | int):
        return f"{exact(Decimal(value))} {unit}".rstrip()
    return NONE if value is None else ", ".join(value)


def place(exchange: str | None, account: str | None) -> str:
    """``account main on every exchange``."""
    account = account or "main"
    if exchange is None:
        return _("account {account} on every exchange", account=account)
    return _("account {account} on {exchange}", account=account, exchange=exchange)


def explanation(error: KitError) -> str:
    """Of an order that a limit refused: lines on what was checked, against which limit, and what the check saw."""
    facts = list(_facts(error.details)) if isinstance(error, RiskLimitExceeded) else []
    width = max((len(name) for name, value in facts), default=0)
    return "".join(f"\n  {name:<{width}}  {value}" for name, value in facts)


def _facts(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    check, limit = details.get("check"), details.get("limit")
    if check is None:
        return
    words = LIMITS.get(check)
    yield _("check"), check if words is None else f"{check} ({_(words.name)})"
    if limit:
        yield _("limit"), f"{limit} {words.unit if words else ''}".rstrip()
    yield from ((name, str(value)) for name, value in details.get("inputs", {}).items())
