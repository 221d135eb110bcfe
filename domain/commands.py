"""What can be asked of an account. Shapes are checked before; the market's rules and the funds are checked here."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.events.terms import ExitKind, OrderType, Side, TimeInForce
from domain.executions import Execution
from domain.instruments import Instrument
from domain.risk.limits import RiskLimits
from domain.risk.market import MarketView, UsdPrices

AmountIn = Literal["base", "quote"]


class Command(Struct, frozen=True, kw_only=True):
    """Something to decide on."""


class OpenAccount(Command, frozen=True, kw_only=True):
    """Open the account, and put ``funds`` (asset, amount) into it; an account that is open already stays as it is."""

    account: str
    exchange: str
    paper: bool
    funds: tuple[tuple[str, Decimal], ...] = ()


class Deposit(Command, frozen=True, kw_only=True):
    """Money that came in. An account that is not open yet is opened by it, as ``opening`` says."""

    asset: str
    amount: Decimal
    cost_usd: Decimal | None = None
    note: str | None = None
    opening: OpenAccount | None = None


class Withdraw(Command, frozen=True, kw_only=True):
    asset: str
    amount: Decimal
    note: str | None = None


class PlaceOrder(Command, frozen=True, kw_only=True):
    """Place an order on ``instrument``. ``amount`` is in base or quote as ``amount_in`` says.

    ``price_seen`` is the price the order is decided at: the ask for a buy, the bid for a sell; ``exchange_time`` is
    when the exchange says it is. One that ``closes`` sells at most what the pair's position still has. ``market`` is
    what the account's limits need to judge it, None where they need nothing.
    """

    order_id: str
    client_order_id: str
    exchange_client_id: str
    instrument: Instrument
    side: Side
    type: OrderType
    amount: Decimal
    amount_in: AmountIn
    price_seen: Decimal
    exchange_time: datetime
    closes: bool = False
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    time_in_force: TimeInForce = "GTC"
    expires_at: datetime | None = None
    post_only: bool = False
    market: MarketView | None = None


class PlaceLinked(Command, frozen=True, kw_only=True):
    """Place two orders of which one cancels the other: ``limit`` rests, ``stop`` is held until its price is reached.

    Both are of one side, pair and amount.
    """

    limit: PlaceOrder
    stop: PlaceOrder


class TriggerStop(Command, frozen=True, kw_only=True):
    """The market reached the stop of a held order."""

    order_id: str
    market_price: Decimal


class Spread(Struct, frozen=True):
    """What the market gives now: a sell gets ``bid``, a buy pays ``ask``."""

    bid: Decimal
    ask: Decimal

    def seen_by(self, side: Side) -> Decimal:
        return self.ask if side == "buy" else self.bid


class AmendOrder(Command, frozen=True, kw_only=True):
    """Change an order in place: what is None stays. ``amount`` is the whole amount in base, what is filled included.

    ``stop_loss``, ``take_profit`` and ``trailing_stop`` also move the exits that are armed already. ``exchange_time``
    is when the exchange says it is, ``spread`` what a new ``stop_price`` has to be ahead of; ``market`` is as in
    ``PlaceOrder``.
    """

    order_id: str
    instrument: Instrument
    exchange_time: datetime
    spread: Spread | None = None
    amount: Decimal | None = None
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    market: MarketView | None = None

    @property
    def only_levels(self) -> bool:
        """Whether it changes nothing that an exchange knows of."""
        return self.amount is None and self.price is None and self.stop_price is None


class ReportOrder(Command, frozen=True, kw_only=True):
    """What the exchange says of an order: whether its stop was reached, new ``fills`` in order, then its ``state``.

    ``triggered_at`` is the market's price when the stop was reached, None where it was not or there is none.
    With ``ends_linked`` it was ended for a client, and the order linked with it ends too.
    ``amended`` says whether the exchange made the change that was asked of it; None where the report answers none.
    """

    order_id: str
    exchange_order_id: str
    state: Literal["open", "filled", "cancelled", "rejected"]
    fills: tuple[Execution, ...] = ()
    reason: str | None = None
    triggered_at: Decimal | None = None
    amended: bool | None = None
    ends_linked: bool = False


class ReportOrders(Command, frozen=True, kw_only=True):
    """What the exchange says of several orders at once, as after they were all cancelled."""

    reports: tuple[ReportOrder, ...]


class RecordFill(Command, frozen=True, kw_only=True):
    """Book an execution made elsewhere; with ``order_id`` it belongs to an order of this account."""

    execution: Execution
    order_id: str | None = None


class TriggerExit(Command, frozen=True, kw_only=True):
    """The market reached an exit of ``entry_order_id``: sell what it guards, by the order with these ids.

    ``level`` is the one that was reached; where the exit has another by now, it is not sold for it. ``high`` is the
    highest price seen for its trailing stop.
    """

    entry_order_id: str
    kind: ExitKind
    market_price: Decimal
    exchange_time: datetime
    instrument: Instrument
    order_id: str
    exchange_client_id: str
    level: Decimal | None = None
    high: Decimal | None = None


class TrailExit(Command, frozen=True, kw_only=True):
    """The price rose to ``high``: the trailing stop of ``entry_order_id`` follows it."""

    entry_order_id: str
    high: Decimal


class SetLimits(Command, frozen=True, kw_only=True):
    """Set the limits that are ``named`` by their fields and keep the others, or set all where that is None.

    ``prices`` of what is held are where losses begin to count.
    """

    limits: RiskLimits
    named: frozenset[str] | None = None
    prices: UsdPrices = UsdPrices()


class HaltTrading(Command, frozen=True, kw_only=True):
    """Take no entries until trading is resumed.

    ``reduce_only`` still takes sells; ``cancel_orders`` cancels what rests.
    """

    reason: str
    reduce_only: bool = True
    cancel_orders: bool = False


class ResumeTrading(Command, frozen=True, kw_only=True):
    """End the halt; a loss that caused it counts from what is held at ``prices``."""

    reason: str
    prices: UsdPrices = UsdPrices()


class MeasureEquity(Command, frozen=True, kw_only=True):
    """Value the account at ``prices``, and act where a loss has reached its limit."""

    prices: UsdPrices
