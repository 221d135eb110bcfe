"""Numbers and times that have to be short."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.money import ROUNDING
from kit.cli.figures import NONE, about

DECIMALS_MAX: Final = 8
SATOSHI: Final = Decimal(1).scaleb(-DECIMALS_MAX)
DIGITS: Final = 6


def amount(number: Decimal) -> str:
    """Eight digits, but at least two behind the point, without zeros at the end: ``9,899.9006``, ``0.5``.

    One too small for that has its first four.
    """
    if number and abs(number) < SATOSHI:
        return about(number)
    decimals = min(DECIMALS_MAX, max(2, DECIMALS_MAX - 1 - number.adjusted()))
    short = ROUNDING.quantize(number, Decimal(1).scaleb(-decimals)).normalize(ROUNDING)
    return f"{short:,f}"


def level(number: Decimal | None) -> str:
    """A price that may have been computed: six digits, at least two behind the point: ``66,597.09``, ``0.0520123``."""
    if number is None:
        return NONE
    return f"{number:,.{max(2, DIGITS - 1 - number.adjusted())}f}"


def gain(number: float | None) -> str:
    """With its sign: ``+7.50``."""
    return NONE if number is None else f"{round(number, 2) + 0.0:+,.2f}"


def when(at: datetime, now: datetime) -> str:
    """The time of day in UTC, or the day, where it is another."""
    at = at.astimezone(UTC)
    return f"{at:%H:%M:%S}" if at.date() == now.astimezone(UTC).date() else f"{at:%Y-%m-%d}"


def age(since: datetime, now: datetime) -> str:
    """``42 s``, ``5 min``, ``3 h``, ``2 d``; 0 s where the clocks disagree."""
    passed = max(now - since, timedelta())
    seconds = int(passed.total_seconds())
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
