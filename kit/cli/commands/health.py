"""``kit health``"""

from collections.abc import Iterator

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.figures import duration
from kit.cli.language import text as _
from kit.cli.options import json_option
from kit.cli.page import Example, Page
from kit.cli.screen import facts, show
from kit.wire.system import ExchangeHealth, Health, LogHealth


def rendered(health: Health) -> Iterator[RenderableType]:
    up = duration(health.uptime)
    yield _("Healthy, up {duration}", duration=up) if health.ok else _("Not healthy, up {duration}", duration=up)
    yield from (_("Problem: {problem}", problem=problem) for problem in health.problems)
    yield from (_("Warning: {warning}", warning=warning) for warning in health.warnings)
    yield facts(
        [
            *((name, _(state)) for name, state in health.skills.items()),
            *((name, connection(exchange)) for name, exchange in health.exchanges.items()),
            (_("log"), None if health.log is None else reading(health.log)),
        ]
    )


def reading(log: LogHealth) -> str:
    return _("position {position}, {lag} behind", position=log.position, lag=log.lag)


def connection(exchange: ExchangeHealth) -> str:
    said = [_("connected") if exchange.connected else _("not connected")]
    if exchange.latency is not None:
        said.append(f"{exchange.latency:g} ms")
    if exchange.simulated:
        said.append(_("simulated prices"))
    return ", ".join(said)


@click.command(
    cls=Page,
    see_also=("status",),
    examples=(
        Example("kit health", "Is everything as it should be?"),
        Example("kit health --json", "For a monitor that reads the field ok:"),
    ),
)
@json_option
@click.pass_obj
def health(endpoint: Endpoint, as_json: bool) -> None:
    """Say how the gateway, its skills and exchanges are.

    It names what does not work, and warns of risky settings. A gateway that is not healthy answers all the same, so the
    exit code is 0 then too: it says that there was an answer, not that it was a good one.
    """
    show(ask(endpoint, Health, "health", as_json=as_json), rendered, as_json=as_json, prices=False)
