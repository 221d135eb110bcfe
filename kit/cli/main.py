"""``kit``: the entry to everything."""

from pathlib import Path
from typing import Final

import click

from kit.cli.endpoint import endpoint_from
from kit.cli.exit_codes import CHANGING
from kit.cli.lazy import Entry, LazyGroup
from kit.cli.page import LANGUAGE, Example
from kit.cli.parameters import option

COMMANDS: Final = {
    "gateway": Entry("kit.cli.commands.gateway:gateway", "Start the gateway."),
    "status": Entry("kit.cli.commands.status:status", "Say whether the gateway runs and what it serves."),
    "health": Entry("kit.cli.commands.health:health", "Say how the gateway, its skills and exchanges are."),
    "doctor": Entry("kit.cli.commands.doctor:doctor", "Say whether this machine and this gateway are fit to trade on."),
    "portfolio": Entry("kit.cli.commands.portfolio:portfolio", "Show what is held and what it is worth."),
    "buy": Entry("kit.cli.commands.trade:buy", "Buy: a market order spends AMOUNT of the quote currency."),
    "sell": Entry("kit.cli.commands.trade:sell", "Sell AMOUNT of the base currency."),
    "size": Entry("kit.cli.commands.size:size_command", "Say how large an order should be, before it is placed."),
    "oco": Entry("kit.cli.commands.oco:oco", "Place a limit order and a stop of which one cancels the other."),
    "orders": Entry("kit.cli.commands.orders:orders", "List orders, newest first."),
    "order": Entry("kit.cli.commands.order:order", "Show one order."),
    "amend": Entry("kit.cli.commands.amend:amend", "Change an open order, or move the exits of what it bought."),
    "close": Entry("kit.cli.commands.close:close", "Sell a position, or a part of it, at the market."),
    "cancel": Entry("kit.cli.commands.cancel:cancel", "Cancel one order, or all."),
    "fills": Entry("kit.cli.commands.fills:fills", "List fills, newest first."),
    "risk": Entry("kit.cli.commands.risk:risk", "Show and set risk limits, halt trading, and resume it."),
    "watch": Entry("kit.cli.commands.watch:watch", "Watch prices, portfolio, orders and events in one screen."),
    "market": Entry("kit.cli.commands.market:market", "Show prices, candles, the order book and more."),
    "deposit": Entry("kit.cli.commands.funds:deposit", "Book what came into an account."),
    "withdraw": Entry("kit.cli.commands.funds:withdraw", "Book what went out of an account."),
    "help": Entry("kit.cli.commands.help:help_command", "Show the help of a command."),
    "completion": Entry("kit.cli.commands.completion:completion", "Print the shell's completion script."),
    "schema": Entry("kit.cli.commands.schema:schema", "Print the JSON Schema of the protocol."),
}
EXAMPLES: Final = (
    Example("kit gateway", "Start the gateway, with paper money on a simulated market:"),
    Example("kit buy BTC/USDT 100", "In another terminal, spend 100 USDT on Bitcoin:"),
    Example("kit portfolio", "See what is held and what it is worth:"),
    Example("KIT_LANG=de kit orders --help", "Read all about one command, in German:"),
)
HELP: Final = """K.I.T. Gateway: an event-sourced trading ledger behind one WebSocket.

Every command but gateway and doctor asks a gateway that runs, and carries out nothing by itself. The options below
stand before the command; each command has more of its own: kit COMMAND --help.
"""


def print_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from kit.version import kit_version  # noqa: PLC0415 - reading metadata costs as much as the rest of the help.

        click.echo(f"kit {kit_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    help=HELP,
    environment=LANGUAGE,
    exits=CHANGING,
    examples=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option("--url", envvar="KIT_GATEWAY_URL", show_envvar=True, metavar="URL", help="The gateway's address.")
@option("--token", envvar="KIT_GATEWAY_TOKEN", show_envvar=True, metavar="TEXT", help="The access token.")
@option(
    "--token-file",
    envvar="KIT_GATEWAY_TOKEN_FILE",
    show_envvar=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file that holds the token.",
)
@option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to try, reconnects included.",
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Say the version.")
@click.pass_context
def kit(ctx: click.Context, /, **options: object) -> None:
    ctx.obj = endpoint_from(options)


def main() -> None:
    kit(prog_name="kit")
