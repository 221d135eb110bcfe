"""Which column of a file holds what: the names that exchanges and data vendors use."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kit.market.recordings.errors import ColumnMissing

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "timestamp": ("timestamp", "time", "datetime", "date", "open_time", "opentime", "opened_at", "unix", "ts", "t"),
    "open": ("open", "o"),
    "high": ("high", "h"),
    "low": ("low", "l"),
    "close": ("close", "c"),
    "volume": ("volume", "vol", "base_volume", "v"),
    "price": ("price", "p"),
    "amount": ("amount", "quantity", "qty", "size", "volume", "q"),
    "side": ("side", "taker_side", "aggressor_side"),
}
CANDLE: Final = ("timestamp", "open", "high", "low", "close", "volume")
TRADE: Final = ("timestamp", "price", "amount")


def columns_of(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Return what each column that we need is called in the file; a price column makes it a file of trades.

    Raises:
        ColumnMissing: one is not there under any of its names.
    """
    known = {name.strip().lower(): name for name in names}
    trades = _find(known, "price") is not None
    needed = TRADE if trades else CANDLE
    found = {column: _find(known, column) for column in needed}
    for column, name in found.items():
        if name is None:
            raise ColumnMissing(path, column, tuple(names))
    if trades:
        found["side"] = _find(known, "side")
    return {column: name for column, name in found.items() if name is not None}


def _find(known: Mapping[str, str], column: str) -> str | None:
    return next((known[name] for name in NAMES[column] if name in known), None)
