"""Any history of a real ledger, exchange and watch, crashes among it: every coin bought is guarded once, or sold."""

import shutil
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any, Final, TypeVar

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.account import Account, trailing_level
from domain.commands import AmendOrder
from domain.events import Event
from domain.events.exits import ExitTriggered
from domain.events.fills import OrderFilled
from domain.events.reconciliation import DiscrepancyFound
from domain.evolve import evolve_entry
from domain.money import ZERO, floor_to
from kit.trading.exits import reached
from kit.trading.states import States
from tests.crash import log_checks
from tests.crash.evidence import Evidence
from tests.domain.laws.guards import guarded_by_entry
from tests.domain.laws.worlds import on_tick
from tests.kit.trading.asked import MAIN, ask
from tests.kit.trading.crashing import PAIR, Crashing
from tests.kit.trading.floor import asked

T = TypeVar("T")

CHECKS: Final = (
    log_checks.gaps,
    log_checks.keys_used_twice,
    log_checks.trades_booked_twice,
    log_checks.imbalances,
    log_checks.negative_balances,
    log_checks.wrong_locks,
    log_checks.odd_views,
)
PRICES: Final = (61_000, 64_000, 65_900, 66_600, 67_000, 67_250, 67_400, 67_500, 68_000, 70_000, 74_000)

prices = st.sampled_from(PRICES).map(Decimal)
amounts = st.sampled_from(("0.01", "0.025", "0.05"))
factors = st.sampled_from(("0.97", "0.995", "1", "1.005", "1.03"))
distances = st.sampled_from(("0.5", "2", "10"))
steps = st.integers(0, 60)
which = st.integers(0, 15)
# At least one exit: what is free is then never what was bought.
exits = st.fixed_dictionaries(
    {}, optional={"stop_loss": st.just("0.98"), "take_profit": st.just("1.02"), "trailing_stop": distances}
).filter(bool)


