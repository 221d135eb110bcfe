"""What a book gives at one tick, and how an order walks it: best level first, whole lots, never past its limit."""

from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from domain.money import EXACT, ROUNDING, ZERO, floor_to
from kit.market.protocol import Level


class Depth(Struct, frozen=True, kw_only=True):
    """One side of a book, best first, and how much of it is gone: all before ``index``, and ``taken`` of that level.

    ``rising`` is true for asks, whose prices get worse upwards.
    """

    levels: tuple[Level, ...] = ()
    rising: bool
    index: int = 0
    taken: Decimal = ZERO

    @property
    def price(self) -> Decimal:
        return self.levels[self.index].price

    @property
    def left(self) -> Decimal:
        """What the best level still offers, in base."""
        return EXACT.subtract(self.levels[self.index].amount, self.taken)

    def reaches(self, limit: Decimal | None) -> bool:
        """Whether anything is left at ``limit`` or better; None is no limit."""
        if self.index >= len(self.levels):
            return False
        if limit is None:
            return True
        return self.price <= limit if self.rising else self.price >= limit

    def without(self, amount: Decimal) -> "Depth":
        taken = EXACT.add(self.taken, amount)
        return Depth(levels=self.levels, rising=self.rising, index=self.index, taken=taken)

    def beyond(self) -> "Depth":
        """The side without its best level."""
        return Depth(levels=self.levels, rising=self.rising, index=self.index + 1)


class Wanted(Protocol):
    """What an order still wants; both methods leave it as it is."""

    def at(self, price: Decimal) -> Decimal:
        """The amount wanted at ``price``, in base; zero once there is enough."""

    def without(self, amount: Decimal, price: Decimal) -> "Wanted": ...


class BaseWanted(Struct, frozen=True):
    """An amount in base, at any price."""

    amount: Decimal

    def at(self, price: Decimal) -> Decimal:
        return self.amount

    def without(self, amount: Decimal, price: Decimal) -> "BaseWanted":
        return BaseWanted(EXACT.subtract(self.amount, amount))


class QuoteWanted(Struct, frozen=True):
    """As many whole lots as a budget in quote pays for; fees come on top of it."""

    budget: Decimal
    step: Decimal

    def at(self, price: Decimal) -> Decimal:
        lots = ROUNDING.divide_int(self.budget, EXACT.multiply(price, self.step))
        return EXACT.multiply(lots, self.step)

    def without(self, amount: Decimal, price: Decimal) -> "QuoteWanted":
        return QuoteWanted(EXACT.subtract(self.budget, EXACT.multiply(amount, price)), self.step)


class Walk(Struct, frozen=True, kw_only=True):
    """What an order gets: one cut a level, the depth that remains after it, and whether nothing more is wanted."""

    cuts: tuple[Level, ...]
    left: Depth
    complete: bool


def walk(depth: Depth, wanted: Wanted, limit: Decimal | None, step: Decimal) -> Walk:
    """Take ``wanted`` from ``depth`` in multiples of ``step``, level by level, never at a price beyond ``limit``."""
    cuts: list[Level] = []
    price = None
    while depth.reaches(limit):
        price = depth.price
        want = wanted.at(price)
        if not want:
            break
        offered = floor_to(depth.left, step)
        amount = min(want, offered)
        if amount:
            cuts.append(Level(price, amount))
            wanted = wanted.without(amount, price)
        # Less than a lot is of no use to anybody, so a level ends with its last whole lot.
        depth = depth.beyond() if amount == offered else depth.without(amount)
    complete = price is not None and not wanted.at(price)
    return Walk(cuts=tuple(cuts), left=depth, complete=complete)
