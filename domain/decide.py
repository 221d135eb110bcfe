"""From an account and a command to the events that record the decision."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from domain import commands
from domain.account import Account
from domain.decisions import amend, exits, fills, funds, halt, measure, oco, place
from domain.draft import Draft
from domain.events import Event
from domain.money import exact


class Decision(NamedTuple):
    """What was decided: the ``events`` to write, and the ``account`` after them."""

    events: tuple[Event, ...]
    account: Account


DECIDERS: Final[Mapping[type[commands.Command], Callable[[Draft, Any], None]]] = {
    commands.OpenAccount: funds.open_account,
    commands.Deposit: funds.deposit,
    commands.Withdraw: funds.withdraw,
    commands.PlaceOrder: place.place_order,
    commands.PlaceLinked: oco.place_linked,
    commands.TriggerStop: oco.trigger_stop,
    commands.AmendOrder: amend.amend_order,
    commands.ReportOrder: fills.report_order,
    commands.ReportOrders: fills.report_orders,
    commands.RecordFill: fills.record_fill,
    commands.TriggerExit: exits.trigger,
    commands.TrailExit: exits.trail,
    commands.SetLimits: halt.set_limits,
    commands.HaltTrading: halt.halt_trading,
    commands.ResumeTrading: halt.resume_trading,
    commands.MeasureEquity: measure.measure_equity,
}


@exact
def decide(account: Account, command: commands.Command, now: datetime) -> Decision:
    """Decide ``command`` on ``account`` at ``now``.

    A refusal for funds or risk is a decision too and comes back as an ``OrderRefused`` event: it has to be remembered.

    Raises:
        LedgerError: any other refusal; nothing has changed.
    """
    draft = Draft(account, now)
    DECIDERS[type(command)](draft, command)
    return Decision(tuple(draft.events), draft.account)
