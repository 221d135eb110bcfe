"""A watch that is no screen: a line for each event, for a file or another program."""

import click
from msgspec import Raw

from kit.cli.figures import NONE, moment
from kit.cli.language import text as _
from kit.cli.watch.board import clock
from kit.cli.watch.folding import moment_of, with_answer, with_event
from kit.cli.watch.model import Model
from kit.cli.watch.telling import told
from kit.client.client import KitClient
from kit.client.happenings import Happening
from kit.client.subscribers import EventStream
from kit.wire.frames import EventFrame, encode


async def print_events(client: KitClient, events: EventStream, model: Model, *, as_json: bool) -> None:
    """Print events as they come, until the client ends; prices only of the pairs that were chosen.

    Raises:
        KitError: the gateway refuses this client, or has not got such a pair.
    """
    if model.chosen:
        await client.subscribe("market:price", model.chosen)
    if not as_json:  # The end of an order names it by its id alone; it is told as what it was.
        model = with_answer(model, await client.orders(status="open", account=model.account))
    async for happening in events:
        click.echo(json_line(happening) if as_json else plain_line(happening, model))
        model = with_event(model, happening, clock())


def plain_line(happening: Happening, model: Model) -> str:
    """``2026-03-01 12:00:00Z  130  trade:placed  buy 1 BTC/USDT, limit at 60,000.00``."""
    at = moment(moment_of(happening.payload, clock()))
    return f"{at}  {NONE if happening.seq is None else happening.seq}  {happening.name}  {told(happening, model)}"


def json_line(happening: Happening) -> str:
    """The event as a frame of the protocol."""
    return encode(EventFrame(happening.name, Raw(encode(happening.payload)), happening.seq)).decode()


def print_connection(up: bool) -> None:
    """On standard error, where it is no event."""
    click.echo(f"{moment(clock())}  {_('connected') if up else _('connection lost')}", err=True)
