"""The counters and gauges behind `/metrics`."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from kit.wire.frames import ErrorCode

Code = Literal["ok"] | ErrorCode
Look = Callable[[], int]

UNKNOWN: Final = "unknown"
BY_METHOD_AND_CODE: Final = ("method", "code")
SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
COMMIT_SECONDS: Final = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5)
COMMANDS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
LAG_SECONDS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Metrics:
    """The numbers of one gateway, in a registry of its own; may be called from any thread.

    ``methods`` are the names that may become labels. Any other is counted as ``unknown``, so that no client makes
    series by inventing names.
    """

    def __init__(self, methods: Iterable[str]) -> None:
        self._methods = frozenset(methods)
        self.registry: Final = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        counter, gauge = partial(Counter, registry=self.registry), partial(Gauge, registry=self.registry)
        histogram = partial(Histogram, registry=self.registry)
        self._commands = counter("kit_commands", "Requests answered, by method and code.", BY_METHOD_AND_CODE)
        self._refusals = counter("kit_refusals", "Requests answered with an error.", BY_METHOD_AND_CODE)
        self._command_seconds = histogram(
            "kit_command_seconds", "From a request's arrival to its answer.", ("method",), buckets=SECONDS
        )
        self._commit_commands = histogram("kit_commit_commands", "Commands in one commit.", buckets=COMMANDS)
        self._commit_seconds = histogram("kit_commit_seconds", "How long a commit took.", buckets=COMMIT_SECONDS)
        self._events = counter("kit_events", "Events written to the log.")
        self._queue_depth = gauge("kit_journal_queue_depth", "Commands that wait for the writer.")
        self._clients = gauge("kit_clients", "Clients connected.")
        self._log_position = gauge("kit_log_position", "Position of the newest event in the log.")
        self._views_lag = gauge("kit_views_lag_events", "Events that the views have not folded yet.")
        self._loop_lag = gauge("kit_loop_lag_last_seconds", "How late the event loop was when last measured.")
        self._loop_lags = histogram("kit_loop_lag_seconds", "How late the event loop was.", buckets=LAG_SECONDS)
        self._outbox_overflows = counter("kit_outbox_overflows", "Clients closed because they read too slowly.")

    def answered(self, method: str, code: Code, seconds: float) -> None:
        """One request was answered, ``seconds`` after it arrived."""
        name = method if method in self._methods else UNKNOWN
        self._commands.labels(name, code).inc()
        self._command_seconds.labels(name).observe(seconds)
        if code != "ok":
            self._refusals.labels(name, code).inc()

    def overflowed(self) -> None:
        """A client was cut off because it read too slowly."""
        self._outbox_overflows.inc()

    def committed(self, *, commands: int, events: int, seconds: float) -> None:
        """One commit wrote the ``events`` that ``commands`` commands decided, and took ``seconds``."""
        self._commit_commands.observe(commands)
        self._commit_seconds.observe(seconds)
        self._events.inc(events)

    def loop_lagged(self, seconds: float) -> None:
        self._loop_lag.set(seconds)
        self._loop_lags.observe(seconds)

    def show(self, *, queue_depth: Look, clients: Look, log_position: Look, views_lag: Look) -> None:
        """Look at these whenever somebody reads the metrics, which is done from another thread."""
        self._queue_depth.set_function(queue_depth)
        self._clients.set_function(clients)
        self._log_position.set_function(log_position)
        self._views_lag.set_function(views_lag)
