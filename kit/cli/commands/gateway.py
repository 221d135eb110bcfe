"""``kit gateway``: what it is told overrides the environment."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

import click

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


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen; 127.0.0.1 unless said otherwise.")
@click.option("--port", type=click.IntRange(0, 65535), help="18800 unless said otherwise; 0 takes a free one.")
@click.option("--data-dir", metavar="DIR", help="Where the ledger lives.")
@click.option(
    "--market", type=click.Choice(["simulated", "replay", "fixed"]), help="Where the paper exchange's prices come from."
)
@click.option("--replay", multiple=True, metavar="PAIR=PATH", help="A recording to play as the market; repeatable.")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), help="How many times faster to play it.")
@click.option("--start", metavar="TIME", help="Where in the recording to start.")
@click.option("--seed", type=click.IntRange(min=0), help="The seed of the simulated market.")
def gateway(replay: tuple[str, ...], **options: object) -> None:
    """Start the gateway; Ctrl-C stops it cleanly. The options override the environment.

    \b
    Exit codes of its own:
      69  it cannot listen, or cannot use its log
      70  it cannot know what is in its log; a new start can tell
      75  another gateway has the log
      78  the configuration is wrong
    """
    from kit.gateway.main import run  # noqa: PLC0415 - only who starts a gateway pays for loading it.

    sys.exit(run(environment(os.environ, replay, options)))
