"""Options and arguments that several commands have."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar

import click

from domain.money import NumberRefused, parse
from domain.sizing import HUNDRED
from kit.cli.sizing import Share

F = TypeVar("F", bound=Callable[..., Any])
Decorator: TypeAlias = Callable[[F], F]


class PositiveAmount(click.ParamType[Decimal]):
    """A decimal above zero, exactly as written."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            amount = parse(str(value))
        except NumberRefused as refused:
            self.fail(str(refused), param, ctx)
        if amount <= 0:
            self.fail(f"{value} must be above zero", param, ctx)
        return amount


class Percent(PositiveAmount):
    """A share such as ``5%``, above zero and at most 100."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, Share):
            return value
        share = super().convert(str(value).strip().removesuffix("%").rstrip(), param, ctx)
        if share > HUNDRED:
            self.fail(f"{value} is more than 100 %", param, ctx)
        return Share(share)


class AmountOrPercent(PositiveAmount):
    """An amount, or a share of what the account is worth, such as ``5%``."""

    name = "number or percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        kind = SHARE if isinstance(value, Share) or str(value).strip().endswith("%") else AMOUNT
        return kind.convert(value, param, ctx)


class Pair(click.ParamType[str]):
    """``BASE/QUOTE``, such as BTC/USDT."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        base, slash, quote = str(value).partition("/")
        if not (base and slash and quote):
            self.fail(f"{value!r} must be BASE/QUOTE, such as BTC/USDT", param, ctx)
        return str(value)


class Time(click.ParamType[datetime]):
    """A time with its zone, such as 2026-03-01T12:00Z."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            time = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} must be a time, such as 2026-03-01T12:00Z", param, ctx)
        if time.tzinfo is None:
            self.fail(f"{value!r} must say its time zone, as in 2026-03-01T12:00Z", param, ctx)
        return time


AMOUNT: Final = PositiveAmount()
SHARE: Final = Percent()
AMOUNT_OR_SHARE: Final = AmountOrPercent()
PAIR: Final = Pair()
TIME: Final = Time()

yes_option: Final = click.option("--yes", is_flag=True, help="Do not ask.")
json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print the answer as the gateway sent it.")
account_option: Final = click.option("--account", metavar="NAME", help="The account; main unless said otherwise.")
exchange_option: Final = click.option(
    "--exchange", metavar="ID", help="The exchange; the gateway's first unless said otherwise."
)
key_option: Final = click.option(
    "--key", metavar="TEXT", help="The idempotency key: the same command under the same key is carried out once."
)
limit_option: Final = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="How many at most.")
cursor_option: Final = click.option("--cursor", metavar="TEXT", help="Where the page before this one ended.")
