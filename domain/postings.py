"""Double entry: every event that moves value says from where to where, and sums to zero per asset."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.money import EXACT, ZERO

Bucket = Literal["free", "locked", "market", "fees", "external"]


class Posting(Struct, frozen=True):
    """One debit or credit: ``amount`` of ``asset`` enters ``bucket`` (positive) or leaves it (negative).

    ``free`` and ``locked`` are the account's own; ``market`` is the other side of its trades, ``fees`` what
    exchanges kept, ``external`` the world that deposits come from.
    """

    bucket: Bucket
    asset: str
    amount: Decimal


class Unbalanced(ValueError):
    """Postings that do not sum to zero, or a posting that moves nothing."""


def balance(postings: Iterable[Posting]) -> None:
    """Check that the postings sum to zero for each asset and that none is zero or not finite.

    Raises:
        Unbalanced: names the asset and what is left over.
    """
    sums: dict[str, Decimal] = {}
    for posting in postings:
        if not posting.amount.is_finite() or not posting.amount:
            raise Unbalanced(f"a posting moves {posting.amount} {posting.asset}")
        sums[posting.asset] = EXACT.add(sums.get(posting.asset, ZERO), posting.amount)
    for asset, left in sums.items():
        if left:
            raise Unbalanced(f"postings leave {left} {asset} over")


def moved(*moves: tuple[Bucket, str, Decimal]) -> tuple[Posting, ...]:
    """Build postings from (bucket, asset, amount), leaving out what moves nothing."""
    return tuple(Posting(bucket, asset, amount) for bucket, asset, amount in moves if amount)
