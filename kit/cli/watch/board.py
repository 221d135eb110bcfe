"""The model as it stands now, and how whoever draws it hears that it changed."""

import asyncio
from datetime import UTC, datetime

from kit.cli.watch.model import Model


class Board:
    """``changed`` is set with every other model."""

    def __init__(self, model: Model) -> None:
        self.changed = asyncio.Event()
        self._model = model

    @property
    def model(self) -> Model:
        return self._model

    def put(self, model: Model) -> None:
        if model is not self._model:
            self._model = model
            self.changed.set()


def clock() -> datetime:
    return datetime.now(UTC)


async def waited(event: asyncio.Event, seconds: float | None) -> None:
    """Return once the event is set, or so many seconds are over."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
