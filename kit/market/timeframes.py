"""Where candles begin: on multiples of their length, weeks on Mondays, all in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

from kit.market.errors import TimeframeUnknown
from kit.market.protocol import TIMEFRAMES

FIRST_MONDAY: Final = 4 * 86_400  # 1970-01-05; the epoch itself was a Thursday.
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
MICROSECOND: Final = timedelta(microseconds=1)
MICRO: Final = 1_000_000  # Microseconds in a second.


def seconds_of(timeframe: str) -> int:
    """Return the length of one candle.

    Raises:
        TimeframeUnknown: none of ``TIMEFRAMES``.
    """
    try:
        return TIMEFRAMES[timeframe]
    except KeyError:
        raise TimeframeUnknown(timeframe) from None


def opening(second: int, length: int) -> int:
    """Return when the candle that holds ``second`` opened; both are seconds since 1970, as is the answer."""
    return second - (second - FIRST_MONDAY) % length if length == TIMEFRAMES["1w"] else second - second % length


def openings(length: int, now: int, limit: int, since: int | None, *, include_open: bool) -> range:
    """Return when the candles asked for open, oldest first: the newest ``limit``, or the first ones from ``since`` on.

    ``now``, ``since`` and the answer are seconds since 1970, ``length`` is the seconds of one candle.
    """
    newest = opening(now, length) - (0 if include_open else length)
    if since is None:
        return range(newest - (limit - 1) * length, newest + 1, length)
    first = opening(since + length - 1, length)
    return range(first, min(newest, first + (limit - 1) * length) + 1, length)


def epoch_second(at: datetime) -> int:
    """Whole seconds since 1970, rounded down."""
    return (at - EPOCH) // SECOND


def epoch_second_up(at: datetime) -> int:
    """Whole seconds since 1970, rounded up."""
    return -((EPOCH - at) // SECOND)


def moment(second: int) -> datetime:
    return EPOCH + timedelta(seconds=second)
