"""Small recordings, written by hand."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from kit.market.protocol import MarketEnded
from kit.market.replay import ReplayMarket

# Four minutes of 2022-01-01, from midnight on; the fourth one is missing and the fifth is there.
CANDLES = """\
timestamp,open,high,low,close,volume
2022-01-01T00:00:00Z,100.0,103.0,99.5,102.0,8
2022-01-01T00:01:00Z,102.0,102.5,90.0,95.0,4
2022-01-01T00:02:00Z,95.0,95.0,95.0,95.0,0
2022-01-01T00:04:00Z,96.0,97.0,94.0,96.5,1
"""
TRADES = """\
time,price,qty,side
1640995200000,100.0,1,buy
1640995200500,98.5,2,sell
1640995200500,101.25,0.5,buy
1640995261000,99,4,sell
"""
FAST = 1e9


def at(minute: int, second: int = 0) -> datetime:
    return datetime(2022, 1, 1, 0, minute, second, tzinfo=UTC)


def written(folder: Path, text: str, name: str = "recording.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def played(market: ReplayMarket, pair: str = "BTC/USDT") -> list[tuple[datetime, Decimal]]:
    """Play to the end; return when the price moved, and to what."""
    return [(now, market.ticker(pair).last) async for now, _ in moves(market)]


async def moves(market: ReplayMarket) -> AsyncIterator[tuple[datetime, tuple[str, ...]]]:
    """Play to the end; yield when something moved, and which pairs."""
    ticks = market.ticks()
    while True:
        try:
            pairs = await anext(ticks)
        except MarketEnded:
            return
        yield market.now(), pairs
