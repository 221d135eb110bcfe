"""A stop or a target that the market reached, and a trailing stop that follows it."""

from decimal import Decimal

from msgspec.structs import replace

from domain.account import Bracket, highest
from domain.commands import PlaceOrder, TrailExit, TriggerExit
from domain.decisions.brackets import disarm
from domain.decisions.intent import order_placed
from domain.decisions.rules import Terms, price_bound
from domain.draft import Draft
from domain.events.exits import ExitTrailed, ExitTriggered
from domain.money import floor_to
from domain.refusals import ExitNotArmed


def trail(draft: Draft, command: TrailExit) -> None:
    """Let a trailing stop follow the price up; it never falls.

    Raises:
        ExitNotArmed: the entry has none, or has it no more.
    """
    bracket = draft.account.required().brackets.get(command.entry_order_id)
    if bracket is None or bracket.trailing_stop is None:
        raise ExitNotArmed(command.entry_order_id, "trailing_stop")
    follow(draft, bracket, command.high)


def follow(draft: Draft, bracket: Bracket, high: Decimal | None) -> None:
    if bracket.trailing_stop is not None and high is not None and (bracket.high is None or high > bracket.high):
        draft.write(ExitTrailed(order_id=bracket.order_id, high=high))


def trigger(draft: Draft, command: TriggerExit) -> None:
    """Close what the exit guards at the market; the other exits of the entry end with it.

    Raises:
        ExitNotArmed: it was disarmed, has triggered already, or was moved to another level.
    """
    account = draft.account.required()
    bracket = account.brackets.get(command.entry_order_id)
    level = None if bracket is None else replace(bracket, high=highest(bracket.high, command.high)).level(command.kind)
    if bracket is None or level is None or command.level not in (None, level):
        raise ExitNotArmed(command.entry_order_id, command.kind)
    follow(draft, bracket, command.high)
    amount = floor_to(bracket.amount, command.instrument.amount_step)
    if is_dust(amount, command):
        disarm(draft, bracket, bracket.amount, f"{bracket.amount:f} {bracket.base} is too little to be sold", None)
        return
    draft.write(
        ExitTriggered(
            order_id=bracket.order_id,
            exit_order_id=command.order_id,
            exit_kind=command.kind,
            amount=amount,
            price=level,
            market_price=command.market_price,
        )
    )
    disarm(draft, bracket, bracket.amount, f"{command.kind} triggered", command.order_id)
    sell = sell_for(command, amount)
    agreed = Terms(amount, None, price_bound(sell, None))
    draft.write(order_placed(sell, agreed, bracket.base, amount, exit_of=bracket.order_id, exit_kind=command.kind))


def is_dust(amount: Decimal, command: TriggerExit) -> bool:
    """Whether the exchange would not take an order for ``amount``."""
    instrument = command.instrument
    return not amount or amount < instrument.amount_min or amount * command.market_price < instrument.notional_min


def sell_for(command: TriggerExit, amount: Decimal) -> PlaceOrder:
    return PlaceOrder(
        order_id=command.order_id,
        client_order_id=command.order_id,
        exchange_client_id=command.exchange_client_id,
        instrument=command.instrument,
        side="sell",
        type="market",
        amount=amount,
        amount_in="base",
        price_seen=command.market_price,
        exchange_time=command.exchange_time,
    )
