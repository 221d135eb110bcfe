"""``kit risk``: what is limited, how near it is, and the switch that stops trading."""

from typing import Final

import click

from kit.cli.asking import ask, confirmed
from kit.cli.commands.risk_limits import limits
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.language import text as _
from kit.cli.options import account_option, each_exchange_option, json_option, key_option, yes_option
from kit.cli.page import Example, Page, PageGroup
from kit.cli.parameters import argument, option
from kit.cli.risk_words import place
from kit.cli.screen import show
from kit.cli.tables.risk import changed_tables, risk_tables
from kit.wire.risk import RiskStatus

HALT: Final = "What it stops"


@click.group(
    cls=PageGroup,
    invoke_without_command=True,
    see_also=("risk limits", "risk halt", "portfolio"),
    examples=(
        Example("kit risk", "How much room is left?"),
        Example("kit risk limits --daily-loss 5 --order-max 5000", "Limit the loss of a day, and the largest order:"),
        Example('kit risk halt "going on holiday" --cancel-orders', "Stop trading, and cancel what rests:"),
        Example('kit risk resume "back again"', "Trade again:"),
    ),
)
@each_exchange_option
@account_option
@json_option
@click.pass_context
def risk(ctx: click.Context, exchange: str | None, account: str | None, as_json: bool) -> None:
    """Show what is limited and how near it is, set limits, and halt trading.

    Without a command it shows each limit, what there is of it now and the room left, and a halt above all of it.
    """
    where = {"exchange": exchange, "account": account}
    if ctx.invoked_subcommand is not None:  # Its options may stand before it too.
        ctx.default_map = {name: {**where, "as_json": as_json} for name in risk.commands}
        return
    answer = ask(ctx.obj, RiskStatus, "risk.status", as_json=as_json, **where)
    show(answer, risk_tables, as_json=as_json)


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("risk", "risk resume", "cancel", "close"),
    examples=(
        Example('kit risk halt "going on holiday"', "Stop buying, after a question:"),
        Example('kit risk halt "something is wrong" --cancel-orders --yes', "Cancel what rests too, without one:"),
        Example('kit risk halt "maintenance" --exchange paper', "On one exchange only:"),
    ),
)
@argument("reason", metavar="REASON", help="Why, for everybody who asks later.")
@option("--cancel-orders", group=HALT, is_flag=True, help="Cancel what rests as well, but no exits.")
@option("--not-even-sells", group=HALT, is_flag=True, help="Refuse sells too; exits and kit close still sell.")
@each_exchange_option
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def halt(
    endpoint: Endpoint,
    /,
    *,
    reason: str,
    cancel_orders: bool,
    not_even_sells: bool,
    key: str | None,
    yes: bool,
    as_json: bool,
    **where: str | None,
) -> None:
    """Stop trading, and say why.

    Nothing is bought any more until it is resumed. Exits go on guarding, and positions can be closed. What rests on the
    exchange can still fill, unless it is cancelled too.
    """
    click.echo(halting(place(**where), cancel_orders, not_even_sells), err=as_json)
    confirmed(_("Halt trading?"), yes=yes, as_json=as_json)
    answer = ask(
        endpoint,
        RiskStatus,
        "risk.halt",
        as_json=as_json,
        reason=reason,
        reduce_only=not not_even_sells,
        cancel_orders=cancel_orders or None,
        idempotency_key=key,
        **where,
    )
    show(answer, changed_tables, as_json=as_json)


def halting(where: str, cancel_orders: bool, not_even_sells: bool) -> str:
    """What a halt does, before it does it."""
    if not_even_sells:
        stops = _("Halting {where}: nothing is bought any more, and only exits and kit close sell.", where=where)
    else:
        stops = _("Halting {where}: nothing is bought any more, and sells go on.", where=where)
    rests = _("What rests is cancelled.") if cancel_orders else _("What rests stays, and can still fill.")
    return f"{stops} {rests}"


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("risk", "risk halt", "risk limits"),
    examples=(
        Example('kit risk resume "back again"', "Trade again, after a question:"),
        Example('kit risk resume "the loss is understood" --yes', "Without one:"),
    ),
)
@argument("reason", metavar="REASON", help="Why, for everybody who asks later.")
@each_exchange_option
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def resume(
    endpoint: Endpoint, /, *, reason: str, key: str | None, yes: bool, as_json: bool, **where: str | None
) -> None:
    """Trade again, and say why.

    It ends any halt, also that of a loss that reached its limit; that loss counts anew from then on.
    """
    said = _("Resuming {where}: a loss that halted it counts anew from now on.", where=place(**where))
    click.echo(said, err=as_json)
    confirmed(_("Resume trading?"), yes=yes, as_json=as_json)
    answer = ask(endpoint, RiskStatus, "risk.resume", as_json=as_json, reason=reason, idempotency_key=key, **where)
    show(answer, changed_tables, as_json=as_json)


for command in (limits, halt, resume):
    risk.add_command(command)
