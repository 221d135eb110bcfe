"""Orders sized by what the account is worth: ``5%``, or ``--risk 1%`` down to the stop loss."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import click

from domain.events.terms import Side
from kit.cli.asking import Answer, ask
from kit.cli.endpoint import Endpoint
from kit.cli.figures import about, exact, percent, price
from kit.cli.language import text as _
from kit.wire.sizing import OrderSize


class Share(NamedTuple):
    """So much of what the account is worth; of a sale, of what is held."""

    percent: Decimal


class Wanted(NamedTuple):
    """How large an order is to be, by one of the two, and the stop down to which a loss is counted."""

    percent: Decimal | None
    risk_percent: Decimal | None
    stop_loss: Decimal | None


def wanted(amount: Decimal | Share | None, risk: Share | None, stop_loss: Decimal | None) -> Wanted | None:
    """What is to be worked out; None where the amount is given as such."""
    if (amount is None) == (risk is None):
        raise click.UsageError(_("say how much: AMOUNT, or --risk PERCENT with a --stop-loss"))
    if risk is not None and stop_loss is None:
        raise click.UsageError(_("--risk needs a --stop-loss PRICE: the risk is what is lost down to it"))
    if risk is not None:
        return Wanted(None, risk.percent, stop_loss)
    return Wanted(amount.percent, None, stop_loss) if isinstance(amount, Share) else None


def size(
    endpoint: Endpoint, side: Side, pair: str, what: Wanted, *, entry: Decimal | None, as_json: bool, **where: Any
) -> Answer[OrderSize]:
    """Ask for the size of an order at ``entry``, or at the market."""
    return ask(
        endpoint,
        OrderSize,
        "trade.size",
        as_json=as_json,
        action=side,
        pair=pair,
        percent=what.percent,
        risk_percent=what.risk_percent,
        stop_loss=what.stop_loss,
        price=entry,
        **where,
    )


def sentences(sized: OrderSize) -> Iterator[str]:
    """Where the amount comes from, and what it does not tell by itself."""
    base, quote = sized.pair.split("/")
    yield _(
        "{amount} {base} at {price}: {share} of the {equity} {quote} that the account is worth",
        amount=exact(sized.amount),
        base=base,
        price=price(sized.price),
        share=share(sized.percent),
        equity=about(sized.equity),
        quote=quote,
    )
    if sized.risk is not None and sized.risk_percent is not None:
        yield _(
            "Sold at {price} it loses {lost} {quote}, {share} of it, fees included",
            price=price(sized.stop_loss),
            lost=about(sized.risk),
            quote=quote,
            share=share(sized.risk_percent),
        )
    if sized.limited:
        yield _("That is all that is free; what was asked for would be more")
    if sized.unpriced:
        yield _("Not counted, for want of a price: {assets}", assets=", ".join(sized.unpriced))


def share(value: float) -> str:
    return percent(value).removeprefix("+")
