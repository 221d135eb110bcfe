"""Whatever commands, fills and reports come in whatever order, these laws hold after each of them."""

from collections import defaultdict
from decimal import Decimal

import msgspec
import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from domain.account import Account
from domain.money import EXACT, ZERO, exact
from domain.orders import Order
from domain.refusals import OrderClosed
from tests.domain.laws.exit_moves import ExitMoves, guarded_in_all
from tests.domain.laws.guards import guarded_by_entry
from tests.domain.laws.ledger import replayed_from
from tests.domain.laws.linked_moves import LinkedMoves
from tests.domain.laws.moves import ASSETS, PAIRS


class AccountLaws(ExitMoves, LinkedMoves):
    """The laws, and at the end of each history its replay."""

    @invariant()
    def live_and_replayed_are_one(self) -> None:
        assert self.ledger.replayed == self.ledger.live
        assert self.ledger.images[-1] == msgspec.json.encode(self.ledger.live)

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for (_, asset), amount in self.ledger.sums.items():
            sums[asset] = EXACT.add(sums[asset], amount)
        assert not any(sums.values())

    @invariant()
    def balances_are_the_sum_of_all_postings(self) -> None:
        for asset in ASSETS:
            balance = self.ledger.live.balance(asset)
            assert balance.free == self.ledger.sums["free", asset]
            assert balance.locked == self.ledger.sums["locked", asset]
            assert balance.total == EXACT.add(balance.free, balance.locked)

    @invariant()
    def only_what_was_written_down_is_below_zero(self) -> None:
        for asset, balance in self.ledger.live.balances.items():
            assert balance.locked >= 0
            assert balance.free >= 0 or asset in self.ledger.owing

    @invariant()
    def what_is_locked_is_reserved_or_guarded(self) -> None:
        locked = locked_by_reason(self.ledger.live)
        for asset in ASSETS:
            assert self.ledger.live.balance(asset).locked == locked.get(asset, ZERO)

    @invariant()
    def what_is_guarded_was_bought_and_is_held(self) -> None:
        for bracket in self.ledger.live.brackets.values():
            balance = self.ledger.live.balance(bracket.base)
            assert 0 < bracket.amount <= self.ledger.gained[bracket.order_id]
            assert bracket.base in self.ledger.owing or guarded_in_all(self.ledger.live, bracket.base) <= balance.total

    @invariant()
    def nothing_bought_is_guarded_twice(self) -> None:
        """Armed, in a sell that would give it back, or sold by an exit: of what an entry bought, each part is one."""
        live = self.ledger.live
        guarded = guarded_by_entry(live)
        for order in map(live.order, self.known):
            if order.exit_of is not None and order.order_id not in self.ledger.beyond:
                guarded[order.exit_of] = EXACT.add(guarded.get(order.exit_of, ZERO), order.filled_amount)
        for entry, amount in guarded.items():
            assert amount <= self.ledger.gained[entry], f"{amount} of {entry}, which bought {self.ledger.gained[entry]}"

    @invariant()
    def exits_stand_where_their_entry_says(self) -> None:
        for bracket in self.ledger.live.brackets.values():
            entry = self.ledger.live.order(bracket.order_id)
            assert entry.has_exits
            for field in ("stop_loss", "take_profit", "trailing_stop"):
                assert getattr(bracket, field) == getattr(entry, field)
            assert bracket.high is None or bracket.trailing_stop is not None
            assert bracket.high is None or ZERO < (bracket.trailing_level or ZERO) < bracket.high

    @invariant()
    def orders_keep_to_their_amount_and_status(self) -> None:
        assert not self.ledger.live.orders.keys() & self.ledger.live.closed.keys()
        for order_id in self.known:
            order = self.ledger.live.order(order_id)
            assert order.filled_amount == self.ledger.filled[order_id] >= 0
            assert order.filled_amount <= order.amount or order_id in self.ledger.beyond
            check_status(order)
            assert order.is_open == (order_id in self.ledger.live.orders)

    @invariant()
    def of_two_linked_orders_one_trades(self) -> None:
        """One waits for the other, and both trade their amount once, unless the exchange did what it denied."""
        for names, amount in self.pairs.items():
            limit, stop = (self.ledger.live.order(name) for name in names)
            if self.ledger.beyond.isdisjoint(names):
                assert EXACT.add(limit.filled_amount, stop.filled_amount) <= amount
                assert not (limit.is_open and stop.is_open) or stop.held
            assert not stop.held or (limit.is_open and stop.amount == limit.remaining)

    @invariant()
    def closed_orders_take_no_more_commands(self) -> None:
        live = self.ledger.live
        assert not any(order.reserved for order in live.closed.values())
        assert live.taken.keys() <= live.orders.keys()
        for order_id in list(live.closed)[-1:]:
            with pytest.raises(OrderClosed):
                live.open_order(order_id)

    @invariant()
    def positions_are_what_their_fills_come_to(self) -> None:
        for pair in PAIRS:
            position, holding = self.ledger.live.positions.get(pair), self.ledger.holdings[pair]
            assert (position.amount if position else 0) == holding.amount >= 0
            if position:
                assert EXACT.subtract(position.realized_pnl, position.cost) == holding.flow

    def teardown(self) -> None:
        """Full replay, and any snapshot with the tail after it, come to the state that was lived through."""
        if not hasattr(self, "ledger"):
            return
        stored, images = self.ledger.stored, self.ledger.images
        for version in {0, 1, len(stored) // 3, len(stored) // 2, len(stored)}:
            snapshot = msgspec.json.decode(images[version], type=Account)
            assert msgspec.json.encode(replayed_from(snapshot, stored)) == images[-1]


@exact
def locked_by_reason(account: Account) -> dict[str, Decimal]:
    """By asset: what open orders reserve, and what exits guard."""
    locked: defaultdict[str, Decimal] = defaultdict(Decimal)
    for order in account.orders.values():
        locked[order.paid_asset] += order.reserved
    for bracket in account.brackets.values():
        locked[bracket.base] += bracket.amount
    return dict(locked)


def check_status(order: Order) -> None:
    """The status is a function of what was filled, of whether the exchange took the order, and of how it ended."""
    filled, whole = order.filled_amount > 0, order.filled_amount >= order.amount
    match order.status:
        case "unknown":
            assert not filled
            assert order.exchange_order_id is None
        case "pending":
            assert not filled
            assert order.exchange_order_id is not None or order.linked_to is not None
        case "partial":
            assert filled
            assert not whole or order.spend is not None
        case "filled":
            assert whole
        case "cancelled":
            assert not whole or order.spend is not None
        case "rejected":
            assert not filled


# Passing takes seconds; shrinking a failure takes minutes, and cut short by the usual limit it says nothing of use.
AccountLaws.TestCase.settings = settings(max_examples=5 * settings().max_examples)
TestAccountLaws = pytest.mark.timeout(600)(AccountLaws.TestCase)
