"""What is held of a pair through its fills, at average cost."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.money import exact
from domain.positions import Position, position_after, position_from
from tests.domain.books import NOON, facts, fill

LATER = datetime(2026, 2, 9, 13, tzinfo=UTC)
next_position = exact(position_after)


def position(amount: str, cost: str, realized: str = "0") -> Position:
    return Position(
        position_id="pos-1",
        pair="BTC/USDT",
        amount=Decimal(amount),
        cost=Decimal(cost),
        realized_pnl=Decimal(realized),
        opened_at=NOON,
    )


def test_the_first_buy_opens_a_position_at_its_cost() -> None:
    after = next_position(None, "pos-1", fill("buy", "2", "100", "0.2"))
    assert after is not None
    assert facts(after, "position_id", "opened", "closed", "opened_at") == ("pos-1", True, False, NOON)
    assert facts(after, "position_amount", "position_cost", "realized_pnl") == (2, 200, 0)
    assert position_from("BTC/USDT", after) == position("2", "200")


def test_another_buy_adds_to_it_and_keeps_its_name_and_opening() -> None:
    after = next_position(position("2", "200", "7"), "pos-2", fill("buy", "1", "130", occurred_at=LATER))
    assert after is not None
    assert facts(after, "position_id", "opened", "closed", "opened_at") == ("pos-1", False, False, NOON)
    assert facts(after, "position_amount", "position_cost", "realized_pnl") == (3, 330, 7)


def test_a_sale_takes_its_share_of_the_cost_and_realizes_the_rest() -> None:
    # 3 for 330 are 110 each: selling 1 at 150 gains 40.
    after = next_position(position("3", "330", "7"), "pos-2", fill("sell", "1", "150", "0.15"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost", "realized_pnl") == (2, 220, 47)
    assert facts(after, "opened", "closed") == (False, False)


def test_selling_all_of_it_closes_it() -> None:
    after = next_position(position("3", "330", "7"), "pos-2", fill("sell", "3", "100"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost", "realized_pnl", "closed") == (0, 0, -23, True)
    assert position_from("BTC/USDT", after) is None


def test_a_sale_beyond_the_position_closes_it_and_realizes_only_what_the_position_had() -> None:
    # 5 are sold at 150, of which the position covers 3.
    after = next_position(position("3", "330"), "pos-2", fill("sell", "5", "150"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost", "realized_pnl", "closed") == (0, 0, 120, True)


def test_a_sale_of_holdings_that_no_position_covers_changes_none() -> None:
    assert next_position(None, "pos-1", fill("sell", "1", "150")) is None


def test_a_fee_in_base_makes_a_buy_smaller_at_no_profit_or_loss() -> None:
    after = next_position(None, "pos-1", fill("buy", "2", "100", "0.002", "BTC"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost") == (Decimal("1.998"), Decimal("199.8"))


def test_a_fee_in_base_of_a_sale_leaves_the_position_too() -> None:
    # 1 is sold and 0.5 paid as a fee: 1.5 of 3 leave at 150, half of the cost of 330.
    after = next_position(position("3", "330"), "pos-2", fill("sell", "1", "150", "0.5", "BTC"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost", "realized_pnl") == (Decimal("1.5"), 165, 60)


def test_a_buy_that_its_fee_eats_whole_opens_nothing() -> None:
    assert next_position(None, "pos-1", fill("buy", "1", "100", "1", "BTC")) is None


def test_a_fee_in_another_asset_does_not_touch_the_position() -> None:
    after = next_position(None, "pos-1", fill("buy", "2", "100", "0.01", "BNB"))
    assert after is not None
    assert facts(after, "position_amount", "position_cost") == (2, 200)


def test_a_share_of_the_cost_is_rounded_once_and_nothing_is_lost_by_it() -> None:
    # A third of 100 stays; what leaves is the whole rest, to the last digit.
    after = next_position(position("3", "100"), "pos-2", fill("sell", "2", "40"))
    assert after is not None
    assert after.position_cost == Decimal("33.333333333333333333")
    assert after.realized_pnl == Decimal("13.333333333333333333")
    assert after.realized_pnl == 80 - (100 - after.position_cost)
