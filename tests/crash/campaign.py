"""Rounds of trading and killing on one growing ledger, each followed by a look at what is left of it."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Sequence
from contextlib import AsyncExitStack
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final, Literal

from msgspec import Struct

from kit.wire.market import Price
from tests.crash.asking import PAIRS
from tests.crash.connection import Connection, ConnectionLost, connected
from tests.crash.evidence import Evidence
from tests.crash.gateway import KIT_GATEWAY, Gateway, GatewayFailed
from tests.crash.live_checks import Seen, live_problems, look
from tests.crash.log_checks import log_problems
from tests.crash.notebook import Command, Notebook
from tests.crash.promise_checks import promise_problems
from tests.crash.pushes import Listener, push_problems
from tests.crash.risk_promises import unswept
from tests.crash.trader import Trader

CLIENTS: Final = 4
IN_FLIGHT: Final = 4  # Commands of one client that wait for their answers at the same time.
REPEATED_MAX: Final = 30  # Of the commands that were answered already, sent again after each start.
EARLY_KILLS: Final = 0.25  # The share of rounds in which the gateway dies while clients still ask for lost answers.

Phase = Literal["asking again", "looking", "trading", "stopped"]


class Round(Struct, frozen=True):
    """What one round came to; ``killed_in`` is what the clients were at, ``problems`` what must not be."""

    killed_in: Phase
    sent: int
    answered: int
    unanswered: int
    asked_again: int
    compared: bool
    events: int
    problems: tuple[str, ...]


class Campaign:
    """One ledger in ``directory``, served by ``program``, and its clients; the same seed makes the same decisions."""

    def __init__(self, directory: Path, seed: int, program: Sequence[str] = KIT_GATEWAY) -> None:
        self.notebook = Notebook(directory / "notebook.jsonl")
        self.data_dir = directory / "data"
        self._seed = seed
        self._program = program
        self._random = Random(seed)
        self._traders = [Trader(f"client{n}", Random(f"{seed} {n}")) for n in range(1, CLIENTS + 1)]
        self.seen: list[Seen] = []
        self._listener = Listener()
        self._phase: Phase = "asking again"
        self._asked_again = 0
        self._trading = asyncio.Event()

    async def round(self) -> Round:
        """Start, trade, kill, and look at the log."""
        before = len(self.notebook.commands), len(self.notebook.answers), len(self.seen)
        gateway = await self._start()
        playing = asyncio.create_task(self._play(gateway.port))
        try:
            await self._moment_to_kill(playing)
            failed = ["the gateway was lost before it was killed"] if playing.done() else []
        finally:
            await gateway.kill()
        await playing
        return await self._result(*before, *failed)

    async def end(self) -> Round:
        """Start once more, ask for what is still unanswered, compare, and stop in good order."""
        before = len(self.notebook.commands), len(self.notebook.answers), len(self.seen)
        gateway = await self._start()
        failed = []
        try:
            await self._play(gateway.port, trading=False)
            self._phase = "stopped"
            await gateway.stop()
        except GatewayFailed as error:
            failed.append(str(error))
        finally:
            await gateway.kill()
        if self.notebook.unanswered:
            failed.append(f"{len(self.notebook.unanswered)} commands never got an answer")
        return await self._result(*before, *failed, *unswept(await asyncio.to_thread(Evidence.of, self.data_dir)))

    async def _start(self) -> Gateway:
        self._phase = "asking again"
        self._trading.clear()
        return await Gateway.start(self._program, self.data_dir, market_seed=self._seed)

    async def _moment_to_kill(self, playing: "asyncio.Task[None]") -> None:
        if self.notebook.commands and self._random.random() < EARLY_KILLS:
            await asyncio.sleep(self._random.uniform(0.0, 0.2))
            return
        started = asyncio.create_task(self._trading.wait())
        await asyncio.wait([started, playing], return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        await asyncio.sleep(self._random.uniform(0.1, 1.0))

    async def _play(self, port: int, *, trading: bool = True) -> None:
        """What the clients do from their connecting until they lose the gateway, or have nothing more to ask."""
        async with AsyncExitStack() as stack:
            try:
                listening = await stack.enter_async_context(connected(port, "listener", self._listener.resume_from))
                stack.callback(self._listener.take, listening.events)
                clients = [await stack.enter_async_context(connected(port, "trader")) for _ in self._traders]
                await self._ask_again(clients)
                self._phase = "looking"
                seen = await look(clients[0])
                self.seen += [] if seen is None else [seen]
                if trading:
                    await self._trade(clients)
            except* ConnectionLost:
                pass  # Killed: what they were at is over, and what is unanswered is in the notebook.

    async def _ask_again(self, clients: Sequence[Connection]) -> None:
        """Send what was never answered, and some of what was, in any order and over any connection."""
        answered = self.notebook.repeatable
        repeated = self._random.sample(answered, min(REPEATED_MAX, len(answered)))
        again = [*self.notebook.unanswered, *repeated]
        self._random.shuffle(again)
        self._asked_again = len(again)
        async with TaskGroup() as tasks:
            for number, client in enumerate(clients):
                tasks.create_task(self._send_all(client, again[number :: len(clients)]))

    async def _send_all(self, client: Connection, commands: Sequence[Command]) -> None:
        for command in commands:
            self.notebook.note(command, await client.call(command.method, command.params))

    async def _trade(self, clients: Sequence[Connection]) -> None:
        prices = {pair: await price(clients[0], pair) for pair in PAIRS}
        self._phase = "trading"
        self._trading.set()
        async with TaskGroup() as tasks:
            for client, trader in zip(clients, self._traders, strict=True):
                trader.prices = prices
                for _ in range(IN_FLIGHT):
                    tasks.create_task(self._send_for_ever(client, trader))

    async def _send_for_ever(self, client: Connection, trader: Trader) -> None:
        while True:
            command = trader.next()
            self.notebook.save(command)
            self.notebook.note(command, await client.call(command.method, command.params))
            answer = self.notebook.answers.get(command.key)
            if answer is not None and answer.payload is not None:
                trader.hear(command, answer.payload)

    async def _result(self, sent: int, answered: int, seen: int, *failed: str) -> Round:
        log = await asyncio.to_thread(Evidence.of, self.data_dir)
        problems = await asyncio.to_thread(self._problems, log, self.seen[seen:])
        return Round(
            killed_in=self._phase,
            sent=len(self.notebook.commands) - sent,
            answered=len(self.notebook.answers) - answered,
            unanswered=len(self.notebook.unanswered),
            asked_again=self._asked_again,
            compared=len(self.seen) > seen,
            events=len(log.rows),
            problems=(*failed, *problems),
        )

    def _problems(self, log: Evidence, seen: Sequence[Seen]) -> list[str]:
        problems = [*log_problems(log), *promise_problems(self.notebook, log), *push_problems(self._listener, log)]
        for answers in seen:
            problems += live_problems(answers, log)
        return problems


async def price(client: Connection, pair: str) -> Decimal:
    return (await client.ask("market.data", {"action": "price", "pair": pair}, Price)).price
