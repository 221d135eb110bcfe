"""Placing an order: the market's rules, then the limits, then the funds, then the intent."""

from decimal import Decimal

from domain.account import OPEN_ORDERS_MAX, Account
from domain.commands import PlaceOrder
from domain.decisions.brackets import available, release_for
from domain.decisions.intent import order_placed, reserve, reserved_asset
from domain.decisions.refuse import refuse_for_funds
from domain.decisions.risk import placing_refused
from domain.decisions.room import require_countable, require_room
from domain.decisions.rules import Terms, expected_price, terms
from domain.draft import Draft
from domain.money import ZERO, rounded
from domain.orders import Order
from domain.postings import moved
from domain.refusals import InvalidOrder


def place_order(draft: Draft, command: PlaceOrder) -> None:
    account = draft.account.required()
    agreed = terms(command)
    require_room_for_order(account)
    if command.closes:
        require_position(account, command.instrument.pair, agreed.amount)
    asset, needed = reserved_asset(command), reserve(command, agreed)
    gained, amount = proceeds(command, agreed)
    require_room(account, gained, amount)
    require_countable(account, moved(("market", asset, needed), ("market", gained, -amount)))
    if placing_refused(draft, command, agreed):
        return
    usable = available(account, command.side, asset)
    if needed > usable:
        asked = {"client_order_id": command.client_order_id, "pair": command.instrument.pair}
        refuse_for_funds(draft, "trade.execute", asset, needed=needed, free=usable, **asked)
        return
    release_for(draft, command.order_id, asset, needed - account.balance(asset).free)
    draft.write(order_placed(command, agreed, asset, needed))


def proceeds(command: PlaceOrder, agreed: Terms) -> tuple[str, Decimal]:
    """The asset that the whole order brings in, and how much of it at the price it is decided at."""
    if command.side == "buy":
        return command.instrument.base, agreed.amount
    return command.instrument.quote, rounded(agreed.amount * expected_price(command))


def require_position(account: Account, pair: str, amount: Decimal) -> None:
    """A closing sale takes what the position has, without what other market orders are selling of it already."""
    position = account.positions.get(pair)
    orders = (order for order in account.orders.values() if order.pair == pair and order.side == "sell")
    selling = sum((order.remaining for order in orders if sells_now(order)), ZERO)
    left = (position.amount if position else ZERO) - selling
    if amount > left:
        raise InvalidOrder("amount", f"{amount:f}", f"is more than the {max(left, ZERO):f} that the position has left")


def sells_now(order: Order) -> bool:
    """Whether the order sells at whatever the market gives, and waits for nothing."""
    return order.type == "market" or (order.type == "stop-market" and order.triggered)


def require_room_for_order(account: Account, count: int = 1) -> None:
    if len(account.orders) + len(account.brackets) + count > OPEN_ORDERS_MAX:
        raise InvalidOrder("account", account.account, f"has {OPEN_ORDERS_MAX} orders and exits open, the most allowed")
