"""Opening an account, and money in and out."""

from decimal import Decimal

from domain.account import Account
from domain.commands import Deposit, OpenAccount, Withdraw
from domain.decisions.refuse import refuse_for_funds
from domain.draft import Draft
from domain.events.account import AccountOpened, FundsDeposited, FundsWithdrawn
from domain.money import NumberRefused, checked
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
    draft.write(
        FundsDeposited(
            asset=command.asset,
            amount=command.amount,
            cost_usd=command.cost_usd,
            note=command.note,
            postings=moved(("external", command.asset, -command.amount), ("free", command.asset, command.amount)),
        )
    )


def withdraw(draft: Draft, command: Withdraw) -> None:
    account = draft.account.required()
    require_positive("amount", command.amount, command.asset)
    free = account.balance(command.asset).free
    if command.amount > free:
        refuse_for_funds(draft, "account.withdraw", command.asset, needed=command.amount, free=free)
        return
    draft.write(
        FundsWithdrawn(
            asset=command.asset,
            amount=command.amount,
            note=command.note,
            postings=moved(("free", command.asset, -command.amount), ("external", command.asset, command.amount)),
        )
    )


def require_positive(field: str, amount: Decimal, unit: str) -> None:
    if amount <= 0:
        raise InvalidAmount(field, amount, f"{unit} must be above zero")


def require_room(account: Account, asset: str, amount: Decimal) -> None:
    """Refuse what would make a balance too large to be held exactly.

    Raises:
        InvalidAmount: names the balance that would result.
    """
    total = account.balance(asset).total + amount
    try:
        checked(total)
    except NumberRefused as error:
        raise InvalidAmount("amount", amount, f"would make the balance {total:f} {asset}, which {error.why}") from error
