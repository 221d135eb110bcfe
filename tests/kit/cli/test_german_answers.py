"""What a German reader sees of orders, prices and failures; numbers, times and names stay as everywhere."""

from decimal import Decimal
from typing import Any

import pytest

from kit.wire.frames import encode
from kit.wire.orders import Cancelled, OrderPage
from kit.wire.portfolio import Positions
from tests.kit.cli.command_line import Run, run, squeezed
from tests.kit.client.documents import NOON, health, hello, order, position, price, snapshot, status
from tests.kit.client.scripted import SILENCE, ScriptedGateway


async def in_german(gateway: ScriptedGateway, *words: str) -> Run:
    return await run(gateway, *words, KIT_LANG="de")


@pytest.fixture
def market(gateway: ScriptedGateway) -> ScriptedGateway:
    gateway.plan("market.data", price(taker_fee=Decimal("0.001")))
    gateway.plan("trade.execute", order())
    return gateway


async def test_a_buy_says_in_german_what_it_spends_and_what_it_got(market: ScriptedGateway) -> None:
    assert squeezed((await in_german(market, "buy", "BTC/USDT", "100")).out) == [
        "Kauf auf BTC/USDT für 100 USDT zu etwa 67,250.00 (zzgl. etwa 0.10 USDT Gebühr)",
        "Order o-1: ausgeführt",
        "Market-Kauf von 0.00148698 BTC auf BTC/USDT",
        "Ausgeführt 0.00148698 von 0.00148698 BTC",
        "Preis 67,250.00",
        "Gebühr 0.09999941 USDT",
        "Auf paper, Konto main",
        "Zeitpunkt 2026-03-01 12:00:00Z",
        "Schlüssel mine-1",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("buy BTC/USDT 0.5 --in base", "Kauf von 0.5 BTC für etwa 33,625.00 USDT zu etwa 67,250.00 (zzgl. etwa 33.62"),
        ("buy BTC/USDT 0.5 --limit 60000", "Kauf von 0.5 BTC für höchstens 30,000.00 USDT zu 60,000.00 oder besser"),
        ("sell BTC/USDT 0.5", "Verkauf von 0.5 BTC für etwa 33,624.75 USDT zu etwa 67,249.50 (abzgl. etwa 33.62 USDT"),
        (
            "sell BTC/USDT 0.5 --limit 70000",
            "Verkauf von 0.5 BTC für mindestens 35,000.00 USDT zu 70,000.00 oder besser",
        ),
        (
            "sell BTC/USDT 0.5 --stop 65000",
            "Verkauf von 0.5 BTC für etwa 32,500.00 USDT bei Rückgang des Preises auf 65,000.00, zum Marktpreis",
        ),
        (
            "buy BTC/USDT 0.5 --stop 70000",
            "Reservierung von 35,700.00 USDT für 0.5 BTC bei Anstieg des Preises auf 70,000.00, zum Marktpreis",
        ),
        ("sell BTC/USDT 100 --in quote", "Verkauf von BTC für etwa 100 USDT zu etwa 67,249.50"),
        ("sell BTC/USDT 100 --in quote --limit 70000", "Verkauf von BTC für mindestens 100 USDT zu 70,000.00"),
    ],
)
async def test_every_kind_of_order_is_said_in_german(market: ScriptedGateway, words: str, said: str) -> None:
    done = await in_german(market, *words.split())
    assert done.out.startswith(said), done.out


