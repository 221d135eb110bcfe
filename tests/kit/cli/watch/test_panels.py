"""What each panel shows, and what it leaves out where there is less room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from kit.cli.watch.folding import with_answer, with_trouble
from kit.cli.watch.model import Model
from kit.cli.watch.panels.prices import sparkline
from kit.cli.watch.view import View
from kit.wire.orders import OrderPage
from tests.kit.cli.watch.models import CONNECTED, bought, busy, heard, prices_heard, resting, shown, squeezed
from tests.kit.client.documents import NOON, asset, snapshot


def panel(number: int, model: Model, width: int = 120, height: int = 30) -> list[str]:
    """The panel alone on the screen, without what is around it."""
    lines = [squeezed(line) for line in shown(model, width, height, View(panel=number))]
    title = next(place for place, line in enumerate(lines) if line.startswith(f"{number} "))
    return [line for line in lines[title + 1 : -1] if line]


def test_prices_show_last_move_change_bid_ask_and_what_was_seen() -> None:
    assert panel(1, busy()) == [
        "Pair Last 24 h Bid Ask Seen",
        "BTC/USDT 67,250.00 ▲ +2.30 % 67,250.00 67,250.00 ▁▃█",
        "ETH/USDT 3,490.00 ▼ +2.30 % 3,490.00 3,490.00 █▁",
    ]
    assert panel(1, busy(), width=30)[1] == "BTC/USDT 67,250.00 ▲ +2.30 %"


def test_a_pair_without_a_price_has_dashes_where_it_was_asked_for() -> None:
    chosen = replace(CONNECTED, chosen=("SOL/USDT",))
    assert panel(1, chosen)[1] == "SOL/USDT – – – – –"
    assert panel(1, CONNECTED) == ["…"]
    assert panel(1, with_answer(CONNECTED, snapshot())) == ["none yet; name some: kit watch PAIR"]


def test_a_sparkline_spans_what_was_seen() -> None:
    assert sparkline([Decimal(1), Decimal(8), Decimal(2), Decimal("4.5")]) == "▁█▂▄"
    assert sparkline([Decimal(5), Decimal(5)]) == "▁▁"


def test_the_portfolio_shows_its_worth_and_what_it_is_made_of() -> None:
    assert panel(2, busy()) == [
        "9,999.90 USD 0.148698 BTC 24 h +2.30 % 7 d –",
        "Asset Free Locked USD Share Exchange",
        "USDT 9,899.9 0 9,899.90 99.0 % paper",
        "BTC 0.5 0 33,625.00 77.2 % paper",
    ]
    assert panel(2, busy(), width=28)[1:3] == ["Asset Free USD", "USDT 9,899.9 9,899.90"]


def test_what_has_no_price_has_a_dash_and_the_total_says_so() -> None:
    unpriced = asset(symbol="XYZ", value_usd=None, allocation=None)
    poor = snapshot(assets=[unpriced], total_value_btc=None, change24h=None, incomplete=True)
    lines = panel(2, with_answer(CONNECTED, poor))
    assert lines[0] == "9,999.90 USD 24 h – 7 d – without assets that have no price"
    assert lines[2] == "XYZ 9,899.9 0 – – paper"


def test_positions_show_what_they_would_bring() -> None:
    assert panel(3, busy()) == [
        "Pair Amount Entry Now Profit % Open for Exchange",
        "BTC/USDT 0.5 66,597.09 67,250.00 +326.46 USDT +0.98 % 5 h paper",
    ]
    lost = bought(current_price=None, unrealized_pnl=None, unrealized_pnl_percent=None)
    assert panel(3, with_answer(CONNECTED, snapshot(positions=[lost])))[1] == (
        "BTC/USDT 0.5 66,597.09 – – USDT – 5 h paper"
    )
    assert panel(3, with_answer(CONNECTED, snapshot())) == ["none open"]


def test_orders_show_what_is_left_of_them_and_how_far_the_market_is() -> None:
    partial = resting("o-3", amount=Decimal("1.5"), filled_amount=Decimal("0.3"), avg_price=Decimal(59990))
    stop = resting("o-4", type="stop-limit", side="sell", stop_price=Decimal(64000), price=Decimal(63900))
    model = with_answer(busy(), OrderPage(orders=[resting(), partial, stop, resting("o-5", pair="SOL/USDT")]))
    assert panel(4, model) == [
        "Pair Side Type Remaining Of Price Stop Away Age Status Order",
        "BTC/USDT buy limit 1 1 60,000.00 -10.78 % 1 min pending o-1",
        "BTC/USDT buy limit 1.2 1.5 60,000.00 – 1 min pending o-3",
        "BTC/USDT sell stop-limit 1 1 63,900.00 64,000.00 -4.83 % 1 min pending o-4",
        "SOL/USDT buy limit 1 1 60,000.00 – 1 min pending o-5",
    ]
    triggered = replace(stop, triggered=True)
    assert "-4.98 %" in panel(4, with_answer(model, OrderPage(orders=[triggered])))[1]


def test_fills_are_shown_newest_first_and_counted_where_they_do_not_fit() -> None:
    lines = panel(5, busy(), height=8)
    assert lines[:2] == [
        "Time Pair Side Amount Price Fee Trade",
        "12:00:00 BTC/USDT buy 0.00148698 67,250.00 0.1 USDT t-30",
    ]
    assert lines[-1] == "… 27 more"


def test_events_are_shown_newest_first() -> None:
    assert panel(6, busy()) == [
        "Time Event What",
        "12:00:00 position:opened 0.5 BTC/USDT at 66,597.09",
        "12:00:00 trade:placed buy 1 BTC/USDT, limit at 60,000.00",
    ]
    assert panel(6, CONNECTED) == ["none since this watch began"]


def test_an_event_of_another_day_has_its_day() -> None:
    yesterday = resting(timestamp=NOON - timedelta(days=1))
    assert panel(6, heard(CONNECTED, "trade:placed", yesterday, 1))[1].startswith("2026-02-28 trade:placed")


def test_what_could_not_be_asked_is_said_in_the_title() -> None:
    model = with_trouble(busy(), "orders", "INTERNAL_ERROR: too slow")
    assert "4 Orders INTERNAL_ERROR: too slow ───" in squeezed("\n".join(shown(model, 100, 30)))


@pytest.mark.parametrize("number", range(1, 7))
def test_no_panel_needs_more_than_a_connection(number: int) -> None:
    assert panel(number, CONNECTED) in (["…"], ["none since this watch began"])


def test_however_many_orders_are_open_those_that_fit_are_shown_and_the_others_counted() -> None:
    model = with_answer(prices_heard(CONNECTED, "67000"), OrderPage(orders=[resting(f"o-{n}") for n in range(500)]))
    assert panel(4, model, height=10)[-1] == "… 495 more"
