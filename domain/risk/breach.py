"""A limit that an order would break."""

from decimal import Decimal
from typing import NamedTuple

from domain.events.terms import NamedValue
from domain.money import plain, rounded_to


class Breach(NamedTuple):
    """``check`` names the limit, ``limit`` is its text, ``inputs`` what the check saw; ``message`` is for a person."""

    check: str
    limit: str
    message: str
    inputs: tuple[NamedValue, ...]


def exactly(value: Decimal) -> str:
    """All digits of ``value``, without trailing zeros."""
    return f"{plain(value):f}"


def about(value: Decimal) -> str:
    """``value`` to two decimals, for a sentence: 10,000 or 34.2."""
    return f"{plain(rounded_to(value, 2)):,f}"


def inputs_of(**values: Decimal | int | str) -> tuple[NamedValue, ...]:
    """The inputs of a check by name, each with all its digits."""
    return tuple(
        NamedValue(name, exactly(value) if isinstance(value, Decimal) else str(value)) for name, value in values.items()
    )
