"""Orders and exits on a market that moves: recordings whose prices go up and down as each test needs it."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

import pytest

from tests.e2e.gateway import Gateway, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Json, Stranger, held

# Each comes round again within a second, so that it does not matter when a test begins.
DIPS = ("66000", "64900", "66000", "66500")
RISES = ("3500", "3390", "3700", "4010")
FALLS = ("150", "139", "138.5", "129")
THIN = ("0.5", "0.5001", "0.5", "0.4999")
SPEED = 8.0


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("moving")
    recordings = {
        "BTC/USDT": recorded(folder / "btc.csv", DIPS, times=500),
        "ETH/USDT": recorded(folder / "eth.csv", RISES, times=500, amount="1000"),
        "SOL/USDT": recorded(folder / "sol.csv", FALLS, times=500, amount="1000"),
        "XRP/USDT": recorded(folder / "xrp.csv", THIN, times=500, amount="1"),
    }
    with running(folder / "data", **replaying(recordings, SPEED)) as gateway:
        yield gateway


@pytest.fixture
async def client(moving: Gateway) -> AsyncIterator[Stranger]:
    async with await moving.client() as client:
        yield client


async def test_a_resting_order_fills_when_the_price_comes_to_it(client: Stranger, account: str) -> None:
    order = await client.ok(
        "trade.execute", action="buy", pair="BTC/USDT", type="limit", amount="0.01", price=65_000, account=account
    )
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert executed["status"] == "filled"
    assert executed["amount"] == executed["filledAmount"] == Decimal("0.01")
    assert executed["price"] in (64_900, 65_000)  # At its limit where it rested, below it where it came too late.
    assert executed["timestamp"].startswith("2024-03-01T12:")  # The market's time, not the wall clock's.
    assert (await client.ok("order.get", orderId=order["orderId"]))["status"] == "filled"


async def test_a_thin_book_fills_an_order_in_parts(client: Stranger, account: str) -> None:
    order = await client.ok(
        "trade.execute", action="buy", pair="XRP/USDT", type="limit", amount=25, price="0.5", account=account
    )
    first = await client.event("trade:executed", orderId=order["orderId"])
    last = await client.event("trade:executed", orderId=order["orderId"], status="filled")
    fills = (await client.ok("fill.list", orderId=order["orderId"], account=account, limit=1_000))["fills"]
    assert first["status"] == "partial"
    assert first["filledAmount"] < 25
    assert last["filledAmount"] == 25
    assert sum(fill["amount"] for fill in fills) == 25
    assert len({fill["tradeId"] for fill in fills}) == len(fills) > 1
    assert all(fill["price"] <= Decimal("0.5") for fill in fills)
    paid = sum(fill["amount"] * fill["price"] + fill["fee"] for fill in fills)
    assert await held(client, account) == {"USDT": (10_000 - paid, 0), "XRP": (25, 0)}


async def test_a_market_order_takes_what_the_book_has_and_says_what_is_missing(client: Stranger, account: str) -> None:
    order = await client.ok(
        "trade.execute", action="buy", pair="XRP/USDT", type="market", amount=5_000, account=account
    )
    assert order["status"] == "cancelled"
    assert 0 < order["filledAmount"] < order["amount"]
    assert "the book gave" in order["reason"]
    free, locked = (await held(client, account))["USDT"]
    assert locked == 0
    assert free > 9_000


async def test_a_take_profit_sells_and_its_stop_loss_ends_with_it(client: Stranger, account: str) -> None:
    entry = await client.ok(
        "trade.execute",
        action="buy",
        pair="ETH/USDT",
        type="limit",
        amount=1,
        price=3400,
        stopLoss=3300,
        takeProfit=4000,
        account=account,
    )
    closed = await client.event("position:closed", account=account)
    sold, bought = (await client.ok("order.list", account=account, status="filled"))["orders"]
    assert bought["orderId"] == sold["exitOf"] == entry["orderId"]
    assert (sold["side"], sold["filledAmount"]) == ("sell", 1)
    assert closed["realizedPnl"] == sold["avgPrice"] - bought["avgPrice"]
    free, locked = (await held(client, account))["USDT"]
    assert (free, locked) == (10_000 + sold["avgPrice"] - bought["avgPrice"] - sold["fee"] - bought["fee"], 0)
    assert (await client.ok("order.list", account=account, status="open"))["orders"] == []


async def test_a_stop_loss_sells_and_its_take_profit_ends_with_it(client: Stranger, account: str) -> None:
    guarded = {"price": 140, "stopLoss": 130, "takeProfit": 200}
    order = {"action": "buy", "pair": "SOL/USDT", "type": "limit", "amount": 10, "account": account, **guarded}
    # While the price is below the stop, an entry is refused: it would be sold at once.
    while not (answer := await client.call("trade.execute", **order))["ok"]:
        assert answer["error"]["details"]["field"] == "stopLoss"
    entry = answer["payload"]
    exit_order = await client.event("trade:placed", exitOf=entry["orderId"])
    closed = await client.event("position:closed", account=account)
    assert exit_order["side"] == "sell"
    assert closed["pair"] == "SOL/USDT"
    snapshot = await client.ok("portfolio.snapshot", account=account)
    assert snapshot["positions"] == []
    assert [asset["symbol"] for asset in snapshot["assets"]] == ["USDT"]
    pnl = await client.ok("portfolio.snapshot", action="pnl", account=account)
    assert float(pnl["realized"]) == pytest.approx(float(closed["realizedPnl"]))


async def test_prices_are_pushed_to_who_asked_for_their_pair(client: Stranger) -> None:
    answer = await client.ok("subscribe", channel="market:price", pairs=["BTC/USDT"])
    assert answer["channels"]["market:price"] == ["BTC/USDT"]
    for price in (64_900, 66_000):
        told = await client.event("market:price", price=price)
        assert told["pair"] == "BTC/USDT"
        assert told["simulated"] is False
        assert 1_709_290_000_000 < told["timestamp"] < 1_709_400_000_000
    await client.ok("unsubscribe", channel="market:price", pairs=["BTC/USDT"])
    assert {frame["payload"]["pair"] for frame in client.events if frame["event"] == "market:price"} == {"BTC/USDT"}


async def test_a_snapshot_follows_the_price(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="BTC", amount=1)
    values: set[Decimal] = set()
    while len(values) < 2:
        snapshot = await client.ok("portfolio.snapshot", account=account)
        values.add(snapshot["totalValueUsd"])
        assert snapshot["totalValueUsd"] - 10_000 in (64_900, 66_000, 66_500)
        assert snapshot["timestamp"].startswith("2024-03-01T12:")


async def test_a_trailing_stop_follows_the_price_up_and_sells_below_its_highest(client: Stranger, account: str) -> None:
    order = {"action": "buy", "pair": "SOL/USDT", "type": "limit", "amount": 10, "price": 160, "account": account}
    entry = await client.ok("trade.execute", **order, trailingStop=5)
    assert entry["trailingStop"] == 5
    closed = await client.event("position:closed", account=account)
    sold, bought = (await client.ok("order.list", account=account, status="filled"))["orders"]
    assert bought["orderId"] == sold["exitOf"] == entry["orderId"]
    # Of 150, 139, 138.5 and 129: bought at the last, it rises to 150 first; and 139 is more than 5 % below that.
    assert sold["avgPrice"] < Decimal("142.5")
    assert "trailingLevel" not in bought
    assert closed["realizedPnl"] == 10 * (sold["avgPrice"] - bought["avgPrice"])


async def test_an_armed_trailing_stop_says_where_it_is_and_can_be_changed(client: Stranger, account: str) -> None:
    buy = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amount": 400, "account": account}
    entry: Json = {}
    while entry.get("status") != "filled":  # Where the price jumps away while it is sent, nothing is bought.
        entry = await client.ok("trade.execute", **buy, trailingStop=50)
    assert entry["trailingLevel"] == entry["avgPrice"] / 2
    while entry["trailingLevel"] != 2_005:  # Half of 4,010.
        entry = await client.ok("order.get", orderId=entry["orderId"])
    amended = await client.ok("order.amend", orderId=entry["orderId"], account=account, trailingStop=90)
    assert (amended["trailingStop"], amended["trailingLevel"]) == (90, 401)
    (listed,) = (await client.ok("order.list", account=account, status="filled"))["orders"]
    assert listed["trailingLevel"] == 401
    by_tool: Json = {}
    while by_tool.get("status") != "filled":
        by_tool = await client.ok("tool.invoke", tool="trade", args={**buy, "trailingStop": 40})
    assert by_tool["trailingLevel"] == by_tool["avgPrice"] * 6 / 10
