"""When clients placed the orders of the last minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

ORDERS_PER_MINUTE: Final = "maxOrdersPerMinute"
MINUTE: Final = timedelta(minutes=1)


def within_minute(times: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Those of ``times`` that lie less than a minute before ``now``."""
    return tuple(at for at in times if now - at < MINUTE)