class ExitMachine(RuleBasedStateMachine):
    """One client, one pair, one account; all that it buys has exits."""

    def __init__(self) -> None:
        super().__init__()
        self.on = Crashing()
        self.keys = count(1)
        self.seen: dict[str, Decimal] = {}

    @rule(amount=amounts, factor=st.none() | factors, guards=exits)
    def buy(self, amount: str, factor: str | None, guards: dict[str, str]) -> None:
        self.on.do(self.order("buy", amount, factor, guards))

    @rule(amount=amounts, factor=st.none() | factors)
    def sell(self, amount: str, factor: str | None) -> None:
        self.on.do(self.order("sell", amount, factor, {}))

    @rule(order=which)
    def cancel(self, order: int) -> None:
        for found in self.nth(self.on.main.orders.values(), order):
            self.on.do(self.on.floor.desk.cancel(self.on.main, found, self.asks()))

    @rule(order=which, amount=st.none() | amounts, factor=st.none() | factors)
    def amend(self, order: int, amount: str | None, factor: str | None) -> None:
        for found in self.nth(self.on.main.orders.values(), order):
            price = self.level(factor) if factor is not None and found.price is not None else None
            changes = {"amount": None if amount is None else Decimal(amount), "price": price}
            self.on.do(self.amendment(found.order_id, **changes))

    @rule(entry=which, guards=exits)
    def move_exits(self, entry: int, guards: dict[str, str]) -> None:
        """Also to where the price is already, and closer behind it."""
        for name in self.nth(self.on.main.brackets, entry):
            self.on.do(self.amendment(name, **self.levels(guards)))

    @rule(price=prices)
    def move(self, price: Decimal) -> None:
        self.move_to(price)

    @rule(amount=amounts, distance=distances, rise=st.sampled_from((0, 10, 100)))
    def buy_ride_and_fall_back(self, amount: str, distance: str, rise: int) -> None:
        """Also after a rise that the ledger does not hear of: the level that was last seen sells."""
        self.on.do(self.order("buy", amount, None, {"trailing_stop": distance}))
        for name in self.trailing[-1:]:
            self.move_to(self.on.price + rise)
            bracket = self.on.main.brackets.get(name)
            if bracket is not None and bracket.trailing_stop is not None:
                level = trailing_level(self.seen[name], bracket.trailing_stop)
                self.move_to(floor_to(level, self.on.market.instruments()[PAIR].price_tick))

    def move_to(self, price: Decimal) -> None:
        self.on.market.set_price(PAIR, price)
        self.on.settle()
        for entry, bracket in self.on.main.brackets.items():
            highs = [high for high in (price, bracket.high, self.seen.get(entry)) if high is not None]
            self.seen[entry] = max(highs)
            trailing = msgspec.structs.replace(bracket, high=self.seen[entry])
            assert reached(trailing, self.on.market.ticker(PAIR)) is None

    @property
    def trailing(self) -> list[str]:
        return [name for name, bracket in self.on.main.brackets.items() if bracket.trailing_stop is not None]

    @rule(before=prices, steps=steps, meanwhile=st.none() | prices)
    def crash(self, before: Decimal, steps: int, meanwhile: Decimal | None) -> None:
        """The gateway dies while it acts on a price, and the price may have gone on when it is back."""
        self.on.market.set_price(PAIR, before)
        self.on.crash(steps=steps)
        self.come_back(meanwhile)

    @rule(amount=amounts, guards=exits, steps=steps, meanwhile=st.none() | prices)
    def crash_while_buying(self, amount: str, guards: dict[str, str], steps: int, meanwhile: Decimal | None) -> None:
        """Nobody knows whether it was bought; whoever asks again under the same key buys it once."""
        key = f"k-{next(self.keys)}"
        order = asked("buy", amount, **self.texts(guards))
        self.on.crash(self.on.floor.desk.place(order, ask(key)), steps=steps)
        self.come_back(meanwhile)
        self.on.do(self.on.floor.desk.place(order, ask(key)))

    @rule(amount=amounts, steps=steps)
    def crash_while_selling(self, amount: str, steps: int) -> None:
        self.on.crash(self.order("sell", amount, None, {}), steps=steps)
        self.come_back(None)

    @rule()
    def snapshot(self) -> None:
        account = self.on.main
        self.on.log.snapshots.save(MAIN, account.version, msgspec.json.encode(account))

    @invariant()
    def all_that_was_bought_is_guarded_or_being_sold(self) -> None:
        account = self.on.main
        assert account == States(self.on.log).get(MAIN)
        selling = sum((order.reserved for order in account.orders.values() if order.side == "sell"), ZERO)
        guarded = sum((bracket.amount for bracket in account.brackets.values()), ZERO)
        held = account.balance("BTC")
        assert (held.free, held.locked) == (ZERO, selling + guarded)
        position = account.positions.get(PAIR)
        assert held.total == (position.amount if position else 0)

    @invariant()
    def no_exit_is_left_to_be_triggered_and_none_is_still_selling(self) -> None:
        ticker = self.on.market.ticker(PAIR)
        assert not [bracket for bracket in self.on.main.brackets.values() if reached(bracket, ticker)]
        assert not [order for order in self.on.main.orders.values() if order.exit_of is not None]
        assert not self.on.floor.told.fatal

    @invariant()
    def what_was_seen_of_an_exit_counts_while_it_is_armed(self) -> None:
        """What a sell takes and gives back goes on from what the ledger has recorded."""
        self.seen = {entry: high for entry, high in self.seen.items() if entry in self.on.main.brackets}

    def teardown(self) -> None:
        self.on.close()
        log = Evidence.of(self.on.place)
        shutil.rmtree(self.on.directory)
        assert [problem for check in CHECKS for problem in check(log)] == []
        check_history(log)

    def order(self, side: Any, amount: str, factor: str | None, guards: dict[str, str]) -> Any:
        price = None if factor is None else f"{self.level(factor):f}"
        unit = {"amount_in": "base"} if side == "buy" else {}
        order = msgspec.structs.replace(asked(side, amount, price, **self.texts(guards)), **unit)
        return self.on.floor.desk.place(order, self.asks())

    def amendment(self, order_id: str, **changes: Any) -> Any:
        command = AmendOrder(
            order_id=order_id,
            instrument=self.on.market.instruments()[PAIR],
            exchange_time=self.on.market.now(),
            **changes,
        )
        return self.on.floor.desk.amend(self.on.main, command, self.asks())

    def come_back(self, price: Decimal | None) -> None:
        self.seen = {}
        if price is not None:
            self.on.market.set_price(PAIR, price)
        self.on.settle()

    def levels(self, guards: dict[str, str]) -> dict[str, Decimal]:
        return {name: Decimal(of) if name == "trailing_stop" else self.level(of) for name, of in guards.items()}

    def texts(self, guards: dict[str, str]) -> dict[str, str]:
        return {name: f"{level:f}" for name, level in self.levels(guards).items()}

    def level(self, factor: str) -> Decimal:
        return on_tick(self.on.price, factor, self.on.market.instruments()[PAIR])

    def asks(self) -> Any:
        return ask(f"k-{next(self.keys)}")

    @staticmethod
    def nth(of: Iterable[T], number: int) -> list[T]:
        """One of them, or none: what there is depends on the threads, and what is drawn must not."""
        found = list(of)
        return [found[number % len(found)]] if found else []


def check_history(log: Evidence) -> None:
    """After every single event: what an entry bought is armed, in a sell, or sold by its exits, and no part twice."""
    account = Account(id=MAIN)
    bought: defaultdict[str, Decimal] = defaultdict(Decimal)
    sold: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in log.entries:
        if entry.stream != MAIN:
            continue
        account = evolve_entry(account, entry)
        check_event(entry.event)
        if isinstance(entry.event, OrderFilled):
            name = entry.event.order_id
            of = bought if entry.event.side == "buy" else sold
            of[account.order(name).exit_of or name] += entry.event.amount
        for name, amount in guarded_by_entry(account).items():
            assert amount + sold[name] <= bought[name], name


def check_event(event: Event) -> None:
    """An exit sold where the market had come to its level, and the exchange said nothing that could not be."""
    assert not isinstance(event, DiscrepancyFound)
    if isinstance(event, ExitTriggered):
        risen = event.exit_kind == "take_profit"
        assert event.market_price >= event.price if risen else event.market_price <= event.price


ExitMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
# Passing takes seconds; shrinking a failure takes minutes.
TestExits = pytest.mark.timeout(600)(ExitMachine.TestCase)
