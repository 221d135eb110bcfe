"""How fast a client may ask, and when its asking is a flood."""

from collections import deque
from collections.abc import Callable
from typing import Final

from pyrate_limiter import Decision, Duration, InMemoryBucket, Rate, RateItem

from kit.gateway.refusals import Ended

Clock = Callable[[], float]


class Pace:
    """So many requests in any second and in any minute; what is refused does not count."""

    def __init__(self, per_second: int, per_minute: int, clock: Clock) -> None:
        self._clock = clock
        self._bucket: Final = InMemoryBucket(rates(per_second, per_minute))

    def spend(self) -> int:
        """Take one request: 0, or after how many milliseconds it would have been taken (exact)."""
        now_ms = int(self._clock() * 1000)
        self._bucket.leak(now_ms)  # By hand: the library's own leaker is a thread.
        decision = self._bucket.put_decision(RateItem("", now_ms))
        assert isinstance(decision, Decision), "a bucket in memory does not make one wait"
        return decision.retry_after_ms or 0

    def give_back(self) -> None:
        """Undo the last ``spend`` that was taken."""
        self._bucket.items.pop()


def rates(per_second: int, per_minute: int) -> list[Rate]:
    """Both rates, or the one that is reached first where the other can never be."""
    second, minute = Rate(per_second, Duration.SECOND), Rate(per_minute, Duration.MINUTE)
    if per_minute <= per_second:
        return [minute]
    return [second] if per_minute >= 60 * per_second else [second, minute]


class Flood:
    """Counts refusals: ``count`` of them within ``window_s`` end the session."""

    def __init__(self, count: int, window_s: float, clock: Clock) -> None:
        self._clock = clock
        self._window_s = window_s
        self._times: deque[float] = deque(maxlen=count)

    def refused(self) -> None:
        """Count one.

        Raises:
            Ended: 1008, at once: to read on would be to serve the flood.
        """
        self._times.append(self._clock())
        full = len(self._times) == self._times.maxlen
        if full and self._times[-1] - self._times[0] < self._window_s:
            raise Ended(1008, "too many requests", cut=True)
