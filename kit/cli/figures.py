"""Numbers and times as people read them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from domain.money import ROUNDING

NONE: Final = "–"
CENT: Final = Decimal("0.01")
SMALL_DIGITS: Final = 4


def exact(number: Decimal | None) -> str:
    """Every digit, no separators: ``0.00148698``."""
    return NONE if number is None else f"{number:f}"


def price(number: Decimal | None) -> str:
    """Every digit, at least two behind the point: ``67,250.00``, ``0.00001234``."""
    if number is None:
        return NONE
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return f"{number:,.{max(2, -exponent)}f}"


def about(number: Decimal) -> str:
    """Two digits behind the point, more where they would say nothing: ``1,750.00``, ``0.00001234``."""
    if number == 0 or abs(number) >= CENT:
        return f"{ROUNDING.quantize(number, CENT):,f}"
    return f"{number:.{SMALL_DIGITS - number.adjusted() - 1}f}"


def usd(value: float | None) -> str:
    return NONE if value is None else f"{round(value, 2) + 0.0:,.2f}"  # Adding zero takes the minus from -0.00.


def percent(value: float | None) -> str:
    return NONE if value is None else f"{value:+.2f} %"


def distance(percent: Decimal) -> str:
    """How far off in percent, every digit: ``2.5 %``."""
    return f"{percent:f} %"


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def moment_ms(milliseconds: int) -> str:
    """A market time, given in milliseconds since the epoch."""
    return moment(datetime.fromtimestamp(milliseconds / 1000, UTC))


def duration(seconds: int) -> str:
    """``3 h 5 min``, ``42 s``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
