"""Orders of every type that a client may want to place."""

from collections import deque
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from tests.crash.asking import FAR_BELOW, LOTS, TOO_MUCH, Asking
from tests.crash.notebook import Command

ORDERS_KEPT: Final = 20
GOOD_FOR_MAX_S: Final = 3


class Placing(Asking):
    """``_resting`` are the keys of orders that may rest, ``_guarded`` of buys that have exits, newest last."""

    def __init__(self, name: str, random: Random) -> None:
        super().__init__(name, random)
        self._resting: deque[str] = deque(maxlen=ORDERS_KEPT)
        self._guarded: deque[str] = deque(maxlen=ORDERS_KEPT)

    def _buy(self) -> Command:
        return self._order(action="buy", type="market", amount=str(self._random.randint(10, 60)))

    def _sell(self) -> Command:
        pair = self._pair()
        return self._order(pair, action="sell", type="market", amount=LOTS[pair])

    def _limit(self) -> Command:
        """Some rest for good, some are met by the next ticks."""
        distance = self._random.choice([FAR_BELOW, FAR_BELOW, "0.9999", "1"])
        return self._limited("buy", distance)

    def _limit_sell(self) -> Command:
        return self._limited("sell", self._random.choice(["1.05", "1.0001", "1"]))

    def _never_resting(self) -> Command:
        return self._limited("buy", self._random.choice(["0.9999", "1.001"]), force=self._random.choice(["IOC", "FOK"]))

    def _good_till(self) -> Command:
        """Some end while the gateway is away."""
        expires = datetime.now(UTC) + timedelta(seconds=self._random.uniform(0.2, GOOD_FOR_MAX_S))
        distance = self._random.choice([FAR_BELOW, "0.9999"])
        return self._limited("buy", distance, force="GTD", expiresAt=expires.isoformat())

    def _post_only(self) -> Command:
        return self._limited("buy", self._random.choice(["0.9999", "1.001"]), postOnly=True)

    def _stop(self) -> Command:
        """A buy above the market or a sell below it, at the market or within a limit once it is reached."""
        pair, side = self._pair(), self._random.choice(["buy", "sell"])
        stop, limit = ("1.0001", "1.0005") if side == "buy" else ("0.9999", "0.9995")
        terms = {"type": "stop-market", "stopPrice": self._near(pair, stop)}
        if self._random.random() < 0.5:
            terms |= {"type": "stop-limit", "price": self._near(pair, limit)}
        return self._rests(self._order(pair, action=side, amount=LOTS[pair], **terms))

    def _guarded_buy(self) -> Command:
        pair = self._pair()
        levels = {"stopLoss": self._near(pair, "0.9998"), "takeProfit": self._near(pair, "1.0002")}
        if self._random.random() < 0.5:
            levels = {"trailingStop": self._random.choice(["0.02", "0.5"])}
        command = self._order(pair, action="buy", type="market", amount="20", **levels)
        self._guarded.append(command.key)
        return command

    def _linked(self) -> Command:
        """A limit and a stop, one of which is reached soon."""
        pair, side = self._pair(), self._random.choice(["buy", "sell"])
        near, far = self._random.choice([("1.0001", "0.99"), ("1.01", "0.9999"), ("1.0002", "0.9998")])
        limit, stop = (near, far) if side == "sell" else (far, near)
        prices = {"price": self._near(pair, limit), "stopPrice": self._near(pair, stop)}
        if self._random.random() < 0.3:
            prices["stopLimitPrice"] = self._near(pair, "0.99" if side == "sell" else "1.01")
        asked = {"pair": pair, "action": side, "amount": LOTS[pair], **prices}
        return self._rests(self._made("order.oco", "clientOrderId", asked))

    def _buy_too_much(self) -> Command:
        return self._order(action="buy", type="market", amount=TOO_MUCH)

    def _off_the_tick(self) -> Command:
        return self._order(action="buy", type="limit", amount="1", price="100.001")

    def _limited(self, side: str, distance: str, *, force: str = "GTC", **more: Any) -> Command:
        pair = self._pair()
        terms = {"type": "limit", "amount": LOTS[pair], "price": self._near(pair, distance), "timeInForce": force}
        return self._rests(self._order(pair, action=side, **terms, **more))

    def _rests(self, command: Command) -> Command:
        self._resting.append(command.key)
        return command
