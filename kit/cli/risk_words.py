"""What a person calls a risk limit, its figures, and the refusal that it led to."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from kit.cli.figures import NONE, exact


class Words(NamedTuple):
    """The name of a limit, and the unit of its number."""

    name: str
    unit: str = ""


# By their names on the wire, in the order of the tables.
LIMITS: Final[Mapping[str, Words]] = {
    "dailyLossPercent": Words("Daily loss", "%"),
    "weeklyLossPercent": Words("Weekly loss", "%"),
    "drawdownPercent": Words("Drawdown", "%"),
    "maxPositionPercent": Words("Position share", "%"),
    "maxOpenPositions": Words("Open positions"),
    "maxOrdersPerMinute": Words("Orders a minute"),
    "minOrderNotional": Words("Smallest order", "USD"),
    "maxOrderNotional": Words("Largest order", "USD"),
    "priceCollarPercent": Words("Price collar", "%"),
    "maxPriceAgeSeconds": Words("Age of a price", "s"),
    "allowedPairs": Words("Allowed pairs"),
    "blockedPairs": Words("Blocked pairs"),
}


def figure(value: Any, unit: str) -> str:
    """``5 %``, ``1000 USD``, ``BTC/USDT, ETH/USDT``."""
    if isinstance(value, Decimal | int):
        return f"{exact(Decimal(value))} {unit}".rstrip()
    return NONE if value is None else ", ".join(value)


def explanation(details: Mapping[str, Any]) -> str:
    """The lines on what was checked, against which limit, and what the check saw; empty where nothing says."""
    facts = list(_facts(details))
    width = max((len(name) for name, _ in facts), default=0)
    return "".join(f"\n  {name:<{width}}  {value}" for name, value in facts)


def _facts(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    check, limit = details.get("check"), details.get("limit")
    if check is None:
        return
    words = LIMITS.get(check)
    yield "check", check if words is None else f"{check} ({words.name.lower()})"
    if limit:
        yield "limit", f"{limit} {words.unit if words else ''}".rstrip()
    yield from ((name, str(value)) for name, value in details.get("inputs", {}).items())
