"""Whether an exchange answers is known at once, and in the log whenever it changes."""

from pathlib import Path

from structlog.testing import capture_logs

from domain.streams import exchange_stream
from kit.exchanges.protocol import ExchangeError
from kit.trading.monitor import Connection, Monitor
from tests.kit.trading.floor import fixed_market, floor
from tests.kit.trading.scripted_exchange import ScriptedExchange


class Flickering(ScriptedExchange):
    """Answers, or not, as it is set."""

    answers = True

    async def ping(self) -> float:
        if not self.answers:
            raise ExchangeError("no answer in 10 s")
        return 12.5


async def test_it_is_logged_when_an_exchange_begins_or_ceases_to_answer(tmp_path: Path) -> None:
    exchange = Flickering(fixed_market())
    async with floor(tmp_path, exchange) as on:
        monitor = Monitor({"paper": exchange}, on.journal)
        with capture_logs() as logged:
            for answers in (True, True, False, False, True):
                exchange.answers = answers
                await monitor.ping_all()
    assert {entry["exchange"] for entry in logged} == {"paper"}
    assert [(entry["log_level"], entry["event"]) for entry in logged] == [
        ("info", "exchange connected"),
        ("info", "exchange disconnected"),
        ("info", "exchange connected"),
    ]


async def test_only_changes_are_written_and_a_round_trip_when_it_is_asked_for(tmp_path: Path) -> None:
    exchange = Flickering(fixed_market())
    async with floor(tmp_path, exchange) as on:
        monitor = Monitor({"paper": exchange}, on.journal)
        assert monitor.connections == {"paper": Connection(connected=False, latency_ms=None)}
        seen = []
        for answers, measure in (
            (True, False),
            (True, False),
            (True, True),
            (False, True),
            (False, False),
            (True, False),
        ):
            exchange.answers = answers
            await monitor.ping_all(measure=measure)
            seen.append(monitor.connections["paper"].latency_ms)
        topics = [type(entry.event).__name__ for entry in on.log.read_stream(exchange_stream("paper"))]
    assert seen == [12.5, 12.5, 12.5, None, None, 12.5]
    assert topics == ["ExchangeConnected", "ExchangeMeasured", "ExchangeDisconnected", "ExchangeConnected"]
