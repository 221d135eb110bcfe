"""What one connection may still ask."""

from kit.gateway.pace import Flood, Pace
from kit.gateway.parts import Parts, S
from kit.gateway.refusals import RateLimited


class Allowance:
    """The pace of one connection, and of its address; and the end of a client that does not heed them."""

    def __init__(self, parts: Parts[S], address: str) -> None:
        limits = parts.limits
        self._paces: list[Pace] = [parts.pace()]
        if (shared := parts.ip_pace(address)) is not None:
            self._paces.append(shared)
        self._flood = Flood(limits.refusals_max, limits.refusals_window_s, parts.clock)

    def spend(self) -> None:
        """Take one request.

        Raises:
            RateLimited: says when it would be taken.
            Ended: the client was told so too often.
        """
        for place, pace in enumerate(self._paces):
            if wait_ms := pace.spend():
                for earlier in self._paces[:place]:
                    earlier.give_back()  # A refused request does not count.
                self._flood.refused()
                raise RateLimited("too many requests", wait_ms)

    def unasked(self) -> None:
        """Take a frame that asks for nothing: it costs nothing, unless it comes in a flood."""
        self._flood.refused()
