"""``kit status``"""

from collections.abc import Iterator

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.figures import duration
from kit.cli.options import json_option
from kit.cli.screen import facts, show
from kit.wire.system import Status


def rendered(status: Status) -> Iterator[RenderableType]:
    yield facts(
        [
            ("Gateway", f"{status.gateway}, version {status.version}, up {duration(status.uptime)}"),
            ("Clients", str(status.clients)),
            ("Skills", str(status.skills)),
            ("Tools", str(status.tools)),
            ("Exchanges", ", ".join(status.exchanges)),
            ("Prices", "simulated" if status.simulated else None),
        ]
    )


@click.command()
@json_option
@click.pass_obj
def status(endpoint: Endpoint, as_json: bool) -> None:
    """Say whether the gateway runs and what it serves."""
    show(ask(endpoint, Status, "status", as_json=as_json), rendered, as_json=as_json, prices=False)
