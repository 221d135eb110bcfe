"""What is simulated: how each asset tends to move, and how much of each pair is traded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct


class Asset(Struct, frozen=True, kw_only=True):
    """How an asset moves against USDT.

    ``levels`` are its prices at the turns of our years (364 days from 2016-12-26 on), close to what was seen where it
    was traded then; later years are drawn. ``volatility`` is a year's deviation as a fraction of the price,
    ``correlation`` that with the market as a whole.
    """

    name: str
    levels: tuple[float, ...]
    volatility: float
    correlation: float


class Turnover(Struct, frozen=True, kw_only=True):
    """How much is traded: ``step`` is the unit of volumes in base, ``daily`` a usual day in such units.

    ``spread`` is the usual spread as a fraction of the price.
    """

    step: Decimal
    daily: int
    spread: float


BTC: Final = Asset(
    name="BTC",
    levels=(900, 14_000, 4_050, 7_400, 22_800, 46_900, 16_500, 42_000, 100_000, 87_000),
    volatility=0.55,
    correlation=0.95,
)
ETH: Final = Asset(
    name="ETH",
    levels=(8, 740, 135, 130, 610, 3_930, 1_180, 2_230, 3_900, 3_000),
    volatility=0.72,
    correlation=0.88,
)
SOL: Final = Asset(name="SOL", levels=(4, 6, 3, 2.5, 2, 180, 12, 72, 215, 130), volatility=0.9, correlation=0.75)
BNB: Final = Asset(name="BNB", levels=(1, 8, 5.5, 13, 33, 530, 250, 240, 710, 870), volatility=0.6, correlation=0.75)
XRP: Final = Asset(
    name="XRP", levels=(0.0065, 1, 0.37, 0.19, 0.5, 0.88, 0.35, 0.61, 2.4, 1.95), volatility=0.85, correlation=0.7
)

# Assets of one group move in one path, so that the cross pair inside it has exact candles too.
GROUPS: Final[tuple[tuple[Asset, ...], ...]] = ((BTC, ETH), (SOL,), (BNB,), (XRP,))

TURNOVERS: Final[Mapping[str, Turnover]] = {
    "BTC/USDT": Turnover(step=Decimal("0.00001"), daily=2_500_000_000, spread=0.000_004),
    "ETH/USDT": Turnover(step=Decimal("0.0001"), daily=4_000_000_000, spread=0.000_01),
    "SOL/USDT": Turnover(step=Decimal("0.001"), daily=3_500_000_000, spread=0.000_05),
    "BNB/USDT": Turnover(step=Decimal("0.001"), daily=250_000_000, spread=0.000_02),
    "XRP/USDT": Turnover(step=Decimal("0.1"), daily=1_500_000_000, spread=0.000_05),
    "ETH/BTC": Turnover(step=Decimal("0.0001"), daily=400_000_000, spread=0.0002),
}
