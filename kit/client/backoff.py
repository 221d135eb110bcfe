"""How long to wait before the next try."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass


def half_to_whole() -> float:
    return random.uniform(0.5, 1.0)  # noqa: S311 - spreads clients that lost the same gateway; it guards nothing.


@dataclass(frozen=True)
class Backoff:
    """0.5 s, doubling to 30 s, each shortened by up to a half, so that a thousand clients do not come back at once.

    ``jitter`` gives the factor, between 0 and 1.
    """

    first_s: float = 0.5
    limit_s: float = 30.0
    jitter: Callable[[], float] = half_to_whole

    def delays_s(self) -> Iterator[float]:
        """One delay after another, for ever."""
        delay = self.first_s
        while True:
            yield min(delay, self.limit_s) * self.jitter()
            delay = min(delay * 2, self.limit_s)
