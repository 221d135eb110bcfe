"""Amending orders and closing positions from the command line."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kit.wire.frames import ErrorBody, encode
from kit.wire.orders import LinkedOrders
from kit.wire.portfolio import Positions
from tests.kit.cli.command_line import run, squeezed
from tests.kit.client.documents import NOON, order, position, price
from tests.kit.client.scripted import ScriptedGateway

RESTING = order(
    status="pending", type="limit", amount=Decimal(1), filled_amount=Decimal(0), price=Decimal(60000), fee=Decimal(0)
)
SOLD = order(side="sell", amount=Decimal("0.4"), filled_amount=Decimal("0.4"))


@pytest.fixture
def resting(gateway: ScriptedGateway) -> ScriptedGateway:
    gateway.plan("order.get", RESTING)
    gateway.plan("market.data", price(taker_fee=Decimal("0.001")))
    gateway.plan("order.amend", order(status="pending", type="limit", amount=Decimal(2)))
    return gateway


@pytest.fixture
def holding(gateway: ScriptedGateway) -> ScriptedGateway:
    gateway.plan("portfolio.snapshot", Positions(positions=[position()], timestamp=NOON, state_version=5))
    gateway.plan("position.close", SOLD)
    return gateway


async def test_an_amendment_says_what_it_changes_before_it_is_sent(resting: ScriptedGateway) -> None:
    done = await run(resting, "amend", "o-1", "--amount", "2", "--limit", "61000", "--stop-loss", "59000", "--key", "k")
    assert done.code == 0
    assert squeezed(done.out)[:3] == [
        "Changing order o-1: amount 1 to 2, price 60,000.00 to 61,000.00, stop loss 59,000.00.",
        "It will reserve at most about 122,122.00 USDT, fee included.",
        "Order o-1: pending",
    ]
    (sent,) = resting.requests("order.amend")
    assert sent.params == {
        "orderId": "o-1",
        "amount": 2,
        "price": 61000,
        "stopLoss": 59000,
        "idempotencyKey": "k",
    }


async def test_an_order_can_be_named_by_the_key_that_it_was_placed_under(resting: ScriptedGateway) -> None:
    await run(resting, "amend", "mine-1", "--by-key", "--stop", "65000", "--take-profit", "70000")
    (sent,) = resting.requests("order.amend")
    assert (sent.params["clientOrderId"], sent.params["stopPrice"], sent.params["takeProfit"]) == (
        "mine-1",
        65000,
        70000,
    )


async def test_a_trailing_stop_is_a_distance_and_not_a_price(resting: ScriptedGateway) -> None:
    done = await run(resting, "amend", "o-1", "--trailing-stop", "2.5")
    assert squeezed(done.out)[0] == "Changing order o-1: trailing stop 2.5 %."
    (sent,) = resting.requests("order.amend")
    assert (sent.params["orderId"], sent.params["trailingStop"]) == ("o-1", 2.5)


async def test_amending_nothing_is_no_command(resting: ScriptedGateway) -> None:
    assert (await run(resting, "amend", "o-1")).code == 2
    assert resting.seen == []


async def test_an_order_that_does_not_exist_is_not_amended(gateway: ScriptedGateway) -> None:
    gateway.plan("order.get", ErrorBody("NOT_FOUND", "order o-9 does not exist", retryable=False))
    done = await run(gateway, "amend", "o-9", "--amount", "2")
    assert (done.code, done.err) == (1, "Refused (NOT_FOUND): order o-9 does not exist\n")
    assert gateway.requests("order.amend") == []


@pytest.mark.parametrize(
    ("words", "said", "sent"),
    [
        (
            ("BTC/USDT",),
            "Selling all 0.5 BTC for about 33,625.00 USDT at about 67,250.00",
            {"pair": "BTC/USDT"},
        ),
        (
            ("pos-paper-1", "0.4"),
            "Selling 0.4 of 0.5 BTC for about 26,900.00 USDT at about 67,250.00",
            {"id": "pos-paper-1", "amount": 0.4},
        ),
    ],
)
async def test_closing_says_what_it_sells_before_it_is_sent(
    holding: ScriptedGateway, words: tuple[str, ...], said: str, sent: dict[str, object]
) -> None:
    done = await run(holding, "close", *words, "--key", "k-1")
    assert done.code == 0
    assert squeezed(done.out)[:2] == [said, "Order o-1: filled"]
    (request,) = holding.requests("position.close")
    assert request.params == sent | {"clientOrderId": "k-1"}


async def test_a_position_that_is_not_there_is_not_closed(holding: ScriptedGateway) -> None:
    done = await run(holding, "close", "ETH/USDT")
    assert (done.code, done.err) == (1, "There is no open position ETH/USDT.\n")
    assert holding.requests("position.close") == []


async def test_a_closing_that_is_repeated_with_its_key_asks_the_gateway_what_came_of_it(
    holding: ScriptedGateway,
) -> None:
    done = await run(holding, "close", "ETH/USDT", "--key", "k-1")
    assert done.code == 0
    assert len(holding.requests("position.close")) == 1


async def test_json_is_the_order_and_nothing_else(holding: ScriptedGateway, resting: ScriptedGateway) -> None:
    closed = await run(holding, "close", "BTC/USDT", "--json")
    assert closed.out == encode(SOLD).decode() + "\n"
    assert closed.err.startswith("Selling all 0.5 BTC")
    amended = await run(resting, "amend", "o-1", "--amount", "2", "--json")
    assert amended.out == encode(order(status="pending", type="limit", amount=Decimal(2))).decode() + "\n"
    assert amended.err.startswith("Changing order o-1")


PAIR = LinkedOrders(
    orders=[
        order(order_id="o-1", status="pending", type="limit", side="sell", price=Decimal(75000), linked_to="o-2"),
        order(order_id="o-2", status="pending", type="stop-limit", side="sell", linked_to="o-1"),
    ]
)


async def test_an_oco_says_what_it_will_do_and_shows_both_orders(gateway: ScriptedGateway) -> None:
    gateway.plan("order.oco", PAIR)
    prices = ("--limit", "75000", "--stop", "60000", "--stop-limit", "59900")
    done = await run(gateway, "oco", "sell", "BTC/USDT", "0.1", *prices, "--key", "k")
    said, head, limit, stop, *_ = squeezed(done.out)
    assert said == (
        "Selling 0.1 BTC at 75,000.00 or better, or once the price falls to 60,000.00: at 59,900.00 or better"
    )
    assert head.startswith("Order Time Pair")
    assert (limit.split()[0], stop.split()[0]) == ("o-1", "o-2")
    (sent,) = gateway.requests("order.oco")
    assert sent.params == {
        "action": "sell",
        "pair": "BTC/USDT",
        "amount": 0.1,
        "price": 75000,
        "stopPrice": 60000,
        "stopLimitPrice": 59900,
        "clientOrderId": "k",
    }


async def test_an_oco_that_buys_rises_and_needs_both_prices(gateway: ScriptedGateway) -> None:
    gateway.plan("order.oco", replace(PAIR, duplicate=True))
    done = await run(gateway, "oco", "buy", "BTC/USDT", "0.1", "--limit", "60000", "--stop", "70000")
    said = "Buying 0.1 BTC at 60,000.00 or better, or once the price rises to 70,000.00: at the market"
    assert squeezed(done.out)[:2] == [
        said,
        "This key was used before: nothing was done; these are the orders it made.",
    ]
    assert (await run(gateway, "oco", "buy", "BTC/USDT", "0.1", "--limit", "60000")).code == 2
