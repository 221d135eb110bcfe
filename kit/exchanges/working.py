"""An order while the matching engine works on it."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct, field

from domain.events.terms import Liquidity
from domain.instruments import Instrument
from domain.money import EXACT, ZERO, plain, rounded_up
from kit.exchanges.depth import BaseWanted, QuoteWanted, Wanted
from kit.exchanges.protocol import Fill, OrderReport, OrderRequest, OrderState
from kit.market.protocol import Level


class WorkingOrder(Struct, kw_only=True, eq=False):
    """The state of one order; ``arrival`` (rising) is its place in time priority.

    ``fills`` are those made by this engine; ``filled_amount`` and ``fill_count`` include what was filled before a
    restart. ``triggered`` says that a stop price was reached, ``triggered_at`` at which price of the market, as far as
    this engine saw it.
    """

    request: OrderRequest
    exchange_order_id: str
    arrival: int
    filled_amount: Decimal = ZERO
    fill_count: int = 0
    triggered: bool = False
    amended: bool = False
    triggered_at: Decimal | None = None
    state: OrderState = "open"
    reason: str | None = None
    fills: list[Fill] = field(default_factory=list)

    @property
    def remaining(self) -> Decimal:
        return EXACT.subtract(self.request.amount, self.filled_amount)

    @property
    def limit(self) -> Decimal | None:
        """The worst price at which the order may fill, None where any will do."""
        return self.request.price if self.has_price else self.request.price_bound

    @property
    def has_price(self) -> bool:
        return self.request.type in ("limit", "stop-limit")

    @property
    def may_rest(self) -> bool:
        return self.has_price and self.request.time_in_force in ("GTC", "GTD")

    @property
    def awaits_stop(self) -> bool:
        return self.request.type in ("stop-limit", "stop-market") and not self.triggered

    @property
    def can_wait(self) -> bool:
        """Whether the order has a line to stand in, at its limit or for its stop."""
        return self.may_rest or self.awaits_stop

    def wanted(self, step: Decimal) -> Wanted:
        if self.request.spend is not None:
            return QuoteWanted(self.request.spend, step)
        return BaseWanted(self.remaining)

    def fill(self, cut: Level, instrument: Instrument, liquidity: Liquidity, at: datetime) -> Fill:
        """Book one execution; its fee is rate × notional in quote, exact to eighteen decimals and then rounded up."""
        rate = instrument.fees.maker if liquidity == "maker" else instrument.fees.taker
        self.fill_count += 1
        self.filled_amount = EXACT.add(self.filled_amount, cut.amount)
        fill = Fill(
            trade_id=f"{self.exchange_order_id}-{self.fill_count}",
            client_order_id=self.request.client_order_id,
            exchange_order_id=self.exchange_order_id,
            pair=self.request.pair,
            side=self.request.side,
            amount=plain(cut.amount),
            price=cut.price,
            fee=plain(rounded_up(EXACT.multiply(EXACT.multiply(cut.amount, cut.price), rate))),
            fee_asset=instrument.quote,
            liquidity=liquidity,
            occurred_at=at,
        )
        self.fills.append(fill)
        return fill

    def close(self, state: OrderState, reason: str | None = None) -> None:
        self.state = state
        self.reason = reason

    def report(self, fills: tuple[Fill, ...] | None = None) -> OrderReport:
        """The order as it is now, with ``fills``, or with all that this engine made."""
        return OrderReport(
            client_order_id=self.request.client_order_id,
            exchange_order_id=self.exchange_order_id,
            pair=self.request.pair,
            state=self.state,
            fills=tuple(self.fills) if fills is None else fills,
            reason=self.reason,
            triggered_at=self.triggered_at,
        )
