"""The gateway's events as a client gets them."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from kit.client.answers import read_answer, read_untyped
from kit.wire.frames import EventFrame
from kit.wire.market import CandleEvent, Price
from kit.wire.orders import Order, OrderEnded, OrderReached, OrderTerms, Position, TradeExecuted
from kit.wire.risk import RiskNotice

ALL: Final = "*"

PAYLOADS: Final[Mapping[str, type]] = {
    "trade:placed": Order,
    "trade:executed": TradeExecuted,
    "trade:amended": OrderTerms,
    "trade:triggered": OrderReached,
    "trade:cancelled": OrderEnded,
    "trade:rejected": OrderEnded,
    "position:opened": Position,
    "position:closed": Position,
    "market:price": Price,
    "market:candle": CandleEvent,
    "risk:halted": RiskNotice,
    "risk:resumed": RiskNotice,
}


class Happening(Struct, frozen=True):
    """One event. ``payload`` is the document of its name, or a dict with exact decimals where there is none.

    ``seq`` is the log position of the ledger event behind it; None for market data and other passing news.
    """

    name: str
    payload: Any
    seq: int | None


def happening_from(frame: EventFrame) -> Happening:
    """Decode the payload.

    Raises:
        UnexpectedAnswer: it is not of the type that this client knows under that name.
    """
    kind = PAYLOADS.get(frame.event)
    payload = read_untyped(frame.payload) if kind is None else read_answer(frame.payload, kind)
    return Happening(frame.event, payload, frame.seq)
