"""What the reading commands show."""

from decimal import Decimal
from typing import Any

import pytest

from kit.wire.frames import encode
from kit.wire.market import Candle, Candles, OrderBook
from kit.wire.orders import Fill, FillPage, OrderPage
from kit.wire.portfolio import Balances, EquityPoint, History, Positions
from tests.kit.cli.command_line import run, squeezed
from tests.kit.client.documents import NOON, asset, health, hello, order, price, snapshot, status
from tests.kit.client.scripted import ScriptedGateway

MARKET: dict[str, Any] = {"pair": "BTC/USDT", "exchange": "paper", "simulated": False, "source": "test"}
CANDLE = Candle(
    timestamp=1772366400000,
    open=Decimal(67000),
    high=Decimal(67500),
    low=Decimal(66800),
    close=Decimal(67200),
    volume=Decimal("1250.5"),
)
FILL = Fill(
    trade_id="t-1",
    pair="BTC/USDT",
    side="buy",
    amount=Decimal("0.00148698"),
    price=Decimal(67250),
    fee=Decimal("0.1"),
    fee_currency="USDT",
    exchange="paper",
    account="main",
    executed_at=NOON,
    timestamp=NOON,
    seq=6,
    order_id="o-1",
)

SHOWN: list[tuple[str, str, object, list[str]]] = [
    (
        "status",
        "status",
        status(),
        ["Gateway running, version 0.1.0, up 1 h 0 min", "Clients 2", "Skills 6", "Tools 4", "Exchanges paper"],
    ),
    (
        "health",
        "health",
        health(position=9),
        [
            "Healthy, up 1 h 0 min",
            "auto-trader healthy",
            "paper connected, 1.5 ms",
            "log position 9, 0 behind",
        ],
    ),
    (
        "portfolio",
        "portfolio.snapshot",
        snapshot(),
        [
            "9,999.90 USD at 2026-03-01 12:00:00Z",
            "24 h +2.30 %, 7 days –",
            "Asset Free Locked Total USD Share Exchange",
            "USDT 9899.90000059 0 9899.90000059 9,899.90 99.0 % paper",
        ],
    ),
    (
        "portfolio --balances",
        "portfolio.snapshot",
        Balances(assets=[asset()], timestamp=NOON, state_version=7),
        [
            "Asset Free Locked Total USD Share Exchange",
            "USDT 9899.90000059 0 9899.90000059 9,899.90 99.0 % paper",
        ],
    ),
    (
        "portfolio --positions",
        "portfolio.snapshot",
        Positions(positions=[], timestamp=NOON, state_version=7),
        ["No open positions."],
    ),
    (
        "portfolio --history",
        "portfolio.snapshot",
        History(points=[EquityPoint(timestamp=NOON, value_usd=9999.9, seq=3)], timestamp=NOON, state_version=7),
        ["Time USD", "2026-03-01 12:00:00Z 9,999.90"],
    ),
    (
        "orders --status open --limit 1",
        "order.list",
        OrderPage(orders=[order(status="pending")], cursor="c-2"),
        [
            "Order Time Pair Side Type Amount Filled Price Status",
            "o-1 2026-03-01 12:00:00Z BTC/USDT buy market 0.00148698 0.00148698 67,250.00 pending",
            "There are more: --cursor c-2",
        ],
    ),
    (
        "orders",
        "order.list",
        OrderPage(orders=[order(status="pending", type="stop-limit", stop_price=Decimal(68000)), order()]),
        [
            "Order Time Pair Side Type Amount Filled Stop Price Status",
            "o-1 2026-03-01 12:00:00Z BTC/USDT buy stop-limit 0.00148698 0.00148698 68,000.00 67,250.00 pending",
            "o-1 2026-03-01 12:00:00Z BTC/USDT buy market 0.00148698 0.00148698 – 67,250.00 filled",
        ],
    ),
    (
        "fills --order o-1",
        "fill.list",
        FillPage(fills=[FILL]),
        [
            "Trade Time Pair Side Amount Price Fee In Order",
            "t-1 2026-03-01 12:00:00Z BTC/USDT buy 0.00148698 67,250.00 0.1 USDT o-1",
        ],
    ),
    (
        "market price BTC/USDT",
        "market.data",
        price(),
        [
            "BTC/USDT 67,250.00 (+2.30 % in 24 h)",
            "bid 67,249.50, ask 67,250.00, 2024-02-09 20:05:23Z, paper",
        ],
    ),
    (
        "market ohlcv BTC/USDT --timeframe 1h --limit 1",
        "market.data",
        Candles(**MARKET, timeframe="1h", candles=[CANDLE]),
        [
            "BTC/USDT, 1h, paper",
            "Time Open High Low Close Volume",
            "2026-03-01 12:00:00Z 67,000.00 67,500.00 66,800.00 67,200.00 1250.5",
        ],
    ),
    (
        "market book BTC/USDT",
        "market.data",
        OrderBook(
            **MARKET,
            bids=[(Decimal("67249.5"), Decimal("0.4"))],
            asks=[(Decimal(67250), Decimal(1)), (Decimal(67251), Decimal(2))],
            timestamp=1772366400000,
        ),
        [
            "BTC/USDT, 2026-03-01 12:00:00Z, paper",
            "Bid amount Bid Ask Ask amount",
            "0.4 67,249.50 67,250.00 1",
            "67,251.00 2",
        ],
    ),
    (
        "deposit USDT 10",
        "account.deposit",
        asset(),
        [
            "Asset Free Locked Total USD Share Exchange",
            "USDT 9899.90000059 0 9899.90000059 9,899.90 99.0 % paper",
        ],
    ),
]


