"""What an account gained or lost, deposits and withdrawals left out: the value of one unit of it, over time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from domain.events.risk import EquityMeasured
from domain.money import HUNDRED, ZERO, divided

ONE: Final = Decimal(1)
DOLLAR: Final = Decimal(1)  # Below it, equity is dust: any fee would be a large part of it.


class Performance(Struct, frozen=True, kw_only=True):
    """An account as it was last measured, at ``at``: ``equity`` in USD, ``nav`` the value of one unit of it.

    A unit begins at 1; money that comes in buys units at their present value, and so changes no ``nav``.
    ``day_nav``, ``week_nav`` and ``peak_nav`` are what losses count from: the last ``nav`` measured before the UTC day,
    and before its Monday, and the highest. ``external`` is what had come from outside until then, by asset (negative:
    it came in, as in the account's flows), ``unpriced`` the assets left out.
    """

    at: datetime
    equity: Decimal
    nav: Decimal = ONE
    day_nav: Decimal = ONE
    week_nav: Decimal = ONE
    peak_nav: Decimal = ONE
    external: dict[str, Decimal] = {}
    unpriced: tuple[str, ...] = ()

    def reference(self, check: str) -> Decimal:
        """The ``nav`` that the loss of ``check`` counts from."""
        nav: Decimal = getattr(self, REFERENCES[check])
        return nav

    def loss(self, check: str) -> Decimal:
        """How many percent of its reference ``nav`` is below it; zero where it is not."""
        reference = self.reference(check)
        return max(divided((reference - self.nav) * HUNDRED, reference), ZERO) if reference else ZERO


# The limits on losses by name, and from where each counts.
REFERENCES: Final[Mapping[str, str]] = {
    "dailyLossPercent": "day_nav",
    "weeklyLossPercent": "week_nav",
    "drawdownPercent": "peak_nav",
}


def is_watched(limits: Mapping[str, str]) -> bool:
    """Whether ``limits``, by name, limit any loss, so that equity has to be measured again and again."""
    return not REFERENCES.keys().isdisjoint(limits)


def after(before: Performance | None, event: EquityMeasured, at: datetime, external: dict[str, Decimal]) -> Performance:
    """The performance after the measurement ``event``, with ``external`` as the account's flows have it by then."""
    begun = Performance(at=at, equity=event.equity, external=external, unpriced=event.unpriced)
    if before is None or (before.nav <= 0 and event.inflow > 0):
        return begun  # After a total loss, what is put in begins a new unit.
    nav = max(grown(before, event), ZERO)
    return replace(
        begun,
        nav=nav,
        day_nav=before.nav if at.date() > before.at.date() else before.day_nav,
        week_nav=before.nav if monday(at) > monday(before.at) else before.week_nav,
        peak_nav=max(before.peak_nav, nav),
    )


def grown(before: Performance, event: EquityMeasured) -> Decimal:
    """The value of a unit now; where there was next to nothing before, what came in is taken to have come in first."""
    if before.equity >= DOLLAR:
        return divided(before.nav * (event.equity - event.inflow), before.equity)
    invested = before.equity + event.inflow
    return divided(before.nav * event.equity, invested) if invested >= DOLLAR else before.nav


def counted_anew(measured: Performance, check: str) -> Performance:
    """``measured`` with the loss of ``check`` counting from its present ``nav``."""
    return replace(measured, **{REFERENCES[check]: measured.nav}) if check in REFERENCES else measured


def monday(at: datetime) -> date:
    """The day on which the week of ``at`` began."""
    return at.date() - timedelta(days=at.weekday())
