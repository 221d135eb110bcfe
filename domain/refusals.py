"""Why a command is refused: facts as attributes, and a sentence with the values seen."""

from decimal import Decimal

from domain.streams import owner_of


def shown(value: object) -> str:
    """``value`` for a person: a decimal with all its digits, never as ``1E-8``."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


class LedgerError(Exception):
    """A refusal that a client can cause. Nothing has changed."""


class InvalidOrder(LedgerError):
    """The market's rules forbid the order: ``field`` has ``value``, which ``why`` explains."""

    def __init__(self, field: str, value: object, why: str) -> None:
        self.field = field
        self.value = value
        self.why = why
        super().__init__(f"{field} {shown(value)} {why}")


class InvalidAmount(LedgerError):
    """An amount or a resulting balance that the ledger cannot hold."""

    def __init__(self, field: str, value: object, why: str) -> None:
        self.field = field
        self.value = value
        self.why = why
        super().__init__(f"{field} {shown(value)} {why}")


class InvalidLimit(LedgerError):
    """A risk limit out of its range, or one that contradicts another."""

    def __init__(self, field: str, value: object, why: str) -> None:
        self.field = field
        self.value = value
        self.why = why
        super().__init__(f"{field} {shown(value)} {why}")


class OrderNotFound(LedgerError):
    """The account has no such order, or none recent enough to act on."""

    def __init__(self, order_id: str) -> None:
        self.order_id = order_id
        super().__init__(f"order {order_id} does not exist")


class OrderClosed(LedgerError):
    """The order takes no more commands."""

    def __init__(self, order_id: str, status: str) -> None:
        self.order_id = order_id
        self.status = status
        super().__init__(f"order {order_id} is {status} already")


class OverFill(LedgerError):
    """An execution larger than what its order leaves, in base or, of a budget, in quote."""

    def __init__(self, order_id: str, amount: Decimal, remaining: Decimal, asset: str) -> None:
        self.order_id = order_id
        self.amount = amount
        self.remaining = remaining
        self.asset = asset
        super().__init__(f"a fill of {amount:f} {asset} is more than the {remaining:f} that order {order_id} leaves")


class AccountNotFound(LedgerError):
    """The account was never opened on that exchange."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        account, exchange = owner_of(stream)
        super().__init__(f"account '{account}' is not open on {'any exchange' if exchange == '*' else exchange}")


class ExitNotArmed(LedgerError):
    """The entry has no armed exit of that kind."""

    def __init__(self, order_id: str, kind: str) -> None:
        self.order_id = order_id
        self.kind = kind
        super().__init__(f"order {order_id} has no {kind} armed")
