"""How many requests a watch makes, far below what the gateway lets one client make."""

from collections import deque
from typing import Final

PER_SECOND_MAX: Final = 7  # Of the gateway's 10, so that a retry or two never meets the limit.
PER_MINUTE_MAX: Final = 210  # Of the gateway's 300.


class Budget:
    """Counts requests in any second and in any minute; times are seconds of a clock that never goes back."""

    def __init__(self, per_second: int = PER_SECOND_MAX, per_minute: int = PER_MINUTE_MAX) -> None:
        self._windows: Final = ((per_second, 1.0), (per_minute, 60.0))
        self._times: deque[float] = deque(maxlen=max(per_second, per_minute))

    def wait_s(self, now: float) -> float:
        """How long to wait before the next request; 0 where it may be made at once."""
        free = [self._times[-count] + length_s - now for count, length_s in self._windows if len(self._times) >= count]
        return max(0.0, *free) if free else 0.0

    def spend(self, now: float) -> None:
        self._times.append(now)
