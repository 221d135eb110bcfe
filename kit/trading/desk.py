"""What a client can have done: orders placed and cancelled, fills recorded, money moved."""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from domain.account import Account
from domain.commands import (
    AmendOrder,
    Command,
    Deposit,
    HaltTrading,
    OpenAccount,
    PlaceLinked,
    PlaceOrder,
    RecordFill,
    ResumeTrading,
    SetLimits,
    Withdraw,
)
from domain.events import Recorded
from domain.events.amendments import AmendmentRequested
from domain.events.orders import OrderPlaced, OrderRefused
from domain.orders import Order
from domain.refusals import InvalidOrder
from domain.risk.limits import RiskLimits
from domain.risk.market import UsdPrices
from domain.streams import account_stream, owner_of
from kit.exchanges.protocol import Exchange
from kit.trading.accounts import Accounts
from kit.trading.errors import ClientOrderIdReused, KeyReused, refusal
from kit.trading.ids import NewId
from kit.trading.journal import Journal
from kit.trading.judging import Judging
from kit.trading.ordering import OrderAsked, StopAsked, place_command, stopped
from kit.trading.reports import is_accepted
from kit.trading.rested import Rested, ended, swept
from kit.trading.router import Router
from kit.trading.settlements import Settled, Settlements, is_done, is_known, is_settled_or_taken
from kit.trading.tasks import Ask, Outcome, Part, Task
from kit.trading.turns import Turns

SETTLE_WAIT_S: Final = 10.0  # A market order answers once it is done, or after this as it then stands.


