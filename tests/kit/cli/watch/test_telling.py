"""Events in words."""

from decimal import Decimal

import pytest

from kit.cli.watch.telling import told
from kit.client.happenings import Happening
from kit.wire.market import CandleEvent
from kit.wire.orders import OrderEnded, OrderReached, OrderTerms, TradeExecuted
from tests.kit.cli.watch.models import CONNECTED, bought, heard, resting
from tests.kit.client.documents import NOON, order, price

TRADE = TradeExecuted(
    trade_id="t-1",
    pair="BTC/USDT",
    side="sell",
    amount=Decimal("0.5"),
    filled_amount=Decimal("0.5"),
    price=Decimal(67250),
    avg_price=Decimal(67250),
    fee=Decimal("33.625"),
    fee_currency="USDT",
    status="partial",
    exchange="paper",
    account="main",
    timestamp=NOON,
)
STOP = resting(side="sell", type="stop-market", price=None, stop_price=Decimal(58000))
TERMS = OrderTerms(
    order_id="o-9",
    amount=Decimal(2),
    price=Decimal(61000),
    stop_loss=Decimal(59000),
    trailing_stop=Decimal("2.5"),
    exchange="paper",
    account="main",
    timestamp=NOON,
)
REACHED = OrderReached(order_id="o-9", market_price=Decimal(58000), exchange="paper", account="main", timestamp=NOON)
CANDLE = CandleEvent(
    pair="BTC/USDT",
    timeframe="1m",
    timestamp=0,
    open=Decimal(1),
    high=Decimal(3),
    low=Decimal(1),
    close=Decimal(2),
    volume=Decimal(5),
)


@pytest.mark.parametrize(
    ("name", "payload", "words"),
    [
        ("trade:placed", resting(), "buy 1 BTC/USDT, limit at 60,000.00"),
        ("trade:placed", order(), "buy 0.00148698 BTC/USDT, market"),
        ("trade:placed", STOP, "sell 1 BTC/USDT, stop-market once 58,000.00 is reached"),
        ("trade:placed", resting(account="bot"), "buy 1 BTC/USDT, limit at 60,000.00 (account bot)"),
        ("trade:executed", TRADE, "sell 0.5 BTC/USDT at 67,250.00, fee 33.625 USDT, partial"),
        ("trade:cancelled", OrderEnded(order_id="o-9", reason="expired"), "o-9: expired"),
        ("position:opened", bought(), "0.5 BTC/USDT at 66,597.09"),
        ("position:closed", bought(realized_pnl=Decimal("-12.345")), "BTC/USDT, profit -12.34 USDT"),
        ("position:closed", bought(account="bot"), "BTC/USDT (account bot)"),
        ("trade:amended", TERMS, "o-9: now amount 2, price 61000, stop loss 59000, trailing stop 2.5"),
        ("trade:triggered", REACHED, "o-9: the market reached 58,000.00"),
        ("market:price", price(), "BTC/USDT 67,250.00 (+2.30 % in 24 h), bid 67,249.50, ask 67,250.00"),
        ("market:candle", CANDLE, "BTC/USDT 1m: open 1.00, high 3.00, low 1.00, close 2.00, volume 5"),
        ("risk:halted", {"reason": "daily loss"}, "reason daily loss"),
        ("shutdown", {"reason": "the gateway\nstops\x1b[2J"}, "reason the gateway stops [2J"),
        ("something:new", [1, "two"], '[1,"two"]'),
    ],
)
def test_each_event_is_one_sentence(name: str, payload: object, words: str) -> None:
    assert told(Happening(name, payload, 1), CONNECTED) == words


def test_the_end_of_an_order_says_what_it_was_where_that_was_heard_of() -> None:
    model = heard(CONNECTED, "trade:placed", resting(), 129)
    end = Happening("trade:cancelled", OrderEnded(order_id="o-1", reason="cancelled on request"), 130)
    assert told(end, model) == "buy 1 BTC/USDT, limit at 60,000.00: cancelled on request"


def test_german_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_LANG", "de")
    assert (
        told(Happening("trade:placed", STOP, 1), CONNECTED)
        == "Verkauf 1 BTC/USDT, Stop-Market sobald 58,000.00 erreicht ist"
    )
    assert told(Happening("trade:executed", TRADE, 1), CONNECTED) == (
        "Verkauf 0.5 BTC/USDT zu 67,250.00, Gebühr 33.625 USDT, teilweise ausgeführt"
    )
