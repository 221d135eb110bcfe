"""``kit size``: how large an order should be."""

from decimal import Decimal
from typing import Literal

import click

from kit.cli.endpoint import Endpoint
from kit.cli.options import (
    AMOUNT,
    PRICES,
    SHARE,
    SIZE,
    account_option,
    exchange_option,
    json_option,
    pair_argument,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.screen import show
from kit.cli.sizing import Share, sentences, size, wanted


@click.command(
    "size",
    cls=Page,
    see_also=("buy", "sell", "portfolio"),
    examples=(
        Example("kit size BTC/USDT 5%", "How much is 5 % of the account?"),
        Example("kit size BTC/USDT --risk 1% --stop-loss 60000", "Lose no more than 1 % if it falls to 60000:"),
        Example("kit size BTC/USDT 50% --sell", "Half of what is held:"),
    ),
)
@pair_argument
@argument("percent", type=SHARE, required=False, help="A share such as 5%, of what the account is worth.")
@option("--risk", group=SIZE, type=SHARE, metavar="PERCENT", help="Lose no more than this share at --stop-loss.")
@option("--sell", "side", group=SIZE, flag_value="sell", default="buy", help="Size a sale: PERCENT of what is held.")
@option("--stop-loss", group=PRICES, type=AMOUNT, metavar="PRICE", help="Where the buy is given up.")
@option(
    "--limit", group=PRICES, type=AMOUNT, metavar="PRICE", help="The entry; the market's price unless said otherwise."
)
@exchange_option
@account_option
@json_option
@click.pass_obj
def size_command(
    endpoint: Endpoint,
    /,
    *,
    pair: str,
    percent: Share | None,
    risk: Share | None,
    stop_loss: Decimal | None,
    limit: Decimal | None,
    side: Literal["buy", "sell"],
    exchange: str | None,
    account: str | None,
    as_json: bool,
) -> None:
    """Say how large an order on PAIR should be: PERCENT of what the account is worth, or by what --risk may cost.

    Fees are counted in, and never more is said than is free. It sends nothing: kit buy and kit sell take the same
    shares, and send the order.
    """
    what = wanted(percent, risk, stop_loss)
    assert what is not None
    answer = size(endpoint, side, pair, what, entry=limit, as_json=as_json, exchange=exchange, account=account)
    show(answer, sentences, as_json=as_json)
