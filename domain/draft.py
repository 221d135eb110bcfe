"""An account while one command is decided: each event takes effect as soon as it is written."""

from datetime import datetime

from domain.account import Account
from domain.events import Event
from domain.evolve import evolve


class Draft:
    """The events of one decision so far, and the account after them; dropped whole if the command is refused."""

    def __init__(self, account: Account, at: datetime) -> None:
        self.account = account
        self.at = at
        self.events: list[Event] = []

    def write(self, event: Event) -> None:
        self.account = evolve(self.account, event, self.at)
        self.events.append(event)
