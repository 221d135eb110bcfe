"""An order as it was typed, and what it will do, said before it is sent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.decisions.rules import MARKET_PROTECTION
from domain.events.account import Side
from domain.money import ROUNDING
from kit.cli.figures import about, exact, price
from kit.wire.market import Price


class Ticket(Struct, frozen=True, kw_only=True):
    """``amount_in`` says which currency ``amount`` is in; ``limit`` is the worst price, ``stop`` where it triggers."""

    side: Side
    pair: str
    amount: Decimal
    amount_in: Literal["base", "quote"]
    limit: Decimal | None
    stop: Decimal | None = None

    @property
    def base(self) -> str:
        return self.pair.partition("/")[0]

    @property
    def quote(self) -> str:
        return self.pair.partition("/")[2]


def preview(ticket: Ticket, now: Price) -> str:
    """What the order spends or sells, in which currency, at about which price, and the fee."""
    at = ticket.limit or ticket.stop or (now.ask if ticket.side == "buy" else now.bid)
    notional = ROUNDING.multiply(ticket.amount, at) if ticket.amount_in == "base" else ticket.amount
    where = "on a simulated market" if now.simulated else ""
    return " ".join(
        filter(None, [what(ticket, notional), *price_words(ticket, at), fee_words(ticket, notional, now), where])
    )


def what(ticket: Ticket, notional: Decimal) -> str:
    """``Spending 100 USDT on BTC/USDT``; the other currency is only about so much, or at most or least."""
    if ticket.side == "buy" and ticket.amount_in == "quote":
        return f"Spending {exact(ticket.amount)} {ticket.quote} on {ticket.pair}"
    if ticket.side == "buy" and ticket.limit is None and ticket.stop is not None:
        reserved = about(ROUNDING.multiply(notional, 1 + MARKET_PROTECTION))
        return f"Reserving {reserved} {ticket.quote} for {exact(ticket.amount)} {ticket.base}"
    if ticket.side == "buy":
        bound = "about" if ticket.limit is None else "at most"
        return f"Spending {bound} {about(notional)} {ticket.quote} on {exact(ticket.amount)} {ticket.base}"
    bound = "about" if ticket.limit is None else "at least"
    if ticket.amount_in == "quote":
        return f"Selling {ticket.base} for {bound} {exact(ticket.amount)} {ticket.quote}"
    return f"Selling {exact(ticket.amount)} {ticket.base} for {bound} {about(notional)} {ticket.quote}"


def price_words(ticket: Ticket, at: Decimal) -> Iterator[str]:
    """At which price, and once which price is reached; the fee follows."""
    if ticket.stop is not None:
        yield f"once the price {'rises' if ticket.side == 'buy' else 'falls'} to {price(ticket.stop)},"
    if ticket.limit is not None:
        yield f"at {price(at)} or better"
    else:
        yield f"at about {price(at)}" if ticket.stop is None else "at the market"


def fee_words(ticket: Ticket, notional: Decimal, now: Price) -> str:
    """The taker's fee, which is the most that it can be; a buy pays it on top, a sale out of what it brings."""
    if now.taker_fee is None:
        return "(plus the exchange's fee)" if ticket.side == "buy" else "(less the exchange's fee)"
    fee = f"{about(ROUNDING.multiply(notional, now.taker_fee))} {ticket.quote}"
    return f"(fee about {fee} on top)" if ticket.side == "buy" else f"(less a fee of about {fee})"
