"""Buying, selling and cancelling from the command line."""

from decimal import Decimal

import pytest

from kit.wire.frames import ErrorBody, encode
from kit.wire.orders import Cancelled
from tests.kit.cli.command_line import run, squeezed
from tests.kit.client.documents import order, price
from tests.kit.client.scripted import HANG_UP, SILENCE, ScriptedGateway

PRICED = price(taker_fee=Decimal("0.001"))


@pytest.fixture
def market(gateway: ScriptedGateway) -> ScriptedGateway:
    """The gateway with a price, and an order for every trade."""
    gateway.plan("market.data", PRICED)
    gateway.plan("trade.execute", order())
    return gateway


async def test_a_buy_says_what_it_spends_before_it_is_sent_and_then_what_it_got(market: ScriptedGateway) -> None:
    done = await run(market, "buy", "BTC/USDT", "100")
    assert done.code == 0
    assert squeezed(done.out) == [
        "Spending 100 USDT on BTC/USDT at about 67,250.00 (fee about 0.10 USDT on top)",
        "Order o-1: filled",
        "market buy of 0.00148698 BTC on BTC/USDT",
        "Filled 0.00148698 of 0.00148698 BTC",
        "Price 67,250.00",
        "Fee 0.09999941 USDT",
        "On paper, account main",
        "At 2026-03-01 12:00:00Z",
        "Key mine-1",
    ]


async def test_what_is_sent_is_what_was_said(market: ScriptedGateway) -> None:
    await run(market, "buy", "BTC/USDT", "100.50", "--key", "k-1", "--stop-loss", "64000", "--account", "second")
    (sent,) = market.requests("trade.execute")
    assert '"amount":100.50' in sent.text
    assert sent.params == {
        "action": "buy",
        "pair": "BTC/USDT",
        "amount": 100.5,
        "type": "market",
        "amountIn": "quote",
        "stopLoss": 64000,
        "account": "second",
        "clientOrderId": "k-1",
    }


async def test_a_trailing_stop_is_sent_and_shown_with_the_level_it_has_come_to(market: ScriptedGateway) -> None:
    trailing = order(trailing_stop=Decimal("2.5"), trailing_level=Decimal("65568.75"))
    market.plan("trade.execute", trailing)
    done = await run(market, "buy", "BTC/USDT", "100", "--trailing-stop", "2.5")
    assert market.requests("trade.execute")[0].params["trailingStop"] == 2.5
    assert "Trailing stop 2.5 % below the highest price: 65,568.75 now" in squeezed(done.out)


async def test_a_trailing_stop_that_is_not_armed_has_no_level(market: ScriptedGateway) -> None:
    market.plan("trade.execute", order(trailing_stop=Decimal(3)))
    done = await run(market, "buy", "BTC/USDT", "100", "--trailing-stop", "3")
    assert "Trailing stop 3 % below the highest price" in squeezed(done.out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "buy BTC/USDT 0.5 --in base",
            "Spending about 33,625.00 USDT on 0.5 BTC at about 67,250.00 (fee about 33.62 USDT",
        ),
        (
            "buy BTC/USDT 0.5 --limit 60000",
            "Spending at most 30,000.00 USDT on 0.5 BTC at 60,000.00 or better (fee about",
        ),
        ("sell BTC/USDT 0.5", "Selling 0.5 BTC for about 33,624.75 USDT at about 67,249.50 (less a fee of about 33.62"),
        ("sell BTC/USDT 0.5 --limit 70000", "Selling 0.5 BTC for at least 35,000.00 USDT at 70,000.00 or better"),
        (
            "sell BTC/USDT 0.5 --stop 65000",
            "Selling 0.5 BTC for about 32,500.00 USDT once the price falls to 65,000.00, at the market",
        ),
        (
            "sell BTC/USDT 0.5 --stop 65000 --limit 64000",
            "Selling 0.5 BTC for at least 32,000.00 USDT once the price falls to 65,000.00, at 64,000.00 or better",
        ),
        (
            "buy BTC/USDT 0.5 --stop 70000",
            "Reserving 35,700.00 USDT for 0.5 BTC once the price rises to 70,000.00, at the market (fee about 35.00",
        ),
        (
            "buy BTC/USDT 700 --stop 70000 --in quote",
            "Spending 700 USDT on BTC/USDT once the price rises to 70,000.00, at the market (fee about 0.70 USDT",
        ),
        ("sell BTC/USDT 100 --in quote", "Selling BTC for about 100 USDT at about 67,249.50"),
    ],
)
async def test_every_kind_of_order_says_which_currency_it_moves(market: ScriptedGateway, words: str, said: str) -> None:
    done = await run(market, *words.split())
    assert done.out.startswith(said), done.out


async def test_the_largest_order_that_can_be_typed_can_be_said_too(market: ScriptedGateway) -> None:
    done = await run(market, "buy", "BTC/USDT", "999999999999999.999999999999999999", "--limit", "999999999999999.99")
    assert done.out.startswith("Spending at most 999,999,999,999,999,990,000,000,000,000.00 USDT on ")


