"""How finely valuations and ratios are shown: they are floats, and rounded here and nowhere before."""

from typing import Final, overload

USD_DECIMALS: Final = 8
PERCENT_DECIMALS: Final = 6


@overload
def usd(value: float) -> float: ...
@overload
def usd(value: float | None) -> float | None: ...
def usd(value: float | None) -> float | None:
    return None if value is None else round(value, USD_DECIMALS)


@overload
def percent(value: float) -> float: ...
@overload
def percent(value: float | None) -> float | None: ...
def percent(value: float | None) -> float | None:
    return None if value is None else round(value, PERCENT_DECIMALS)
