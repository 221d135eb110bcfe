"""What a client subscribed to, to be asked for again on its next connection."""

from collections.abc import Mapping

from kit.client.command import Command, command_for
from kit.wire.system import Subscriptions


class Chosen:
    """The channels as the gateway last listed them, and those that were left. A channel is an event or a group."""

    def __init__(self) -> None:
        self._now: Mapping[str, list[str] | None] = {}
        self._left: set[str] = set()

    def joined(self, channel: str, answer: Subscriptions) -> None:
        self._now = answer.channels
        self._left.discard(channel)

    def left(self, channel: str, answer: Subscriptions) -> None:
        self._now = answer.channels
        self._left.add(channel)

    def commands(self) -> list[Command]:
        """What makes a new connection's subscriptions, which are the gateway's own choice at first, what they were."""
        return [
            *(command_for("unsubscribe", {"channel": channel}) for channel in sorted(self._left)),
            *(
                command_for("subscribe", {"channel": event, "pairs": pairs})
                for event, pairs in self._now.items()
                if pairs is not None or {event, event.partition(":")[0]} & self._left
            ),
        ]
