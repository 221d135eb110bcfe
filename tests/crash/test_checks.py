"""Each check on trading finds what was done to a log that it has nothing to say against."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.commands import AmendOrder
from domain.risk.limits import RiskLimits
from kit.trading.ordering import StopAsked
from kit.trading.settlements import Settled
from kit.wire.frames import Response
from tests.crash.evidence import Evidence
from tests.crash.notebook import Command, Notebook
from tests.crash.promise_checks import promise_problems
from tests.crash.risk_promises import unswept
from tests.crash.trading_checks import trading_problems
from tests.domain.books import NOON
from tests.kit.log.vandalism import vandalise
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.waiting import eventually

LAST = "SELECT max(rowid) FROM stored_events WHERE topic"


def replaced(topic: str, old: str, new: str) -> str:
    """Change the last event of that topic."""
    what = f"state = CAST(replace(state, '{old}', '{new}') AS BLOB)"
    return f"UPDATE stored_events SET {what} WHERE rowid = ({LAST} LIKE '{topic}%')"


def cut_off(topic: str) -> str:
    """End the log before the last event of that topic."""
    return f"DELETE FROM stored_events WHERE rowid >= ({LAST} LIKE '{topic}%')"


class Scene:
    """A log in ``directory``, and what its client was told."""

    def __init__(self, directory: Path) -> None:
        self.data_dir = directory / "data"
        self.notebook = Notebook(directory / "notebook.jsonl")
        self._doctored = directory / "doctored"

    def told(self, key: str, method: str, params: dict[str, Any], payload: dict[str, Any]) -> None:
        command = Command(key, method, params)
        self.notebook.save(command)
        self.notebook.note(command, Response(id="1", ok=True, payload=msgspec.Raw(msgspec.json.encode(payload))))

    def found_after(self, *statements: str) -> str:
        shutil.rmtree(self._doctored, ignore_errors=True)
        shutil.copytree(self.data_dir, self._doctored)
        vandalise(self._doctored, *statements)
        return "\n".join(self.problems(Evidence.of(self._doctored)))

    def problems(self, log: Evidence) -> Iterator[str]:
        yield from trading_problems(log)
        yield from promise_problems(self.notebook, log)
        yield from unswept(log)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def pair(on: Floor) -> None:
    """A coin that is sold at 69,000 or below 66,000."""
    await on.placed("coin", "buy", "0.1", "67250")
    await on.desk.place_linked(asked("sell", "0.1", "69000"), StopAsked(stop_price=Decimal(66_000)), ask("pair"))


async def test_a_pair_of_which_both_are_on_the_exchange_or_one_waits_for_nothing_is_found(scene: Scene) -> None:
    market = fixed_market()
    async with floor(scene.data_dir, paper(market)) as on:
        await pair(on)
        market.set_price("BTC/USDT", Decimal(69_500))
        await eventually(lambda: not on.main.orders)
    assert scene.found_after("SELECT 1") == ""
    assert "are both on the exchange, or neither" in scene.found_after(
        replaced("OrderLinked", '"held":true', '"held":false')
    )
    assert "is held for order" in scene.found_after(cut_off("OrderCancelled"))
    less = replaced("OrderPlaced", '"amount":"0.1"', '"amount":"0.05"')
    assert "have traded more than 0.05" in scene.found_after(less)


async def test_a_fill_beyond_its_order_and_a_discrepancy_are_found(scene: Scene) -> None:
    async with floor(scene.data_dir) as on:
        await on.placed("k-1", "buy", "1000")
        await on.placed("k-2", "buy", "0.01", "67250")
    assert scene.found_after("SELECT 1") == ""
    less = replaced("OrderPlaced", '"amount":"0.01"', '"amount":"0.005"')
    assert "has filled 0.01 of" in scene.found_after(
        less, replaced("OrderFilled", '"amount":"0.01","filled', '"amount":"0.005","filled')
    )


async def test_a_buy_that_is_not_guarded_is_found(scene: Scene) -> None:
    async with floor(scene.data_dir) as on:
        await on.placed("k-1", "buy", "1000", stop_loss="60000")
    assert scene.found_after("SELECT 1") == ""
    assert "lost its exits" in scene.found_after(cut_off("ExitArmed"))


async def test_an_acknowledged_amendment_that_was_not_made_is_found(scene: Scene) -> None:
    async with floor(scene.data_dir) as on:
        resting = await on.placed("k-1", "buy", "0.01", "60000")
        instrument = on.exchange.instruments()["BTC/USDT"]
        changed = AmendOrder(
            order_id=resting.order.order_id, instrument=instrument, exchange_time=NOON, amount=Decimal("0.02")
        )
        await on.desk.amend(on.main, changed, ask("a-1"))
    scene.told("a-1", "order.amend", {"amount": "0.02"}, {"orderId": resting.order.order_id, "amount": 0.02})
    assert scene.found_after("SELECT 1") == ""
    assert "is acknowledged, the log has None" in scene.found_after(cut_off("OrderAmended"))
    other = replaced("AmendmentRequested", '"amount":"0.02"', '"amount":"0.03"')
    assert "asked for {'amount': Decimal('0.02')}, the log has" in scene.found_after(other)


async def test_a_halt_that_did_not_stand_is_found(scene: Scene) -> None:
    async with floor(scene.data_dir) as on:
        resting = await on.placed("k-1", "buy", "0.01", "60000")
        await on.placed("k-2", "buy", "0.01", "67250")
        await on.desk.halt("main", None, "enough", reduce_only=True, cancel_orders=True, ask=ask("h-1"))
        await on.placed("k-3", "sell", "0.005", "67250")
        await eventually(lambda: not on.main.orders)
    asked_for = {"reason": "enough", "reduceOnly": True, "cancelOrders": True}
    scene.told("h-1", "risk.halt", asked_for, {"cancelled": [resting.order.order_id]})
    assert scene.found_after("SELECT 1") == ""
    assert "was written while" in scene.found_after(
        replaced("TradingHalted", '"reduce_only":true', '"reduce_only":false')
    )
    assert "the log has the halts" in scene.found_after(replaced("TradingHalted", "enough", "nothing"))
    unswept_found = scene.found_after(cut_off("OrderCancelled"))
    assert "is said to be cancelled, it is pending" in unswept_found
    assert f"order {resting.order.order_id} outlived Halt" in unswept_found


async def test_limits_that_were_lost_or_did_not_bind_are_found(scene: Scene) -> None:
    async with floor(scene.data_dir) as on:
        limits = RiskLimits(blocked_pairs=("ETH/USDT",))
        await on.desk.set_limits("main", None, limits, ask("l-1"), frozenset({"blocked_pairs"}))
        assert isinstance(await on.placed("k-1", "buy", "1000"), Settled)
    scene.told("l-1", "risk.limits", {"limits": {"blockedPairs": ["ETH/USDT"]}}, {})
    assert scene.found_after("SELECT 1") == ""
    changed = scene.found_after(replaced("RiskLimitsSet", "ETH/USDT", "BTC/USDT"))
    assert "asked for {'blockedPairs': 'ETH/USDT'}" in changed
    assert "were blocked" in changed
