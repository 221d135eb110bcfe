"""What can happen to exits: armed by fills, moved, followed, reached, and sold away from under them."""

from decimal import Decimal
from typing import Final, get_args

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.account import highest
from domain.commands import AmendOrder, TrailExit
from domain.decisions.brackets import guarded
from domain.events.terms import ExitKind
from domain.money import EXACT, exact, floor_to
from tests.domain.books import NOON, State
from tests.domain.laws.guards import let_go
from tests.domain.laws.moves import AccountMoves, draws, eighths, percent, which
from tests.domain.laws.worlds import Draw, Guard, entry, on_tick, reached

guarded_in_all = exact(guarded)
ENDS: Final[tuple[State, ...]] = ("open", "cancelled")


class ExitMoves(AccountMoves):
    """Beside all else that can happen."""

    @precondition(lambda self: self.ledger.live.brackets)
    @rule(bracket=which, price=percent)
    def see_a_price(self, bracket: int, price: int) -> None:
        """A trailing stop follows the price up, and never down."""
        found = self.nth(self.ledger.live.brackets, bracket)
        seen = self.world.level(price, 0)
        if self.ledger.refuses(TrailExit(entry_order_id=found.order_id, high=seen)):
            assert found.trailing_stop is None
        else:
            assert self.ledger.live.brackets[found.order_id].high == highest(found.high, seen)

    @precondition(lambda self: self.ledger.live.brackets)
    @rule(bracket=which, price=percent, only_stop=st.booleans(), distance=st.none() | st.integers(1, 99))
    def amend_exits(self, bracket: int, price: int, only_stop: bool, distance: int | None) -> None:
        """Whether their entry is open or closed, armed exits move, and guard as much as before."""
        found = self.nth(self.ledger.live.brackets, bracket)
        instrument, around = self.instrument(found.pair), self.world.level(price, 0)
        stop_loss, take_profit = on_tick(around, "0.9", instrument), on_tick(around, "1.1", instrument)
        command = AmendOrder(
            order_id=found.order_id,
            instrument=instrument,
            exchange_time=NOON,
            stop_loss=stop_loss,
            take_profit=None if only_stop else take_profit,
            trailing_stop=None if distance is None else Decimal(distance),
        )
        owing = found.base in self.ledger.owing
        if not self.ledger.refuses(command):
            self.amended(found.order_id, command)
            after = self.ledger.live.brackets.get(found.order_id)
            assert owing or (after is not None and (after.amount, after.stop_loss) == (found.amount, stop_loss))

    @rule(part=eighths, price=percent, draw=draws, guard=st.sampled_from(("levels", "trail", "all")))
    def buy_with_exits(self, part: int, price: int, draw: Draw, guard: Guard) -> None:
        """A guarded buy that is filled at once, the whole of it or as ``draw`` says."""
        amount, seen = self.world.amount(part, 0), self.world.level(price, 0)
        command = entry(self.new_id("o"), self.instruments[0], "buy", amount, seen, at_market=True, guard=guard)
        self.try_to_place(command)
        if command.order_id in self.ledger.live.orders:
            self.report(command.order_id, [draw], "cancelled")

    @precondition(lambda self: self.ledger.live.brackets)
    @rule(part=eighths, price=percent, at_market=st.booleans())
    def sell_what_exits_guard(self, part: int, price: int, at_market: bool) -> None:
        seen = self.world.level(price, 0)
        amount = floor_to(guarded_in_all(self.ledger.live, "BTC") / 8 * part, Decimal(self.world.lot))
        self.try_to_place(
            entry(self.new_id("o"), self.instruments[0], "sell", amount, seen, at_market=at_market, guard=None)
        )

    @precondition(lambda self: len(self.ledger.live.brackets) > 1)
    @rule(parts=st.integers(2, 7), more=eighths, draw=draws, amended=st.booleans(), state=st.sampled_from(ENDS))
    def sell_more_than_at_first(self, *, parts: int, more: int, draw: Draw, amended: bool, state: State) -> None:
        """A sell of several entries sells a part and is to grow; its exchange agrees, refuses, or cancels it."""
        amount = floor_to(guarded_in_all(self.ledger.live, "BTC") / 8 * parts, Decimal(self.world.lot))
        price, instrument = self.world.level(100, 0), self.instruments[0]
        sell = entry(self.new_id("o"), instrument, "sell", amount, price, at_market=False, guard=None)
        self.try_to_place(sell)
        if sell.order_id not in self.ledger.live.orders:
            return
        self.report(sell.order_id, [draw], "open")
        whole = EXACT.add(amount, self.world.amount(more, 0))
        grown = AmendOrder(order_id=sell.order_id, instrument=instrument, exchange_time=NOON, amount=whole)
        if not self.ledger.refuses(grown):
            self.report(sell.order_id, [], state, amended=amended)

    @precondition(lambda self: self.ledger.live.brackets)
    @rule(bracket=which, kind=st.sampled_from(get_args(ExitKind)), price=percent)
    def reach_an_exit(self, bracket: int, kind: ExitKind, price: int) -> None:
        """Its other exits end with it, and a part below one lot, which nobody takes, is let go."""
        found = self.nth(self.ledger.live.brackets, bracket)
        instrument, high = self.instrument(found.pair), self.world.level(price, 0)
        if getattr(found, kind) is None:
            return
        command = reached(found, kind, self.new_id("exit"), instrument, high)
        events = self.ledger.do(command)
        assert (command.order_id in self.ledger.live.orders) == (found.amount >= instrument.amount_step)
        assert all(amount < instrument.amount_step for amount in let_go(events).values())
        if command.order_id in self.ledger.live.orders:
            self.known.append(command.order_id)
        assert found.order_id not in self.ledger.live.brackets
