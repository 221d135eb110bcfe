"""Orders sized by a share, from the command line."""

from decimal import Decimal

import pytest

from kit.wire.sizing import OrderSize
from tests.kit.cli.command_line import run, squeezed
from tests.kit.client.documents import NOON, order, price
from tests.kit.client.scripted import ScriptedGateway

D = Decimal
SIZE = OrderSize(
    pair="BTC/USDT",
    action="buy",
    amount=D("0.0135"),
    price=D(67_250),
    notional=D("907.875"),
    fee=D("0.907875"),
    currency="USDT",
    equity=D("9999.999"),
    percent=9.07875,
    exchange="paper",
    account="main",
    timestamp=NOON,
    stop_loss=D(60_000),
    risk=D("99.592875"),
    risk_percent=0.99592875,
)


@pytest.fixture
def market(gateway: ScriptedGateway) -> ScriptedGateway:
    gateway.plan("market.data", price(taker_fee=D("0.001")))
    gateway.plan("trade.size", SIZE)
    gateway.plan("trade.execute", order())
    return gateway


async def test_the_size_is_said_with_what_it_is_a_share_of(market: ScriptedGateway) -> None:
    done = await run(market, "size", "BTC/USDT", "--risk", "1%", "--stop-loss", "60000")
    assert squeezed(done.out) == [
        "0.0135 BTC at 67,250.00: 9.08 % of the 10,000.00 USDT that the account is worth",
        "Sold at 60,000.00 it loses 99.59 USDT, 1.00 % of it, fees included",
    ]
    (asked,) = market.requests("trade.size")
    assert asked.params == {"action": "buy", "pair": "BTC/USDT", "riskPercent": 1, "stopLoss": 60_000}


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("buy BTC/USDT --risk 1% --stop-loss 60000", 907.875, "quote"),
        ("buy BTC/USDT 5%", 907.875, "quote"),
        ("buy BTC/USDT 5 % --limit 67250", None, None),
        ("buy BTC/USDT 5% --limit 67250", 0.0135, "base"),
        ("buy BTC/USDT 5% --in base", 0.0135, "base"),
        ("sell BTC/USDT 50%", 0.0135, "base"),
    ],
)
async def test_the_order_is_sent_for_what_was_worked_out(
    market: ScriptedGateway, words: str, amount: float | None, unit: str | None
) -> None:
    done = await run(market, *words.split(" "))
    sent = [(one.params["amount"], one.params["amountIn"]) for one in market.requests("trade.execute")]
    assert sent == ([] if amount is None else [(amount, unit)])
    assert done.code == (2 if amount is None else 0)


async def test_a_limit_is_the_entry_that_the_size_is_worked_out_for(market: ScriptedGateway) -> None:
    await run(market, "buy", "BTC/USDT", "5%", "--limit", "67000", "--stop", "67100", "--account", "second")
    (asked,) = market.requests("trade.size")
    assert asked.params == {"action": "buy", "pair": "BTC/USDT", "percent": 5, "price": 67_000, "account": "second"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("size BTC/USDT", "say how much: AMOUNT, or --risk PERCENT with a --stop-loss"),
        ("buy BTC/USDT", "say how much: AMOUNT, or --risk PERCENT with a --stop-loss"),
        ("buy BTC/USDT 5 --risk 1%", "say how much: AMOUNT, or --risk PERCENT with a --stop-loss"),
        ("buy BTC/USDT --risk 1%", "--risk needs a --stop-loss PRICE: the risk is what is lost down to it"),
        ("buy BTC/USDT 101%", "101% is more than 100 %"),
        ("buy BTC/USDT 0%", "0 must be above zero"),
        ("buy BTC/USDT %", "'' must be a decimal number"),
    ],
)
async def test_a_question_without_an_answer_is_not_sent(market: ScriptedGateway, words: str, says: str) -> None:
    done = await run(market, *words.split(" "))
    assert done.code == 2
    assert says in done.err
    assert market.requests("trade.size") == []


async def test_json_is_the_order_alone_and_the_size_goes_to_the_other_stream(market: ScriptedGateway) -> None:
    done = await run(market, "buy", "BTC/USDT", "5%", "--json")
    assert done.out.startswith('{"orderId"')
    assert "9.08 % of the 10,000.00 USDT" in done.err
