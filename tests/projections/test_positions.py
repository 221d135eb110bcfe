"""Fills and positions as the fills say they are, and what they made."""

from datetime import UTC, datetime
from decimal import Decimal

from projections import fills, pnl, positions
from projections.portfolio import open_positions
from projections.prices import PRICES
from tests.projections.logs import NOON, Log, filled, log_of, position, recorded
from tests.projections.price_tables import priced

LATER = datetime(2026, 2, 10, 1, tzinfo=UTC)


def a_round_trip() -> Log:
    """Buy 2 at 100, buy 1 at 130, sell 1 at 120 a day later, sell 2 at 90; a new position of 1 at 80."""
    return Log().add(
        filled("a", "2", "100", fee="0.2", after=position("p-1", "2", "200", opened=True)),
        filled("b", "1", "130", fee="0.1", after=position("p-1", "3", "330")),
        filled("c", "1", "120", side="sell", after=position("p-1", "2", "220", "10"), occurred_at=LATER),
        filled("d", "2", "90", side="sell", fee="-0.05", after=position("p-1", "0", "0", "-30"), occurred_at=LATER),
        filled("e", "1", "80", after=position("p-2", "1", "80", opened=True), occurred_at=LATER),
    )


def test_an_open_position_has_its_average_entry_price() -> None:
    state = positions.fold(positions.empty(), a_round_trip().frame()[:2])
    row = positions.read(state).row(0, named=True)
    assert (row["position_id"], row["pair"], row["side"], row["seq"]) == ("p-1", "BTC/USDT", "long", 2)
    assert (row["amount"], row["entry_price"], row["realized_pnl"]) == (Decimal(3), Decimal(110), Decimal(0))
    assert (row["opened_at"], row["closed_at"]) == (NOON, None)


def test_dust_that_would_make_an_impossible_price_has_none() -> None:
    frame = log_of(filled("a", "1", after=position("p-1", "0.000000000000000001", "67250", opened=True)))
    assert positions.read(positions.fold(positions.empty(), frame))["entry_price"].to_list() == [None]


def test_a_closed_position_keeps_its_last_entry_price_and_what_it_made() -> None:
    frame = a_round_trip().frame()
    state = positions.fold(positions.fold(positions.empty(), frame[:3]), frame[3:])
    (row,) = positions.read_closed(state, "main", "paper").iter_rows(named=True)
    assert (row["position_id"], row["entry_price"], row["realized_pnl"]) == ("p-1", Decimal(110), Decimal(-30))
    assert row["closed_at"] == LATER
    assert positions.read(state)["position_id"].to_list() == ["p-2"]


def test_fills_are_kept_in_order_and_say_where_they_were_made() -> None:
    frame = log_of(filled("a", "1", fee="0.1"), recorded(None, "2"), recorded("a", "3"))
    state = fills.fold(fills.empty(), frame)
    assert fills.read(state)["recorded"].to_list() == [False, True, True]
    assert fills.read(state, order_id="a")["amount"].to_list() == [Decimal(1), Decimal(3)]
    assert fills.read(state, "desk").is_empty()
    assert fills.read(state, pair="BTC/USDT", since=LATER).is_empty()


def test_a_position_is_valued_at_the_price_of_its_base_in_its_quote() -> None:
    frame = log_of(filled("a", "0.01", "66500", after=position("pos-1", "0.01", "665", opened=True)))
    rows = positions.read(positions.fold(positions.empty(), frame))
    (held,) = open_positions(rows, priced(BTC="67250", USDT="1"))
    assert (held.current_price, held.unrealized_pnl) == (67250.0, 7.5)
    assert round(held.unrealized_pnl_percent or 0.0, 2) == 1.13
    (unknown,) = open_positions(rows, priced(USDT="1"))
    assert (unknown.current_price, unknown.unrealized_pnl, unknown.unrealized_pnl_percent) == (None, None, None)


def test_profit_is_counted_in_the_period_in_which_it_was_realized() -> None:
    frame = a_round_trip().frame()
    filled_rows = fills.read(fills.fold(fills.empty(), frame))
    held = open_positions(positions.read(positions.fold(positions.empty(), frame)), priced(BTC="100", USDT="1"))
    told = pnl.pnl(filled_rows, held, priced(BTC="100", USDT="1"), "day")
    tenth = datetime(2026, 2, 10, tzinfo=UTC)
    assert told.realized.rows() == [(tenth, "BTC/USDT", "USDT", Decimal(-30))]
    assert told.fees.rows() == [
        (datetime(2026, 2, 9, tzinfo=UTC), "BTC/USDT", "USDT", Decimal("0.3")),
        (tenth, "BTC/USDT", "USDT", Decimal("-0.05")),
    ]
    assert told.unrealized == {"BTC/USDT": 20.0}
    assert (told.totals.realized_usd, told.totals.unrealized_usd, told.totals.fees_usd) == (-30.0, 20.0, 0.25)


def test_a_total_is_unknown_where_a_price_is_missing() -> None:
    rows = fills.read(fills.fold(fills.empty(), a_round_trip().frame()))
    told = pnl.pnl(rows, [], priced(BTC="100"), "month")
    assert (told.totals.realized_usd, told.totals.unrealized_usd, told.totals.fees_usd) == (None, 0.0, None)
    assert list(priced().columns) == list(PRICES)
