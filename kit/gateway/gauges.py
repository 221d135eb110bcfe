"""Values that are looked at now and then rather than counted."""

import asyncio
from collections.abc import Callable
from typing import Final

from kit.metrics import Metrics
from kit.trading.journal import Journal
from kit.views.projector import Projector

LOOK_EVERY_S: Final = 1.0


async def keep_gauges(metrics: Metrics, journal: Journal, projector: Projector, clients: Callable[[], int]) -> None:
    """Set the gauges until cancelled."""
    while True:
        metrics.queue_depth_is(journal.depth)
        metrics.log_position_is(journal.committed_seq)
        metrics.views_lag_is(projector.lag)
        metrics.clients_are(clients())
        await asyncio.sleep(LOOK_EVERY_S)
