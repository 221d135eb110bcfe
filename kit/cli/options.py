"""Options and arguments that several commands have."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import click

from domain.money import HUNDRED, NumberRefused, parse
from kit.cli.completing import known
from kit.cli.completing.words import Named
from kit.cli.language import text as _
from kit.cli.parameters import argument, option
from kit.cli.sizing import Share

# The sections of the help that options stand in, in the order in which commands declare them.
WHICH: Final = "Which ones"
SIZE: Final = "How much"
PRICES: Final = "Prices"
LEVELS: Final = "Exits"
LIFE: Final = "How long it stands"
WHERE: Final = "Where"
SENDING: Final = "Sending"
OUTPUT: Final = "Output"


class PositiveAmount(click.ParamType[Decimal]):
    """A decimal above zero, exactly as written."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            amount = parse(str(value))
        except NumberRefused as refused:
            self.fail(f"{refused.value!r} {_(refused.why)}", param, ctx)
        if amount <= 0:
            self.fail(_("{value} must be above zero", value=value), param, ctx)
        return amount


class Percent(PositiveAmount):
    """A share such as ``5%``, above zero and at most 100."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, Share):
            return value
        share = super().convert(str(value).strip().removesuffix("%").rstrip(), param, ctx)
        if share > HUNDRED:
            self.fail(_("{value} is more than 100 %", value=value), param, ctx)
        return Share(share)


class AmountOrPercent(PositiveAmount):
    """An amount, or a share of what the account is worth, such as ``5%``."""

    name = "number or percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        kind = SHARE if isinstance(value, Share) or str(value).strip().endswith("%") else AMOUNT
        return kind.convert(value, param, ctx)


class Pair(Named):
    """``BASE/QUOTE``, such as BTC/USDT."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        base, slash, quote = str(value).partition("/")
        if not (base and slash and quote):
            self.fail(_("{value!r} must be BASE/QUOTE, such as BTC/USDT", value=value), param, ctx)
        return str(value)


class Time(click.ParamType[datetime]):
    """A time with its zone, such as 2026-03-01T12:00Z."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            time = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(_("{value!r} must be a time, such as 2026-03-01T12:00Z", value=value), param, ctx)
        if time.tzinfo is None:
            self.fail(_("{value!r} must say its time zone, as in 2026-03-01T12:00Z", value=value), param, ctx)
        return time


AMOUNT: Final = PositiveAmount()
SHARE: Final = Percent()
AMOUNT_OR_SHARE: Final = AmountOrPercent()
PAIR: Final = Pair("pair", known.pairs)
POSITION: Final = Named("position", known.positions)
ASSET: Final = Named("asset", known.assets)
ORDER: Final = Named("order", known.orders)
OPEN_ORDER: Final = Named("order", known.open_orders)
EXCHANGE: Final = Named("exchange", known.exchanges)
ACCOUNT: Final = Named("account", known.accounts)
TIME: Final = Time()

pair_argument: Final = argument("pair", type=PAIR, help="The pair, such as BTC/USDT.")
by_key_option: Final = option(
    "--by-key", is_flag=True, help="ID is the client order id: the key that the order was placed under."
)
limit_option: Final = option("--limit", group=WHICH, type=click.IntRange(min=1), metavar="N", help="How many at most.")
cursor_option: Final = option("--cursor", group=WHICH, metavar="TEXT", help="Go on where the page before ended.")
exchange_option: Final = option(
    "--exchange",
    group=WHERE,
    metavar="ID",
    type=EXCHANGE,
    help="The exchange; the gateway's first unless said otherwise.",
)
each_exchange_option: Final = option(
    "--exchange",
    group=WHERE,
    metavar="ID",
    type=EXCHANGE,
    help="Only this exchange; every one unless said otherwise.",
)
account_option: Final = option(
    "--account", group=WHERE, metavar="NAME", type=ACCOUNT, help="The account; main unless said otherwise."
)
key_option: Final = option(
    "--key",
    group=SENDING,
    metavar="TEXT",
    help="The idempotency key: the same command under the same key is carried out once.",
)
yes_option: Final = option("--yes", group=SENDING, is_flag=True, help="Do not ask.")
json_option: Final = option(
    "--json", "as_json", group=OUTPUT, is_flag=True, help="Print the answer as the gateway sent it."
)
