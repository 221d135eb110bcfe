"""Risk from the command line."""

from decimal import Decimal
from typing import Any

import pytest

from kit.wire.frames import ErrorBody, encode
from kit.wire.risk import RiskCheck, RiskLimits
from tests.kit.cli.command_line import run, squeezed
from tests.kit.client.documents import NOON, exchange_risk, risk_status
from tests.kit.client.scripted import ScriptedGateway

HALTED = exchange_risk(
    halted=True,
    reason="going on holiday",
    reduce_only=True,
    halted_at=NOON,
    halted_by="kit-1707509123-abc123def",
)


@pytest.fixture
def risky(gateway: ScriptedGateway) -> ScriptedGateway:
    """A gateway that answers every method about risk."""
    for method in ("risk.status", "risk.limits", "risk.halt", "risk.resume"):
        gateway.plan(method, risk_status())
    return gateway


async def test_it_shows_what_is_limited_what_there_is_now_and_the_room_left(risky: ScriptedGateway) -> None:
    done = await run(risky, "risk")
    assert done.code == 0
    assert squeezed(done.out) == [
        "paper, account main: equity 9,880.00 USD",
        "Now Limit Room",
        "Daily loss 1.20 % 5 % 3.80 %",
        "Largest order – 1000 USD –",
    ]
    assert risky.requests("risk.status")[0].params == {}


async def test_every_limit_has_a_name_a_figure_and_its_unit(gateway: ScriptedGateway) -> None:
    limits = RiskLimits(
        max_position_percent=Decimal(25),
        weekly_loss_percent=Decimal("7.5"),
        drawdown_percent=Decimal(20),
        max_open_positions=3,
        min_order_notional=Decimal(10),
        price_collar_percent=Decimal("0.5"),
        max_price_age_seconds=Decimal(30),
        allowed_pairs=("BTC/USDT", "ETH/USDT"),
        blocked_pairs=("XRP/USDT",),
        max_orders_per_minute=5,
    )
    checks = (
        RiskCheck(check="maxOpenPositions", limit=Decimal(3), value=Decimal(3), unit="", reached=True),
        RiskCheck(check="maxPositionPercent", limit=Decimal(25), value=Decimal("30.256"), unit="%", reached=True),
        RiskCheck(check="maxOrdersPerMinute", limit=Decimal(5), value=Decimal(1), unit="", reached=False),
        RiskCheck(check="drawdownPercent", limit=Decimal(20), value=Decimal("0.0099999943"), unit="%", reached=False),
    )
    gateway.plan(
        "risk.status",
        risk_status(exchange_risk(limits=limits, checks=checks, equity=None, missing=("ETH",), unpriced=("KIT",))),
    )
    assert squeezed((await run(gateway, "risk", "limits")).out) == [
        "paper, account main: equity – USD",
        "Not valued, since it has no price now: ETH",
        "Not valued, since nothing here gives it a price: KIT",
        "Now Limit Room",
        "Weekly loss – 7.5 % –",
        "Drawdown 0.01 % 20 % 19.99 %",
        "Position share 30.26 % 25 % used up",
        "Open positions 3 3 used up",
        "Orders a minute 1 5 4",
        "Smallest order – 10 USD –",
        "Price collar – 0.5 % –",
        "Age of a price – 30 s –",
        "Allowed pairs – BTC/USDT, ETH/USDT –",
        "Blocked pairs – XRP/USDT –",
    ]


async def test_where_nothing_is_limited_it_says_how_to_limit_it(gateway: ScriptedGateway) -> None:
    gateway.plan("risk.status", risk_status(exchange_risk(limits=RiskLimits(), checks=())))
    assert (
        squeezed((await run(gateway, "risk")).out)[1] == "Nothing is limited. How to limit it: kit risk limits --help"
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "by kit-1707509123-abc123def: going on holiday; nothing is bought, sells go on"),
        ({"reduce_only": False}, "going on holiday; nothing is bought, only exits and kit close sell"),
        ({"halted_by": None, "reason": "The loss of the day"}, "12:00:00Z: The loss of the day; nothing is bought"),
    ],
)
async def test_a_halt_stands_on_top(gateway: ScriptedGateway, changed: dict[str, Any], says: str) -> None:
    halted = {name: getattr(HALTED, name) for name in HALTED.__struct_fields__}
    second = exchange_risk(**halted | {"exchange": "second"} | changed)
    gateway.plan("risk.status", risk_status(exchange_risk(), second))
    shown = squeezed((await run(gateway, "risk")).out)
    assert shown[0].startswith("HALTED on second since 2026-03-01 12:00:00Z")
    assert says in shown[0]
    assert [line for line in shown if "account main" in line] == [
        "paper, account main: equity 9,880.00 USD",
        "second, account main: equity 9,880.00 USD",
    ]


