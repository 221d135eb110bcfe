"""How finely a recording was written, and whole numbers of such units."""

from decimal import Decimal
from typing import Final

import polars as pl

DECIMALS_MAX: Final = 8  # Exchanges quote no finer; what a float has behind that is noise.
TOTAL_DIGITS_MAX: Final = 17  # A sum over all rows fits 64 bits.
NOISE: Final = 1e-9


def unit_of(values: pl.DataFrame) -> Decimal:
    """Return the power of ten, at least 10^-8 and at most 1, of which all ``values`` are multiples."""
    for decimals in range(DECIMALS_MAX):
        rest = values.select((pl.all().round(decimals) - pl.all().round(DECIMALS_MAX)).abs().max()).row(0)
        if max(rest) < NOISE:
            return Decimal(1).scaleb(-decimals)
    return Decimal(1).scaleb(-DECIMALS_MAX)


def volume_unit(values: pl.Series) -> Decimal:
    """Return the unit of volumes: as they were written, unless their sum has too many digits for that."""
    digits = len(str(int(values.sum())))
    return max(unit_of(values.to_frame()), Decimal(1).scaleb(digits - TOTAL_DIGITS_MAX))


def in_units(unit: Decimal) -> pl.Expr:
    """Turn every column into whole multiples of ``unit``, to the nearest one."""
    # Dividing by 0.01 would be off in the last digit; multiplying by 100 is exact.
    scaled = pl.all() * float(1 / unit) if unit < 1 else pl.all() / float(unit)
    return scaled.round().cast(pl.Int64)
