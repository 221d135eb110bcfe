"""The book around a simulated price: what could be bought and sold in that second."""

from collections.abc import Sequence
from typing import Final

from domain.events.terms import Side
from kit.market.protocol import Level
from kit.market.simulation.noise import fractions
from kit.market.simulation.pairs import Pair

LEVELS_MAX: Final = 100  # The book is finite: what is left of a larger order finds no one.
GAP: Final = 0.000_05  # Between two levels near the top, as a fraction of the price.
GAP_GROWTH: Final = 0.25
SECONDS_ON_TOP: Final = 2  # The best level holds about what is traded in so many seconds of a usual day.
AMOUNT_GROWTH: Final = 0.3
DAY_SECONDS: Final = 86_400


def best_prices(pair: Pair, name: str, last: int, side: Side) -> tuple[int, int]:
    """Return bid and ask in ticks: ``last`` is the ask where a buyer took it, else the bid."""
    (draw,) = fractions(f"{name}|spread", 1)
    spread = max(1, round(last * pair.turnover.spread * (0.5 + draw)))
    return (max(1, last - spread), last) if side == "buy" and last > 1 else (last, last + spread)


def levels(pair: Pair, name: str, best: int, direction: int, depth: int) -> tuple[Level, ...]:
    """Return one side of the book, at most ``depth`` levels from ``best`` on; ``direction`` is -1 for bids, else 1."""
    count = min(depth, LEVELS_MAX)
    draws = fractions(f"{name}|book|{direction}", 2 * LEVELS_MAX)
    prices = _prices(best, direction, draws[:count])
    on_top = pair.turnover.daily * SECONDS_ON_TOP / DAY_SECONDS
    amounts = [
        1 + int(on_top * (1 + AMOUNT_GROWTH * n) * (0.3 + 1.4 * draw))
        for n, draw in enumerate(draws[LEVELS_MAX : LEVELS_MAX + count])
    ]
    pairs = zip(prices, amounts, strict=True)
    return tuple(Level(pair.price(price), pair.amount(amount)) for price, amount in pairs if price > 0)


def _prices(best: int, direction: int, draws: Sequence[float]) -> list[int]:
    prices, price = [], best
    for n, draw in enumerate(draws):
        prices.append(price)
        price += direction * max(1, round(best * GAP * (1 + GAP_GROWTH * n) * 2 * draw))
    return prices
