"""What `/metrics` and `/healthz` show, and that no client can make them grow."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from kit.metrics import Metrics, health_page, measure_loop_lag, metrics_page
from kit.wire.system import Health

METHODS = ("trade.execute", "ping")


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def serving(path: str, handler: Any) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    app.router.add_get(path, handler)
    return TestClient(TestServer(app))


def test_answers_are_counted_by_method_and_code_and_errors_as_refusals_too() -> None:
    metrics = Metrics(METHODS)
    metrics.answered("trade.execute", "ok", 0.002)
    metrics.answered("trade.execute", "INSUFFICIENT_FUNDS", 0.001)
    assert value(metrics, "kit_commands_total", method="trade.execute", code="ok") == 1
    assert value(metrics, "kit_commands_total", method="trade.execute", code="INSUFFICIENT_FUNDS") == 1
    assert value(metrics, "kit_refusals_total", method="trade.execute", code="INSUFFICIENT_FUNDS") == 1
    assert value(metrics, "kit_refusals_total", method="trade.execute", code="ok") is None
    assert value(metrics, "kit_command_seconds_count", method="trade.execute") == 2


def test_a_commit_is_measured_in_commands_and_seconds() -> None:
    metrics = Metrics(METHODS)
    metrics.committed(commands=7, events=9, seconds=0.0004)
    assert value(metrics, "kit_commit_commands_bucket", le="5.0") == 0
    assert value(metrics, "kit_commit_commands_bucket", le="10.0") == 1
    assert value(metrics, "kit_commit_seconds_bucket", le="0.0005") == 1
    assert value(metrics, "kit_events_total") == 9


def test_gauges_show_what_is_there_when_somebody_looks() -> None:
    metrics = Metrics(METHODS)
    now = {"journal_queue_depth": 0, "clients": 1, "log_position": 0, "views_lag_events": 0}
    metrics.show(
        queue_depth=lambda: now["journal_queue_depth"],
        clients=lambda: now["clients"],
        log_position=lambda: now["log_position"],
        views_lag=lambda: now["views_lag_events"],
    )
    now |= {"journal_queue_depth": 3, "clients": 2, "log_position": 42, "views_lag_events": 5}
    assert {name: value(metrics, f"kit_{name}") for name in now} == now


def test_how_late_the_loop_is_and_who_reads_too_slowly_are_counted() -> None:
    metrics = Metrics(METHODS)
    metrics.loop_lagged(0.02)
    metrics.overflowed()
    assert value(metrics, "kit_loop_lag_last_seconds") == 0.02
    assert value(metrics, "kit_loop_lag_seconds_count") == 1
    assert value(metrics, "kit_outbox_overflows_total") == 1


def test_methods_that_do_not_exist_share_one_label() -> None:
    metrics = Metrics(METHODS)
    for number in range(1_000):
        metrics.answered(f'evil"{number}\n', "NOT_FOUND", 0.001)
    (commands,) = (family for family in metrics.registry.collect() if family.name == "kit_commands")
    assert {sample.labels["method"] for sample in commands.samples} == {"unknown"}
    assert value(metrics, "kit_commands_total", method="unknown", code="NOT_FOUND") == 1_000


def test_two_gateways_in_one_process_count_apart() -> None:
    one, other = Metrics(METHODS), Metrics(METHODS)
    one.overflowed()
    assert [value(metrics, "kit_outbox_overflows_total") for metrics in (one, other)] == [1, 0]


async def test_the_metrics_page_is_prometheus_text() -> None:
    metrics = Metrics(METHODS)
    metrics.answered("ping", "ok", 0.001)
    async with serving("/metrics", metrics_page(metrics)) as client:
        answer = await client.get("/metrics")
        text = await answer.text()
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert 'kit_commands_total{code="ok",method="ping"} 1.0' in text.splitlines()


async def test_the_metrics_page_is_open_metrics_for_who_asks_for_it() -> None:
    accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
    async with serving("/metrics", metrics_page(Metrics(METHODS))) as client:
        answer = await client.get("/metrics", headers=accept)
        text = await answer.text()
    assert answer.content_type == "application/openmetrics-text"
    assert text.endswith("# EOF\n")


@pytest.mark.parametrize(("problems", "status"), [((), 200), (("the log is read-only",), 503)])
async def test_the_health_page_answers_503_where_something_does_not_work(
    problems: tuple[str, ...], status: int
) -> None:
    health = Health(ok=not problems, uptime=7, skills={"auto-trader": "healthy"}, exchanges={}, problems=problems)
    async with serving("/healthz", health_page(lambda: health)) as client:
        answer = await client.get("/healthz")
        document = await answer.json()
    assert (answer.status, answer.content_type) == (status, "application/json")
    assert (document["ok"], document["uptime"], document.get("problems", [])) == (not problems, 7, list(problems))


async def test_a_loop_that_is_held_up_is_seen_to_lag() -> None:
    lags: asyncio.Queue[float] = asyncio.Queue()
    measuring = asyncio.create_task(measure_loop_lag(lags.put_nowait, interval_s=0.001))
    await asyncio.sleep(0)
    time.sleep(0.05)  # noqa: ASYNC251 - holding the loop up is the point.
    assert await lags.get() >= 0.04
    measuring.cancel()
