"""Everything that can happen to one account on one exchange."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.events.base import Event, ValueEvent

Side = Literal["buy", "sell"]
OrderType = Literal["market", "limit", "stop-limit", "stop-market"]
TimeInForce = Literal["GTC", "IOC", "FOK", "GTD"]
Liquidity = Literal["maker", "taker"]
ExitKind = Literal["stop_loss", "take_profit", "trailing_stop"]
Status = Literal["unknown", "pending", "partial", "filled", "cancelled", "rejected"]


class PositionAfter(Struct, frozen=True, kw_only=True):
    """The position of a pair right after a fill, at average cost.

    ``position_amount`` is in base (zero once closed), ``position_cost`` what it cost in quote without fees,
    ``realized_pnl`` the profit in quote, before fees, of all that was sold of it; ``opened_at`` is the exchange's time
    of its first fill. A sale of holdings that no position covers changes no position.
    """

    position_id: str
    position_amount: Decimal
    position_cost: Decimal
    realized_pnl: Decimal
    opened_at: datetime
    opened: bool
    closed: bool


class OrderAfter(Struct, frozen=True, kw_only=True):
    """An order right after a fill, as execution reports carry it: its type, whole amount, what is done and status.

    ``filled_amount`` is in base, ``filled_notional`` in quote, both over all its fills.
    """

    type: OrderType
    amount: Decimal
    filled_amount: Decimal
    filled_notional: Decimal
    status: Status


class NamedValue(Struct, frozen=True):
    """An input or a limit as it was seen: ``value`` is the exact text."""

    name: str
    value: str


class AccountOpened(Event, frozen=True, kw_only=True):
    """The account exists on ``exchange``; ``paper`` accounts hold invented money."""

    account: str
    exchange: str
    paper: bool


class FundsDeposited(ValueEvent, frozen=True, kw_only=True):
    """``amount`` of ``asset`` came in from outside; ``cost_usd`` is what it had cost in all, where known."""

    asset: str
    amount: Decimal
    cost_usd: Decimal | None
    note: str | None


class FundsWithdrawn(ValueEvent, frozen=True, kw_only=True):
    """``amount`` of ``asset`` left for outside."""

    asset: str
    amount: Decimal
    note: str | None


class OrderPlaced(ValueEvent, frozen=True, kw_only=True):
    """The intent to trade, durable before any exchange hears of it; its postings reserve what it can cost.

    ``amount`` is in base. A market buy by quote has its budget in ``spend`` (fee on top), and ``amount`` is then what
    that buys at ``price_seen``, the price the order was decided at. ``price_bound`` is the worst price a market
    order may fill at. ``client_order_id`` is the client's key, ``exchange_client_id`` what the exchange stores.
    ``exit_of`` names the entry order that this order closes, as its ``exit_kind``.
    """

    order_id: str
    client_order_id: str
    exchange_client_id: str
    pair: str
    base: str
    quote: str
    side: Side
    type: OrderType
    amount: Decimal
    spend: Decimal | None
    price: Decimal | None
    price_seen: Decimal
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None
    time_in_force: TimeInForce
    expires_at: datetime | None
    post_only: bool
    reduce_only: bool
    exit_of: str | None
    exit_kind: ExitKind | None
    fee_rate_max: Decimal


class OrderAccepted(Event, frozen=True, kw_only=True):
    """The exchange has taken the order, whose ``OrderPlaced`` is the stream's ``placed_version``-th event."""

    order_id: str
    exchange_order_id: str
    placed_version: int


class OrderTriggered(Event, frozen=True, kw_only=True):
    """The market reached the order's stop price: it is live now."""

    order_id: str
    market_price: Decimal


class OrderFilled(ValueEvent, frozen=True, kw_only=True):
    """One execution of an order. ``fee`` is in ``fee_asset``, negative for a rebate.

    ``final`` says that nothing more can be filled. ``order`` is the order after it, ``position`` the pair's position,
    None where the fill touched none.
    """

    order_id: str
    trade_id: str
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    liquidity: Liquidity
    final: bool
    occurred_at: datetime
    order: OrderAfter
    position: PositionAfter | None


class OrderAmended(ValueEvent, frozen=True, kw_only=True):
    """The order as it is from now on (None: has none); postings change what it reserves."""

    order_id: str
    amount: Decimal
    price: Decimal | None
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None


class OrderCancelled(ValueEvent, frozen=True, kw_only=True):
    """Nothing more will be filled; postings release what was still reserved."""

    order_id: str
    reason: str


