"""The terms that events are told in: what an order can be, and a value beside its name."""

from typing import Literal

from msgspec import Struct

Side = Literal["buy", "sell"]
OrderType = Literal["market", "limit", "stop-limit", "stop-market"]
TimeInForce = Literal["GTC", "IOC", "FOK", "GTD"]
Liquidity = Literal["maker", "taker"]
ExitKind = Literal["stop_loss", "take_profit", "trailing_stop"]
Status = Literal["unknown", "pending", "partial", "filled", "cancelled", "rejected"]


class NamedValue(Struct, frozen=True):
    """An input or a limit as it was seen: ``value`` is the exact text."""

    name: str
    value: str
