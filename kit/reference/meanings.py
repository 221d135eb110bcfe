"""What methods do and params mean, in a sentence each: the one thing that the structs do not say."""

from collections.abc import Mapping
from typing import Final

METHODS: Final[Mapping[str, str]] = {
    "connect": "Says who the client is; must come first, and only once.",
    "ping": "Answers, with the gateway's time.",
    "disconnect": "Answers, and closes the connection with 1000.",
    "subscribe": "Adds events, or pairs of events, to what this connection gets.",
    "unsubscribe": "Takes them away again.",
    "health": "Says whether everything works, and what does not.",
    "status": "Says that the gateway runs, with whom and what.",
    "skill.list": "Lists the six skills and whether they can be used.",
    "tool.invoke": "Calls a method by its second name, for whoever works with tools.",
    "trade.execute": "Places an order.",
    "trade.size": "Says how large an order should be: a share of what the account is worth on the exchange, or as much "
    "as loses no more than a share of it at its stop. Fees are counted, and so is what is free. Nothing is placed.",
    "market.data": "Reads prices, candles, order books, trades, or what they look like.",
    "portfolio.snapshot": "Reads what an account holds, what it is worth, and what came of it.",
    "order.get": "Reads one order, by either id.",
    "order.list": "Lists orders, newest first, page by page.",
    "order.oco": "Places two orders of which one cancels the other: a limit order that rests, and a stop that the "
    "gateway holds back until its price is reached.",
    "order.amend": "Changes an open order in place, or the levels that guard what it bought. "
    "What is not given stays as it is.",
    "order.cancel": "Cancels what is left of an order, named by either id. "
    "One that is cancelled already is answered again; one that ended otherwise is `INVALID_ORDER`.",
    "order.cancelAll": "Cancels all open orders of an account, or those of one pair.",
    "position.close": "Sells a position, or a part of it, at the market, whatever its exits guard.",
    "fill.record": "Books an execution that was made elsewhere.",
    "fill.list": "Lists executions, newest first, page by page.",
    "account.deposit": "Books money that came in, and opens the account where it does not exist. "
    "On a real exchange it records what happened there, and never moves money.",
    "account.withdraw": "Books money that went out, of what is free.",
    "account.list": "Lists the accounts of this ledger.",
    "protocol.schema": "Describes all of this as JSON Schema.",
}
# By name, or by method and name where one name means several things.
PARAMS: Final[Mapping[str, str]] = {
    "account": "whose",
    "account.deposit.amount": "how much came in, above zero",
    "account.deposit.costUsd": "what the whole amount had cost, where that is known",
    "account.withdraw.amount": "how much went out, above zero",
    "amountIn": "the currency of `amount`; without it quote for a market buy, base for everything else",
    "args": "the params of the tool's method",
    "asset": "such as `USDT`",
    "auth.token": "the access token, where the gateway has one",
    "channel": "an event (`trade:executed`) or all of a group (`trade`)",
    "client.displayName": "a name to show",
    "client.id": "the client's own name for itself",
    "client.platform": "what it runs on",
    "client.version": "the client's own version",
    "clientOrderId": "the client's own id of the order, within the account",
    "cursor": "`cursor` of the page before",
    "expiresAt": "when a `GTD` order ends, on the exchange's clock",
    "exchange": "which one; the first configured one where it is not given",
    "fill.list.exchange": "only this exchange",
    "fill.list.orderId": "only the fills of this order",
    "fill.list.pair": "only this pair",
    "fill.record.amount": "in base",
    "fill.record.executedAt": "when it happened; now, where it is not given",
    "fill.record.fee": "the sum paid; below zero for a rebate",
    "fill.record.feeCurrency": "what the fee was paid in; the quote currency where it is not given",
    "fill.record.orderId": "the open order that it belongs to",
    "fill.record.price": "in quote for one of base",
    "idempotencyKey": "the command's key; see [Idempotency](#idempotency)",
    "limit": "how many at most",
    "market.data.action": "what to read",
    "market.data.includeOpen": "with the candle that is not closed yet",
    "market.data.limit": "how many candles, levels a side, or trades",
    "market.data.since": "the first candle opens then or later",
    "market.data.timeframe": "`1m`, `3m`, `5m`, `15m`, `30m`, `1h`, `2h`, `4h`, `6h`, `12h`, `1d` or `1w`",
    "maxProtocol": "the newest one",
    "minProtocol": "the oldest version of the protocol that the client speaks",
    "note": "for people",
    "order.cancelAll.pair": "only this pair",
    "order.list.exchange": "only this exchange",
    "order.list.pair": "only this pair",
    "order.list.since": "only those placed then or later",
    "order.list.status": "only those with this status; `open` is every one that can still be filled",
    "order.oco.action": "which way",
    "order.oco.amount": "of each of the two, in base; together they trade it once",
    "order.oco.clientOrderId": "the client's own id of the limit order and the command's key; "
    "made by the gateway where it is not given",
    "order.oco.price": "the limit of the order that rests: above the market for a sell, below it for a buy",
    "order.oco.stopLimitPrice": "the limit of the stop once it was reached; without it it trades at the market",
    "order.oco.stopPrice": "where the stop triggers: below the market for a sell, above it for a buy",
    "order.amend.amount": "the whole amount in base, what is filled included; above what is filled",
    "order.amend.price": "the new limit",
    "order.amend.stopPrice": "where a stop order triggers, while it has not",
    "orderId": "the gateway's id of the order",
    "pair": "BASE/QUOTE, such as `BTC/USDT`",
    "pairs": "only these pairs; market events need them",
    "portfolio.snapshot.action": "what to read",
    "portfolio.snapshot.asset": "only this asset, and positions, profit and loss of pairs with this base; "
    "the totals of a `snapshot` stay those of the whole portfolio, and `history` refuses it",
    "portfolio.snapshot.exchange": "only this exchange",
    "portfolio.snapshot.period": "how long the rows of `pnl` are, `day` where it is not given; refused by all others",
    "position.close.amount": "how much to sell, in base; all of it where it is not given",
    "position.close.clientOrderId": "the client's own id of the selling order and the command's key; "
    "made by the gateway where it is not given",
    "position.close.id": "the position's id",
    "position.close.pair": "the position's pair, in place of its id",
    "postOnly": "rests, or is refused: never pays the taker's fee",
    "price": "the limit, on the pair's tick; needed for `limit` and `stop-limit`, refused for the others",
    "resumeFrom": "the log position of the last event seen; later ones are sent first",
    "side": "whether base came in or went out",
    "stopLoss": "sells what a buy bought when the price falls to this level",
    "stopPrice": "where `stop-limit` and `stop-market` trigger: above the market for a buy, below it for a sell",
    "takeProfit": "sells what a buy bought when the price rises to this level",
    "timeInForce": "how long the order stands: until it is cancelled, only now (what is not filled is cancelled), "
    "now and wholly or not at all, or until `expiresAt`",
    "tool": "`trade`, `market` or `portfolio`",
    "trade.execute.action": "which way",
    "trade.execute.amount": "of a market buy what to spend, in quote, with the fee on top; else in base",
    "trade.execute.clientOrderId": "the client's own id of the order and the command's key; "
    "made by the gateway where it is not given",
    "trade.execute.type": "market orders fill now, limit orders at their price or better; "
    "`stop-market` and `stop-limit` become one or the other once their stop is reached",
    "trade.size.action": "which way",
    "trade.size.percent": "of the equity to spend, or of what is held of the base to sell; above 0, at most 100",
    "trade.size.price": "the entry; the market's price where it is not given",
    "trade.size.riskPercent": "of the equity that may be lost at `stopLoss`, fees included, in place of `percent`",
    "trade.size.stopLoss": "where the buy is given up, below the entry",
    "tradeId": "the exchange's id of the execution; the same one again books nothing",
    "trailingStop": "sells what a buy bought when the price falls so many percent below its highest since then",
}


def meaning_of(method: str, param: str) -> str:
    """Raises ``KeyError`` where nobody has written it down."""
    return PARAMS.get(f"{method}.{param}") or PARAMS[param]