class Desk:
    """Turns what clients ask for into committed commands, and waits for what the exchange makes of them."""

    def __init__(
        self,
        exchanges: Mapping[str, Exchange],
        journal: Journal,
        accounts: Accounts,
        router: Router,
        settlements: Settlements,
        *,
        judging: Judging,
        new_id: NewId,
    ) -> None:
        self.turns = Turns()
        self._amending = Turns()
        self._judging = judging
        self._exchanges = exchanges
        self._journal = journal
        self._accounts = accounts
        self._router = router
        self._settlements = settlements
        self._new_id = new_id

    async def place(self, asked: OrderAsked, ask: Ask) -> Outcome | Settled:
        """Place an order: a market order answers once it is done, a limit order once the exchange has taken it.

        Returns the outcome of the first use where the key was used before.

        Raises:
            InvalidOrder, InsufficientFunds, RiskLimitExceeded, KeyReused: refused.
            ExchangeError: the price cannot be had; nothing has changed.
        """
        stream = account_stream(asked.account, asked.exchange)
        command = await self._place_command(asked, ask)
        until = is_done if asked.type == "market" else is_known
        with self._settlements.expect(stream, command.order_id, until) as settled:
            outcome = await self._submit_placing(stream, command, ask)
            if outcome.duplicate:
                return outcome
            try:
                async with asyncio.timeout(SETTLE_WAIT_S):
                    return await settled
            except TimeoutError:
                return self._as_it_stands(stream, command.order_id, outcome)

    async def place_linked(self, asked: OrderAsked, stop: StopAsked, ask: Ask) -> Outcome:
        """Place two orders of which one cancels the other: ``asked``, a limit order, and the same as a stop order.

        Returns once the exchange has taken the limit order; the outcome of the first use where the key was used before.

        Raises:
            InvalidOrder, InsufficientFunds, RiskLimitExceeded, KeyReused: refused.
            ExchangeError: the price cannot be had; nothing has changed.
        """
        stream = account_stream(asked.account, asked.exchange)
        limit = await self._place_command(asked, ask)
        command = PlaceLinked(limit=limit, stop=stopped(limit, stop, self._new_id()))
        with self._settlements.expect(stream, limit.order_id, is_known) as settled:
            outcome = await self._submit_placing(stream, command, ask)
            if not outcome.duplicate:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SETTLE_WAIT_S):
                        await settled
            return outcome

    async def amend(self, account: Account, command: AmendOrder, ask: Ask) -> Outcome:
        """Change an open order once its exchange agrees, or the exits of what it bought.

        Returns the outcome of the first use where the key was used before.

        Raises:
            InvalidOrder, OrderClosed, InsufficientFunds, RiskLimitExceeded, KeyReused: refused.
            ExchangeError: the exchange did not make the change, or did not say whether it did.
        """
        async with self._amending.turn(account.id, command.order_id):
            if not command.only_levels:
                await self._arrived(account, command.order_id)
            outcome = await self._submit(account.id, await self._judged(account, command), ask)
            events = (recorded.entry.event for recorded in outcome.recorded)
            if outcome.duplicate or not any(isinstance(event, AmendmentRequested) for event in events):
                return outcome
            return await self._router.amendments.carry_out(account.id, command.order_id) or outcome

    async def _arrived(self, account: Account, order_id: str) -> None:
        """Wait for the exchange's word on an order on its way: before that it can be neither changed nor cancelled."""
        with self._settlements.expect(account.id, order_id, is_settled_or_taken) as arrived:
            order = self._accounts.at(account.id).orders.get(order_id)
            if order is None or order.held or is_accepted(order):
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SETTLE_WAIT_S):
                    await arrived

    async def _judged(self, account: Account, command: AmendOrder) -> AmendOrder:
        """``command`` with what the limits that are set need to see of the market."""
        order = account.find(command.order_id)
        if order is None:
            return command
        return replace(command, market=await self._judging.of_amendment(account, order.side, command.instrument))

    async def cancel(self, account: Account, order: Order, ask: Ask) -> Outcome:
        """Cancel an open order; see ``Cancels.cancel``."""
        await self._arrived(account, order.order_id)
        return await self._router.cancels.cancel(account, order, ask)

    async def cancel_all(self, account: Account, orders: Sequence[Order], ask: Ask) -> tuple[Outcome, list[str]]:
        """Cancel several open orders; see ``Cancels.cancel_all``."""
        return await self._router.cancels.cancel_all(account, orders, ask)

    async def record_fill(self, account: str, exchange: str, command: RecordFill, ask: Ask) -> Outcome:
        """Book an execution made elsewhere."""
        return await self._submit(account_stream(account, exchange), command, ask)

    async def deposit(self, account: str, exchange: str, command: Deposit, ask: Ask) -> Outcome:
        """Book money that came in; an account that does not exist yet is opened by it."""
        stream = account_stream(account, exchange)
        opening = OpenAccount(account=account, exchange=exchange, paper=self._exchanges[exchange].paper)
        command = replace(command, opening=opening)
        return await self._submit(stream, command, ask)

    async def withdraw(self, account: str, exchange: str, command: Withdraw, ask: Ask) -> Outcome:
        """Book money that went out."""
        return await self._submit(account_stream(account, exchange), command, ask)

    async def set_limits(
        self, account: str, exchange: str | None, limits: RiskLimits, ask: Ask, named: frozenset[str] | None = None
    ) -> Outcome:
        """Set the account's limits, all or those ``named``, on one exchange or on all of its exchanges at once.

        Raises:
            InvalidLimit: names the limit, its value and what it must be.
            AccountNotFound: it was never opened there.
        """
        owned = self._accounts.of(account, exchange)
        prices = {one.id: await self._judging.of_holdings(one) for one in owned if limits.watches_losses or one.limits}
        command = SetLimits(limits=limits, named=named)
        parts = [Part(one.id, replace(command, prices=prices.get(one.id, UsdPrices()))) for one in owned]
        return await self._submit_all(parts, ask)

    async def halt(
        self, account: str, exchange: str | None, reason: str, reduce_only: bool, cancel_orders: bool, ask: Ask
    ) -> Outcome:
        """Stop entries of the account, on one exchange or on all of its exchanges at once.

        Raises:
            AccountNotFound: it was never opened there.
        """
        command = HaltTrading(reason=reason, reduce_only=reduce_only, cancel_orders=cancel_orders)
        return await self._submit_all([Part(one.id, command) for one in self._accounts.of(account, exchange)], ask)

    async def swept(self, before: Iterable[Account]) -> Rested:
        """What became of the orders that a halt, now committed, cancels on accounts as they were ``before`` it."""
        orders = {key for one in before for key in swept(one, self._accounts.at(one.id))}
        return await ended(orders, self._accounts, self._settlements)

    async def resume(self, account: str, exchange: str | None, reason: str, ask: Ask) -> Outcome:
        """End the account's halt, on one exchange or on all of its exchanges at once.

        Raises:
            AccountNotFound: it was never opened there.
        """
        owned = self._accounts.of(account, exchange)
        prices = {one.id: await self._judging.of_holdings(one) for one in owned if one.limits}
        parts = [Part(one.id, ResumeTrading(reason=reason, prices=prices.get(one.id, UsdPrices()))) for one in owned]
        return await self._submit_all(parts, ask)

    async def _place_command(self, asked: OrderAsked, ask: Ask) -> PlaceOrder:
        exchange = self._exchanges[asked.exchange]
        instrument = exchange.instruments().get(asked.pair)
        if instrument is None:
            raise InvalidOrder("pair", asked.pair, f"is not listed on {asked.exchange}")
        ticker = await exchange.ticker(asked.pair)
        account = None if asked.closes else self._accounts.find(asked.account, asked.exchange)
        command = place_command(asked, ask.key, self._new_id(), instrument, ticker, exchange.now())
        return replace(command, market=await self._judging.of_order(account, asked.side, instrument, ticker))

    async def _submit_placing(self, stream: str, command: PlaceOrder | PlaceLinked, ask: Ask) -> Outcome:
        """As ``_submit``; the client's key is the order's id, and is said to be used as that."""
        try:
            return await self._submit(stream, command, ask)
        except KeyReused as error:
            raise ClientOrderIdReused(error.used) from None

    async def _submit(self, stream: str, command: Command, ask: Ask) -> Outcome:
        """Commit a client's command; a recorded refusal is raised, the first time and every time after."""
        return await self._submit_all([Part(stream, command)], ask)

    async def _submit_all(self, parts: Sequence[Part], ask: Ask) -> Outcome:
        """Commit commands on several of an account's streams at once, as ``_submit`` does one."""
        (first, *rest), (caller, key, digest) = parts, (ask.caller, ask.key, ask.digest)
        stream, also = first.stream, tuple(rest)
        task = Task(stream=stream, work=first.command, caller=caller, key=key, digest=digest, also=also)
        # Not while a cancel acts on the exchange under the same key: what it did could not be booked under it then.
        async with self.turns.turn(owner_of(stream)[0], ask.key):
            outcome = await self._journal.submit(task)
        for recorded in outcome.recorded:
            if isinstance(recorded.entry.event, OrderRefused):
                raise refusal(recorded.entry.event)
        return outcome

    def _as_it_stands(self, stream: str, order_id: str, outcome: Outcome) -> Settled:
        assert outcome.account is not None
        order = self._accounts.at(stream).find(order_id) or outcome.account.order(order_id)
        return Settled(order, placing(outcome).seq)


def placing(outcome: Outcome) -> Recorded:
    """The entry that placed the order, among those that its command wrote."""
    return next(recorded for recorded in outcome.recorded if isinstance(recorded.entry.event, OrderPlaced))
