"""The snapshot: exact amounts, honest worth."""

from datetime import timedelta
from decimal import Decimal

import pytest

from projections import equity, portfolio, views
from projections.balances import read as read_balances
from projections.positions import read as read_positions
from projections.views import Views
from tests.projections.logs import NOON, Log, deposited, filled, log_of, marked, opened, position
from tests.projections.price_tables import priced


def snapshot_of(state: Views, **prices: str) -> portfolio.Snapshot:
    at = NOON + timedelta(minutes=1)
    table = priced(USDT="1", **prices)
    return portfolio.snapshot(
        read_balances(state.balances),
        read_positions(state.positions),
        equity.read(state.equity),
        table,
        flow=equity.flow_since(state.equity, table),
        at=at,
        seq=state.seq,
    )


def traded() -> Views:
    """10,000 put in, 0.1 BTC bought at 67,000 with a fee of 6.7."""
    after = position("pos-1", "0.1", "6700", opened=True)
    frame = log_of(
        opened(), deposited("USDT", "10000"), marked(BTC="67000"), filled("o", "0.1", "67000", fee="6.7", after=after)
    )
    return views.fold(views.empty(), frame)


def test_a_snapshot_adds_up() -> None:
    told = snapshot_of(traded(), BTC="67250")
    assert told.total_value_usd == pytest.approx(10018.3)
    assert told.total_value_btc == pytest.approx(10018.3 / 67250)
    assert told.change24h == pytest.approx(0.183)
    assert told.change7d == pytest.approx(0.183)
    assert (told.change_since, told.change_method) == (NOON, "time-weighted")
    assert (told.seq, told.incomplete) == (4, False)
    btc, usdt = told.assets
    assert (btc.asset, btc.exchange) == ("BTC", "paper")
    assert (btc.free, btc.locked, btc.total) == (Decimal("0.1"), Decimal(0), Decimal("0.1"))
    assert (btc.value_usd, btc.price_usd, btc.price_source) == (6725.0, Decimal(67250), "test")
    assert (usdt.asset, usdt.total, usdt.value_usd) == ("USDT", Decimal("3293.3"), 3293.3)
    assert (btc.allocation or 0) + (usdt.allocation or 0) == pytest.approx(100.0)
    (held,) = told.positions
    assert (held.position_id, held.entry_price) == ("pos-1", Decimal(67000))
    assert held.unrealized_pnl == pytest.approx(25.0)


def test_an_asset_without_a_price_is_shown_without_a_worth() -> None:
    told = snapshot_of(traded())
    assert told.incomplete
    assert (told.total_value_btc, told.change24h, told.change7d) == (None, None, None)
    assert told.total_value_usd == pytest.approx(3293.3)
    assert [(asset.asset, asset.value_usd) for asset in told.assets] == [("USDT", 3293.3), ("BTC", None)]
    assert told.assets[1].allocation is None


def test_the_snapshot_of_nothing_is_empty() -> None:
    told = snapshot_of(views.empty())
    assert (told.total_value_usd, told.assets, told.positions, told.seq) == (0, (), (), 0)
    assert (told.incomplete, told.change24h) == (False, 0.0)


def test_history_is_cut_by_the_time_of_the_exchange() -> None:
    log = Log().add(deposited("USDT", "1"))
    for number in range(4):
        log.add(marked(NOON + timedelta(minutes=number), BTC="1"))
    points = equity.read(equity.fold(equity.empty(), log.frame()))
    minute = timedelta(minutes=1)
    assert portfolio.history(points, NOON + minute, NOON + 2 * minute)["seq"].to_list() == [3, 4]
    assert portfolio.history(points)["value"].to_list() == [1.0] * 4
