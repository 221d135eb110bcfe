"""``kit status``"""

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
from kit.wire.system import Status


def rendered(status: Status) -> Iterator[RenderableType]:
    running = _(
        "{state}, version {version}, up {duration}",
        state=_(status.gateway),
        version=status.version,
        duration=duration(status.uptime),
    )
    yield facts(
        [
            (_("Gateway"), running),
            (_("Clients"), str(status.clients)),
            (_("Skills"), str(status.skills)),
            (_("Tools"), str(status.tools)),
            (_("Exchanges"), ", ".join(status.exchanges)),
            (_("Prices"), _("simulated") if status.simulated else None),
        ]
    )


@click.command(
    cls=Page,
    see_also=("health", "gateway"),
    examples=(
        Example("kit status", "Is the gateway there?"),
        Example("kit --url ws://127.0.0.1:18801 status", "The same of another gateway:"),
        Example("kit --timeout 2 status --json", "In a script, without waiting long:"),
    ),
)
@json_option
@click.pass_obj
def status(endpoint: Endpoint, as_json: bool) -> None:
    """Say whether the gateway runs and what it serves.

    It says that a gateway answers, for how long it has been up, and how many clients, skills and tools it has; whether
    all of that works is what kit health says.
    """
    show(ask(endpoint, Status, "status", as_json=as_json), rendered, as_json=as_json, prices=False)
