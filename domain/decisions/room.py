"""Whether the ledger can hold, and keep on summing, what a command would bring."""

from decimal import Decimal
from typing import Final

from domain.account import Account, flow_name
from domain.money import ZERO, NumberRefused, checked
from domain.postings import Posting
from domain.refusals import InvalidAmount

# A thousand times the largest balance. Sums over the log are held in columns of twenty digits before the point, for
# all of an account's life: what came and went through it must stay well below that.
FLOW_MAX: Final = Decimal(10) ** 18


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


def require_countable(account: Account, postings: tuple[Posting, ...]) -> None:
    """Refuse what would bring the sum of all that ever went through a bucket beyond what can be summed.

    Raises:
        InvalidAmount: names the sum.
    """
    for posting in postings:
        if posting.bucket in ("free", "locked"):
            continue
        flow = account.flows.get(flow_name(posting), ZERO) + posting.amount
        if abs(flow) >= FLOW_MAX:
            why = f"would bring what this account ever moved through {posting.bucket} to {flow:f} {posting.asset}"
            raise InvalidAmount("amount", f"{abs(posting.amount):f}", f"{why}, which must be below {FLOW_MAX:f}")
