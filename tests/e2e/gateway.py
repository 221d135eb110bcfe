"""The real gateway in a process of its own, started and ended as an operator would."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.e2e.stranger import Stranger

PROGRAM: Final = (sys.executable, "-c", "from kit.cli.main import main; main()", "gateway")
LISTENS: Final = re.compile(r"listens on ws://\S+:(?P<port>\d+)/")
PAGE_PRICES: Final = {"KIT_MARKET": "fixed", "KIT_PRICES": "BTC/USDT=67250,ETH/USDT=3500"}
UNHURRIED: Final = {"KIT_GATEWAY_RATE_PER_SECOND": "10000", "KIT_GATEWAY_RATE_PER_MINUTE": "100000"}
STOP_S: Final = 15.0


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """A gateway's whole environment: nothing of it comes from whoever runs the tests."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"KIT_DATA_DIR": str(data_dir), "KIT_GATEWAY_PORT": "0", "KIT_LOG_LEVEL": "warning", "KIT_LOG_FORMAT": "json"}
    return inherited | own | variables


class Gateway:
    """A running gateway; ``log`` is what it wrote to stderr so far, ``greeting`` what to stdout, all once it ended."""

    def __init__(self, data_dir: Path, variables: Mapping[str, str]) -> None:
        self.data_dir = data_dir
        self.greeting: list[str] = []
        self._errors = data_dir.with_name(f"{data_dir.name}.stderr")
        with self._errors.open("ab") as errors:
            self.process = subprocess.Popen(
                PROGRAM,
                env=environment(data_dir, **variables),
                cwd=data_dir.parent,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.port = self._port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def log(self) -> str:
        return self._errors.read_text()

    async def client(self, token: str | None = None, **params: object) -> Stranger:
        """A connected client; it is closed with ``async with``."""
        stranger = await self.stranger()
        await stranger.connect(token, **params)
        return stranger

    async def stranger(self) -> Stranger:
        """A connection that has not said who it is."""
        return await Stranger.opened(self.url)

    def stop(self) -> int:
        """End it as Ctrl-C and service managers do, and return its exit code."""
        self.tell_to_stop()
        return self.ended()

    def tell_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, without a chance to write anything more."""
        self.process.kill()
        self.ended()

    def ended(self) -> int:
        """Wait for its end, and return its exit code."""
        try:
            return self.process.wait(timeout=STOP_S)
        finally:
            if self.process.stdout is not None and not self.process.stdout.closed:
                self.greeting += self.process.stdout.read().splitlines()
                self.process.stdout.close()

    def _port(self) -> int:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.greeting.append(line.rstrip("\n"))
            if found := LISTENS.search(line):
                return int(found["port"])
        raise AssertionError(f"the gateway ended with {self.ended()}: {self.log}")


@contextmanager
def running(data_dir: Path, **variables: str) -> Iterator[Gateway]:
    """A gateway until the end of the block, then stopped with SIGTERM: always with exit code 0."""
    gateway = Gateway(data_dir, UNHURRIED | variables)
    try:
        yield gateway
    except BaseException:
        gateway.kill()
        print(gateway.log, file=sys.stderr)
        raise
    if gateway.process.poll() is None:
        assert gateway.stop() == 0, gateway.log


def refused_start(data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start a gateway that is to end by itself at once."""
    return subprocess.run(
        PROGRAM,
        env=environment(data_dir, **variables),
        cwd=data_dir.parent,
        capture_output=True,
        text=True,
        timeout=STOP_S,
        check=False,
    )
