"""From what happens in the gateway to the metrics."""

from kit.metrics import Code, Metrics


class EdgeObserver:
    """Counts the edge's answers."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def answered(self, method: str, code: Code, seconds: float) -> None:
        self._metrics.command_answered(method, code, seconds)

    def overflowed(self) -> None:
        self._metrics.outbox_overflowed()


class JournalObserver:
    """Measures commits."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def committed(self, *, commands: int, events: int, seconds: float) -> None:
        self._metrics.committed(commands, seconds)
