"""The market that the settings ask for."""

from collections.abc import Callable
from datetime import datetime

from kit.market.fixed import FixedMarket
from kit.market.listings import LISTINGS
from kit.market.protocol import Market
from kit.market.replay import ReplayMarket
from kit.market.simulated import SimulatedMarket
from kit.settings import MarketSettings


def market_of(settings: MarketSettings, clock: Callable[[], datetime]) -> Market:
    """Build it; a replay reads its files here.

    Raises:
        BadRecording: a recording cannot be used; names the file, the row and the value.
        ValueError: a price is not above zero or off its tick, or the start lies outside the recordings.
    """
    match settings.kind:
        case "simulated":
            return SimulatedMarket(settings.seed, clock)
        case "fixed":
            return FixedMarket(settings.prices, clock)
        case "replay":
            # The rules of well-known pairs are known; of others they are inferred from the recording.
            known = {pair: LISTINGS[pair] for pair in settings.replay if pair in LISTINGS}
            return ReplayMarket(
                settings.replay,
                speed=settings.speed,
                start=settings.start,
                instruments=known,
                volume_in_quote=frozenset(settings.quote_volume),
            )
