"""Bad input gets one of the nine codes, names what is wrong, and changes nothing."""

import pytest

from tests.e2e.stranger import Stranger, held

LIMIT_BUY = '"action":"buy","pair":"ETH/USDT","type":"limit"'
MARKET_BUY = '"action":"buy","pair":"BTC/USDT","type":"market"'

WRONG_SHAPE = {
    "a misspelt field": (f'{{{LIMIT_BUY},"amount":1,"price":3000,"stopLos":2900}}', "stopLos"),
    "an amount that is a word": (f'{{{MARKET_BUY},"amount":"plenty"}}', "amount"),
    "an amount that is no number": (f'{{{MARKET_BUY},"amount":true}}', "amount"),
    "an amount that is nothing": (f'{{{MARKET_BUY},"amount":null}}', "amount"),
    "no amount": (f"{{{MARKET_BUY}}}", "amount"),
    "not a number": (f'{{{MARKET_BUY},"amount":"NaN"}}', "amount"),
    "an endless amount": (f'{{{MARKET_BUY},"amount":"Infinity"}}', "amount"),
    "an exponent that would cost time": (f'{{{MARKET_BUY},"amount":1e1000000}}', "amount"),
    "nineteen decimals": (f'{{{MARKET_BUY},"amount":0.0000000000000000001}}', "amount"),
    "sixteen digits before the point": (f'{{{MARKET_BUY},"amount":1000000000000000}}', "amount"),
    "an action of no market": ('{"action":"borrow","pair":"BTC/USDT","type":"market","amount":1}', "action"),
    "a type of no order": ('{"action":"buy","pair":"BTC/USDT","type":"iceberg","amount":1}', "type"),
    "params that are a list": ("[1]", "params"),
    "a key of control characters": (f'{{{MARKET_BUY},"amount":100,"clientOrderId":"a\\u0000b"}}', "clientOrderId"),
    "a key of 129 characters": (f'{{{MARKET_BUY},"amount":100,"clientOrderId":"{"k" * 129}"}}', "clientOrderId"),
    "an empty key": (f'{{{MARKET_BUY},"amount":100,"clientOrderId":""}}', "clientOrderId"),
}
BAD_ORDER = {
    "a negative amount": (f'{{{LIMIT_BUY},"amount":-1,"price":3000}}', "amount"),
    "nothing": (f'{{{LIMIT_BUY},"amount":0,"price":3000}}', "amount"),
    "a limit without a price": (f'{{{LIMIT_BUY},"amount":1}}', "price"),
    "a price of zero": (f'{{{LIMIT_BUY},"amount":1,"price":0}}', "price"),
    "a negative price": (f'{{{LIMIT_BUY},"amount":1,"price":-3000}}', "price"),
    "a price off the tick": (f'{{{LIMIT_BUY},"amount":1,"price":3000.001}}', "price"),
    "an amount off the lot": (f'{{{LIMIT_BUY},"amount":0.0000001,"price":3000}}', "amount"),
    "less than the exchange takes": (f'{{{LIMIT_BUY},"amount":0.001,"price":3000}}', "amount"),
    "a market order with a price": (f'{{{MARKET_BUY},"amount":100,"price":67250}}', "price"),
    "a stop loss above the entry": (f'{{{LIMIT_BUY},"amount":1,"price":3000,"stopLoss":3100}}', "stopLoss"),
    "a take profit below the entry": (f'{{{LIMIT_BUY},"amount":1,"price":3000,"takeProfit":2900}}', "takeProfit"),
    "a stop price without a stop order": (f'{{{LIMIT_BUY},"amount":1,"price":3000,"stopPrice":3100}}', "stopPrice"),
    "a stop behind the market": (
        '{"action":"buy","pair":"ETH/USDT","type":"stop-limit","amount":1,"price":3000,"stopPrice":3100}',
        "stopPrice 3100 must be above the market at 3500",
    ),
    "a stop order without its stop": (
        '{"action":"buy","pair":"ETH/USDT","type":"stop-limit","amount":1,"price":3000}',
        "stopPrice null is missing",
    ),
    "a trailing stop of everything": (f'{{{MARKET_BUY},"amount":100,"trailingStop":100}}', "trailingStop 100 must be"),
    "a trailing stop without a distance": (
        f'{{{LIMIT_BUY},"amount":1,"price":3000,"trailingStop":0}}',
        "trailingStop 0",
    ),
    "a trailing stop of a sell": (
        '{"action":"sell","pair":"ETH/USDT","type":"limit","amount":1,"price":4000,"trailingStop":2}',
        "trailingStop 2 guards a buy",
    ),
    "an end that has passed": (
        f'{{{LIMIT_BUY},"amount":1,"price":3000,"timeInForce":"GTD","expiresAt":"2020-01-01T00:00:00Z"}}',
        "expiresAt 2020-01-01T00:00:00Z has passed",
    ),
    "an end to an order that has none": (
        f'{{{LIMIT_BUY},"amount":1,"price":3000,"expiresAt":"2099-01-01T00:00:00Z"}}',
        "expiresAt 2099-01-01T00:00:00Z belongs to GTD orders",
    ),
    "a market order that only rests": (
        '{"action":"buy","pair":"ETH/USDT","type":"market","amount":100,"postOnly":true}',
        "postOnly true does not belong",
    ),
    "a pair that is not listed": ('{"action":"buy","pair":"DOGE/USDT","type":"market","amount":100}', "DOGE/USDT"),
    "a notional beyond what the ledger holds": (
        f'{{{LIMIT_BUY},"amount":100000000000000,"price":100000000000000}}',
        "amount",
    ),
}
NOT_FOUND = {
    "no such method": ("trade.undo", {}),
    "no such tool": ("tool.invoke", {"tool": "crystal-ball", "args": {}}),
    "a tool that does not work yet": ("tool.invoke", {"tool": "backtest", "args": {"strategy": "ma_cross"}}),
    "no such order": ("order.get", {"orderId": "no-such-order"}),
    "no such order of this client": ("order.get", {"clientOrderId": "no-such-order"}),
    "no such order to cancel": ("order.cancel", {"orderId": "no-such-order"}),
    "no such pair": ("market.data", {"action": "price", "pair": "DOGE/USDT"}),
    "no such pair to follow": ("subscribe", {"channel": "market:price", "pairs": ["DOGE/USDT"]}),
    "no such exchange": ("market.data", {"action": "price", "pair": "BTC/USDT", "exchange": "nowhere"}),
    "no such account to look at": ("portfolio.snapshot", {"account": "mian"}),
    "no such account with orders": ("order.list", {"account": "mian"}),
    "no such account with fills": ("fill.list", {"account": "mian"}),
    "no such account to trade on": (
        "trade.execute",
        {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100, "account": "mian"},
    ),
    "no such account to take from": ("account.withdraw", {"asset": "USDT", "amount": 1, "account": "nobody"}),
}
INVALID = {
    "an unknown channel": ("subscribe", {"channel": "weather"}, "channel"),
    "a market channel without pairs": ("subscribe", {"channel": "market:price"}, "pairs"),
    "an unknown timeframe": ("market.data", {"action": "ohlcv", "pair": "BTC/USDT", "timeframe": "7h"}, "timeframe"),
    "more than a page": ("order.list", {"limit": 1001}, "limit"),
    "a cursor of nowhere": ("order.list", {"cursor": "later"}, "cursor"),
    "neither id of an order": ("order.get", {}, "orderId"),
    "both ids of an order": ("order.get", {"orderId": "a", "clientOrderId": "b"}, "orderId"),
    "a second connect": ("connect", {"client": {"id": "me", "version": "1"}}, "connect"),
    "a negative deposit": ("account.deposit", {"asset": "USDT", "amount": -5}, "amount"),
    "a deposit of nothing": ("account.deposit", {"asset": "USDT", "amount": 0}, "amount"),
    "a fill without its price": (
        "fill.record",
        {"tradeId": "t", "pair": "BTC/USDT", "side": "buy", "amount": 1},
        "price",
    ),
    "a field that nobody knows": ("portfolio.snapshot", {"acton": "pnl"}, "acton"),
    "a time without its zone": ("order.list", {"since": "2026-01-01T00:00:00"}, "since"),
    "a candle's time without its zone": (
        "market.data",
        {"action": "ohlcv", "pair": "BTC/USDT", "since": "2026-01-01T00:00:00"},
        "since",
    ),
    "a time of no calendar": ("order.list", {"since": "yesterday"}, "since"),
}


