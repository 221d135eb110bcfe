"""What every wish of a client needs: a key that no other has, a pair, and a price near the market's."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Any, Final

from tests.crash.notebook import Command

PAIRS: Final = ("BTC/USDT", "ETH/USDT")
LOTS: Final = {"BTC/USDT": "0.0005", "ETH/USDT": "0.01"}
TICK: Final = Decimal("0.01")
TOO_MUCH: Final = "900000000"
FAR_BELOW: Final = "0.9"  # No price of the campaign gets there: only a client's word fills such an order.


class Asking:
    """Commands of the client ``name``; each has a key that no other has, in any round."""

    def __init__(self, name: str, random: Random) -> None:
        self.prices: Mapping[str, Decimal] = {}
        self._name = name
        self._random = random
        self._commands = 0

    def _pair(self) -> str:
        return self._random.choice(PAIRS)

    def _order(self, pair: str | None = None, **params: Any) -> Command:
        return self._made("trade.execute", "clientOrderId", {"pair": pair or self._pair(), **params})

    def _keyed(self, method: str, **params: Any) -> Command:
        return self._made(method, "idempotencyKey", params)

    def _made(self, method: str, key_field: str, params: dict[str, Any]) -> Command:
        self._commands += 1
        key = f"{self._name}-{self._commands}"
        return Command(key, method, {key_field: key, **params})

    def _near(self, pair: str, factor: str) -> str:
        return str((self.prices[pair] * Decimal(factor)).quantize(TICK, ROUND_DOWN))
