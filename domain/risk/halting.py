"""Whether a halt stops an order."""

from typing import Final

from domain.account import Account, Halt
from domain.events.terms import NamedValue
from domain.risk.breach import Breach, inputs_of
from domain.risk.proposal import Proposal

HALT: Final = "halt"


def halted(order: Proposal) -> Breach | None:
    """A halt stops entries; one that is not reduce-only stops sells too."""
    halt = order.account.halt
    if halt is None or (halt.reduce_only and not order.is_entry):
        return None
    open_way = "positions can be reduced" if halt.reduce_only else "positions can be closed"
    return Breach(
        check=halt.check or HALT,
        limit=order.account.limits.get(halt.check or "", ""),
        message=f"Trading is halted ({halt.reason}); {open_way}",
        inputs=(*halt_inputs(halt), *loss_inputs(order.account, halt)),
    )


def halt_inputs(halt: Halt) -> tuple[NamedValue, ...]:
    since = {} if halt.at is None else {"haltedAt": halt.at.isoformat()}
    return inputs_of(reason=halt.reason, reduceOnly=str(halt.reduce_only).lower(), **since)


def loss_inputs(account: Account, halt: Halt) -> tuple[NamedValue, ...]:
    """The figures behind a halt for a loss, as they were last measured."""
    measured, check = account.performance, halt.check
    if measured is None or check is None:
        return ()
    return inputs_of(
        lossPercent=measured.loss(check), equity=measured.equity, nav=measured.nav, reference=measured.reference(check)
    )
