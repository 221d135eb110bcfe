"""The limits of an account, as values and as the named texts that the log keeps."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from msgspec import Struct

from domain.events.terms import NamedValue
from domain.money import AMOUNT_MAX, ZERO, NumberRefused, checked, parse, plain
from domain.refusals import InvalidLimit

PAIRS_MAX: Final = 1_000


class RiskLimits(Struct, frozen=True, kw_only=True):
    """What an account may risk at most; None where it is not limited.

    Percents are of equity, notionals in USD. A loss is a breach once it reaches its limit, a size once it is above it.
    ``price_collar_percent`` is how far beyond the last price a price may lie on the side that costs.
    """

    max_position_percent: Decimal | None = None
    daily_loss_percent: Decimal | None = None
    weekly_loss_percent: Decimal | None = None
    drawdown_percent: Decimal | None = None
    max_open_positions: int | None = None
    min_order_notional: Decimal | None = None
    max_order_notional: Decimal | None = None
    price_collar_percent: Decimal | None = None
    max_price_age_s: Decimal | None = None
    allowed_pairs: tuple[str, ...] | None = None
    blocked_pairs: tuple[str, ...] = ()
    max_orders_per_minute: int | None = None

    @property
    def watches_losses(self) -> bool:
        """Whether the account's equity has to be measured, again and again."""
        return (self.daily_loss_percent or self.weekly_loss_percent or self.drawdown_percent) is not None

    @property
    def needs_equity(self) -> bool:
        """Whether an entry is judged by what the whole account is worth."""
        return self.watches_losses or self.max_position_percent is not None

    @property
    def needs_notional(self) -> bool:
        """Whether an order is judged by what it is worth in USD."""
        return (self.min_order_notional or self.max_order_notional) is not None


class Kind(NamedTuple):
    """A kind of limit: its values lie ``above`` (itself excluded) and up to ``most``; ``read`` makes one of a text."""

    unit: str
    above: Decimal
    most: Decimal
    read: Callable[[str], Any]


PERCENT: Final = Kind("%", ZERO, Decimal(100), parse)
USD: Final = Kind("USD", ZERO, AMOUNT_MAX, parse)
SECONDS: Final = Kind("s", ZERO, Decimal(86_400), parse)
COUNT: Final = Kind("", ZERO, Decimal(1_000), int)
KINDS: Final[Mapping[str, Kind]] = {
    "max_position_percent": PERCENT,
    "daily_loss_percent": PERCENT,
    "weekly_loss_percent": PERCENT,
    "drawdown_percent": PERCENT,
    "max_open_positions": COUNT,
    "min_order_notional": USD,
    "max_order_notional": USD,
    "price_collar_percent": PERCENT,
    "max_price_age_s": SECONDS,
    "max_orders_per_minute": COUNT,
}
# As on the wire, and so in the log.
NAMES: Final[Mapping[str, str]] = {
    "max_position_percent": "maxPositionPercent",
    "daily_loss_percent": "dailyLossPercent",
    "weekly_loss_percent": "weeklyLossPercent",
    "drawdown_percent": "drawdownPercent",
    "max_open_positions": "maxOpenPositions",
    "min_order_notional": "minOrderNotional",
    "max_order_notional": "maxOrderNotional",
    "price_collar_percent": "priceCollarPercent",
    "max_price_age_s": "maxPriceAgeSeconds",
    "allowed_pairs": "allowedPairs",
    "blocked_pairs": "blockedPairs",
    "max_orders_per_minute": "maxOrdersPerMinute",
}


def named_values(limits: RiskLimits) -> tuple[NamedValue, ...]:
    """The limits that are set, by name, as the log keeps them."""
    return tuple(NamedValue(NAMES[field], text_of(value)) for field, value in given(limits))


def text_of(value: Decimal | int | tuple[str, ...]) -> str:
    """One limit as text: a number with all its digits, pairs side by side."""
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{plain(value):f}" if isinstance(value, Decimal) else str(value)


def limits_from(texts: Mapping[str, str]) -> RiskLimits:
    """The limits that ``texts`` by name stand for; a name that this version does not know limits nothing here.

    Raises:
        InvalidLimit: a value cannot be read.
    """
    return RiskLimits(**{field: read(field, texts[name]) for field, name in NAMES.items() if name in texts})


def read(field: str, text: str) -> Any:
    if field not in KINDS:
        return tuple(text.split(",")) if text else ()
    try:
        return KINDS[field].read(text)
    except ValueError as error:
        raise InvalidLimit(NAMES[field], text, "is not a number") from error


def require_limits(limits: RiskLimits) -> None:
    """Refuse limits out of range, or such as contradict each other.

    Raises:
        InvalidLimit: names the limit, its value and what it must be.
    """
    for field, value in given(limits):
        if field in KINDS:
            require_within(field, Decimal(value))
        else:
            require_pairs(NAMES[field], value)
    least, most = limits.min_order_notional, limits.max_order_notional
    if least is not None and most is not None and least > most:
        raise InvalidLimit("minOrderNotional", least, f"must be at most the maxOrderNotional of {most:f}")
    if limits.allowed_pairs == ():
        raise InvalidLimit("allowedPairs", "[]", "must name at least one pair")
    both = sorted({*limits.blocked_pairs} & {*(limits.allowed_pairs or ())})
    if both:
        raise InvalidLimit("blockedPairs", both[0], "is allowed and blocked at once")


def require_within(field: str, value: Decimal) -> None:
    kind = KINDS[field]
    try:
        checked(value)
    except NumberRefused as error:
        raise InvalidLimit(NAMES[field], value, error.why) from None
    if not kind.above < value <= kind.most:
        unit = f" {kind.unit}" if kind.unit else ""
        raise InvalidLimit(NAMES[field], value, f"must be above {kind.above:f} and at most {kind.most:f}{unit}")


def require_pairs(name: str, pairs: tuple[str, ...]) -> None:
    if len(pairs) > PAIRS_MAX:
        raise InvalidLimit(name, f"with {len(pairs)} pairs", f"must have at most {PAIRS_MAX}")
    for pair in pairs:
        base, _, quote = pair.partition("/")
        if not base or not quote or "," in pair:
            raise InvalidLimit(name, repr(pair), "must be pairs such as BTC/USDT")


def given(limits: RiskLimits) -> Iterator[tuple[str, Any]]:
    """The fields that are set, with their values."""
    for field in NAMES:
        value = getattr(limits, field)
        if value is not None and (value != () or field == "allowed_pairs"):
            yield field, value
