"""Every panel, by the digit that it is chosen with."""

from collections.abc import Callable
from typing import Final, NamedTuple

from rich.text import Text

from kit.cli.watch.model import Model
from kit.cli.watch.panels.events import events
from kit.cli.watch.panels.fills import fills
from kit.cli.watch.panels.orders import orders
from kit.cli.watch.panels.portfolio import portfolio
from kit.cli.watch.panels.positions import positions
from kit.cli.watch.panels.prices import prices
from kit.cli.watch.panels.room import Room


class Panel(NamedTuple):
    """``question`` is what it is asked of the gateway, whose failure is said in the title."""

    title: str
    question: str
    lines: Callable[[Model, Room], list[Text]]


PANELS: Final = {
    1: Panel("Prices", "price", prices),
    2: Panel("Portfolio", "portfolio", portfolio),
    3: Panel("Positions", "portfolio", positions),
    4: Panel("Orders", "orders", orders),
    5: Panel("Fills", "fills", fills),
    6: Panel("Events", "", events),
}
