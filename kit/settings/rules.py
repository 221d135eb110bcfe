"""What must be true of several settings together. A rule yields a sentence for each offence."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from kit.settings.groups import MarketSettings, Settings
from kit.settings.secret import Secret

TOKEN_CHARS_MIN: Final = 16  # Four bits a character at the least: more guesses than a network allows.
PLACEHOLDER: Final = "your-gateway-token"


class Rule(Struct, frozen=True):
    """``broken`` looks at the fields in ``paths``; where one of them is unreadable, there is nothing to look at."""

    paths: tuple[str, ...]
    broken: Callable[[Settings], Iterator[str]]


def _open_to_the_network(settings: Settings) -> Iterator[str]:
    if not settings.gateway.loopback and settings.gateway.token is None:
        yield (
            f"KIT_GATEWAY_HOST is {settings.gateway.host!r}, which other machines can reach: "
            f"KIT_GATEWAY_TOKEN must be set, to at least {TOKEN_CHARS_MIN} characters"
        )


def _weak_off_loopback(settings: Settings) -> Iterator[str]:
    if not settings.gateway.loopback:
        yield from _weak(settings)


def _weak_on_loopback(settings: Settings) -> Iterator[str]:
    if settings.gateway.loopback:
        yield from _weak(settings)


def _weak(settings: Settings) -> Iterator[str]:
    for name, token in _tokens(settings):
        if token.matches(PLACEHOLDER):
            yield f"{name} is the placeholder of the documentation: it must be a secret of your own"
        elif len(token) < TOKEN_CHARS_MIN:
            yield f"{name} is too short to be secret: it must have at least {TOKEN_CHARS_MIN} characters"


def _one_token_for_both(settings: Settings) -> Iterator[str]:
    token = settings.gateway.token
    if token is not None and token == settings.gateway.read_token:
        yield "KIT_GATEWAY_TOKEN and KIT_GATEWAY_READ_TOKEN must differ: one token cannot have both roles"


def _read_token_alone(settings: Settings) -> Iterator[str]:
    if settings.gateway.read_token is not None and settings.gateway.token is None:
        yield "KIT_GATEWAY_READ_TOKEN is set without KIT_GATEWAY_TOKEN: whoever gives no token has full access"


def _market_without_prices(settings: Settings) -> Iterator[str]:
    market = settings.market
    if market.kind == "replay" and not market.replay:
        yield "KIT_MARKET is 'replay': KIT_REPLAY must name a recording, such as BTC/USDT=candles.parquet"
    if market.kind == "fixed" and not market.prices:
        yield "KIT_MARKET is 'fixed': KIT_PRICES must give a price, such as BTC/USDT=67250"


def _recording_missing(settings: Settings) -> Iterator[str]:
    if settings.market.kind == "replay":
        for pair, path in settings.market.replay.items():
            if not path.exists():
                yield f"KIT_REPLAY names {str(path)!r} for {pair}: there is no such file"


def _prices_without_use(settings: Settings) -> Iterator[str]:
    kind = settings.market.kind
    for name, needed, given in (
        ("KIT_REPLAY", "replay", settings.market.replay),
        ("KIT_REPLAY_SPEED", "replay", settings.market.speed != MarketSettings().speed),
        ("KIT_REPLAY_START", "replay", settings.market.start),
        ("KIT_PRICES", "fixed", settings.market.prices),
    ):
        if given and kind != needed:
            yield f"{name} is set and not used: KIT_MARKET is {kind!r}, not {needed!r}"


def _tokens(settings: Settings) -> Iterator[tuple[str, Secret]]:
    if settings.gateway.token is not None:
        yield "KIT_GATEWAY_TOKEN", settings.gateway.token
    if settings.gateway.read_token is not None:
        yield "KIT_GATEWAY_READ_TOKEN", settings.gateway.read_token


REFUSED: Final = (
    Rule(("gateway.host", "gateway.token", "gateway.token_file"), _open_to_the_network),
    Rule(("gateway.host",), _weak_off_loopback),
    Rule((), _one_token_for_both),
    Rule(("market.kind", "market.replay", "market.prices"), _market_without_prices),
    Rule(("market.kind",), _recording_missing),
)
WARNED: Final = (
    Rule(("gateway.host",), _weak_on_loopback),
    Rule(("gateway.token", "gateway.token_file"), _read_token_alone),
    Rule(("market.kind",), _prices_without_use),
)
