"""What can happen to an account: commands of a client, and whatever an exchange may say of its orders."""

from decimal import Decimal
from typing import Final, TypeVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.codec import decode
from domain.commands import AmendOrder, OpenAccount, PlaceOrder, RecordFill, ReportOrder, Withdraw
from domain.events.orders import OrderRefused
from domain.events.terms import Side
from domain.instruments import Fees, Instrument
from domain.money import EXACT, ZERO, plain
from tests.domain.books import NOON, State, deposit
from tests.domain.laws.ledger import Ledger
from tests.domain.laws.worlds import (
    FEES,
    WORLDS,
    Draw,
    Guard,
    World,
    drawn_fill,
    entry,
    execution,
    left_of,
    on_tick,
    stopped,
    takes_a_lot,
)

T = TypeVar("T")

ASSETS = ("USDT", "BTC", "ETH", "BNB")
PAIRS = ("BTC/USDT", "ETH/BTC")
GUARDS: Final[tuple[Guard, ...]] = (None, "levels", "trail", "all")
STATES: tuple[State, ...] = ("open", "open", "filled", "cancelled", "rejected")

which = st.integers(0, 15)
eighths = st.integers(1, 16)
percent = st.integers(80, 120)
sides = st.sampled_from(("buy", "sell"))
guards = st.sampled_from(GUARDS)
draws = st.builds(
    Draw,
    eighths=st.sampled_from((1, 3, 4, 8, 8, 8, 12)),
    better_percent=st.sampled_from((0, 0, 1, 4)),
    fee_asset=st.sampled_from(("quote", "quote", "base", "BNB")),
    is_maker=st.booleans(),
)


