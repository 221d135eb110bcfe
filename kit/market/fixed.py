"""A market whose prices stand still until they are set: for tests, demonstrations and a first look."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple
from weakref import WeakSet

from domain.instruments import Instrument
from domain.money import EXACT, ZERO, floor_to, is_multiple
from kit.market.errors import PairNotListed
from kit.market.listings import LISTINGS, unlisted
from kit.market.protocol import HALF, Book, Candle, Level, PublicTrade, Ticker
from kit.market.timeframes import epoch_second, epoch_second_up, moment, openings, seconds_of

DEPTH: Final = Decimal(1_000_000)
DAY: Final = timedelta(days=1)
SETTINGS_KEPT: Final = 10_000


class Setting(NamedTuple):
    """Since when a price stands; ``number`` counts the settings of all pairs."""

    at: datetime
    price: Decimal
    number: int


class Changes:
    """What one reader of ``ticks`` has not seen yet."""

    def __init__(self) -> None:
        self.pairs: dict[str, None] = {}
        self.some = asyncio.Event()


class FixedMarket:
    """Prices that stay until ``set_price``; before they were first set they are taken to have been the same.

    Each setting counts as one trade of the smallest amount. The book has one level on each side, with ``depth`` in
    base, ``spread`` (in quote) apart: bid and ask are exactly the price without one. What orders take of it is back
    with the next setting. Pairs that are not among ``LISTINGS`` or ``instruments`` get ticks and lots of 10^-8.

    Raises:
        ValueError: a price is not above zero or not on its tick.
    """

    source: str = "fixed"
    simulated: bool = True

    def __init__(
        self,
        prices: Mapping[str, Decimal],
        clock: Callable[[], datetime],
        *,
        instruments: Mapping[str, Instrument] | None = None,
        spread: Decimal = ZERO,
        depth: Decimal = DEPTH,
    ) -> None:
        known = {**LISTINGS, **(instruments or {})}
        self._instruments = {pair: known.get(pair) or unlisted(pair) for pair in prices}
        self._clock = clock
        self._spread = spread
        self._depth = depth
        self._settings: dict[str, list[Setting]] = {pair: [] for pair in prices}
        self._set_count = 0
        self._readers: WeakSet[Changes] = WeakSet()
        for pair, price in prices.items():
            self.set_price(pair, price)

    def set_price(self, pair: str, price: Decimal) -> None:
        """From now on ``pair`` costs ``price``; call it on the event loop that reads ``ticks``.

        Raises:
            PairNotListed: it had no price at the beginning.
            ValueError: ``price`` is not above zero or not on the tick.
        """
        settings = self._of(pair)
        tick = self._instruments[pair].price_tick
        if not price.is_finite() or price <= 0 or not is_multiple(price, tick):
            raise ValueError(f"price {price} of {pair} must be above zero and a multiple of {tick}")
        self._set_count += 1
        settings.append(Setting(self._clock(), price, self._set_count))
        del settings[:-SETTINGS_KEPT]
        for reader in self._readers:
            reader.pairs[pair] = None
            reader.some.set()

    def instruments(self) -> Mapping[str, Instrument]:
        return self._instruments

    def now(self) -> datetime:
        return self._clock()

    def ticker(self, pair: str) -> Ticker:
        now = self._clock()
        bid, ask = self._bid_ask(pair)
        day = self._between(pair, now - DAY, None)
        prices = [setting.price for setting in day]
        return Ticker(
            pair=pair,
            last=prices[-1],
            bid=bid,
            ask=ask,
            open=prices[0],
            high=max(prices),
            low=min(prices),
            volume=self._volume(pair, now - DAY, None),
            at=now,
        )

    def book(self, pair: str, depth: int) -> Book:
        """One level a side, none for a ``depth`` of zero; ``at`` is when the price was set."""
        bid, ask = self._bid_ask(pair)
        return Book(
            pair=pair,
            bids=(Level(bid, self._depth),)[:depth],
            asks=(Level(ask, self._depth),)[:depth],
            at=self._of(pair)[-1].at,
        )

    def trades(self, pair: str, limit: int) -> list[PublicTrade]:
        """The newest settings, oldest first."""
        settings = self._of(pair)
        return [self._trade(pair, setting) for setting in settings[max(0, len(settings) - limit) :]]

    def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        """Oldest first, at most ``limit``: the newest ones, or those from ``since`` on, as far back as is asked for."""
        length, now = seconds_of(timeframe), epoch_second(self._clock())
        first = None if since is None else epoch_second_up(since)
        self._of(pair)
        return [
            self._candle(pair, moment(opened), moment(opened + length))
            for opened in openings(length, now, limit, first, include_open=include_open)
        ]

    def ticks(self) -> AsyncIterator[tuple[str, ...]]:
        """Yield the pairs that were set since the last yield, and since this call; never ends."""
        changes = Changes()
        self._readers.add(changes)
        return _follow(changes)

    def _of(self, pair: str) -> list[Setting]:
        try:
            return self._settings[pair]
        except KeyError:
            raise PairNotListed(pair, self.source) from None

    def _bid_ask(self, pair: str) -> tuple[Decimal, Decimal]:
        price = self._of(pair)[-1].price
        tick = self._instruments[pair].price_tick
        bid = floor_to(EXACT.subtract(price, EXACT.multiply(self._spread, HALF)), tick)
        return bid, EXACT.add(bid, self._spread)

    def _between(self, pair: str, start: datetime, end: datetime | None) -> list[Setting]:
        """The setting that stood at ``start``, and those after it, before ``end``."""
        settings = self._of(pair)
        first = bisect_right(settings, start, key=lambda setting: setting.at)
        later = [setting for setting in settings[max(1, first) :] if end is None or setting.at < end]
        return [settings[max(0, first - 1)], *later]

    def _volume(self, pair: str, start: datetime, end: datetime | None) -> Decimal:
        made = [setting for setting in self._between(pair, start, end) if setting.at >= start]
        return (
            len([setting for setting in made if end is None or setting.at < end]) * self._instruments[pair].amount_min
        )

    def _candle(self, pair: str, opened: datetime, end: datetime) -> Candle:
        prices = [setting.price for setting in self._between(pair, opened, end)]
        return Candle(opened, prices[0], max(prices), min(prices), prices[-1], self._volume(pair, opened, end))

    def _trade(self, pair: str, setting: Setting) -> PublicTrade:
        return PublicTrade(
            trade_id=str(setting.number),
            pair=pair,
            price=setting.price,
            amount=self._instruments[pair].amount_min,
            side="buy",
            at=setting.at,
        )


async def _follow(changes: Changes) -> AsyncIterator[tuple[str, ...]]:
    while True:
        await changes.some.wait()
        moved = tuple(changes.pairs)
        changes.pairs.clear()
        changes.some.clear()
        yield moved
