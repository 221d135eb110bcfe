"""``kit gateway``: what it is told overrides the environment."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

import click

from kit.cli.page import LANGUAGE, Example, Page
from kit.cli.parameters import option

# Option and the variable that it overrides.
VARIABLES: Final[Mapping[str, str]] = {
    "host": "KIT_GATEWAY_HOST",
    "port": "KIT_GATEWAY_PORT",
    "data_dir": "KIT_DATA_DIR",
    "market": "KIT_MARKET",
    "speed": "KIT_REPLAY_SPEED",
    "start": "KIT_REPLAY_START",
    "seed": "KIT_MARKET_SEED",
}


def environment(base: Mapping[str, str], replay: Sequence[str], options: Mapping[str, object]) -> dict[str, str]:
    """``base`` with the options in their variables; recordings without another market mean the replay market."""
    said = {VARIABLES[name]: str(value) for name, value in options.items() if value is not None}
    if replay:
        said = {"KIT_MARKET": "replay", "KIT_REPLAY": ",".join(replay)} | said
    return {**base, **said}


# What it ends with; kit.gateway.main, which is loaded only when one starts, returns them.
EXITS: Final[Mapping[int, str]] = {
    0: "stopped by Ctrl-C or SIGTERM; everything is in the log",
    2: "the command itself is wrong",
    69: "it cannot listen, or cannot use its log",
    70: "it cannot know what is in its log; a new start can tell",
    75: "another gateway has the log",
    78: "the configuration is wrong",
}
ENVIRONMENT: Final = {"KIT_CONFIG": "the file; kit.toml unless said otherwise", **LANGUAGE}
LISTENING: Final = "Gateway"
MARKET: Final = "Market"
RECORDING: Final = "Recordings"


@click.command(
    cls=Page,
    environment=ENVIRONMENT,
    exits=EXITS,
    see_also=("status", "health"),
    examples=(
        Example("kit gateway", "Start with paper money on a simulated market:"),
        Example("kit gateway --port 18801 --data-dir ./other-ledger", "A second one, with a ledger of its own:"),
        Example("kit gateway --replay BTC/USDT=day.parquet --speed 60", "Play a recorded day, a minute a second:"),
        Example("KIT_LOG_LEVEL=warning kit gateway --seed 7", "Quieter, and with other simulated prices:"),
    ),
)
@option("--host", group=LISTENING, metavar="ADDRESS", help="Where to listen; 127.0.0.1 unless said otherwise.")
@option(
    "--port",
    group=LISTENING,
    metavar="PORT",
    type=click.IntRange(0, 65535),
    help="18800 unless said otherwise; 0 takes a free one.",
)
@option(
    "--data-dir", group=LISTENING, metavar="DIR", type=click.Path(file_okay=False), help="Where the ledger lives; data."
)
@option(
    "--market",
    group=MARKET,
    type=click.Choice(["simulated", "replay", "fixed"]),
    help="Where the paper exchange's prices come from; simulated unless said otherwise.",
)
@option(
    "--seed",
    group=MARKET,
    metavar="N",
    type=click.IntRange(min=0),
    help="The seed of the simulated market; 1 unless said otherwise.",
)
@option(
    "--replay",
    group=RECORDING,
    multiple=True,
    metavar="PAIR=PATH",
    help="A recording to play as the market; repeatable.",
)
@option(
    "--speed",
    group=RECORDING,
    metavar="FACTOR",
    type=click.FloatRange(min=0, min_open=True),
    help="How many times faster to play it.",
)
@option("--start", group=RECORDING, metavar="TIME", help="Where in the recording to start.")
def gateway(replay: tuple[str, ...], **options: object) -> None:
    """Start the gateway; Ctrl-C stops it cleanly.

    It trades paper money on simulated prices unless it is told otherwise, and needs no configuration. It stays in the
    foreground and logs to standard error. The ledger survives every way of ending it.

    The options override the environment, and that overrides the file kit.toml, which has more settings than there are
    options.
    """
    from kit.gateway.main import run  # noqa: PLC0415 - only who starts a gateway pays for loading it.

    sys.exit(run(environment(os.environ, replay, options)))
