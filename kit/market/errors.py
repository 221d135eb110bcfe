"""What a market cannot answer."""

from datetime import timedelta


class PairNotListed(LookupError):
    """The market has no such pair."""

    def __init__(self, pair: str, source: str) -> None:
        self.pair = pair
        self.source = source
        super().__init__(f"{pair} is not listed on the {source} market")


class TimeframeUnknown(ValueError):
    """``timeframe`` is none of ``TIMEFRAMES``."""

    def __init__(self, timeframe: str) -> None:
        self.timeframe = timeframe
        super().__init__(f"{timeframe!r} is not a timeframe")


class TimeframeTooFine(ValueError):
    """A recording of longer candles does not know what happened inside them."""

    def __init__(self, pair: str, timeframe: str, recorded: timedelta) -> None:
        self.pair = pair
        self.timeframe = timeframe
        self.recorded = recorded
        super().__init__(f"{timeframe} candles of {pair} cannot be made: one was recorded every {recorded}")
