"""Every setting: its type and default, the variable it comes from, and what it means.

The path of a field is its key in `kit.toml`: ``gateway.port`` is ``port`` under ``[gateway]``.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from msgspec import Struct

from kit.settings import addresses, values
from kit.settings.forms import Form, One, Several, Table
from kit.settings.secret import Secret
from kit.settings.values import choice, whole

STABLECOINS: Final = ("USDT", "USDC", "DAI", "FDUSD", "TUSD", "USD")
SEED_MAX: Final = 10**18 - 1
NONE: Final[Mapping[str, Any]] = MappingProxyType({})


class Setting(Struct, frozen=True):
    """Where a field's value comes from. ``default`` reads better than the value; a ``hidden`` value is never shown."""

    variable: str
    form: Form
    meaning: str
    default: str | None = None
    hidden: bool = False


class GatewaySettings(Struct, frozen=True, kw_only=True):
    """Where the gateway listens, who may use it, and how much of it."""

    host: Annotated[str, Setting("KIT_GATEWAY_HOST", One(addresses.host), "address to listen on")] = "127.0.0.1"
    port: Annotated[int, Setting("KIT_GATEWAY_PORT", One(whole(0, 65_535)), "port; 0 takes any free one")] = 18_800
    token: Annotated[
        Secret | None,
        Setting("KIT_GATEWAY_TOKEN", One(values.token), "full access; needed on any address but loopback", hidden=True),
    ] = None
    token_file: Annotated[
        Path | None, Setting("KIT_GATEWAY_TOKEN_FILE", One(values.path), "file that holds KIT_GATEWAY_TOKEN")
    ] = None
    read_token: Annotated[
        Secret | None,
        Setting("KIT_GATEWAY_READ_TOKEN", One(values.token), "access that can read and change nothing", hidden=True),
    ] = None
    read_token_file: Annotated[
        Path | None, Setting("KIT_GATEWAY_READ_TOKEN_FILE", One(values.path), "file that holds KIT_GATEWAY_READ_TOKEN")
    ] = None
    origins: Annotated[
        tuple[str, ...],
        Setting(
            "KIT_GATEWAY_ORIGINS", Several(addresses.origin), "browser origins that may connect", default="same origin"
        ),
    ] = ()
    hosts: Annotated[
        tuple[str, ...],
        Setting("KIT_GATEWAY_HOSTS", Several(addresses.host), "further Host names answered (containers, proxies)"),
    ] = ()
    rate_per_second: Annotated[
        int, Setting("KIT_GATEWAY_RATE_PER_SECOND", One(whole(1, 1_000_000)), "requests a second of one client")
    ] = 10
    rate_per_minute: Annotated[
        int, Setting("KIT_GATEWAY_RATE_PER_MINUTE", One(whole(1, 1_000_000)), "requests a minute of one client")
    ] = 300
    max_connections: Annotated[
        int, Setting("KIT_GATEWAY_MAX_CONNECTIONS", One(whole(1, 100_000)), "clients at the same time")
    ] = 50

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the gateway."""
        return addresses.is_loopback(self.host)


class MarketSettings(Struct, frozen=True, kw_only=True):
    """Where the paper exchange's prices come from."""

    kind: Annotated[
        Literal["simulated", "replay", "fixed"],
        Setting(
            "KIT_MARKET", One(choice("simulated", "replay", "fixed")), "source of prices: simulated, replay, fixed"
        ),
    ] = "simulated"
    seed: Annotated[int, Setting("KIT_MARKET_SEED", One(whole(0, SEED_MAX)), "seed of the simulated prices")] = 1
    replay: Annotated[
        Mapping[str, Path],
        Setting("KIT_REPLAY", Table(values.pair, values.path), "recordings to replay: BTC/USDT=candles.parquet,…"),
    ] = NONE
    speed: Annotated[float, Setting("KIT_REPLAY_SPEED", One(values.speed), "times faster than recorded")] = 1.0
    quote_volume: Annotated[
        tuple[str, ...],
        Setting("KIT_REPLAY_QUOTE_VOLUME", Several(values.pair), "recordings whose volume is in quote: BTC/USDT,…"),
    ] = ()
    start: Annotated[
        datetime | None,
        Setting(
            "KIT_REPLAY_START", One(values.moment), "where to start in the recordings", default="their first moment"
        ),
    ] = None
    prices: Annotated[
        Mapping[str, Decimal],
        Setting("KIT_PRICES", Table(values.pair, values.positive), "prices of the fixed market: BTC/USDT=67250,…"),
    ] = NONE


class PaperSettings(Struct, frozen=True, kw_only=True):
    """The paper exchange."""

    funds: Annotated[
        Mapping[str, Decimal],
        Setting(
            "KIT_PAPER_FUNDS", Table(values.asset, values.positive), "paper money that the first account is opened with"
        ),
    ] = MappingProxyType({"USDT": Decimal(10_000)})


class LogSettings(Struct, frozen=True, kw_only=True):
    """What the gateway tells of its work, on stderr."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Setting("KIT_LOG_LEVEL", One(choice("debug", "info", "warning", "error")), "debug, info, warning or error"),
    ] = "info"
    format: Annotated[
        Literal["console", "json"] | None,
        Setting(
            "KIT_LOG_FORMAT",
            One(choice("console", "json")),
            "console (to read) or json (a line each)",
            default="console on a terminal, else json",
        ),
    ] = None


class Settings(Struct, frozen=True, kw_only=True):
    """All settings. ``warnings`` are sentences about what works and is unwise."""

    data_dir: Annotated[
        Path, Setting("KIT_DATA_DIR", One(values.path), "where the ledger, candles, archives and backtests live")
    ] = Path("data")
    # A database's address can hold a password.
    database_url: Annotated[
        str, Setting("KIT_DATABASE_URL", One(values.database), "where the log is; sqlite is KIT_DATA_DIR", hidden=True)
    ] = "sqlite"
    exchanges: Annotated[
        tuple[str, ...], Setting("KIT_EXCHANGE", Several(values.exchange), "exchanges to trade on; only paper so far")
    ] = ("paper",)
    stablecoins: Annotated[
        tuple[str, ...], Setting("KIT_STABLECOINS", Several(values.asset), "assets that are worth one dollar")
    ] = STABLECOINS
    gateway: GatewaySettings = GatewaySettings()
    market: MarketSettings = MarketSettings()
    paper: PaperSettings = PaperSettings()
    logs: LogSettings = LogSettings()
    warnings: tuple[str, ...] = ()

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must never appear in a log."""
        return tuple(secret for secret in (self.gateway.token, self.gateway.read_token) if secret is not None)