class AccountMoves(RuleBasedStateMachine):
    """One account among two pairs; the exchange and the client may say anything about its orders but a trade twice."""

    @initialize(world=st.sampled_from(WORLDS), fees=st.sampled_from(FEES), rich=st.booleans())
    def open(self, world: World, fees: Fees, rich: bool) -> None:
        self.world = world
        self.instruments = [world.instrument(pair, fees) for pair in PAIRS]
        self.ledger = self.new_ledger()
        self.known: list[str] = []
        self.count = 0
        coins = plain(world.amount(999, 1))
        funds = (("USDT", Decimal(world.funds)), ("BTC", coins), ("ETH", coins), ("BNB", Decimal(1)))
        self.ledger.do(OpenAccount(account="main", exchange="paper", paper=True, funds=funds if rich else funds[:1]))

    @rule(asset=st.sampled_from(ASSETS), part=eighths)
    def deposit_more(self, asset: str, part: int) -> None:
        self.ledger.refuses(deposit(asset, f"{self.world.amount(part, 1):f}"))

    @rule(asset=st.sampled_from(ASSETS), part=eighths)
    def withdraw_some(self, asset: str, part: int) -> None:
        free = self.ledger.live.balance(asset).free
        amount = free if part == 8 else self.world.amount(part, 3)
        refused = self.ledger.refuses(Withdraw(asset=asset, amount=amount))
        assert refused == (amount <= 0)

    @rule(pair=which, side=sides, part=eighths, price=percent, at_market=st.booleans(), guard=guards)
    def place(self, *, pair: int, side: Side, part: int, price: int, at_market: bool, guard: Guard) -> None:
        command = entry(
            self.new_id("o"),
            self.instruments[pair % 2],
            side,
            self.world.amount(part, price % 3),
            self.world.level(price, price % 7),
            at_market=at_market,
            guard=guard if side == "buy" else None,
        )
        self.try_to_place(command)

    @rule(pair=which, part=eighths, price=percent)
    def place_a_budget(self, pair: int, part: int, price: int) -> None:
        instrument, seen = self.instruments[pair % 2], self.world.level(price, 0)
        spend = plain(EXACT.multiply(self.world.amount(part, 1), seen).quantize(Decimal("1e-6")))
        order = entry(self.new_id("o"), instrument, "buy", spend, seen, at_market=True, guard=GUARDS[part % 4])
        command = msgspec.structs.replace(order, amount_in="quote")
        self.try_to_place(command)

    @rule(pair=which, side=sides, part=eighths, price=percent, limited=st.booleans(), guard=guards)
    def place_a_stop(self, *, pair: int, side: Side, part: int, price: int, limited: bool, guard: Guard) -> None:
        instrument, at = self.instruments[pair % 2], self.world.level(price, 0)
        amount = self.world.amount(part, price % 3)
        guarded = guard if side == "buy" else None
        order = entry(self.new_id("o"), instrument, side, amount, at, at_market=not limited, guard=guarded)
        self.try_to_place(stopped(order, instrument, limited=limited))

    @precondition(lambda self: any(order.stop_price and not order.held for order in self.ledger.live.orders.values()))
    @rule(order=which, state=st.sampled_from(("open", "open", "cancelled")), draw=st.none() | draws)
    def reach_a_stop(self, order: int, state: State, draw: Draw | None) -> None:
        """The price of a stop is reached, once or again, with a fill at once or without."""
        stops = [one for one in self.ledger.live.orders.values() if one.stop_price is not None and not one.held]
        found = stops[order % len(stops)]
        self.report(found.order_id, [] if draw is None else [draw], state, triggered_at=found.stop_price)
        assert self.ledger.live.order(found.order_id).triggered

    @precondition(lambda self: self.ledger.live.orders)
    @rule(order=which, part=st.none() | eighths, price=st.none() | percent, levels=st.booleans())
    def amend_an_order(self, order: int, part: int | None, price: int | None, levels: bool) -> None:
        """Another amount, price or stop, and with ``levels`` its exits a tenth around that price."""
        found = self.nth(self.ledger.live.orders, order)
        if part is not None:
            self.report(found.order_id, [], "open")  # Before that only its levels can change.
            found = self.ledger.live.order(found.order_id)
        at = None if price is None else self.world.level(price, 0)
        instrument, around = self.instrument(found.pair), at or found.price or found.stop_price or found.price_seen
        command = AmendOrder(
            order_id=found.order_id,
            instrument=instrument,
            exchange_time=NOON,
            amount=None if part is None else self.world.amount(part, part % 2),
            price=None if found.price is None else at,
            stop_price=None if found.stop_price is None or found.triggered else at,
            stop_loss=on_tick(around, "0.9", instrument) if levels else None,
            take_profit=on_tick(around, "1.1", instrument) if levels else None,
            trailing_stop=Decimal(part) if levels and part is not None else None,
        )
        if not self.ledger.refuses(command):
            self.amended(found.order_id, command)

    @precondition(lambda self: any(order.asked for order in self.ledger.live.orders.values()))
    @rule(order=which, amended=st.booleans(), state=st.sampled_from(STATES), draws=st.lists(draws, max_size=2))
    def answer_an_amendment(self, order: int, amended: bool, state: State, draws: list[Draw]) -> None:
        """The exchange agrees or does not, with fills at the old terms or at those that were asked for."""
        waiting = {name: order for name, order in self.ledger.live.orders.items() if order.asked}
        found = self.nth(waiting, order)
        self.report(found.order_id, draws, state, amended=amended)
        assert self.ledger.live.order(found.order_id).asked is None

    @precondition(lambda self: self.known)
    @rule(order=which, draw=draws, second=st.none() | draws, state=st.sampled_from(("open", "cancelled", "rejected")))
    def report_fills(self, order: int, draw: Draw, second: Draw | None, state: State) -> None:
        """Fills in any state of the order: in time, late, within the rest or over it."""
        self.report(self.known[order % len(self.known)], [draw] if second is None else [draw, second], state)

    @precondition(lambda self: self.known)
    @rule(order=which, state=st.sampled_from(("open", "open", "cancelled", "rejected")))
    def report_the_state(self, order: int, state: State) -> None:
        self.report(self.known[order % len(self.known)], [], state)

    @precondition(lambda self: self.ledger.live.orders)
    @rule(order=which, is_maker=st.booleans())
    def complete(self, order: int, is_maker: bool) -> None:
        """An exchange fills what is left of an order, as it should; then nothing but rounding can go wrong."""
        found = self.nth(self.ledger.live.orders, order)
        if found.held or not takes_a_lot(found, self.instrument(found.pair)):
            return
        owing = set(self.ledger.owing)
        beyond = set(self.ledger.beyond)
        self.report(found.order_id, [Draw(8, 0, "quote", is_maker)], "filled")
        assert self.ledger.beyond == beyond
        reserved_all = found.order_id not in beyond and not found.fees.keys() & {found.base}
        if not self.world.rounds and reserved_all and found.reserved:
            assert self.ledger.owing <= owing

    @precondition(lambda self: self.count % 8 == 7)
    @rule(amount=eighths, draw=draws)
    def report_a_forgotten_order(self, amount: int, draw: Draw) -> None:
        fill = execution(
            self.new_id("t"), self.instruments[0], "sell", self.world.amount(amount, 0), self.world.level(100, 0), draw
        )
        self.ledger.do(ReportOrder(order_id="gone", exchange_order_id="x", state="cancelled", fills=(fill,)))

    @rule(pair=which, side=sides, amount=eighths, price=percent, draw=draws)
    def record_elsewhere(self, pair: int, side: Side, amount: int, price: int, draw: Draw) -> None:
        fill = execution(
            self.new_id("t"),
            self.instruments[pair % 2],
            side,
            self.world.amount(amount, 1),
            self.world.level(price, 0),
            draw,
        )
        before = set(self.ledger.owing)
        self.ledger.refuses(RecordFill(execution=fill))
        assert self.ledger.owing <= before

    @precondition(lambda self: self.known)
    @rule(order=which, draw=draws)
    def record_for_an_order(self, order: int, draw: Draw) -> None:
        found = self.ledger.live.order(self.known[order % len(self.known)])
        instrument = self.instrument(found.pair)
        fill = drawn_fill(self.new_id("t"), found, instrument, left_of(found), draw)
        refused = self.ledger.refuses(RecordFill(execution=fill, order_id=found.order_id))
        assert refused or found.is_open

    def new_ledger(self) -> Ledger:
        return Ledger()

    def new_id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def try_to_place(self, command: PlaceOrder) -> None:
        self.ledger.refuses(command)
        if command.order_id in self.ledger.live.orders:
            self.known.append(command.order_id)

    def instrument(self, pair: str) -> Instrument:
        return self.instruments[PAIRS.index(pair)]

    def amended(self, order_id: str, command: AmendOrder) -> None:
        """What was asked for is so, unless the funds did not allow it."""
        if decode(*self.ledger.stored[-1])[1].__class__ is OrderRefused:
            return
        order = self.ledger.live.order(order_id).as_asked
        assert command.amount in (None, order.amount)
        assert order.filled_amount < order.amount or not order.is_open or order.spend is not None
        for field in ("price", "stop_price", "stop_loss", "take_profit", "trailing_stop"):
            assert getattr(command, field) in (None, getattr(order, field))

    @staticmethod
    def nth(items: dict[str, T], number: int) -> T:
        return list(items.values())[number % len(items)]

    def report(
        self,
        order_id: str,
        drawn: list[Draw],
        state: State,
        triggered_at: Decimal | None = None,
        amended: bool | None = None,
    ) -> None:
        order = self.ledger.live.order(order_id)
        if order.held:
            return  # No exchange knows of it.
        order = order.as_asked if amended else order
        instrument = self.instrument(order.pair)
        fills = []
        left = left_of(order)
        for draw in drawn:
            fills.append(drawn_fill(self.new_id("t"), order, instrument, left, draw))
            used = fills[-1].amount if order.spend is None else fills[-1].notional
            left = max(EXACT.subtract(left, used), ZERO)
        self.ledger.do(
            ReportOrder(
                order_id=order_id,
                exchange_order_id=f"x-{order_id}",
                state=state,
                fills=tuple(fills),
                triggered_at=triggered_at,
                amended=amended,
            )
        )
