"""What a client may want to change: orders that rest, exits, positions, and whether it trades at all."""

from decimal import Decimal
from random import Random
from typing import Any, Final

from tests.crash.asking import LOTS
from tests.crash.notebook import Command
from tests.crash.placing import Placing

# Each limit is set and taken away by turns; the tight ones are taken away more often.
LIMITS: Final[tuple[dict[str, Any], ...]] = (
    {"maxOrderNotional": "50"},
    {"maxOrderNotional": None},
    {"maxOrderNotional": None},
    {"blockedPairs": ["ETH/USDT"]},
    {"blockedPairs": []},
    {"blockedPairs": None, "maxOpenPositions": None},
    {"maxOpenPositions": 1},
    {"maxOpenPositions": None},
    {"priceCollarPercent": "5"},
    {"priceCollarPercent": None},
    {"dailyLossPercent": "0.02"},
    {"dailyLossPercent": None},
    {"maxOrdersPerMinute": 400},
    {"maxOrdersPerMinute": None},
)


class Changing(Placing):
    """Beside what it places."""

    def __init__(self, name: str, random: Random) -> None:
        super().__init__(name, random)
        self._halted = 0

    def _cancel(self) -> Command:
        if not self._resting:
            return self._limit()
        return self._keyed("order.cancel", clientOrderId=self._resting.popleft())

    def _cancel_all(self) -> Command:
        return self._keyed("order.cancelAll", **self._random.choice([{}, {"pair": self._pair()}]))

    def _amend(self) -> Command:
        """Another amount, or another price: that of a pair the order may not be of, at times."""
        if not self._resting:
            return self._limit()
        pair = self._pair()
        changes = {
            "amount": str(Decimal(LOTS[pair]) * self._random.randint(1, 3)),
            "price": self._near(pair, self._random.choice(["0.91", "0.9998", "1.0001"])),
        }
        (name,) = self._random.sample(sorted(changes), 1)
        return self._keyed("order.amend", clientOrderId=self._random.choice(self._resting), **{name: changes[name]})

    def _amend_exits(self) -> Command:
        if not self._guarded:
            return self._guarded_buy()
        pair = self._pair()
        levels = {"stopLoss": self._near(pair, "0.9997"), "takeProfit": self._near(pair, "1.0003")}
        if self._random.random() < 0.3:
            levels = {"trailingStop": "0.1"}
        return self._keyed("order.amend", clientOrderId=self._random.choice(self._guarded), **levels)

    def _close(self) -> Command:
        return self._made("position.close", "clientOrderId", {"pair": self._pair()})

    def _limits(self) -> Command:
        return self._keyed("risk.limits", limits=self._random.choice(LIMITS))

    def _halt(self) -> Command:
        """Not for long: a gateway that is halted has little to lose."""
        self._halted = self._random.randint(2, 5)
        return self._keyed(
            "risk.halt",
            reason=f"{self._name} halts",
            reduceOnly=self._random.random() < 0.5,
            cancelOrders=self._random.random() < 0.5,
        )

    def _resume(self) -> Command:
        return self._keyed("risk.resume", reason=f"{self._name} resumes")
