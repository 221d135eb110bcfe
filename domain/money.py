"""Exact decimal money, with limits that keep every operation cheap.

An amount has at most ``INTEGER_DIGITS_MAX`` digits before the point and ``DECIMALS_MAX`` behind it, so that it
fits a ``Decimal(38, 18)`` column with room to be summed. Text is checked before any arithmetic, because Python
happily spends half a minute on ``int(Decimal("1E+1000000"))``.
"""

import re
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import wraps
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

INTEGER_DIGITS_MAX: Final = 15  # 10^15 of any asset; 20 would fit the column, the rest is room for sums.
DECIMALS_MAX: Final = 18  # What a Decimal(38, 18) column keeps; ether has no smaller unit.
EXPONENT_MAX: Final = 30
NUMBER_CHARS_MAX: Final = 40
AMOUNT_MAX: Final = Decimal(10) ** INTEGER_DIGITS_MAX
ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)  # Percent.
STEP_MIN: Final = Decimal(1).scaleb(-DECIMALS_MAX)

# Wide enough for the product of three amounts. Inexact is trapped: nothing rounds unless a function below is asked to.
EXACT: Final = Context(prec=120, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
ROUNDING: Final = Context(prec=120, traps=[InvalidOperation, DivisionByZero, Overflow])

NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)


class NumberRefused(ValueError):
    """A number outside the limits above, or a text that is none; ``why`` ends the sentence "… must …"."""

    def __init__(self, value: object, why: str) -> None:
        self.value = str(value)[: NUMBER_CHARS_MAX + 1]
        self.why = why
        super().__init__(f"{self.value!r} {why}")


def parse(text: str) -> Decimal:
    """Read a decimal exactly as written.

    Raises:
        NumberRefused: not a plain JSON number, or beyond the limits.
    """
    if len(text) > NUMBER_CHARS_MAX:
        raise NumberRefused(text, f"must have at most {NUMBER_CHARS_MAX} characters")
    if NUMBER.fullmatch(text) is None:
        raise NumberRefused(text, "must be a decimal number")
    return checked(Decimal(text))


def checked(value: Decimal) -> Decimal:
    """Return ``value`` if it keeps the limits; never does arithmetic on one that does not.

    Raises:
        NumberRefused: not finite, too large, or finer than eighteen decimals.
    """
    if not value.is_finite():
        raise NumberRefused(value, "must be finite")
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    if abs(exponent) > EXPONENT_MAX or len(digits) > 2 * EXPONENT_MAX:
        raise NumberRefused(value, f"must have an exponent within ±{EXPONENT_MAX}")
    if value.copy_abs() >= AMOUNT_MAX:
        raise NumberRefused(value, f"must have at most {INTEGER_DIGITS_MAX} digits before the point")
    if exponent < -DECIMALS_MAX and any(digits[exponent + DECIMALS_MAX :]):
        raise NumberRefused(value, f"must have at most {DECIMALS_MAX} decimals")
    return value or ZERO  # No negative zero ever enters the ledger.


def exact(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in the ``EXACT`` context: the default one keeps 28 digits and rounds in silence."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return run


def floor_to(value: Decimal, step: Decimal) -> Decimal:
    """Return the largest multiple of ``step`` that is not above ``value`` (both ≥ 0)."""
    return EXACT.multiply(ROUNDING.divide_int(value, step), step)


def bought(budget: Decimal, price: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of ``step`` whose cost at ``price`` is within ``budget`` (all > 0)."""
    return floor_to(ROUNDING.divide(budget, price), step)


def is_multiple(value: Decimal, step: Decimal) -> bool:
    return not ROUNDING.remainder(value, step)


def rounded_up(value: Decimal) -> Decimal:
    """``value`` with at most eighteen decimals, towards plus infinity: for what is reserved or charged."""
    return _rounded(value, ROUND_CEILING)


def rounded(value: Decimal) -> Decimal:
    """``value`` with at most eighteen decimals, half to even: for products that are written down once."""
    return _rounded(value, ROUND_HALF_EVEN)


def divided(value: Decimal, by: Decimal) -> Decimal:
    """The quotient, half even at eighteen decimals."""
    return _rounded(ROUNDING.divide(value, by), ROUND_HALF_EVEN)


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """``value`` with ``decimals`` decimals, half to even: for sentences, never for the ledger."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN, context=ROUNDING)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros or a positive exponent: ``100.00`` and ``1E+2`` both become ``100``."""
    if not value:
        return ZERO
    short = value.normalize(ROUNDING)
    return short.quantize(Decimal(1), context=ROUNDING) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]


def _rounded(value: Decimal, rounding: str) -> Decimal:
    if -value.as_tuple().exponent <= DECIMALS_MAX:  # type: ignore[operator]
        return value or ZERO
    return value.quantize(STEP_MIN, rounding=rounding, context=ROUNDING) or ZERO  # Never a negative zero.
