"""What holds in every history of books, orders and cancels."""

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.money import exact
from kit.exchanges.protocol import Fill, OrderRequest
from kit.market.protocol import Book, Level
from tests.kit.exchanges.histories import Step, Tick, all_fills, histories, new_engine, run
from tests.kit.exchanges.orders import BTC_USDT, NOON, PAIR

NOTHING = Book(pair=PAIR, bids=(), asks=(), at=NOON)


def orders_of(steps: Iterable[Step]) -> dict[str, OrderRequest]:
    return {step.client_order_id: step for step in steps if isinstance(step, OrderRequest)}


@exact
def amount_of(fills: Iterable[Fill | Level]) -> Decimal:
    return sum((fill.amount for fill in fills), Decimal(0))


@exact
def notional_of(fills: Iterable[Fill]) -> Decimal:
    return sum((fill.amount * fill.price for fill in fills), Decimal(0))


@given(histories())
def test_no_order_gets_more_than_it_asked_for_and_a_filled_one_no_less(steps: list[Step]) -> None:
    engine = new_engine()
    run(engine, steps)
    for name, order in orders_of(steps).items():
        report = engine.order(name)
        assert report is not None
        if order.spend is not None:
            assert notional_of(report.fills) <= order.spend
        else:
            assert amount_of(report.fills) <= order.amount
            assert (report.state == "filled") == (amount_of(report.fills) == order.amount)


@given(histories())
def test_a_filled_budget_leaves_less_than_a_lot_at_its_last_price(steps: list[Step]) -> None:
    engine = new_engine()
    run(engine, steps)
    for name, order in orders_of(steps).items():
        report = engine.order(name)
        assert report is not None
        if order.spend is not None and report.state == "filled":
            dearest = Decimal(107)  # The last ask of the highest book.
            assert order.spend - notional_of(report.fills) < dearest * BTC_USDT.amount_step


@given(histories())
def test_no_fill_is_beyond_the_limit_or_the_bound_of_its_order(steps: list[Step]) -> None:
    engine = new_engine()
    run(engine, steps)
    for name, order in orders_of(steps).items():
        limit = order.price or order.price_bound
        report = engine.order(name)
        assert report is not None
        for fill in report.fills:
            assert limit is None or (fill.price <= limit if order.side == "buy" else fill.price >= limit)


@given(histories())
@exact
def test_every_fee_is_the_rate_of_its_notional(steps: list[Step]) -> None:
    engine = new_engine()
    run(engine, steps)
    for fill in all_fills(engine):
        rate = Decimal("0.0008") if fill.liquidity == "maker" else Decimal("0.001")
        assert fill.fee == rate * fill.amount * fill.price
        assert fill.amount % BTC_USDT.amount_step == 0


@given(histories())
def test_a_tick_gives_no_more_than_its_book_holds(steps: list[Step]) -> None:
    book = NOTHING
    taken: list[Fill] = []
    for step, fills in zip(steps, run(new_engine(), steps), strict=True):
        if isinstance(step, Tick):
            book, taken = step.book, []
        taken += fills
        assert_within([fill for fill in taken if fill.side == "buy"], book.asks)
        assert_within([fill for fill in taken if fill.side == "sell"], book.bids)


def assert_within(taken: list[Fill], levels: tuple[Level, ...]) -> None:
    """All fills within all levels, and what was taken at a level's price within that level."""
    assert amount_of(taken) <= amount_of(levels)
    for level in levels:
        at_level = [fill for fill in taken if fill.liquidity == "taker" and fill.price == level.price]
        assert amount_of(at_level) <= level.amount


@given(histories())
def test_each_fill_is_reported_once_and_numbered_within_its_order(steps: list[Step]) -> None:
    engine = new_engine()
    reported = [fill for fills in run(engine, steps) for fill in fills]
    assert len({fill.trade_id for fill in reported}) == len(reported)
    for name in orders_of(steps):
        report = engine.order(name)
        assert report is not None
        assert [fill.trade_id for fill in report.fills] == [f"paper-{name}-{n + 1}" for n in range(len(report.fills))]
        assert list(report.fills) == [fill for fill in reported if fill.client_order_id == name]


@given(histories())
def test_the_same_history_gives_the_same_fills(steps: list[Step]) -> None:
    assert run(new_engine(), steps) == run(new_engine(), steps)


@given(histories(), st.data())
def test_an_engine_that_was_restored_goes_on_as_if_it_had_never_stopped(
    before: list[Step], data: st.DataObject
) -> None:
    after = data.draw(histories(start=len(before)))
    stayed, restored = new_engine(), new_engine()
    run(stayed, before)
    for order in stayed.resting():
        report = stayed.order(order.request.client_order_id)
        assert report is not None
        restored.restore(order)
    assert run(restored, after, start=len(before)) == run(stayed, after, start=len(before))
    assert restored.resting() == stayed.resting()