class OrderRejected(ValueEvent, frozen=True, kw_only=True):
    """The exchange did not take the order; postings release all of the reservation."""

    order_id: str
    reason: str


class OrderRefused(Event, frozen=True, kw_only=True):
    """Funds or risk said no, for ever under this key: which ``check``, its ``limit`` and what it saw.

    ``method`` is the command refused (``trade.execute``, ``account.withdraw``), ``code`` and ``message`` its answer.
    """

    method: str
    code: Literal["INSUFFICIENT_FUNDS", "RISK_LIMIT_EXCEEDED"]
    message: str
    check: str
    limit: str
    inputs: tuple[NamedValue, ...]
    client_order_id: str | None
    pair: str | None
    asset: str | None


class FillRecorded(ValueEvent, frozen=True, kw_only=True):
    """An execution made elsewhere, or one that came too late for its order (``order_id``) to be still in reach."""

    trade_id: str
    order_id: str | None
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    occurred_at: datetime
    position: PositionAfter | None


class ExitArmed(ValueEvent, frozen=True, kw_only=True):
    """``amount`` more (base) of the entry ``order_id`` is guarded; its postings lock that much once for all exits.

    ``high`` is the highest price of its trailing stop so far; None without one, or where none was seen yet.
    """

    order_id: str
    pair: str
    base: str
    amount: Decimal
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None
    high: Decimal | None


class ExitTrailed(Event, frozen=True, kw_only=True):
    """The price rose to ``high``, and the trailing stop of the entry ``order_id`` with it."""

    order_id: str
    high: Decimal


class ExitTriggered(Event, frozen=True, kw_only=True):
    """The market reached an exit of the entry ``order_id``; ``exit_order_id`` is the order that closes it."""

    order_id: str
    exit_order_id: str
    exit_kind: ExitKind
    amount: Decimal
    price: Decimal
    market_price: Decimal


class ExitDisarmed(ValueEvent, frozen=True, kw_only=True):
    """``amount`` (base) of the entry ``order_id`` is no longer guarded; postings unlock what its exits held.

    ``for_order`` is the sell that needs the holding; what it leaves unsold is armed again.
    """

    order_id: str
    amount: Decimal
    reason: str
    for_order: str | None


class OrderProposed(Event, frozen=True, kw_only=True):
    """An order that waits for a person's word until ``expires_at``."""

    proposal_id: str
    pair: str
    side: Side
    type: OrderType
    amount: Decimal
    price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    reason: str
    expires_at: datetime | None


class OrderApproved(Event, frozen=True, kw_only=True):
    """A proposal was approved and became ``order_id``."""

    proposal_id: str
    order_id: str


class ProposalExpired(Event, frozen=True, kw_only=True):
    """A proposal was declined, or nobody answered in time."""

    proposal_id: str
    reason: str


class TradingHalted(Event, frozen=True, kw_only=True):
    """No new entries; ``reduce_only`` still lets positions be closed, ``cancel_orders`` cancels what rests.

    ``check`` is the limit on losses that was reached; None where a person halted.
    """

    reason: str
    reduce_only: bool
    cancel_orders: bool
    check: str | None


class TradingResumed(Event, frozen=True, kw_only=True):
    """The halt is over."""

    reason: str


class RiskLimitsSet(Event, frozen=True, kw_only=True):
    """All limits as they are from now on, by name; one that is absent is not set."""

    limits: tuple[NamedValue, ...]


class EquityMeasured(Event, frozen=True, kw_only=True):
    """What the account was worth in USD; ``inflow`` (signed) of it came from outside since it was last measured.

    Of the first measurement all of it came from outside. ``unpriced`` are assets that were left out, since the exchange
    has no price for them.
    """

    equity: Decimal
    inflow: Decimal
    unpriced: tuple[str, ...]


class BalanceAsserted(Event, frozen=True, kw_only=True):
    """What ``source`` says the account holds of ``asset``."""

    asset: str
    free: Decimal
    locked: Decimal
    source: str


class DiscrepancyFound(Event, frozen=True, kw_only=True):
    """Two sides disagree: what we ``expected`` and what was ``found``, about which ``subject``."""

    kind: str
    subject: str
    expected: str
    found: str
    order_id: str | None
    trade_id: str | None


class BalanceAdjusted(ValueEvent, frozen=True, kw_only=True):
    """A person set the ledger right, with a reason; ``amount`` is signed."""

    asset: str
    amount: Decimal
    reason: str
