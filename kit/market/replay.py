"""A market that plays recordings as if they happened now."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from domain.instruments import Instrument
from kit.market.errors import PairNotListed
from kit.market.protocol import Book, Candle, MarketEnded, PublicTrade, Ticker
from kit.market.recordings.ladder import best_prices, levels
from kit.market.recordings.playhead import Playhead
from kit.market.recordings.tape import Tape, tapes_of
from kit.market.recordings.view import DAY, View
from kit.market.timeframes import EPOCH, MICRO, MICROSECOND

HOUR: Final = 3_600 * MICRO


class ReplayMarket:
    """Recorded candles or trades, played in the order of their times, ``speed`` market seconds in each second.

    The recording stands still at ``start`` (by default where every pair has a price) until somebody reads ``ticks``.
    Every recorded price is played, none is skipped: a reader that is too slow for ``speed`` slows the market down. At
    the end prices stay, and ``ticks`` raises ``MarketEnded``. ``now`` is the time of the newest price.

    Nothing is known before it is played: tickers, books, trades and candles end at ``now``, the open candle is made of
    what was played of it. Before ``start`` everything is history. Recorded candles are played as four prices each, see
    ``recordings.path``.

    Args:
        recordings: a CSV or Parquet file for each pair.
        instruments: rules of pairs; for the others the tick is as fine as the recorded prices.
        volume_in_quote: the pairs whose recorded volume is what was paid.
        spread_bps: between bid and ask, in hundredths of a percent of the price.
        monotonic: seconds that never go back.

    Raises:
        BadRecording: naming the file, and the row and the value where it has one.
        ValueError: ``speed`` or ``start`` is out of range.
    """

    source: str = "replay"
    simulated: bool = False

    def __init__(
        self,
        recordings: Mapping[str, Path],
        *,
        speed: float = 1.0,
        start: datetime | None = None,
        instruments: Mapping[str, Instrument] | None = None,
        volume_in_quote: frozenset[str] = frozenset(),
        spread_bps: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if not 0 < speed < float("inf"):
            raise ValueError(f"speed {speed} must be above zero and finite")
        self._tapes = tapes_of(recordings, instruments or {}, volume_in_quote)
        self._places = {pair: place for place, pair in enumerate(self._tapes)}
        self._start = _start(list(self._tapes.values()), start)
        self._end = max(tape.end for tape in self._tapes.values())
        self._playhead = Playhead([tape.ticks["at"] for tape in self._tapes.values()], self._start)
        self._speed = speed
        self._spread_bps = spread_bps
        self._monotonic = monotonic
        self._begun: float | None = None
        self._turn = asyncio.Lock()

    def instruments(self) -> Mapping[str, Instrument]:
        return {pair: tape.instrument for pair, tape in self._tapes.items()}

    def now(self) -> datetime:
        return EPOCH + self._playhead.now * MICROSECOND

    def ticker(self, pair: str) -> Ticker:
        tape, view = self._tape(pair), self._view(pair)
        day = view.period(DAY)
        bid, ask = best_prices(view.last, self._spread_bps)
        return Ticker(
            pair=pair,
            last=tape.price(view.last),
            bid=tape.price(bid),
            ask=tape.price(ask),
            open=tape.price(day.open),
            high=tape.price(day.high),
            low=tape.price(day.low),
            volume=tape.amount(day.volume),
            at=self.now(),
            last_at=EPOCH + view.last_at * MICROSECOND,
        )

    def book(self, pair: str, depth: int) -> Book:
        """Up to twenty levels; the best one holds what was traded at a price in the last hour, on average."""
        tape, view = self._tape(pair), self._view(pair)
        hour = view.period(HOUR)
        amount = max(1, hour.volume // max(1, hour.ticks))
        bid, ask = best_prices(view.last, self._spread_bps)
        return Book(
            pair=pair,
            bids=levels(tape, bid, -1, depth, amount),
            asks=levels(tape, ask, 1, depth, amount),
            at=self.now(),
        )

    def trades(self, pair: str, limit: int) -> list[PublicTrade]:
        """The newest ones, oldest first; a file without sides has a rise bought and a fall sold."""
        return self._view(pair).trades(limit)

    def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        """Oldest first, at most ``limit``; none where nothing was recorded.

        Raises:
            PairNotListed: not one of ``instruments()``.
            TimeframeUnknown: not one of ``TIMEFRAMES``.
            TimeframeTooFine: no multiple of the recorded candles' length.
        """
        first = None if since is None else (since - EPOCH) // MICROSECOND
        return self._view(pair).candles(timeframe, limit, first, include_open=include_open)

    async def ticks(self) -> AsyncIterator[tuple[str, ...]]:
        """Yield the pairs whose price moved, for every recorded price; all readers see each, unless they are busy.

        Raises:
            MarketEnded: everything was played.
        """
        position, seen = self._playhead.position, self._prices()
        while True:
            position = await self._played_past(position)
            prices = self._prices()
            moved = tuple(pair for pair, price in prices.items() if price != seen[pair])
            seen = prices
            if moved:
                yield moved

    async def _played_past(self, position: int) -> int:
        """Play the next price, unless another reader did so since ``position``; return where the recording stands."""
        async with self._turn:  # First come, first served: a waiting reader sees this price before the next one.
            if self._playhead.position == position:
                upcoming = self._playhead.upcoming
                await self._wait_until(self._end if upcoming is None else upcoming)
                if upcoming is None:
                    self._playhead.finish(self._end)
                    raise MarketEnded(f"the recording ended at {self.now()}")
                self._playhead.advance()
            return self._playhead.position

    async def _wait_until(self, at: int) -> None:
        if self._begun is None:
            self._begun = self._monotonic()
        due = self._begun + (at - self._start) / MICRO / self._speed
        # Late or not, others get a turn.
        await asyncio.sleep(max(0.0, due - self._monotonic()))

    def _prices(self) -> dict[str, int]:
        return {pair: self._view(pair).last for pair in self._tapes}

    def _view(self, pair: str) -> View:
        return View(self._tape(pair), self._playhead.played[self._places[pair]], self._playhead.now)

    def _tape(self, pair: str) -> Tape:
        try:
            return self._tapes[pair]
        except KeyError:
            raise PairNotListed(pair, self.source) from None


def _start(tapes: list[Tape], start: datetime | None) -> int:
    """Where to begin, in microseconds since 1970: not before every pair has a price."""
    if not tapes:
        raise ValueError("a replay needs a recording")
    earliest = max(tape.ticks["at"][0] for tape in tapes)
    latest = max(tape.end for tape in tapes)
    begin: int = earliest if start is None else (start - EPOCH) // MICROSECOND
    if not earliest <= begin <= latest:
        first, last = EPOCH + earliest * MICROSECOND, EPOCH + latest * MICROSECOND
        raise ValueError(f"start {start} must be between {first} and {last}, where all pairs have prices")
    return begin