SHOWN: list[tuple[str, str, object, list[str]]] = [
    (
        "status",
        "status",
        status(),
        ["Gateway läuft, Version 0.1.0, seit 1 h 0 min", "Clients 2", "Skills 6", "Tools 4", "Börsen paper"],
    ),
    (
        "health",
        "health",
        health(position=9),
        [
            "Alles in Ordnung, läuft seit 1 h 0 min",
            "auto-trader in Ordnung",
            "paper verbunden, 1.5 ms",
            "Log Position 9, 0 im Rückstand",
        ],
    ),
    (
        "portfolio",
        "portfolio.snapshot",
        snapshot(),
        [
            "9,999.90 USD, 2026-03-01 12:00:00Z",
            "24 h +2.30 %, 7 Tage –",
            "Asset Verfügbar Gesperrt Gesamt USD Anteil Börse",
            "USDT 9899.90000059 0 9899.90000059 9,899.90 99.0 % paper",
        ],
    ),
    (
        "orders",
        "order.list",
        OrderPage(orders=[order(status="pending", type="stop-limit")], cursor="c-2"),
        [
            "Order Zeit Paar Seite Typ Menge Ausgeführt Preis Status",
            "o-1 2026-03-01 12:00:00Z BTC/USDT Kauf Stop-Limit 0.00148698 0.00148698 67,250.00 offen",
            "Es gibt weitere: --cursor c-2",
        ],
    ),
    (
        "market price BTC/USDT",
        "market.data",
        price(),
        [
            "BTC/USDT 67,250.00 (+2.30 % in 24 h)",
            "Geld 67,249.50, Brief 67,250.00, 2024-02-09 20:05:23Z, paper",
        ],
    ),
    (
        "cancel --all",
        "order.cancelAll",
        Cancelled(cancelled=["o-1", "o-2"], failed=("o-3",)),
        ["Storniert (2): o-1, o-2", "Nicht storniert, weil die Börse nicht geantwortet hat: o-3"],
    ),
    ("cancel --all --pair A/B", "order.cancelAll", Cancelled(cancelled=[]), ["Nichts zu stornieren."]),
]


@pytest.mark.parametrize(("words", "method", "payload", "lines"), SHOWN, ids=[shown[0] for shown in SHOWN])
async def test_an_answer_is_shown_in_german_and_its_json_is_the_payload_itself(
    gateway: ScriptedGateway, words: str, method: str, payload: Any, lines: list[str]
) -> None:
    gateway.plan(method, payload)
    assert squeezed((await in_german(gateway, *words.split())).out) == lines
    assert (await in_german(gateway, *words.split(), "--json")).out == encode(payload).decode() + "\n"


async def test_invented_prices_are_called_so_in_german(gateway: ScriptedGateway) -> None:
    gateway.hello = hello(simulated=True)
    gateway.plan("market.data", price(simulated=True))
    assert "Simulierter Markt: Diese Preise sind erfunden." in (await in_german(gateway, "market", "price", "A/B")).out


async def test_what_is_changed_and_what_is_closed_is_said_in_german(gateway: ScriptedGateway) -> None:
    gateway.plan("order.get", order(status="pending", type="limit", price=Decimal(60000)))
    gateway.plan("order.amend", order())
    gateway.plan("portfolio.snapshot", Positions(positions=[position()], timestamp=NOON, state_version=7))
    gateway.plan("position.close", order(side="sell"))
    amended = await in_german(gateway, "amend", "o-1", "--limit", "61000", "--stop-loss", "58000")
    assert amended.out.startswith("Änderung an Order o-1: Preis von 60,000.00 auf 61,000.00, Stop-Loss 58,000.00.\n")
    closed = await in_german(gateway, "close", "BTC/USDT", "0.1")
    assert closed.out.startswith("Verkauf von 0.1 von 0.5 BTC für etwa 6,725.00 USDT zu etwa 67,250.00\n")
    assert (await in_german(gateway, "close", "ETH/USDT")).err == "Eine offene Position ETH/USDT gibt es nicht.\n"


async def test_an_unknown_outcome_names_the_key_in_german(market: ScriptedGateway) -> None:
    market.plan("trade.execute", SILENCE)
    done = await in_german(market, "--timeout", "0.2", "buy", "BTC/USDT", "100", "--key", "k-1")
    assert done.code == 4
    assert done.err == (
        "Niemand weiß, ob trade.execute ausgeführt wurde (no answer within 0.2 s).\n"
        "Den Befehl wiederholen mit: --key k-1\n"
    )


async def test_a_german_reader_types_numbers_with_a_point_all_the_same(market: ScriptedGateway) -> None:
    done = await in_german(market, "buy", "BTC/USDT", "100,50")
    assert done.code == 2
    assert "'100,50' muss eine Dezimalzahl sein (mit Punkt, ohne Tausendertrennung)" in done.err
