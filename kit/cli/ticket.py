"""An order as it was typed, and what it will do, said before it is sent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.decisions.rules import MARKET_PROTECTION
from domain.events.terms import Side
from domain.money import ROUNDING
from kit.cli.figures import about, exact, price
from kit.cli.language import text as _
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
    where = _("on a simulated market") if now.simulated else ""
    return " ".join(
        filter(None, [what(ticket, notional), *price_words(ticket, at), fee_words(ticket, notional, now), where])
    )


def what(ticket: Ticket, notional: Decimal) -> str:
    """``Spending 100 USDT on BTC/USDT``; the other currency is only about so much, or at most or least."""
    if ticket.amount_in == "quote":
        return in_quote(ticket)
    words = {"amount": exact(ticket.amount), "base": ticket.base, "worth": about(notional), "quote": ticket.quote}
    if ticket.side == "sell" and ticket.limit is None:
        return _("Selling {amount} {base} for about {worth} {quote}", **words)
    if ticket.side == "sell":
        return _("Selling {amount} {base} for at least {worth} {quote}", **words)
    if ticket.limit is not None:
        return _("Spending at most {worth} {quote} on {amount} {base}", **words)
    if ticket.stop is None:
        return _("Spending about {worth} {quote} on {amount} {base}", **words)
    reserved = {"worth": about(ROUNDING.multiply(notional, 1 + MARKET_PROTECTION))}
    return _("Reserving {worth} {quote} for {amount} {base}", **words | reserved)


def in_quote(ticket: Ticket) -> str:
    words = {"amount": exact(ticket.amount), "base": ticket.base, "pair": ticket.pair, "quote": ticket.quote}
    if ticket.side == "buy":
        return _("Spending {amount} {quote} on {pair}", **words)
    if ticket.limit is None:
        return _("Selling {base} for about {amount} {quote}", **words)
    return _("Selling {base} for at least {amount} {quote}", **words)


def price_words(ticket: Ticket, at: Decimal) -> Iterator[str]:
    """At which price, and once which price is reached; the fee follows."""
    if ticket.stop is not None:
        rises = _("once the price rises to {stop},", stop=price(ticket.stop))
        yield rises if ticket.side == "buy" else _("once the price falls to {stop},", stop=price(ticket.stop))
    if ticket.limit is not None:
        yield _("at {price} or better", price=price(at))
    else:
        yield _("at about {price}", price=price(at)) if ticket.stop is None else _("at the market")


def fee_words(ticket: Ticket, notional: Decimal, now: Price) -> str:
    """The taker's fee, which is the most that it can be; a buy pays it on top, a sale out of what it brings."""
    if now.taker_fee is None:
        return _("(plus the exchange's fee)") if ticket.side == "buy" else _("(less the exchange's fee)")
    fee = f"{about(ROUNDING.multiply(notional, now.taker_fee))} {ticket.quote}"
    return _("(fee about {fee} on top)", fee=fee) if ticket.side == "buy" else _("(less a fee of about {fee})", fee=fee)
