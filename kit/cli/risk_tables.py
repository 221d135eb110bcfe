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
from kit.cli.risk_words import LIMITS, figure
from kit.cli.screen import table
from kit.wire.risk import ExchangeRisk, RiskCheck, RiskLimits, RiskStatus

RED: Final = "bold red"


def risk_tables(status: RiskStatus) -> Iterator[RenderableType]:
    """Halts on top, then what is limited on each exchange."""
    yield from (halt_line(one) for one in status.exchanges if one.halted)
    for one in status.exchanges:
        equity = NONE if one.equity is None else about(one.equity)
        yield f"{one.exchange}, account {status.account}: equity {equity} USD"
        yield from unvalued(one)
        limits = set_limits(one.limits)
        yield limit_table(one, limits) if limits else "Nothing is limited. Set limits with: kit risk limits --help"


def unvalued(one: ExchangeRisk) -> Iterator[Text]:
    """What the equity does not have in it."""
    for assets, why in ((one.missing, "has no price now"), (one.unpriced, "is traded against nothing with a price")):
        if assets:
            yield Text(f"Not valued, since it {why}: {', '.join(assets)}", style="yellow")


def changed_tables(status: RiskStatus) -> Iterator[RenderableType]:
    """The same after something was asked to change, with what came of it first."""
    if status.duplicate:
        yield "This key was used before: nothing was done; this is how it stands."
    elif status.unchanged:
        yield "Trading is halted already." if status.halted else "Trading was not halted."
    if status.cancelled:
        yield f"Cancelled {len(status.cancelled)}: {', '.join(status.cancelled)}"
    if status.unconfirmed:
        yield f"Not cancelled yet, since the exchange has not answered: {', '.join(status.unconfirmed)}"
    yield from risk_tables(status)


def halt_line(one: ExchangeRisk) -> Text:
    since = "" if one.halted_at is None else f" since {moment(one.halted_at)}"
    who = "" if one.halted_by is None else f" by {one.halted_by}"
    sells = "sells go on" if one.reduce_only else "only exits and kit close still sell"
    return Text(f"HALTED on {one.exchange}{since}{who}: {one.reason}; nothing is bought, {sells}", style=RED)


def set_limits(limits: RiskLimits) -> dict[str, Any]:
    """The limits that are set, by their names on the wire, in the order of the tables."""
    given = msgspec.to_builtins(limits, builtin_types=(Decimal,))
    return {name: given[name] for name in LIMITS if name in given}


def limit_table(one: ExchangeRisk, limits: Mapping[str, Any]) -> Table:
    numbers = ("Now", "Limit", "Room")
    made = table("", *numbers, right=numbers)
    checks = {check.check: check for check in one.checks}
    for name, limit in limits.items():
        words, check = LIMITS[name], checks.get(name)
        now, room = (NONE, NONE) if check is None else (value_of(check, words.unit), room_of(check, words.unit))
        reached = check is not None and check.reached
        made.add_row(words.name, now, figure(limit, words.unit), room, style=RED if reached else None)
    return made


def value_of(check: RiskCheck, unit: str) -> str:
    return NONE if check.value is None else measured(check.value, unit)


def room_of(check: RiskCheck, unit: str) -> str:
    """What is left until the limit is reached."""
    if check.reached:
        return "none"
    return NONE if check.value is None else measured(max(EXACT.subtract(check.limit, check.value), ZERO), unit)


def measured(value: Decimal, unit: str) -> str:
    """A count as it is, everything else to two digits behind the point: ``3``, ``1.20 %``."""
    return f"{about(value)} {unit}" if unit else figure(value, unit)
