"""``kit risk``: what is limited, how near it is, and the switch that stops trading."""

import click

from kit.cli.asking import ask, confirmed
from kit.cli.commands.risk_limits import limits, place
from kit.cli.endpoint import Endpoint
from kit.cli.options import account_option, each_exchange_option, json_option, key_option, yes_option
from kit.cli.risk_tables import changed_tables, risk_tables
from kit.cli.screen import show
from kit.wire.risk import RiskStatus


@click.group(invoke_without_command=True)
@each_exchange_option
@account_option
@json_option
@click.pass_context
def risk(ctx: click.Context, exchange: str | None, account: str | None, as_json: bool) -> None:
    """Show what is limited, how near each limit is, and whether trading is halted."""
    chosen = {"exchange": exchange, "account": account, "as_json": as_json}
    if ctx.invoked_subcommand is not None:
        ctx.default_map = dict.fromkeys(risk.commands, chosen)  # Options may stand before the command too.
        return
    where = {"exchange": exchange, "account": account}
    answer = ask(ctx.obj, RiskStatus, "risk.status", as_json=as_json, **where)
    show(answer, risk_tables, as_json=as_json)


@risk.command()
@click.argument("reason")
@click.option("--cancel-orders", is_flag=True, help="Cancel what rests as well.")
@click.option("--not-even-sells", is_flag=True, help="Let no position be sold by hand either; exits still sell.")
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

    Nothing is bought any more until it is resumed. Exits go on guarding, and positions can be closed.
    """
    sells = "and sold by exits and kit close only" if not_even_sells else "and positions can still be sold"
    rests = "; what rests is cancelled" if cancel_orders else ""
    click.echo(f"Halting {place(**where)}: nothing is bought any more, {sells}{rests}.", err=as_json)
    confirmed("Halt?", yes=yes, as_json=as_json)
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


@risk.command()
@click.argument("reason")
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

    A loss that halted trading counts anew from then on.
    """
    click.echo(f"Resuming {place(**where)}: a loss that halted it counts anew from now on.", err=as_json)
    confirmed("Resume?", yes=yes, as_json=as_json)
    answer = ask(endpoint, RiskStatus, "risk.resume", as_json=as_json, reason=reason, idempotency_key=key, **where)
    show(answer, changed_tables, as_json=as_json)


risk.add_command(limits)
