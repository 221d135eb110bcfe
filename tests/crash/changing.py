"""What a client may want to change: orders that rest, exits, positions, and whether it trades at all."""

from collections import deque
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any, Final

from tests.crash.asking import LOTS
from tests.crash.notebook import Command
from tests.crash.placing import Placing

PARKED_KEPT: Final = 20
# Each limit is set and taken away by turns; the tight ones are taken away more often.
TIGHT: Final = ("maxOrderNotional", "blockedPairs", "maxOpenPositions")
LIMITS: Final[tuple[dict[str, Any], ...]] = (
    {"maxOrderNotional": "50"},
    {"blockedPairs": ["ETH/USDT"]},
    {"blockedPairs": []},
    {"maxOpenPositions": 1},
    *3 * (dict.fromkeys(TIGHT),),
    {"priceCollarPercent": "5"},
    {"priceCollarPercent": None},
    {"dailyLossPercent": "0.02"},
    {"dailyLossPercent": None},
    {"maxOrdersPerMinute": 2_000},
    {"maxOrdersPerMinute": None},
)


class Changing(Placing):
    """Beside what it places; ``_parked`` are orders that rest too far from the market to be reached."""

    def __init__(self, name: str, random: Random) -> None:
        super().__init__(name, random)
        self._halted = 0
        self._parked: deque[dict[str, str]] = deque(maxlen=PARKED_KEPT)

    def hear(self, command: Command, answer: Mapping[str, Any]) -> None:
        """Learn the id of an order that the exchange will not fill."""
        parked = command.method == "trade.execute" and answer["status"] == "pending" and command.params.get("price")
        if (
            parked
            and answer["type"] == "limit"
            and Decimal(str(answer["price"])) < self.prices[answer["pair"]] * Decimal("0.95")
        ):
            self._parked.append(
                {"orderId": answer["orderId"], "pair": answer["pair"], "price": command.params["price"]}
            )

    def _cancel(self) -> Command:
        if not self._resting:
            return self._limit()
        return self._keyed("order.cancel", clientOrderId=self._resting.pop())

    def _cancel_all(self) -> Command:
        return self._keyed("order.cancelAll", **self._random.choice([{}, {"pair": self._pair()}]))

    def _amend(self) -> Command:
        """An order that rests, or one that may be on its way, linked, filled or of another pair."""
        named: dict[str, str]
        if self._parked and self._random.random() < 0.7:
            parked = self._random.choice(self._parked)
            pair, named = parked["pair"], {"orderId": parked["orderId"]}
        elif self._resting:
            pair, named = self._pair(), {"clientOrderId": self._random.choice(self._resting)}
        else:
            return self._limit()
        changes = {
            "amount": str(Decimal(LOTS[pair]) * self._random.randint(1, 3)),
            "price": self._near(pair, self._random.choice(["0.89", "0.91"])),
        }
        names = self._random.choice([["amount"], ["price"], ["amount", "price"]])
        return self._keyed("order.amend", **named, **{name: changes[name] for name in names})

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
