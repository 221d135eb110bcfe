"""What one client wants to do next: a seeded stream of commands, sensible and not."""

from collections import deque
from random import Random
from typing import Final

from tests.crash.asking import LOTS, TOO_MUCH
from tests.crash.changing import Changing
from tests.crash.notebook import Command

FILLS_KEPT: Final = 50


class Trader(Changing):
    """Beside orders and their changes: money, and fills that were made elsewhere."""

    def __init__(self, name: str, random: Random) -> None:
        super().__init__(name, random)
        self._fills: deque[dict[str, str]] = deque(maxlen=FILLS_KEPT)

    def next(self) -> Command:
        """A command, once ``prices`` are known."""
        if self._halted:
            self._halted -= 1
            if not self._halted:
                return self._resume()
        makers = (
            (2, self._buy),
            (3, self._sell),
            (3, self._limit),
            (4, self._limit_sell),
            (2, self._never_resting),
            (2, self._good_till),
            (1, self._post_only),
            (3, self._stop),
            (4, self._linked),
            (7, self._guarded_buy),
            (4, self._cancel),
            (0.3, self._cancel_all),
            (5, self._amend),
            (2, self._amend_exits),
            (1, self._close),
            (1, self._limits),
            (0.5, self._halt),
            (0.5, self._resume),
            (1, self._deposit),
            (2, self._withdraw),
            (2, self._record),
            (3, self._record_of_order),
            (1, self._record_again),
            (1, self._buy_too_much),
            (1, self._withdraw_too_much),
            (1, self._off_the_tick),
        )
        (make,) = self._random.choices([maker for _, maker in makers], [weight for weight, _ in makers])
        return make()

    def _deposit(self) -> Command:
        """Of the coins little, so that there is not always enough to be sold."""
        asset, amounts = self._random.choice([("USDT", ["5", "30"]), ("BTC", ["0.0005", "0.001"]), ("ETH", ["0.01"])])
        return self._keyed("account.deposit", asset=asset, amount=self._random.choice(amounts))

    def _withdraw(self) -> Command:
        return self._keyed("account.withdraw", asset="USDT", amount=f"0.{self._random.randint(1, 99):02}")

    def _withdraw_too_much(self) -> Command:
        return self._keyed("account.withdraw", asset="USDT", amount=TOO_MUCH)

    def _record(self) -> Command:
        pair, side = self._pair(), self._random.choice(["buy", "sell"])
        return self._fill(pair=pair, side=side, amount=LOTS[pair], price=self._near(pair, "1"))

    def _record_of_order(self) -> Command:
        """A part of an order that rests far from the market."""
        if not self._parked:
            return self._limit()
        order = self._random.choice(self._parked)
        half = {"BTC/USDT": "0.00025", "ETH/USDT": "0.005"}[order["pair"]]
        return self._fill(side="buy", amount=half, **order)

    def _fill(self, **terms: str) -> Command:
        fill = {"tradeId": f"{self._name}-t{self._commands}", "fee": "0.01", **terms}
        self._fills.append(fill)
        return self._keyed("fill.record", **fill)

    def _record_again(self) -> Command:
        """The same execution under another key: it is booked already, or will be by one of the two."""
        return self._keyed("fill.record", **self._random.choice(self._fills)) if self._fills else self._record()
