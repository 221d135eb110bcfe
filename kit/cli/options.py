"""Options and arguments that several commands have."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import click

from domain.money import NumberRefused, parse
from kit.cli.language import text as _
from kit.cli.parameters import option

# The sections of the help that options stand in, in the order in which commands declare them.
WHICH: Final = "Which ones"
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


class Pair(click.ParamType[str]):
    """``BASE/QUOTE``, such as BTC/USDT."""

    name = "pair"

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
PAIR: Final = Pair()
TIME: Final = Time()

limit_option: Final = option("--limit", group=WHICH, type=click.IntRange(min=1), metavar="N", help="How many at most.")
cursor_option: Final = option("--cursor", group=WHICH, metavar="TEXT", help="Go on where the page before ended.")
exchange_option: Final = option(
    "--exchange", group=WHERE, metavar="ID", help="The exchange; the gateway's first unless said otherwise."
)
account_option: Final = option(
    "--account", group=WHERE, metavar="NAME", help="The account; main unless said otherwise."
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
