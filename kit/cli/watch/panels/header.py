"""The first line, which gateway this is and how it is; and one in red for what must not be overlooked."""

from collections.abc import Iterator

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.figures import age
from kit.cli.watch.model import Model
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import ALARM, BAD, GOOD, QUIET, WARNING, Part, fitted, styled


def header(model: Model, room: Room) -> list[Text]:
    alarm = fitted([Part(styled(text, ALARM)) for text in alarms(model)], room.width)
    return [fitted(parts(model, room), room.width), *([alarm] if alarm else [])]


def parts(model: Model, room: Room) -> Iterator[Part]:
    yield Part(styled("K.I.T.", "bold"), rank=5)
    yield Part(styled(model.version, QUIET), rank=6)
    yield Part(styled((model.url.partition("://")[2] or model.url).rstrip("/")), rank=4)
    if model.simulated:
        yield Part(styled(_("simulated prices"), WARNING), rank=1)
    elif model.health is not None:
        yield Part(styled(_("real prices")), rank=1)
    yield Part(connection(model, room))
    if model.seq is not None:
        yield Part(styled(f"seq {model.seq:,}", QUIET), rank=3)
    yield Part(styled(f"{room.now:%H:%M:%S} UTC"), rank=2)


def connection(model: Model, room: Room) -> Text:
    so_long = age(model.connection.since, room.now)
    if model.connection.up:
        return styled(_("● connected {age}", age=so_long), GOOD)
    return styled(_("○ reconnecting {age}", age=so_long), BAD)


def alarms(model: Model) -> Iterator[str]:
    for whose, reason in model.halted.items():
        yield _("TRADING HALTED: {reason}", reason=f"{whose}: {reason}" if whose else reason)
    for exchange in model.silent_exchanges:
        yield _("{exchange} does not answer", exchange=exchange)
    if model.health is not None:
        yield from model.health.problems
