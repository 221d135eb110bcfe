"""The whole order path on a real log: journal, accounts, router and desk, over one exchange."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Final

from domain.account import Account
from domain.commands import RecordFill
from domain.events import Event
from domain.events.terms import Side
from domain.orders import Order
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import Exchange
from kit.log.log import Log
from kit.log.opening import open_log
from kit.market.fixed import FixedMarket
from kit.market.valuation import Valuation
from kit.trading.accounts import Accounts
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.desk import Desk
from kit.trading.journal import Journal
from kit.trading.judging import Judging
from kit.trading.ordering import OrderAsked
from kit.trading.router import Router
from kit.trading.settlements import Settled, Settlements
from kit.trading.sweep import Sweep
from kit.trading.tasks import Outcome
from tests.domain.books import fill
from tests.kit.trading.asked import MAIN, ask, opening, ticking
from tests.kit.trading.journals import Told

PRICES: Final = {"BTC/USDT": Decimal(67_250), "ETH/USDT": Decimal(3_500)}


class Floor:
    """Everything between a client's command and the exchange's word on it."""

    def __init__(self, log: Log, exchange: Exchange, clock: Callable[[], datetime]) -> None:
        self.log = log
        self.exchange = exchange
        self.told = Told()
        self.bookkeeper = Bookkeeper(log, clock)
        self.journal = Journal(self.bookkeeper, self.told.fatal.append, self.told)
        self.accounts = Accounts()
        self.router = Router({exchange.id: exchange}, self.journal, self.accounts)
        self.sweep = Sweep(self.accounts, self.router)
        self.settlements = Settlements()
        self.new_id = numbered(f"o{log.head()}")
        exchanges = {exchange.id: exchange}
        self.judging = Judging(exchanges, {exchange.id: Valuation(exchange, ["USDT"])})
        self.desk = Desk(
            exchanges,
            self.journal,
            self.accounts,
            self.router,
            self.settlements,
            judging=self.judging,
            new_id=self.new_id,
        )

    async def start(self) -> None:
        await self.exchange.connect()
        self.accounts.load({stream: self.bookkeeper.states.get(stream) for stream in self.log.streams()})
        self.journal.followers += [
            self.accounts.follow,
            self.settlements.follow,
            self.router.follow,
            self.sweep.follow,
            self.told.commits.append,
        ]
        self.journal.start(self.log.head())
        await self.journal.submit(opening())
        self.router.start()
        self.sweep.start()

    async def stop(self) -> None:
        await self.sweep.close()
        await self.router.close()
        await self.journal.close()
        await self.exchange.close()

    @property
    def main(self) -> Account:
        return self.accounts.at(MAIN)

    def order(self, order_id: str) -> Order:
        return self.main.order(order_id)

    async def placed(
        self, key: str, side: Side, amount: str, price: str | None = None, **levels: str | None
    ) -> Settled:
        """Place an order, as ``asked`` has it, and wait for the answer."""
        answer = await self.desk.place(asked(side, amount, price, **levels), ask(key))
        assert isinstance(answer, Settled), answer
        return answer

    async def recorded(self, trade_id: str, amount: str, order_id: str) -> Outcome:
        """Book what a client says was bought for the order at 67,000."""
        execution = fill("buy", amount, "67000", trade_id=trade_id)
        return await self.desk.record_fill(
            "main", "paper", RecordFill(execution=execution, order_id=order_id), ask(trade_id)
        )

    async def until(self, order_id: str, reached: Callable[[Order], bool]) -> Settled:
        """Wait until ``reached`` holds for the order, which may be so already."""
        if reached(self.order(order_id)):
            return Settled(self.order(order_id), 0)
        with self.settlements.expect(MAIN, order_id, reached) as settled:
            return await settled

    def events(self) -> list[Event]:
        """All events of the account, but for its opening."""
        return [entry.event for entry in self.log.read_stream(MAIN)][2:]

    def topics(self) -> list[str]:
        return [type(event).__name__ for event in self.events()]


def numbered(prefix: str) -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def fixed_market() -> FixedMarket:
    """BTC/USDT at 67,250 and ETH/USDT at 3,500, without a spread."""
    return FixedMarket(PRICES, ticking())


def paper(market: FixedMarket | None = None) -> PaperExchange:
    return PaperExchange("paper", market or fixed_market())


@asynccontextmanager
async def floor(
    data_dir: Path, exchange: Exchange | None = None, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Floor]:
    """An open floor with the account ``main`` and its 10,000 USDT; whatever was there is there again."""
    log = open_log(data_dir)
    opened = Floor(log, exchange or paper(), clock or ticking())
    await opened.start()
    try:
        yield opened
    finally:
        await opened.stop()
        log.close()


def asked(
    side: Side,
    amount: str,
    price: str | None = None,
    *,
    stop_loss: str | None = None,
    take_profit: str | None = None,
    trailing_stop: str | None = None,
) -> OrderAsked:
    """A market order, or a limit order where there is a ``price``, on BTC/USDT, with what guards it."""
    return OrderAsked(
        account="main",
        exchange="paper",
        pair="BTC/USDT",
        side=side,
        type="market" if price is None else "limit",
        amount=Decimal(amount),
        price=number(price),
        stop_loss=number(stop_loss),
        take_profit=number(take_profit),
        trailing_stop=number(trailing_stop),
    )


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