@pytest.mark.parametrize(("params", "named"), WRONG_SHAPE.values(), ids=WRONG_SHAPE.keys())
async def test_a_trade_of_the_wrong_shape_is_an_invalid_request(client: Stranger, params: str, named: str) -> None:
    answer = await client.literally(f'{{"type":"req","id":"w","method":"trade.execute","params":{params}}}')
    assert answer["ok"] is False
    assert answer["error"]["code"] == "INVALID_REQUEST"
    assert named in answer["error"]["message"]
    assert answer["error"]["retryable"] is False


@pytest.mark.parametrize(("params", "named"), BAD_ORDER.values(), ids=BAD_ORDER.keys())
async def test_a_trade_that_the_market_forbids_is_an_invalid_order(client: Stranger, params: str, named: str) -> None:
    answer = await client.literally(f'{{"type":"req","id":"b","method":"trade.execute","params":{params}}}')
    assert answer["ok"] is False
    assert answer["error"]["code"] == "INVALID_ORDER"
    assert named in answer["error"]["message"]
    assert answer["error"]["retryable"] is False


@pytest.mark.parametrize(("method", "params"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
async def test_what_does_not_exist_is_not_found(client: Stranger, method: str, params: dict[str, object]) -> None:
    assert (await client.error(method, **params))["code"] == "NOT_FOUND"


@pytest.mark.parametrize(("method", "params", "named"), INVALID.values(), ids=INVALID.keys())
async def test_a_request_that_makes_no_sense_is_invalid(
    client: Stranger, method: str, params: dict[str, object], named: str
) -> None:
    error = await client.error(method, **params)
    assert error["code"] == "INVALID_REQUEST"
    assert named in error["message"]


@pytest.mark.parametrize(
    ("text", "answer_id"),
    [
        ("{", None),
        ("[]", None),
        ('"hello"', None),
        ('{"type":"req","method":"ping"}', None),
        ('{"type":"req","id":7,"method":"ping"}', None),
        ('{"type":"req","id":"","method":"ping"}', ""),
        ('{"type":"res","id":"1","ok":true}', "1"),
        ('{"type":"req","id":"1"}', "1"),
        ('{"type":"req","id":"1","method":"ping","extra":1}', "1"),
        ('{"type":"req","id":"1","method":"order.list","params":' + '{"a":' * 40 + "1" + "}" * 40 + "}", "1"),
    ],
)
async def test_a_message_that_is_no_request_is_answered_with_its_id_where_it_has_one(
    client: Stranger, text: str, answer_id: str | None
) -> None:
    answer = await client.raw(text)
    assert answer["error"]["code"] == "INVALID_REQUEST"
    assert answer["id"] == answer_id
    assert (await client.call("ping"))["ok"] is True


async def test_nothing_that_was_refused_changes_the_ledger(client: Stranger, account: str) -> None:
    for order in (
        {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": 1},
        {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": -1, "price": 5},
        {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100, "stopLos": 5},
    ):
        await client.error("trade.execute", account=account, **order)
    assert await held(client, account) == {"USDT": (10_000, 0)}
    assert (await client.ok("order.list", account=account))["orders"] == []


async def test_an_error_about_an_amount_says_in_which_currency_it_was_read(client: Stranger) -> None:
    in_quote = await client.error("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=1)
    in_base = await client.error("trade.execute", action="sell", pair="BTC/USDT", type="market", amount=0.000001)
    assert (in_quote["code"], in_base["code"]) == ("INVALID_ORDER", "INVALID_ORDER")
    assert "USDT" in in_quote["message"]
    assert "BTC" in in_base["message"]


async def test_funds_that_are_not_there_are_named(client: Stranger, account: str) -> None:
    params = {"action": "sell", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 4000, "account": account}
    error = await client.error("trade.execute", **params)
    assert error["code"] == "INSUFFICIENT_FUNDS"
    assert "ETH" in error["message"]
    assert error["retryable"] is False


async def test_a_withdrawal_beyond_what_is_free_is_refused(client: Stranger, account: str) -> None:
    error = await client.error("account.withdraw", asset="USDT", amount="10000.01", account=account)
    assert error["code"] == "INSUFFICIENT_FUNDS"
