"""Prices: last, bid and ask, the change in a day, and what was seen of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rich.text import Text

from kit.cli.figures import NONE, percent, price
from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.model import Model, Quote
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import styled, trend

COLUMNS: Final = (
    Column("Pair"),
    Column("Last", right=True),
    Column("24 h", rank=1, right=True),
    Column("Bid", rank=3, right=True),
    Column("Ask", rank=3, right=True),
    Column("Seen", rank=2),
)
HEIGHTS: Final = "▁▂▃▄▅▆▇█"
# How many bars a sparkline has in a panel of so many cells or more.
BARS: Final = ((120, 60), (60, 12), (0, 6))


def prices(model: Model, room: Room) -> list[Text]:
    bars = next(count for least, count in BARS if room.width >= least)
    asked_for = {*model.chosen, *model.concerned}
    shown = [pair for pair in model.pairs if pair in model.quotes or pair in asked_for]
    known = bool(shown) or model.portfolio is not None
    none = _("none yet; name some: kit watch PAIR")
    return room.table(COLUMNS, shown if known else None, lambda pair: row(pair, model.quotes.get(pair), bars), none)


def row(pair: str, quote: Quote | None, bars: int) -> list[Text]:
    if quote is None:
        return [styled(pair), *(styled(NONE) for _ in COLUMNS[1:])]
    now, colour = quote.now, trend(quote.rise)
    arrow = "▲" if quote.rise > 0 else "▼" if quote.rise < 0 else " "
    return [
        styled(pair, "bold"),
        styled(f"{price(now.price)} {arrow}", colour),
        styled(percent(now.change), trend(now.change)),
        styled(price(now.bid)),
        styled(price(now.ask)),
        styled(sparkline(quote.seen[-bars:]), colour),
    ]


def sparkline(seen: Sequence[Decimal]) -> str:
    """A bar for each price, the lowest of them at the bottom and the highest at the top."""
    low, high = min(seen), max(seen)
    if low == high:
        return HEIGHTS[0] * len(seen)
    return "".join(HEIGHTS[int((each - low) / (high - low) * (len(HEIGHTS) - 1))] for each in seen)
