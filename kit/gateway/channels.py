"""Which events a client gets."""

from collections.abc import Mapping, Sequence
from typing import Final

from kit.gateway.refusals import InvalidRequest
from kit.wire.system import Subscriptions as SubscriptionsDocument

EVENTS: Final = (
    "trade:placed",
    "trade:executed",
    "trade:amended",
    "trade:triggered",
    "trade:cancelled",
    "trade:rejected",
    "position:opened",
    "position:closed",
    "market:price",
    "market:candle",
    "alert:triggered",
    "backtest:progress",
    "backtest:complete",
    "exchange:connected",
    "exchange:disconnected",
    "risk:halted",
    "risk:resumed",
)
MARKET: Final = "market"


def group_of(event: str) -> str:
    """``trade:executed`` → ``trade``."""
    return event.partition(":")[0]


# A channel is one event or a group of them.
CHANNELS: Final[Mapping[str, tuple[str, ...]]] = {
    **{group_of(event): tuple(other for other in EVENTS if group_of(other) == group_of(event)) for event in EVENTS},
    **{event: (event,) for event in EVENTS},
}


class Subscriptions:
    """One client's: at first every event but those of the market, which are sent for chosen pairs only."""

    def __init__(self, pairs_max: int) -> None:
        self._pairs_max = pairs_max
        # None stands for all pairs.
        self._pairs: dict[str, frozenset[str] | None] = {event: None for event in EVENTS if group_of(event) != MARKET}

    def wants(self, event: str, pair: str | None) -> bool:
        if event not in self._pairs:
            return False
        pairs = self._pairs[event]
        return pairs is None or pair is None or pair in pairs

    def add(self, channel: str, pairs: Sequence[str] | None) -> None:
        """Send the channel's events: of ``pairs`` beside those chosen before, or of all pairs.

        Raises:
            InvalidRequest: no such channel, too many pairs, or a market channel without pairs.
        """
        events = _events_of(channel)
        if pairs is None and group_of(channel) == MARKET:
            raise InvalidRequest(f"pairs: missing; {channel} is sent for chosen pairs only", field="pairs")
        added = {event: self._with(event, pairs) for event in events}
        self._pairs.update(added)

    def remove(self, channel: str, pairs: Sequence[str] | None) -> None:
        """Send the channel's events no longer: of ``pairs``, or none at all.

        Raises:
            InvalidRequest: no such channel, or ``pairs`` of one that is sent for all pairs.
        """
        events = [event for event in _events_of(channel) if event in self._pairs]
        if pairs is not None and any(self._pairs[event] is None for event in events):
            message = f"pairs: {channel} is sent for all pairs; subscribe to it with the pairs to keep instead"
            raise InvalidRequest(message, field="pairs")
        for event in events:
            kept = (self._pairs[event] or frozenset()) - set(pairs or ())
            if pairs is not None and kept:
                self._pairs[event] = kept
            else:
                del self._pairs[event]

    def document(self) -> SubscriptionsDocument:
        chosen = {event: pairs and sorted(pairs) for event, pairs in sorted(self._pairs.items())}
        return SubscriptionsDocument(channels=chosen)  # type: ignore[arg-type]

    def _with(self, event: str, pairs: Sequence[str] | None) -> frozenset[str] | None:
        if pairs is None:
            return None
        together = (self._pairs.get(event) or frozenset()).union(pairs)
        if len(together) > self._pairs_max:
            raise InvalidRequest(f"pairs: more than {self._pairs_max} of {event}", field="pairs")
        return together


def _events_of(channel: str) -> tuple[str, ...]:
    if channel not in CHANNELS:
        raise InvalidRequest(f"channel: '{channel}' is none of {', '.join(CHANNELS)}", field="channel")
    return CHANNELS[channel]
