"""What one client wants to do next: a seeded stream of commands, sensible and not."""

from collections import deque
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Final

from tests.crash.notebook import Command

PAIRS: Final = ("BTC/USDT", "ETH/USDT")
LOTS: Final = {"BTC/USDT": "0.0005", "ETH/USDT": "0.01"}
TICK: Final = Decimal("0.01")
TOO_MUCH: Final = "900000000"
FILLS_KEPT: Final = 50
ORDERS_KEPT: Final = 20


class Trader:
    """Commands of the client ``name``; each has a key that no other has, in any round."""

    def __init__(self, name: str, random: Random) -> None:
        self.prices: Mapping[str, Decimal] = {}
        self._name = name
        self._random = random
        self._commands = 0
        self._orders: deque[str] = deque(maxlen=ORDERS_KEPT)
        self._fills: deque[dict[str, str]] = deque(maxlen=FILLS_KEPT)

    def next(self) -> Command:
        """A command, once ``prices`` are known."""
        makers = (
            (5, self._buy),
            (3, self._sell),
            (3, self._limit),
            (2, self._guarded_buy),
            (3, self._cancel),
            (2, self._deposit),
            (2, self._withdraw),
            (3, self._record),
            (1, self._record_again),
            (1, self._buy_too_much),
            (1, self._withdraw_too_much),
            (1, self._off_the_tick),
        )
        (make,) = self._random.choices([maker for _, maker in makers], [weight for weight, _ in makers])
        return make()

    def _buy(self) -> Command:
        return self._order(action="buy", type="market", amount=str(self._random.randint(10, 60)))

    def _sell(self) -> Command:
        pair = self._random.choice(PAIRS)
        return self._order(pair, action="sell", type="market", amount=LOTS[pair])

    def _limit(self) -> Command:
        """Some rest for good, some are met by the next ticks."""
        pair, distance = self._random.choice(PAIRS), self._random.choice(["0.9", "0.9999", "1"])
        command = self._order(pair, action="buy", type="limit", amount=LOTS[pair], price=self._near(pair, distance))
        self._orders.append(command.key)
        return command

    def _guarded_buy(self) -> Command:
        pair = self._random.choice(PAIRS)
        stop, target = self._near(pair, "0.9998"), self._near(pair, "1.0002")
        return self._order(pair, action="buy", type="market", amount="20", stopLoss=stop, takeProfit=target)

    def _buy_too_much(self) -> Command:
        return self._order(action="buy", type="market", amount=TOO_MUCH)

    def _off_the_tick(self) -> Command:
        return self._order(action="buy", type="limit", amount="1", price="100.001")

    def _cancel(self) -> Command:
        if not self._orders:
            return self._deposit()
        return self._keyed("order.cancel", clientOrderId=self._orders.popleft())

    def _deposit(self) -> Command:
        asset = self._random.choice(["USDT", "BTC", "ETH"])
        return self._keyed("account.deposit", asset=asset, amount=str(self._random.randint(1, 30)))

    def _withdraw(self) -> Command:
        return self._keyed("account.withdraw", asset="USDT", amount=f"0.{self._random.randint(1, 99):02}")

    def _withdraw_too_much(self) -> Command:
        return self._keyed("account.withdraw", asset="USDT", amount=TOO_MUCH)

    def _record(self) -> Command:
        pair = self._random.choice(PAIRS)
        fill = {
            "tradeId": f"{self._name}-t{self._commands}",
            "pair": pair,
            "side": self._random.choice(["buy", "sell"]),
            "amount": LOTS[pair],
            "price": self._near(pair, "1"),
            "fee": "0.01",
        }
        self._fills.append(fill)
        return self._keyed("fill.record", **fill)

    def _record_again(self) -> Command:
        """The same execution under another key: it is booked already, or will be by one of the two."""
        return self._keyed("fill.record", **self._random.choice(self._fills)) if self._fills else self._record()

    def _order(self, pair: str | None = None, **params: str) -> Command:
        return self._made("trade.execute", "clientOrderId", {"pair": pair or self._random.choice(PAIRS), **params})

    def _keyed(self, method: str, **params: str) -> Command:
        return self._made(method, "idempotencyKey", params)

    def _made(self, method: str, key_field: str, params: dict[str, str]) -> Command:
        self._commands += 1
        key = f"{self._name}-{self._commands}"
        return Command(key, method, {key_field: key, **params})

    def _near(self, pair: str, factor: str) -> str:
        return str((self.prices[pair] * Decimal(factor)).quantize(TICK, ROUND_DOWN))
