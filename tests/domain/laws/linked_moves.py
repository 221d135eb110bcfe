"""Pairs of orders of which one cancels the other, among all else that can happen to an account."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from msgspec.structs import replace

from domain.commands import PlaceLinked, PlaceOrder, ReportOrder, TriggerStop
from domain.events.terms import Side
from domain.orders import Order
from tests.domain.laws.moves import AccountMoves, eighths, percent, sides, which
from tests.domain.laws.worlds import entry, on_tick, stopped


class LinkedMoves(AccountMoves):
    """``pairs`` are the amounts of all pairs ever placed, by their (limit, stop) ids."""

    @initialize()
    def begin_without_pairs(self) -> None:
        self.pairs: dict[tuple[str, str], Decimal] = {}

    @rule(pair=which, side=sides, part=eighths, price=percent, limited=st.booleans())
    def place_a_pair(self, *, pair: int, side: Side, part: int, price: int, limited: bool) -> None:
        """A limit a tenth beyond the market, and a stop as far on its other side."""
        instrument, seen = self.instruments[pair % 2], self.world.level(price, 0)
        amount = self.world.amount(part, price % 3)
        beyond, before = ("1.1", "0.9") if side == "sell" else ("0.9", "1.1")
        limit = entry(self.new_id("o"), instrument, side, amount, seen, at_market=False, guard=None)
        limit = replace(limit, price=on_tick(seen, beyond, instrument))
        at = on_tick(seen, before, instrument)
        stop = stopped(replace(limit, price_seen=at), instrument, limited=limited)
        self.try_to_place_linked(limit, replace(stop, price_seen=seen))

    def try_to_place_linked(self, limit: PlaceOrder, stop: PlaceOrder) -> None:
        name = self.new_id("o")
        stop = replace(stop, order_id=name, client_order_id=name, exchange_client_id=name)
        self.ledger.refuses(PlaceLinked(limit=limit, stop=stop))
        if limit.order_id in self.ledger.live.orders:
            self.known += [limit.order_id, name]
            self.pairs[limit.order_id, name] = limit.amount

    @precondition(lambda self: any(order.held for order in self.ledger.live.orders.values()))
    @rule(order=which, by_client=st.booleans())
    def end_a_linked_order(self, order: int, by_client: bool) -> None:
        """The order that another is held for is cancelled, for a client or because the stop was reached."""
        held = self.nth(self.held_orders(), order)
        assert held.linked_to is not None
        command = ReportOrder(
            order_id=held.linked_to, exchange_order_id=f"x-{held.linked_to}", state="cancelled", ends_linked=by_client
        )
        left = self.ledger.live.order(held.linked_to).remaining
        self.ledger.do(command)
        after = self.ledger.live.order(held.order_id)
        assert not after.held
        assert not (by_client and after.is_open)
        assert not after.is_open or (after.triggered and after.amount == left)

    @precondition(lambda self: any(order.held for order in self.ledger.live.orders.values()))
    @rule(order=which)
    def reach_a_held_stop(self, order: int) -> None:
        held = self.nth(self.held_orders(), order)
        assert held.stop_price is not None
        refused = self.ledger.refuses(TriggerStop(order_id=held.order_id, market_price=held.stop_price))
        assert refused == held.triggered

    def held_orders(self) -> dict[str, Order]:
        return {name: order for name, order in self.ledger.live.orders.items() if order.held}
