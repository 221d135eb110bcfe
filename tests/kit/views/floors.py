"""A floor whose commits are followed by a projector, and by whatever else a test looks at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from kit.views.projector import Projector
from projections.equity import STABLECOINS
from tests.kit.trading.floor import Floor, floor


class Viewed(NamedTuple):
    """A floor and the views of it."""

    on: Floor
    projector: Projector


@asynccontextmanager
async def viewed(data_dir: Path, *, folding: bool = True) -> AsyncIterator[Viewed]:
    """A floor with a projector that folds, unless it is told not to."""
    async with floor(data_dir) as on:
        projector = Projector(on.log, STABLECOINS, on.log.head())
        on.journal.followers.append(projector.follow)
        running = asyncio.create_task(projector.run()) if folding else None
        try:
            yield Viewed(on, projector)
        finally:
            if running is not None:
                running.cancel()
                await asyncio.wait([running])
