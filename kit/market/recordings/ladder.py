"""The book around a recorded price: a recording has none, so its depth follows from what was traded."""

from typing import Final

from kit.market.protocol import Level
from kit.market.recordings.tape import Tape

LEVELS_MAX: Final = 20
GAP_BPS: Final = 1
BPS: Final = 10_000


def levels(tape: Tape, best: int, direction: int, depth: int, amount: int) -> tuple[Level, ...]:
    """Return one side of the book, at most ``depth`` levels from ``best`` on; ``direction`` is -1 for bids, else 1.

    The best level holds ``amount``, the next twice as much, and so on, a hundredth of a percent apart.
    """
    gap = max(1, best * GAP_BPS // BPS)
    prices = [best + direction * gap * n for n in range(min(depth, LEVELS_MAX))]
    return tuple(Level(tape.price(price), tape.amount(amount * (n + 1))) for n, price in enumerate(prices) if price > 0)


def best_prices(last: int, spread_bps: int) -> tuple[int, int]:
    """Return bid and ask around ``last``: both are ``last`` without a spread, else its half away, rounded outwards."""
    half = -(-last * spread_bps // (2 * BPS))
    return max(1, last - half), last + half
