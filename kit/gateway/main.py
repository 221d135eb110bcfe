"""``kit gateway``: from the environment to a running gateway, and out again with an exit code."""

import asyncio
import contextlib
import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import Any, Final

import structlog

from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import Exchange
from kit.gateway.runtime import Runtime, utc_now
from kit.log.errors import LogError, LogInUse
from kit.log.opening import open_log
from kit.logs import configure_logs, register_secret
from kit.market.choice import market_of
from kit.market.recordings.errors import BadRecording
from kit.settings import GatewaySettings, Settings, SettingsError, load_settings
from kit.trading.errors import TradingError
from kit.version import kit_version

log = structlog.get_logger(__name__)

EXIT_OK: Final = 0
EXIT_UNKNOWN_OUTCOME: Final = 70  # EX_SOFTWARE: it cannot be known what is in the log; a new start can tell.
EXIT_UNAVAILABLE: Final = 69  # EX_UNAVAILABLE: the address is taken, or the log cannot be used.
EXIT_IN_USE: Final = 75  # EX_TEMPFAIL: another gateway has the log.
EXIT_CONFIGURATION: Final = 78  # EX_CONFIG.
TRY_NEXT: Final = "buy BTC/USDT 100"
FATAL_GRACE_S: Final = 0.5  # For the answers that say that the outcome is unknown.


def run(environ: Mapping[str, str]) -> int:
    """Run a gateway until SIGINT or SIGTERM; returns the process's exit code."""
    try:
        settings = load_settings(environ)
        exchanges = exchanges_of(settings)
    except (SettingsError, BadRecording, ValueError) as error:
        print(error, file=sys.stderr)
        return EXIT_CONFIGURATION
    prepare_process(settings)
    try:
        return run_on_loop(settings, exchanges)
    except LogInUse as error:
        print(error, file=sys.stderr)
        return EXIT_IN_USE
    except (LogError, TradingError, OSError) as error:
        print(f"the gateway cannot start: {error}", file=sys.stderr)
        return EXIT_UNAVAILABLE


def exchanges_of(settings: Settings) -> dict[str, Exchange]:
    return {id_: PaperExchange(id_, market_of(settings.market, utc_now)) for id_ in settings.exchanges}


def prepare_process(settings: Settings) -> None:
    """Logs without secrets, and no core dump that could hold them."""
    for secret in settings.secrets:
        register_secret(secret.reveal())
    configure_logs(settings.logs.level, settings.logs.format, sys.stderr)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for warning in settings.warnings:
        log.warning(warning)


def run_on_loop(settings: Settings, exchanges: Mapping[str, Exchange]) -> int:
    try:
        import uvloop  # noqa: PLC0415  # Not on every platform.
    except ImportError:
        return asyncio.run(serve(settings, exchanges))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(serve(settings, exchanges))


async def serve(settings: Settings, exchanges: Mapping[str, Exchange]) -> int:
    """Start, say where, and stop at the first signal."""
    stopped: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    ledger = await asyncio.to_thread(open_log, settings.data_dir)
    runtime = Runtime(settings, ledger, exchanges, stop_at_once)
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, tell, stopped, name.name)
    starting: asyncio.Future[None] = asyncio.ensure_future(runtime.start())
    either: list[asyncio.Future[Any]] = [starting, stopped]
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()  # Told to stop while still starting.
    try:
        await starting
        greet(settings, runtime)
        log.info("gateway started", version=kit_version(), port=runtime.edge.port, exchanges=list(exchanges))
        reason = await stopped
    except asyncio.CancelledError:
        reason = await stopped
    except BaseException:
        with contextlib.suppress(Exception):
            await runtime.stop("start failed")
        raise
    await runtime.stop(reason)
    log.info("gateway stopped", reason=reason)
    return EXIT_OK


def tell(stopped: "asyncio.Future[str]", reason: str) -> None:
    if not stopped.done():
        stopped.set_result(reason)


def stop_at_once(error: Exception) -> None:
    """End the process without another write: only a new start, which reads the log, can tell what is in it."""
    print(f"the gateway stops, since it cannot know what is in its log: {error}", file=sys.stderr, flush=True)
    asyncio.get_running_loop().call_later(FATAL_GRACE_S, os._exit, EXIT_UNKNOWN_OUTCOME)


def command() -> str:
    """How whoever started this gateway can call the same program again."""
    if which("kit"):
        return "kit"
    installed, here = Path(sys.executable).with_name("kit"), Path.cwd()
    return str(installed.relative_to(here) if installed.is_relative_to(here) else installed)


def elsewhere(port: int) -> str:
    """What ``kit`` has to be told of ``port`` in a terminal that knows nothing of it; nothing of the usual one."""
    return "" if port == GatewaySettings().port else f"--url ws://127.0.0.1:{port} "


def greet(settings: Settings, runtime: Runtime) -> None:
    host = f"[{settings.gateway.host}]" if ":" in settings.gateway.host else settings.gateway.host
    prices = ", ".join(f"{id_} ({one.source} prices)" for id_, one in runtime.services.exchanges.items())
    lines = [
        f"K.I.T. Gateway {kit_version()} listens on ws://{host}:{runtime.edge.port}/",
        f"  trading on: {prices}",
        f"  ledger in:  {settings.data_dir}",
        *(f"  note: {warning}" for warning in runtime.conditions.health().warnings),
        f"Try next, in another terminal: {command()} {elsewhere(runtime.edge.port)}{TRY_NEXT}",
    ]
    print("\n".join(lines), flush=True)
