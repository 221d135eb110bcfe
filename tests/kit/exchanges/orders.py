"""Short ways to write books and orders for BTC/USDT, whose lot is 10⁻⁸ and whose fees are 0.08 % and 0.1 %."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.events.terms import OrderType, Side, TimeInForce
from domain.instruments import Fees, Instrument
from kit.exchanges.matching import MatchingEngine
from kit.exchanges.protocol import Fill, OrderReport, OrderRequest
from kit.market.protocol import Book, Level

PAIR: Final = "BTC/USDT"
NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BTC_USDT: Final = Instrument(
    pair=PAIR,
    base="BTC",
    quote="USDT",
    price_tick=Decimal("0.01"),
    amount_step=Decimal("0.00000001"),
    amount_min=Decimal("0.00001"),
    notional_min=Decimal(5),
    fees=Fees(maker=Decimal("0.0008"), taker=Decimal("0.001")),
)


def second(number: int) -> datetime:
    return NOON + timedelta(seconds=number)


def levels(text: str) -> tuple[Level, ...]:
    """Read ``"100×2 101×0.5"``, best first."""
    return tuple(Level(*map(Decimal, level.split("×"))) for level in text.split())


def book(*, bids: str = "", asks: str = "", at: int = 0) -> Book:
    return Book(pair=PAIR, bids=levels(bids), asks=levels(asks), at=second(at))


def order(
    side: Side,
    amount: str = "1",
    price: str | None = None,
    *,
    id: str = "a",  # noqa: A002 - as the tests say it
    type: OrderType | None = None,  # noqa: A002 - likewise
    spend: str | None = None,
    bound: str | None = None,
    stop: str | None = None,
    tif: TimeInForce = "GTC",
    expires: int | None = None,
    post_only: bool = False,
) -> OrderRequest:
    """A limit order where it has a price, a market order otherwise, unless ``type`` says more."""
    return OrderRequest(
        client_order_id=id,
        pair=PAIR,
        side=side,
        type=type or ("limit" if price else "market"),
        amount=Decimal(amount),
        spend=_number(spend),
        price=_number(price),
        price_bound=_number(bound),
        stop_price=_number(stop),
        time_in_force=tif,
        expires_at=None if expires is None else second(expires),
        post_only=post_only,
    )


def engine_with(*, bids: str = "", asks: str = "", last: str = "100") -> MatchingEngine:
    """An engine that has seen one book, at noon."""
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    engine.tick(book(bids=bids, asks=asks), Decimal(last), NOON)
    return engine


def tick(engine: MatchingEngine, number: int, *, bids: str = "", asks: str = "", last: str) -> list[OrderReport]:
    """Bring the book of the ``number``-th second."""
    return engine.tick(book(bids=bids, asks=asks, at=number), Decimal(last), second(number))


def cuts(report: OrderReport) -> list[str]:
    """The fills of ``report`` as ``"amount@price"``."""
    return [cut(fill) for fill in report.fills]


def cut(fill: Fill) -> str:
    return f"{fill.amount.normalize():f}@{fill.price.normalize():f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
