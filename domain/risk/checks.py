"""What an order has to pass, one function for each limit, in the order of ``CHECKS``."""

from collections.abc import Callable
from typing import Final, NamedTuple

from domain.risk.breach import Breach
from domain.risk.halting import halted
from domain.risk.pace import orders_per_minute
from domain.risk.pricing import price_age, price_collar, priced
from domain.risk.proposal import Proposal
from domain.risk.scope import allowed_pair, blocked_pair
from domain.risk.sizes import notional_max, notional_min, open_positions, position_share


class Check(NamedTuple):
    """``judge`` is asked of entries, or ``of_sells`` too, and only where ``on`` says that the order is new to it.

    A new order is new to every check; an amendment where it changes what the check judges: its size, its price, or how
    soon it fills.
    """

    judge: Callable[[Proposal], Breach | None]
    of_sells: bool
    on: Callable[[Proposal], bool]


def larger(order: Proposal) -> bool:
    return order.enlarges


def larger_or_sooner(order: Proposal) -> bool:
    return order.enlarges or order.hastens


def repriced(order: Proposal) -> bool:
    return order.reprices


def larger_or_repriced(order: Proposal) -> bool:
    return order.enlarges or order.reprices


def placed(order: Proposal) -> bool:
    return order.placed


def always(order: Proposal) -> bool:
    return True


CHECKS: Final = (
    Check(halted, of_sells=True, on=larger_or_sooner),
    Check(allowed_pair, of_sells=False, on=larger),
    Check(blocked_pair, of_sells=False, on=larger),
    Check(priced, of_sells=True, on=larger_or_repriced),
    Check(price_age, of_sells=True, on=larger_or_repriced),
    Check(price_collar, of_sells=True, on=repriced),
    Check(notional_min, of_sells=False, on=always),
    Check(notional_max, of_sells=True, on=larger_or_repriced),
    Check(orders_per_minute, of_sells=True, on=placed),
    Check(open_positions, of_sells=False, on=larger),
    Check(position_share, of_sells=True, on=larger),
)


def first_breach(order: Proposal) -> Breach | None:
    """The first limit in the order of ``CHECKS`` that ``order`` would break."""
    for check in CHECKS:
        if (check.of_sells or order.is_entry) and check.on(order):
            breach = check.judge(order)
            if breach is not None:
                return breach
    return None
