"""Entries to write in tests: deposits and fills with everything that does not matter filled in."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from domain.events import Entry, Stamp
from domain.events.fills import FillRecorded
from domain.events.funds import FundsDeposited
from domain.postings import moved

MAIN: Final = "account:main:paper"
AT: Final = datetime(2026, 1, 5, 9, 30, 0, 123456, tzinfo=UTC)


def stamp(key: str | None = None, digest: str | None = None) -> Stamp:
    return Stamp(at=AT, by="kit-1767605400-a1b2c3d4e", role="full", request="req-1", key=key, digest=digest)


def deposit(
    version: int, stream: str = MAIN, *, key: str | None = None, digest: str = "d-1", note: str | None = None
) -> Entry:
    """100 USDT come in, with ``key`` (and ``digest``) where a command is behind it."""
    amount = Decimal(100)
    event = FundsDeposited(
        postings=moved(("external", "USDT", -amount), ("free", "USDT", amount)),
        asset="USDT",
        amount=amount,
        cost_usd=None,
        note=note,
    )
    return Entry(stream, version, stamp(key, digest if key else None), event)


def deposits(first: int, last: int, stream: str = MAIN) -> list[Entry]:
    return [deposit(version, stream) for version in range(first, last + 1)]


def fill(version: int, trade_id: str, *, price: str = "67250") -> Entry:
    """One bitcoin bought elsewhere, for ``price`` and no fee."""
    amount, cost = Decimal(1), Decimal(price)
    event = FillRecorded(
        postings=moved(
            ("free", "USDT", -cost), ("market", "USDT", cost), ("market", "BTC", -amount), ("free", "BTC", amount)
        ),
        trade_id=trade_id,
        order_id=None,
        pair="BTC/USDT",
        base="BTC",
        quote="USDT",
        side="buy",
        amount=amount,
        price=cost,
        fee=Decimal(0),
        fee_asset="USDT",
        occurred_at=AT,
        position=None,
    )
    return Entry(MAIN, version, stamp(), event)
