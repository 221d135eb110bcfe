"""``kit health``"""

from collections.abc import Iterator

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.figures import duration
from kit.cli.options import json_option
from kit.cli.screen import facts, show
from kit.wire.system import ExchangeHealth, Health


def rendered(health: Health) -> Iterator[RenderableType]:
    yield f"{'Healthy' if health.ok else 'Not healthy'}, up {duration(health.uptime)}"
    yield from (f"Problem: {problem}" for problem in health.problems)
    yield from (f"Warning: {warning}" for warning in health.warnings)
    yield facts(
        [
            *((name, state) for name, state in health.skills.items()),
            *((name, connection(exchange)) for name, exchange in health.exchanges.items()),
            ("log", f"position {health.log.position}, {health.log.lag} behind" if health.log is not None else None),
        ]
    )


def connection(exchange: ExchangeHealth) -> str:
    state = "connected" if exchange.connected else "not connected"
    latency = f", {exchange.latency:g} ms" if exchange.latency is not None else ""
    return f"{state}{latency}{', simulated prices' if exchange.simulated else ''}"


@click.command()
@json_option
@click.pass_obj
def health(endpoint: Endpoint, as_json: bool) -> None:
    """Say how the gateway, its skills and exchanges are."""
    show(ask(endpoint, Health, "health", as_json=as_json), rendered, as_json=as_json, prices=False)