async def test_limits_are_told_before_they_are_sent_and_the_others_are_left_alone(risky: ScriptedGateway) -> None:
    words = ("--daily-loss", "5", "--order-max", "1000.50", "--allow", "BTC/USDT", "--allow", "ETH/USDT")
    done = await run(risky, "risk", "limits", *words, "--remove", "drawdown", "--key", "k-1", "--account", "second")
    assert done.code == 0
    assert squeezed(done.out)[0] == (
        "Changing the limits of account second on every exchange: daily loss 5 %, largest order 1000.50 USD, "
        "allowed pairs BTC/USDT, ETH/USDT, drawdown not limited."
    )
    (sent,) = risky.requests("risk.limits")
    assert '"maxOrderNotional":1000.50' in sent.text
    assert sent.params == {
        "limits": {
            "dailyLossPercent": 5,
            "maxOrderNotional": 1000.5,
            "allowedPairs": ["BTC/USDT", "ETH/USDT"],
            "drawdownPercent": None,
        },
        "account": "second",
        "idempotencyKey": "k-1",
    }


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ("--weekly-loss 7.5 --drawdown 20", {"weeklyLossPercent": 7.5, "drawdownPercent": 20}),
        ("--position-share 25 --open-positions 3", {"maxPositionPercent": 25, "maxOpenPositions": 3}),
        ("--order-min 10 --collar 0.5 --price-age 30", {"minOrderNotional": 10, "priceCollarPercent": 0.5}),
        ("--block XRP/USDT --orders-per-minute 5", {"blockedPairs": ["XRP/USDT"], "maxOrdersPerMinute": 5}),
    ],
)
async def test_every_limit_has_an_option(risky: ScriptedGateway, words: str, limits: dict[str, Any]) -> None:
    assert (await run(risky, "risk", "limits", *words.split())).code == 0
    (sent,) = risky.requests("risk.limits")
    assert sent.params["limits"].items() >= limits.items()


@pytest.mark.parametrize(
    "words",
    [
        "--daily-loss -5",
        "--daily-loss much",
        "--open-positions 0",
        "--open-positions 1.5",
        "--allow BTC",
        "--remove everything",
        "--daily-loss 5 --remove daily-loss",
    ],
)
async def test_limits_that_are_none_are_no_command(risky: ScriptedGateway, words: str) -> None:
    assert (await run(risky, "risk", "limits", *words.split())).code == 2
    assert risky.seen == []


async def test_a_halt_says_what_it_does_before_it_is_sent_and_then_what_came_of_it(risky: ScriptedGateway) -> None:
    risky.plan("risk.halt", risk_status(HALTED, cancelled=("o-1", "o-2"), unconfirmed=("o-3",)))
    done = await run(risky, "risk", "halt", "going on holiday", "--cancel-orders")
    assert done.code == 0
    assert squeezed(done.out)[:4] == [
        (
            "Halting account main on every exchange: nothing is bought any more, and sells go on. "
            "What rests is cancelled."
        ),
        "Cancelled 2: o-1, o-2",
        "Not cancelled yet: the exchange has not answered for o-3",
        (
            "HALTED on paper since 2026-03-01 12:00:00Z by kit-1707509123-abc123def: going on holiday; "
            "nothing is bought, sells go on"
        ),
    ]
    (sent,) = risky.requests("risk.halt")
    assert sent.params.pop("idempotencyKey").startswith("kit-")
    assert sent.params == {"reason": "going on holiday", "reduceOnly": True, "cancelOrders": True}


async def test_a_halt_can_stop_sells_too_and_be_of_one_exchange(risky: ScriptedGateway) -> None:
    done = await run(risky, "risk", "halt", "no idea", "--not-even-sells", "--exchange", "paper")
    assert squeezed(done.out)[0] == (
        "Halting account main on paper: nothing is bought any more, and only exits and kit close sell. "
        "What rests stays, and can still fill."
    )
    (sent,) = risky.requests("risk.halt")
    assert (sent.params["reduceOnly"], sent.params["exchange"]) == (False, "paper")


async def test_resuming_says_what_it_does_and_sends_the_reason(risky: ScriptedGateway) -> None:
    done = await run(risky, "risk", "resume", "back again", "--key", "k-2")
    assert squeezed(done.out)[0] == (
        "Resuming account main on every exchange: a loss that halted it counts anew from now on."
    )
    (sent,) = risky.requests("risk.resume")
    assert sent.params == {"reason": "back again", "idempotencyKey": "k-2"}


