"""Random histories of books, orders and cancels for the matching engine, and how to run them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st
from msgspec import Struct

from domain.events.terms import OrderType, Side, TimeInForce
from kit.exchanges.matching import MatchingEngine
from kit.exchanges.protocol import Fill, OrderRequest
from kit.market.protocol import Book, Level
from tests.kit.exchanges.orders import BTC_USDT, NOON, PAIR, second


class Tick(Struct, frozen=True):
    book: Book
    last: Decimal


class Cancel(Struct, frozen=True):
    client_order_id: str


Step = Tick | OrderRequest | Cancel

_NANOS = st.integers(min_value=0, max_value=3_000_000_000)  # A tenth of a lot, so that levels end in broken lots.
_LOTS = st.integers(min_value=10_000_000, max_value=300_000_000)
_PRICES = st.integers(min_value=95, max_value=105).map(Decimal)


@st.composite
def _levels(draw: st.DrawFn, best: int, direction: int) -> tuple[Level, ...]:
    amounts = draw(st.lists(_NANOS, max_size=4))
    return tuple(
        Level(Decimal(best + direction * place), Decimal(nanos).scaleb(-9)) for place, nanos in enumerate(amounts)
    )


@st.composite
def _steps(draw: st.DrawFn, number: int) -> Step:
    kind = draw(st.sampled_from(["tick", "tick", "order", "order", "order", "cancel"]))
    if kind == "cancel":
        return Cancel(f"o{draw(st.integers(min_value=0, max_value=number))}")
    if kind == "order":
        return draw(_orders(f"o{number}", number))
    middle = draw(st.integers(min_value=96, max_value=104))
    book = Book(pair=PAIR, bids=draw(_levels(middle - 1, -1)), asks=draw(_levels(middle, 1)), at=second(number))
    return Tick(book, draw(_PRICES))


@st.composite
def _orders(draw: st.DrawFn, name: str, number: int) -> OrderRequest:
    kind: OrderType = draw(st.sampled_from(["market", "limit", "limit", "stop-limit", "stop-market"]))
    side: Side = draw(st.sampled_from(["buy", "sell"]))
    limited = kind in ("limit", "stop-limit")
    by_budget = not limited and side == "buy" and draw(st.booleans())
    forces: list[TimeInForce] = ["GTC", "GTC", "IOC", "FOK", "GTD"]
    force = draw(st.sampled_from(forces))
    return OrderRequest(
        client_order_id=name,
        pair=PAIR,
        side=side,
        type=kind,
        amount=Decimal(draw(_LOTS)).scaleb(-8),
        spend=Decimal(draw(_LOTS)).scaleb(-6) if by_budget else None,
        price=draw(_PRICES) if limited else None,
        price_bound=None if limited else draw(st.none() | _PRICES),
        stop_price=draw(_PRICES) if kind in ("stop-limit", "stop-market") else None,
        time_in_force=force,
        expires_at=second(number + draw(st.integers(min_value=1, max_value=9))) if force == "GTD" else None,
        post_only=limited and force in ("GTC", "GTD") and draw(st.booleans()),
    )


@st.composite
def histories(draw: st.DrawFn, *, start: int = 0) -> list[Step]:
    """Steps in time, the first of which is a tick."""
    count = draw(st.integers(min_value=1, max_value=25))
    first = Book(pair=PAIR, bids=draw(_levels(99, -1)), asks=draw(_levels(100, 1)), at=second(start))
    later = [draw(_steps(number)) for number in range(start + 1, start + count)]
    return [Tick(first, draw(_PRICES)), *later]


def new_engine() -> MatchingEngine:
    return MatchingEngine({PAIR: BTC_USDT}, "paper")


def run(engine: MatchingEngine, steps: Iterable[Step], *, start: int = 0) -> list[list[Fill]]:
    """Play ``steps``, one a second, and return the fills that each reported."""
    return [_play(engine, step, second(number)) for number, step in enumerate(steps, start)]


def _play(engine: MatchingEngine, step: Step, now: datetime) -> list[Fill]:
    if isinstance(step, Tick):
        return [fill for report in engine.tick(step.book, step.last, now) for fill in report.fills]
    if isinstance(step, OrderRequest):
        return list(engine.place(step, now).fills)
    if engine.order(step.client_order_id) is not None:
        engine.cancel(step.client_order_id)
    return []


def all_fills(engine: MatchingEngine) -> list[Fill]:
    return engine.fills_since(NOON)
