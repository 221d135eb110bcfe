"""What happens between the gateway and one exchange."""

from domain.events.base import Event


class ExchangeConnected(Event, frozen=True, kw_only=True):
    """The exchange answers; ``latency_ms`` is the round trip then."""

    exchange: str
    latency_ms: float


class ExchangeDisconnected(Event, frozen=True, kw_only=True):
    """The exchange no longer answers."""

    exchange: str
    reason: str


class ExchangeMeasured(Event, frozen=True, kw_only=True):
    """Round trip and, where the exchange tells its time, how far its clock is ahead of ours (signed)."""

    exchange: str
    latency_ms: float
    clock_offset_ms: float | None
