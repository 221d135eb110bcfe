"""A market that needs no network: every price is computed from the seed, the pair and the time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from domain.events.terms import Side
from domain.instruments import Instrument
from kit.market.errors import PairNotListed
from kit.market.protocol import Book, Candle, PublicTrade, Ticker
from kit.market.simulation.ladder import best_prices, levels
from kit.market.simulation.noise import fractions
from kit.market.simulation.pairs import Pair, simulated_pairs
from kit.market.simulation.scales import ORIGIN
from kit.market.timeframes import EPOCH, SECOND, epoch_second, epoch_second_up, moment, openings, seconds_of

DAY_SECONDS: Final = 86_400
CADENCE: Final = timedelta(seconds=1)


class SimulatedMarket:
    """Prices that nobody paid, the same for one seed on every machine and after every restart.

    There is one price a second, from 2016-12-26 on, and one trade at it. Candles of any timeframe, the ticker, the
    trades and the book are all read from that path, so they agree to the last digit.
    A ticker or a book is that of the second, and says so in its ``at``.
    """

    source: str = "simulated"
    simulated: bool = True

    def __init__(self, seed: int, clock: Callable[[], datetime], *, cadence: timedelta = CADENCE) -> None:
        self._seed = seed
        self._clock = clock
        self._cadence = cadence
        self._pairs = simulated_pairs(seed)
        self._instruments = {name: pair.instrument for name, pair in self._pairs.items()}

    def instruments(self) -> Mapping[str, Instrument]:
        return self._instruments

    def now(self) -> datetime:
        return self._clock()

    def ticker(self, pair: str) -> Ticker:
        second, found = self._second(self._clock()), self._pair(pair)
        day = found.quote.bar(found.path.cover(max(0, second + 1 - DAY_SECONDS), second + 1))
        bid, ask = best_prices(found, self._name(found, second), day.close, self._side(found, second))
        return Ticker(
            pair=pair,
            last=found.price(day.close),
            bid=found.price(bid),
            ask=found.price(ask),
            open=found.price(day.open),
            high=found.price(day.high),
            low=found.price(day.low),
            volume=found.amount(day.volume),
            at=moment(ORIGIN + second),
        )

    def book(self, pair: str, depth: int) -> Book:
        second, found = self._second(self._clock()), self._pair(pair)
        name = self._name(found, second)
        bid, ask = best_prices(found, name, _price(found, second), self._side(found, second))
        return Book(
            pair=pair,
            bids=levels(found, name, bid, -1, depth),
            asks=levels(found, name, ask, 1, depth),
            at=moment(ORIGIN + second),
        )

    def trades(self, pair: str, limit: int) -> list[PublicTrade]:
        """One trade a second, oldest first, the newest ``limit`` of them."""
        found, newest = self._pair(pair), self._second(self._clock())
        return [self._trade(found, second) for second in range(max(0, newest + 1 - limit), newest + 1)]

    def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        """Oldest first, at most ``limit``: the newest ones, or those from ``since`` on; none before 2016-12-26.

        Raises:
            PairNotListed: not one of ``instruments()``.
            TimeframeUnknown: not one of ``TIMEFRAMES``.
        """
        found, length = self._pair(pair), seconds_of(timeframe)
        now = epoch_second(self._clock())
        first = None if since is None else max(ORIGIN, epoch_second_up(since))
        opened = openings(length, now, limit, first, include_open=include_open)
        return [_candle(found, at, min(at + length, now + 1)) for at in opened if at >= ORIGIN]

    async def ticks(self) -> AsyncIterator[tuple[str, ...]]:
        """Yield, once in ``cadence``, the pairs whose price moved since the last yield; never ends."""
        seen = self._prices()
        while True:
            await asyncio.sleep(self._cadence.total_seconds())
            prices = self._prices()
            moved = tuple(pair for pair, price in prices.items() if price != seen[pair])
            seen = prices
            if moved:
                yield moved

    def _prices(self) -> dict[str, int]:
        second = self._second(self._clock())
        return {name: _price(pair, second) for name, pair in self._pairs.items()}

    def _trade(self, pair: Pair, second: int) -> PublicTrade:
        tick = pair.path.tick(second)
        return PublicTrade(
            trade_id=str(ORIGIN + second),
            pair=pair.instrument.pair,
            price=pair.price(pair.quote.price(tick.points[0])),
            amount=pair.amount(tick.volumes[pair.quote.volume]),
            side=self._side(pair, second),
            at=moment(ORIGIN + second),
        )

    def _side(self, pair: Pair, second: int) -> Side:
        """Who took the trade of this second: a rise was bought, a fall was sold."""
        price, before = _price(pair, second), _price(pair, max(0, second - 1))
        if price != before:
            return "buy" if price > before else "sell"
        (draw,) = fractions(f"{self._name(pair, second)}|side", 1)
        return "buy" if draw < 0.5 else "sell"

    def _name(self, pair: Pair, second: int) -> str:
        return f"{self._seed}|{pair.instrument.pair}|{second}"

    def _pair(self, name: str) -> Pair:
        try:
            return self._pairs[name]
        except KeyError:
            raise PairNotListed(name, self.source) from None

    def _second(self, at: datetime) -> int:
        """Seconds since the path began.

        Raises:
            ValueError: the clock stands before that.
        """
        second = epoch_second(at) - ORIGIN
        if second < 0:
            raise ValueError(f"the simulated market begins at {EPOCH + ORIGIN * SECOND}, the clock says {at}")
        return second


def _price(pair: Pair, second: int) -> int:
    return pair.quote.price(pair.path.tick(second).points[0])


def _candle(pair: Pair, opened: int, end: int) -> Candle:
    """Sum up the seconds from ``opened`` to before ``end``, both since 1970."""
    bar = pair.quote.bar(pair.path.cover(opened - ORIGIN, end - ORIGIN))
    return Candle(
        opened_at=moment(opened),
        open=pair.price(bar.open),
        high=pair.price(bar.high),
        low=pair.price(bar.low),
        close=pair.price(bar.close),
        volume=pair.amount(bar.volume),
    )
