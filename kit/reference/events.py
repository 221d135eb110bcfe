"""The section on events: what is pushed, and with which payload."""

from collections.abc import Mapping
from typing import Final

from kit.gateway.catalogue import PAYLOADS
from kit.reference.markdown import code, table
from kit.reference.methods import linked

WHEN: Final[Mapping[str, str]] = {
    "trade:placed": "the exchange has taken an order, or the gateway holds it back (`order.oco`)",
    "trade:executed": "an order was filled, in part or whole, or a fill made elsewhere was recorded",
    "trade:amended": "an order was changed, or a level that guards what it bought",
    "trade:triggered": "the market reached the stop of an order: it is live now",
    "trade:cancelled": "what was left of an order was cancelled",
    "trade:rejected": "the exchange refused an order that the ledger had taken",
    "position:opened": "a fill opened a position",
    "position:closed": "a fill closed one; `realizedPnl` is what came of it",
    "market:price": "a price moved; only the newest of each pair waits for a slow reader",
    "market:candle": "a minute is over, and this is its candle",
    "exchange:connected": "an exchange answers (again)",
    "exchange:disconnected": "an exchange does not answer any more",
    "risk:halted": "trading was halted, by a person or by a limit (`check`)",
    "risk:resumed": "trading goes on",
    "shutdown": "the gateway stops; close 1001 follows",
}
NOT_IN_THE_LOG: Final = ("market:", "shutdown")


def events_section() -> str:
    rows = (
        [code(event), WHEN[event], linked(payload), "no" if event.startswith(NOT_IN_THE_LOG) else "yes"]
        for event, payload in PAYLOADS.items()
    )
    return table(("event", "when", "payload", "`seq`"), rows)
