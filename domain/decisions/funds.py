"""Opening an account, and money in and out."""

from decimal import Decimal

from domain.commands import Deposit, OpenAccount, Withdraw
from domain.decisions.refuse import refuse_for_funds
from domain.decisions.room import require_countable, require_room
from domain.draft import Draft
from domain.events.funds import AccountOpened, FundsDeposited, FundsWithdrawn
from domain.postings import moved
from domain.refusals import InvalidAmount


def open_account(draft: Draft, command: OpenAccount) -> None:
    if draft.account.is_open:
        return
    draft.write(AccountOpened(account=command.account, exchange=command.exchange, paper=command.paper))
    for asset, amount in command.funds:
        deposit(draft, Deposit(asset=asset, amount=amount, note="opening balance"))


def deposit(draft: Draft, command: Deposit) -> None:
    if command.opening is not None:
        open_account(draft, command.opening)
    account = draft.account.required()
    require_positive("amount", command.amount, command.asset)
    require_room(account, command.asset, command.amount)
    if command.cost_usd is not None and command.cost_usd < 0:
        raise InvalidAmount("costUsd", command.cost_usd, "must not be negative")
    postings = moved(("external", command.asset, -command.amount), ("free", command.asset, command.amount))
    require_countable(account, postings)
    draft.write(
        FundsDeposited(
            asset=command.asset,
            amount=command.amount,
            cost_usd=command.cost_usd,
            note=command.note,
            postings=postings,
        )
    )


def withdraw(draft: Draft, command: Withdraw) -> None:
    account = draft.account.required()
    require_positive("amount", command.amount, command.asset)
    free = account.balance(command.asset).free
    if command.amount > free:
        refuse_for_funds(draft, "account.withdraw", command.asset, needed=command.amount, free=free)
        return
    postings = moved(("free", command.asset, -command.amount), ("external", command.asset, command.amount))
    require_countable(account, postings)
    draft.write(FundsWithdrawn(asset=command.asset, amount=command.amount, note=command.note, postings=postings))


def require_positive(field: str, amount: Decimal, unit: str) -> None:
    if amount <= 0:
        raise InvalidAmount(field, amount, f"{unit} must be above zero")
