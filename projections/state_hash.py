"""A name for what a view holds, the same however it came to hold it."""

from hashlib import sha256
from typing import Final

import polars as pl
from msgspec import Struct
from msgspec.structs import asdict

from projections import orders
from projections.history import History
from projections.orders import Orders
from projections.views import Views

CSV_ROWS: Final = 50_000  # Bounds the text held at once.


def state_hashes(views: Views) -> dict[str, str]:
    """The hash of every view, by its name."""
    return {name: state_hash(state) for name, state in asdict(views).items() if name != "seq"}


def state_hash(state: object) -> str:
    """SHA-256 of a view's state; a live-folded and a rebuilt state that say the same have the same."""
    match state:
        case pl.DataFrame():
            return frame_hash(state)
        case History():
            return frame_hash(state.rows)
        case Orders():
            return frame_hash(orders.read(state))  # Where a closed order is kept depends on when it was closed.
        case Struct():
            parts = [f"{name}:{state_hash(value)}" for name, value in asdict(state).items()]
            return sha256("\n".join(parts).encode()).hexdigest()
        case _:
            return sha256(repr(state).encode()).hexdigest()


def frame_hash(frame: pl.DataFrame) -> str:
    """SHA-256 over column names, types and rows as text; chunks and memory layout do not count, row order does."""
    digest = sha256(repr([(name, str(dtype)) for name, dtype in frame.schema.items()]).encode())
    for rows in frame.iter_slices(CSV_ROWS):
        # Quotes tell a text from everything else, and an empty text from a null.
        text = rows.write_csv(include_header=False, quote_style="non_numeric", datetime_format="%FT%T%.6fZ")
        digest.update(text.encode())
    return digest.hexdigest()
