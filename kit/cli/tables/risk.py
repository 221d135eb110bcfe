"""Risk documents as tables: what is limited, what there is of it now, and how much room is left."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from domain.money import EXACT, ZERO
from kit.cli.figures import NONE, about, moment
from kit.cli.language import text as _
from kit.cli.risk_words import LIMITS, figure
from kit.cli.screen import table
from kit.wire.risk import ExchangeRisk, RiskCheck, RiskLimits, RiskStatus

RED: Final = "bold red"


def risk_tables(status: RiskStatus) -> Iterator[RenderableType]:
    """Halts on top, then what is limited on each exchange."""
    yield from (halt_line(one) for one in status.exchanges if one.halted)
    for one in status.exchanges:
        equity = NONE if one.equity is None else about(one.equity)
        on = _("{exchange}, account {account}", exchange=one.exchange, account=status.account)
        yield _("{where}: equity {equity} USD", where=on, equity=equity)
        yield from unvalued(one)
        limits = set_limits(one.limits)
        yield limit_table(one, limits) if limits else _("Nothing is limited. How to limit it: kit risk limits --help")


def unvalued(one: ExchangeRisk) -> Iterator[Text]:
    """What the equity does not have in it."""
    if one.missing:
        missing = _("Not valued, since it has no price now: {assets}", assets=", ".join(one.missing))
        yield Text(missing, style="yellow")
    if one.unpriced:
        unpriced = _("Not valued, since nothing here gives it a price: {assets}", assets=", ".join(one.unpriced))
        yield Text(unpriced, style="yellow")


def changed_tables(status: RiskStatus) -> Iterator[RenderableType]:
    """The same after something was asked to change, with what came of it first."""
    if status.duplicate:
        yield _("This key was used before: nothing was done; this is how it stands.")
    elif status.unchanged:
        yield _("Trading is halted already.") if status.halted else _("Trading was not halted.")
    if status.cancelled:
        count, orders = len(status.cancelled), ", ".join(status.cancelled)
        yield _("Cancelled {count}: {orders}", count=count, orders=orders)
    if status.unconfirmed:
        yield _("Not cancelled yet: the exchange has not answered for {orders}", orders=", ".join(status.unconfirmed))
    yield from risk_tables(status)


def halt_line(one: ExchangeRisk) -> Text:
    """``HALTED on paper since 2026-03-01 12:00:00Z by kit-…: going on holiday; nothing is bought, sells go on``."""
    named = {"exchange": one.exchange, "since": NONE if one.halted_at is None else moment(one.halted_at)}
    if one.halted_by is None:
        halted = _("HALTED on {exchange} since {since}: {reason}", reason=one.reason, **named)
    else:
        halted = _(
            "HALTED on {exchange} since {since} by {client}: {reason}", client=one.halted_by, reason=one.reason, **named
        )
    stops = (
        _("nothing is bought, sells go on")
        if one.reduce_only
        else _("nothing is bought, only exits and kit close sell")
    )
    return Text(f"{halted}; {stops}", style=RED)


def set_limits(limits: RiskLimits) -> dict[str, Any]:
    """The limits that are set, by their names on the wire, in the order of the tables."""
    given = msgspec.to_builtins(limits, builtin_types=(Decimal,))
    return {name: given[name] for name in LIMITS if name in given}


def limit_table(one: ExchangeRisk, limits: Mapping[str, Any]) -> Table:
    numbers = (_("Now"), _("Limit"), _("Room"))
    made = table("", *numbers, right=numbers)
    checks = {check.check: check for check in one.checks}
    for limit_name, limit in limits.items():
        words, check = LIMITS[limit_name], checks.get(limit_name)
        now, room = (NONE, NONE) if check is None else (value_of(check, words.unit), room_of(check, words.unit))
        reached = check is not None and check.reached
        name = _(words.name)
        made.add_row(name[:1].upper() + name[1:], now, figure(limit, words.unit), room, style=RED if reached else None)
    return made


def value_of(check: RiskCheck, unit: str) -> str:
    return NONE if check.value is None else measured(check.value, unit)


def room_of(check: RiskCheck, unit: str) -> str:
    """What is left until the limit is reached."""
    if check.reached:
        return _("used up")
    return NONE if check.value is None else measured(max(EXACT.subtract(check.limit, check.value), ZERO), unit)


def measured(value: Decimal, unit: str) -> str:
    """A count as it is, everything else to two digits behind the point: ``3``, ``1.20 %``."""
    return f"{value:,.2f} {unit}" if unit else figure(value, unit)
