"""Exchanges, skills and gateway runs as last heard of."""

from domain.events.exchange import ExchangeConnected, ExchangeDisconnected, ExchangeMeasured
from domain.events.gateway import GatewayStarted, GatewayStopped, SkillFailed, SkillLoaded
from projections import health
from tests.projections.logs import log_of


def test_an_exchange_is_as_it_was_last_said_to_be() -> None:
    frame = log_of(
        ExchangeConnected(exchange="binance", latency_ms=45.0),
        ExchangeMeasured(exchange="binance", latency_ms=50.0, clock_offset_ms=-2.0),
        ExchangeConnected(exchange="kraken", latency_ms=80.0),
        ExchangeDisconnected(exchange="kraken", reason="timeout"),
        ExchangeMeasured(exchange="bybit", latency_ms=9.0, clock_offset_ms=None),
    )
    rows = health.read_exchanges(health.fold(health.empty(), frame))
    told = rows.select("exchange", "connected", "latency_ms", "clock_offset_ms", "reason", "seq").rows()
    assert told == [
        ("binance", True, 50.0, -2.0, None, 2),
        ("bybit", True, 9.0, None, None, 5),
        ("kraken", False, 80.0, None, "timeout", 4),
    ]


def test_a_reason_goes_when_the_exchange_comes_back() -> None:
    frame = log_of(
        ExchangeDisconnected(exchange="paper", reason="timeout"),
        ExchangeMeasured(exchange="paper", latency_ms=1.0, clock_offset_ms=None),
        ExchangeConnected(exchange="paper", latency_ms=2.0),
    )
    state = health.empty()
    seen = []
    for row in frame.iter_slices(1):
        state = health.fold(state, row)
        seen.append(health.read_exchanges(state).select("connected", "reason").row(0))
    assert seen == [(False, "timeout"), (False, "timeout"), (True, None)]


def test_starts_stops_and_skills_are_told() -> None:
    frame = log_of(
        GatewayStarted(gateway_version="1.0.0", exchanges=("paper",), simulated=True),
        SkillLoaded(skill="backtester", skill_version="1.0.0"),
        SkillFailed(skill="backtester", reason="no data"),
        SkillLoaded(skill="alert-system", skill_version="1.0.0"),
        GatewayStopped(reason="SIGTERM"),
    )
    state = health.fold(health.empty(), frame)
    assert state.runs.rows.select("started", "gateway_version", "reason").rows() == [
        (True, "1.0.0", None),
        (False, None, "SIGTERM"),
    ]
    assert state.skills.select("skill", "loaded", "reason").rows() == [
        ("alert-system", True, None),
        ("backtester", False, "no data"),
    ]
