"""What is known of one recording at a moment: nothing here looks past it."""

from datetime import datetime
from typing import Final, NamedTuple

import polars as pl

from domain.events.terms import Side
from kit.market.protocol import TIMEFRAMES, Candle, PublicTrade
from kit.market.recordings.bars import bars_of_ticks
from kit.market.recordings.tape import Tape
from kit.market.timeframes import EPOCH, MICRO, MICROSECOND, opening

DAY: Final = 86_400 * MICRO


class Day(NamedTuple):
    """24 hours in units of the tape: ``open`` is the price where they began, or the first one after."""

    open: int
    high: int
    low: int
    volume: int
    ticks: int


class View:
    """``tape`` after its first ``count`` ticks (at least one), at ``now`` in microseconds since 1970."""

    def __init__(self, tape: Tape, count: int, now: int) -> None:
        self._tape = tape
        self._count = count
        self._now = now

    @property
    def last(self) -> int:
        """The last price in units."""
        price: int = self._tape.ticks["price"][self._count - 1]
        return price

    @property
    def last_at(self) -> int:
        """When that price was made, in microseconds since 1970."""
        at: int = self._tape.ticks["at"][self._count - 1]
        return at

    def period(self, length: int) -> Day:
        """Sum up the last ``length`` microseconds; the price at their beginning counts, its volume does not."""
        ticks = self._tape.ticks
        first = int(ticks["at"].search_sorted(self._now - length, side="right"))
        before = max(0, first - 1)
        prices = ticks["price"].slice(before, self._count - before)
        high, low = prices.max(), prices.min()
        assert isinstance(high, int)
        assert isinstance(low, int)
        volume = int(ticks["amount"].slice(first, self._count - first).sum())
        return Day(prices[0], high, low, volume, self._count - first)

    def trades(self, limit: int) -> list[PublicTrade]:
        """The newest ``limit`` ticks that had a volume, oldest first."""
        first = max(0, self._count - limit)
        before = max(0, first - 1)
        rows = self._tape.ticks.slice(before, self._count - before).with_row_index("row", offset=before)
        recorded = pl.col("side") if "side" in rows.columns else pl.lit(None)
        rising = pl.when(pl.col("price").diff() < 0).then(pl.lit("sell")).otherwise(pl.lit("buy"))
        sided = rows.with_columns(side=pl.coalesce(recorded, rising))
        kept = sided.filter((pl.col("row") >= first) & (pl.col("amount") > 0))
        return [self._trade(*row) for row in kept.select("row", "at", "price", "amount", "side").iter_rows()]

    def candles(self, timeframe: str, limit: int, since: int | None, *, include_open: bool) -> list[Candle]:
        """Oldest first, at most ``limit``: the newest ones, or those from ``since`` on (microseconds since 1970)."""
        bars = self._tape.bars(timeframe)
        length = TIMEFRAMES[timeframe] * MICRO
        closed = int(bars["at"].search_sorted(self._now - length, side="right"))
        known = bars.head(closed)
        if include_open:
            known = pl.concat([known, self._open(TIMEFRAMES[timeframe])])
        if since is None:
            wanted = known.tail(limit)
        else:
            wanted = known.slice(int(known["at"].search_sorted(since, side="left")), limit)
        return [self._candle(*row) for row in wanted.iter_rows()]

    def _open(self, seconds: int) -> pl.DataFrame:
        """The candle that is still open, of what was played of it; no row where that is nothing."""
        opened = opening(self._now // MICRO, seconds) * MICRO
        ticks = self._tape.ticks
        first = int(ticks["at"].search_sorted(opened, side="left"))
        return bars_of_ticks(ticks.slice(first, max(0, self._count - first)), seconds * MICRO)

    def _candle(self, at: int, first: int, high: int, low: int, last: int, volume: int) -> Candle:
        opened, highest, lowest, closed = map(self._tape.price, (first, high, low, last))
        return Candle(_moment(at), opened, highest, lowest, closed, self._tape.amount(volume))

    def _trade(self, row: int, at: int, price: int, amount: int, side: Side) -> PublicTrade:
        return PublicTrade(
            trade_id=str(row),
            pair=self._tape.pair,
            price=self._tape.price(price),
            amount=self._tape.amount(amount),
            side=side,
            at=_moment(at),
        )


def _moment(at: int) -> datetime:
    return EPOCH + at * MICROSECOND
