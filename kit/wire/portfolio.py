"""Portfolio payloads: exact amounts, valuations in USD as floats."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from kit.wire.document import Document
from kit.wire.orders import Position


class Asset(Document, frozen=True, kw_only=True):
    """What is held of one asset on one exchange; ``value_usd`` is null without a price, ``allocation`` in percent."""

    symbol: str
    free: Decimal
    locked: Decimal
    total: Decimal
    value_usd: float | None
    allocation: float | None
    exchange: str
    account: str
    price_source: str | None = None
    price_at: datetime | None = None
    idempotency_key: str | None = None
    duplicate: bool = False
    seq: int | None = None


class Snapshot(Document, frozen=True, kw_only=True):
    """The portfolio at log position ``state_version``. Changes are percent, null where a price is missing.

    ``incomplete`` says that an asset has no price and the totals leave it out. ``change_since`` is when the account
    was opened, where that is younger than the window.
    """

    timestamp: datetime
    total_value_usd: float
    total_value_btc: float | None
    change24h: float | None
    change7d: float | None
    assets: list[Asset]
    positions: list[Position]
    state_version: int
    change_since: datetime | None = None
    change_method: str | None = None
    incomplete: bool = False
    simulated: bool = False


class Balances(Document, frozen=True, kw_only=True):
    assets: list[Asset]
    timestamp: datetime
    state_version: int


class Positions(Document, frozen=True, kw_only=True):
    positions: list[Position]
    timestamp: datetime
    state_version: int


class PnlRow(Document, frozen=True, kw_only=True):
    """What one pair realized in the period that begins at ``period``, in ``currency``; fees by the asset paid."""

    pair: str
    period: datetime
    realized: Decimal
    currency: str
    fees: dict[str, Decimal]


class Pnl(Document, frozen=True, kw_only=True):
    """Profit and loss in USD at today's prices, before fees and with the fees apart; null where a price is missing.

    ``unrealized_by_pair`` is in each pair's quote currency.
    """

    realized: float | None
    unrealized: float | None
    fees: float | None
    unrealized_by_pair: dict[str, float | None]
    pairs: list[PnlRow]
    timestamp: datetime
    state_version: int


class EquityPoint(Document, frozen=True, kw_only=True):
    timestamp: datetime
    value_usd: float | None
    seq: int


class History(Document, frozen=True, kw_only=True):
    """Equity over time, oldest first."""

    points: list[EquityPoint]
    timestamp: datetime
    state_version: int


class Account(Document, frozen=True, kw_only=True):
    account: str
    exchange: str
    paper: bool


class Accounts(Document, frozen=True, kw_only=True):
    accounts: list[Account]


PortfolioAction = Literal["snapshot", "balance", "positions", "pnl", "history"]
