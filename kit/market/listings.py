"""The rules of the pairs that the invented markets list: ticks and lots as large exchanges have them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from domain.instruments import Fees, Instrument

FEES: Final = Fees(maker=Decimal("0.001"), taker=Decimal("0.001"))
UNLISTED_STEP: Final = Decimal("0.00000001")
DOLLARS: Final = frozenset({"USDT", "USDC", "DAI", "USD"})


def listed(pair: str, price_tick: str, amount_step: str, amount_min: str) -> Instrument:
    """The pair under our usual fees and smallest notional."""
    base, quote = pair.split("/")
    return Instrument(
        pair=pair,
        base=base,
        quote=quote,
        price_tick=Decimal(price_tick),
        amount_step=Decimal(amount_step),
        amount_min=Decimal(amount_min),
        notional_min=Decimal(5) if quote in DOLLARS else Decimal("0.0001"),
        fees=FEES,
    )


LISTINGS: Final[Mapping[str, Instrument]] = {
    instrument.pair: instrument
    for instrument in (
        listed("BTC/USDT", "0.01", "0.00000001", "0.00001"),
        listed("ETH/USDT", "0.01", "0.000001", "0.0001"),
        listed("SOL/USDT", "0.01", "0.0001", "0.001"),
        listed("BNB/USDT", "0.01", "0.0001", "0.001"),
        listed("XRP/USDT", "0.0001", "0.01", "0.1"),
        listed("ETH/BTC", "0.00001", "0.000001", "0.0001"),
    )
}


def unlisted(pair: str, price_tick: Decimal = UNLISTED_STEP) -> Instrument:
    """Rules for a pair that we know nothing of: lots of 10^-8.

    Raises:
        ValueError: ``pair`` is not written BASE/QUOTE.
    """
    base, _, quote = pair.partition("/")
    if not base or not quote or "/" in quote:
        raise ValueError(f"pair {pair!r} must be written BASE/QUOTE")
    return listed(pair, str(price_tick), str(UNLISTED_STEP), str(UNLISTED_STEP))