@pytest.mark.parametrize(
    ("command", "answer", "says"),
    [
        ("halt", risk_status(HALTED, unchanged=True), "Trading is halted already."),
        ("resume", risk_status(unchanged=True), "Trading was not halted."),
        (
            "halt",
            risk_status(HALTED, duplicate=True),
            "This key was used before: nothing was done; this is how it stands.",
        ),
    ],
)
async def test_where_nothing_was_done_it_says_so(
    risky: ScriptedGateway, command: str, answer: object, says: str
) -> None:
    risky.plan(f"risk.{command}", answer)
    done = await run(risky, "risk", command, "why")
    assert (done.code, squeezed(done.out)[1]) == (0, says)


async def test_it_is_all_said_in_german_too(risky: ScriptedGateway) -> None:
    risky.plan("risk.status", risk_status(HALTED))
    shown = squeezed((await run(risky, "risk", KIT_LANG="de")).out)
    assert shown == [
        (
            "ANGEHALTEN auf paper seit 2026-03-01 12:00:00Z durch kit-1707509123-abc123def: going on holiday; "
            "es wird nichts gekauft, Verkäufe gehen weiter"
        ),
        "paper, Konto main: Kontowert 9,880.00 USD",
        "Jetzt Limit Spielraum",
        "Tagesverlust 1.20 % 5 % 3.80 %",
        "Größte Order – 1000 USD –",
    ]
    words = ("risk", "limits", "--daily-loss", "5", "--remove", "drawdown", "--exchange", "paper")
    assert squeezed((await run(risky, *words, KIT_LANG="de")).out)[0] == (
        "Änderung der Limits: Konto main auf paper: Tagesverlust 5 %, Drawdown unbegrenzt."
    )
    assert squeezed((await run(risky, "risk", "halt", "Urlaub", KIT_LANG="de")).out)[0] == (
        "Anhalten: Konto main auf allen Börsen: Es wird nichts mehr gekauft; Verkäufe gehen weiter. "
        "Was offen ist, bleibt und kann noch ausgeführt werden."
    )


async def test_options_may_stand_before_the_command_too(risky: ScriptedGateway) -> None:
    done = await run(risky, "risk", "--account", "second", "--json", "resume", "back")
    assert done.out == encode(risk_status()).decode() + "\n"
    assert risky.requests("risk.resume")[0].params["account"] == "second"


async def test_json_is_the_payload_and_nothing_else(risky: ScriptedGateway) -> None:
    document = encode(risk_status()).decode() + "\n"
    assert (await run(risky, "risk", "--json")).out == document
    assert (await run(risky, "risk", "limits", "--json")).out == document
    halted = await run(risky, "risk", "halt", "why", "--json")
    assert (halted.out, halted.err[:15]) == (document, "Halting account")
    limited = await run(risky, "risk", "limits", "--daily-loss", "5", "--json")
    assert (limited.out, limited.err[:19]) == (document, "Changing the limits")


async def test_a_refused_order_shows_what_was_checked_against_which_limit_and_what_it_saw(
    gateway: ScriptedGateway,
) -> None:
    details = {"check": "maxOrderNotional", "limit": "1000", "inputs": {"notional": "5000", "pair": "BTC/USDT"}}
    message = "The order for BTC/USDT is worth 5,000 USD; the limit is 1,000 USD"
    gateway.plan("order.cancel", ErrorBody("RISK_LIMIT_EXCEEDED", message, retryable=False, details=details))
    done = await run(gateway, "cancel", "o-1")
    assert done.code == 1
    assert done.err.splitlines() == [
        f"Refused (RISK_LIMIT_EXCEEDED): {message}",
        "  check     maxOrderNotional (largest order)",
        "  limit     1000 USD",
        "  notional  5000",
        "  pair      BTC/USDT",
    ]


async def test_an_order_refused_by_a_halt_shows_why_it_was_halted(gateway: ScriptedGateway) -> None:
    details = {"check": "halt", "limit": "", "inputs": {"reason": "going on holiday", "reduceOnly": "true"}}
    gateway.plan(
        "order.cancel", ErrorBody("RISK_LIMIT_EXCEEDED", "Trading is halted", retryable=False, details=details)
    )
    assert (await run(gateway, "cancel", "o-1")).err.splitlines() == [
        "Refused (RISK_LIMIT_EXCEEDED): Trading is halted",
        "  check       halt",
        "  reason      going on holiday",
        "  reduceOnly  true",
    ]