async def test_where_the_fee_is_not_known_it_says_so(gateway: ScriptedGateway) -> None:
    gateway.plan("market.data", price(simulated=True))
    gateway.plan("trade.execute", order())
    done = await run(gateway, "buy", "BTC/USDT", "100")
    assert done.out.startswith(
        "Spending 100 USDT on BTC/USDT at about 67,250.00 (plus the exchange's fee) on a simulated market\n"
    )


async def test_json_is_the_payload_and_nothing_else(market: ScriptedGateway) -> None:
    done = await run(market, "buy", "BTC/USDT", "100", "--json")
    assert done.out == encode(order()).decode() + "\n"
    assert done.err.startswith("Spending 100 USDT on BTC/USDT")


async def test_a_key_that_was_used_before_is_told(market: ScriptedGateway) -> None:
    market.plan("trade.execute", order(duplicate=True))
    done = await run(market, "buy", "BTC/USDT", "100", "--key", "k-1")
    assert "This key was used before: nothing was done" in done.out


async def test_a_limit_order_without_a_price_is_no_command(market: ScriptedGateway) -> None:
    assert (await run(market, "buy", "BTC/USDT", "1", "--type", "limit")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--type", "market", "--limit", "5")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--type", "stop-limit", "--stop", "5")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--type", "limit", "--limit", "5", "--stop", "5")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--limit", "5", "--tif", "GTD")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--limit", "5", "--expires", "2026-03-01T12:00")).code == 2
    assert (await run(market, "buy", "BTC/USDT", "1", "--limit", "5", "--expires", "soon")).code == 2
    assert market.seen == []


async def test_what_an_order_waits_for_and_how_long_it_stands_is_sent(market: ScriptedGateway) -> None:
    sell = ("sell", "BTC/USDT", "0.5", "--stop", "65000")
    await run(market, *sell, "--limit", "64000", "--expires", "2026-03-01T13:00+01:00", "--post-only")
    await run(market, *sell, "--tif", "IOC")
    dated, plain = (sent.params for sent in market.requests("trade.execute"))
    assert (dated["type"], dated["price"], dated["stopPrice"]) == ("stop-limit", 64000, 65000)
    assert (dated["timeInForce"], dated["expiresAt"], dated["postOnly"]) == ("GTD", "2026-03-01T12:00:00Z", True)
    assert (plain["type"], plain["stopPrice"], plain["timeInForce"]) == ("stop-market", 65000, "IOC")
    assert plain.keys().isdisjoint({"price", "expiresAt", "postOnly"})


@pytest.mark.parametrize("amount", ["0", "NaN", "1E+99", "ten", "1_000"])
async def test_an_amount_that_is_none_is_no_command(market: ScriptedGateway, amount: str) -> None:
    done = await run(market, "buy", "BTC/USDT", amount)
    assert done.code == 2
    assert amount in done.err


async def test_a_pair_that_is_not_known_sends_no_order(gateway: ScriptedGateway) -> None:
    gateway.plan("market.data", ErrorBody("NOT_FOUND", "FOO/BAR is not listed", retryable=False))
    done = await run(gateway, "buy", "FOO/BAR", "1")
    assert (done.code, done.err) == (1, "Refused (NOT_FOUND): FOO/BAR is not listed\n")
    assert gateway.requests("trade.execute") == []


async def test_a_refusal_is_exit_code_1(market: ScriptedGateway) -> None:
    market.plan("trade.execute", ErrorBody("INSUFFICIENT_FUNDS", "Not enough USDT to execute order", retryable=False))
    done = await run(market, "buy", "BTC/USDT", "100")
    assert done.code == 1
    assert done.err == "Refused (INSUFFICIENT_FUNDS): Not enough USDT to execute order\n"


async def test_an_unknown_outcome_is_exit_code_4_and_names_the_key(market: ScriptedGateway) -> None:
    market.plan("trade.execute", SILENCE)
    done = await run(market, "--timeout", "0.2", "buy", "BTC/USDT", "100", "--key", "k-1")
    assert done.code == 4
    assert done.err.endswith("Repeat the command with: --key k-1\n")


async def test_an_order_whose_connection_is_lost_is_sent_again_with_its_key(market: ScriptedGateway) -> None:
    market.plan("trade.execute", HANG_UP, order())
    done = await run(market, "buy", "BTC/USDT", "100")
    assert done.code == 0
    assert len({seen.params["clientOrderId"] for seen in market.requests("trade.execute")}) == 1


async def test_cancelling_takes_an_id_or_all_and_never_neither(gateway: ScriptedGateway) -> None:
    gateway.plan("order.cancel", order(status="cancelled"))
    gateway.plan("order.cancelAll", Cancelled(cancelled=["o-1", "o-2"], failed=("o-3",)))
    assert (await run(gateway, "cancel")).code == 2
    assert (await run(gateway, "cancel", "o-1", "--all")).code == 2
    assert "Order o-1: cancelled" in squeezed((await run(gateway, "cancel", "o-1")).out)
    assert squeezed((await run(gateway, "cancel", "--all", "--pair", "BTC/USDT")).out) == [
        "Cancelled 2: o-1, o-2",
        "Not cancelled, since the exchange did not answer: o-3",
    ]
    assert gateway.requests("order.cancelAll")[0].params["pair"] == "BTC/USDT"
