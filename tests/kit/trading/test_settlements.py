"""Whoever waits for an order is woken by the commit that brings it there, with the order as it was then."""

import asyncio

import pytest

from kit.log.log import Log
from kit.trading.accounts import Accounts
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.settlements import Settlements, is_done, is_known
from kit.trading.tasks import Task
from tests.domain.books import deposit, fill, limit, report
from tests.kit.trading.asked import MAIN, bookkeeper, task


class Waiting:
    """Settlements that hear of every commit of one bookkeeper."""

    def __init__(self, log: Log) -> None:
        self._books: Bookkeeper = bookkeeper(log)
        self._accounts = Accounts()
        self.settlements = Settlements()

    def commit(self, *tasks: Task) -> None:
        _, committed = self._books.process(tasks)
        self._accounts.follow(committed)
        self.settlements.follow(committed)


@pytest.fixture
def waiting(log: Log) -> Waiting:
    return Waiting(log)


async def test_the_first_commit_that_gets_the_order_there_wakes_its_waiter(waiting: Waiting) -> None:
    with waiting.settlements.expect(MAIN, "o-1", is_done) as reached:
        waiting.commit(task(limit("buy", "0.1", "67000")))
        waiting.commit(task(report("open", fill("buy", "0.04", "67000"))), task(deposit("BTC", "1")))
        assert not reached.done()
        waiting.commit(task(report("filled", fill("buy", "0.06", "67000"))), task(deposit("BTC", "1")))
        order, seq = await reached
    assert (order.status, seq) == ("filled", 7)


async def test_the_order_is_that_of_the_commit_whatever_comes_later(waiting: Waiting) -> None:
    with waiting.settlements.expect(MAIN, "o-1", is_known) as reached:
        waiting.commit(task(limit("buy", "0.1", "67000")), task(report("open")))
        waiting.commit(task(report("cancelled")))
        order, _ = await reached
    assert order.status == "pending"


async def test_two_can_wait_for_one_order_and_one_that_has_left_is_not_woken(waiting: Waiting) -> None:
    with (
        waiting.settlements.expect(MAIN, "o-1", is_known) as known,
        waiting.settlements.expect(MAIN, "o-1", is_done) as done,
    ):
        with waiting.settlements.expect(MAIN, "o-1", is_done) as left:
            waiting.commit(task(limit("buy", "0.1", "67000")), task(report("open")))
        waiting.commit(task(report("filled", fill("buy", "0.1", "67000"))))
        assert [(await known).order.status, (await done).order.status] == ["pending", "filled"]
        assert not left.done()


async def test_a_waiter_that_was_cancelled_hinders_nobody(waiting: Waiting) -> None:
    async def wait() -> None:
        with waiting.settlements.expect(MAIN, "o-1", is_done) as reached:
            await reached

    cancelled = asyncio.create_task(wait())
    await asyncio.sleep(0)
    with waiting.settlements.expect(MAIN, "o-1", is_done) as reached:
        cancelled.cancel()
        waiting.commit(task(limit("buy", "0.1", "67000")), task(report("rejected")))
        await asyncio.wait([cancelled])
        assert (await reached).order.status == "rejected"
