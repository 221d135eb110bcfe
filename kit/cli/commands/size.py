"""``kit size``: how large an order should be."""

from decimal import Decimal
from typing import Literal

import click

from kit.cli.endpoint import Endpoint
from kit.cli.options import AMOUNT, PAIR, SHARE, account_option, exchange_option, json_option
from kit.cli.screen import show
from kit.cli.sizing import Share, sentences, size, wanted


@click.command("size")
@click.argument("pair", type=PAIR)
@click.argument("percent", type=SHARE, required=False)
@click.option("--risk", type=SHARE, metavar="PERCENT", help="Lose no more than this share at --stop-loss.")
@click.option("--stop-loss", type=AMOUNT, metavar="PRICE", help="Where the buy is given up.")
@click.option("--limit", type=AMOUNT, metavar="PRICE", help="The entry; the market's price unless said otherwise.")
@click.option("--sell", "side", flag_value="sell", default="buy", help="Size a sale: PERCENT of what is held.")
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
    """Say how large an order on PAIR should be: PERCENT of what the account is worth, or by what --risk may cost."""
    what = wanted(percent, risk, stop_loss)
    assert what is not None
    answer = size(endpoint, side, pair, what, entry=limit, as_json=as_json, exchange=exchange, account=account)
    show(answer, sentences, as_json=as_json)