@pytest.mark.parametrize(("words", "method", "payload", "lines"), SHOWN, ids=[shown[0] for shown in SHOWN])
async def test_a_command_shows_its_answer_and_with_json_the_payload_itself(
    gateway: ScriptedGateway, words: str, method: str, payload: object, lines: list[str]
) -> None:
    gateway.plan(method, payload)
    shown = await run(gateway, *words.split())
    assert (shown.code, squeezed(shown.out)) == (0, lines)
    as_json = await run(gateway, *words.split(), "--json")
    assert (as_json.code, as_json.out) == (0, encode(payload).decode() + "\n")


@pytest.mark.parametrize(
    ("words", "method", "payload"),
    [
        ("market price BTC/USDT", "market.data", price(simulated=True)),
        ("portfolio", "portfolio.snapshot", snapshot(simulated=True)),
        ("order o-1", "order.get", order()),
        ("fills", "fill.list", FillPage(fills=[FILL])),
    ],
)
async def test_simulated_prices_say_so_wherever_they_are_shown(
    gateway: ScriptedGateway, words: str, method: str, payload: object
) -> None:
    gateway.hello = hello(simulated=True)
    gateway.plan(method, payload)
    assert "Simulated market: these prices are invented." in (await run(gateway, *words.split())).out


async def test_options_become_params_in_the_wires_names(gateway: ScriptedGateway) -> None:
    gateway.plan("order.list", OrderPage(orders=[]))
    gateway.plan("order.get", order())
    filters = ("--status", "open", "--pair", "BTC/USDT", "--limit", "5", "--account", "second")
    await run(gateway, "orders", *filters, "--since", "2026-03-01T13:00+01:00")
    await run(gateway, "order", "mine-1", "--by-key")
    assert gateway.requests("order.list")[0].params == {
        "status": "open",
        "pair": "BTC/USDT",
        "limit": 5,
        "account": "second",
        "since": "2026-03-01T12:00:00Z",
    }
    assert gateway.requests("order.get")[0].params == {"clientOrderId": "mine-1"}


async def test_the_schema_of_one_method_comes_with_what_it_refers_to(gateway: ScriptedGateway) -> None:
    gateway.plan(
        "protocol.schema",
        b'{"protocol":1,"methods":{"ping":{"result":{"$ref":"#/definitions/Pong"}}},"events":{},"tools":{},'
        b'"definitions":{"Pong":{"type":"object"},"Order":{"type":"object"}}}',
    )
    shown = await run(gateway, "schema", "ping")
    assert '"Pong"' in shown.out
    assert '"Order"' not in shown.out
    assert (await run(gateway, "schema", "nope")).code == 2
