"""Live views are rebuilt views: however a history is cut into batches, every view comes out the same."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Event
from domain.events.exchange import ExchangeConnected, ExchangeDisconnected, ExchangeMeasured
from domain.events.gateway import GatewayStarted, SkillFailed, SkillLoaded
from domain.events.terms import Status
from domain.orders import NEXT, Happening
from projections import balances, fills, orders, postings, views
from projections.state_hash import frame_hash, state_hash, state_hashes
from projections.views import Views
from tests.projections.logs import (
    NOON,
    Log,
    accepted,
    amended,
    cancelled,
    deposited,
    filled,
    log_of,
    marked,
    opened,
    placed,
    position,
    recorded,
    rejected,
    withdrawn,
)

STREAMS = ("account:main:paper", "account:desk:paper", "account:main:kraken")
HAPPENINGS: dict[str, Happening] = {
    "OrderAccepted": "accepted",
    "OrderCancelled": "cancelled",
    "OrderRejected": "rejected",
}

amounts = st.sampled_from(["0.5", "1", "2", "0.000000000000000001", "7.25"])
prices = st.sampled_from(["100", "99.99", "0.00000001", "67250.123"])
order_ids = st.sampled_from([f"o-{number}" for number in range(6)])
assets = st.sampled_from(["BTC", "USDT", "DOGE"])
fees = st.sampled_from([("0", "USDT"), ("0.1", "USDT"), ("-0.1", "USDT"), ("0.01", "BNB"), ("-0.01", "BNB")])
positions_after = st.none() | st.builds(position, st.sampled_from(["p-1", "p-2"]), amounts, prices, amounts)


def a_fill(order_id: str, amount: str, price: str, fee: tuple[str, str], final: bool, after: Any) -> Event:
    return filled(order_id, amount, price, fee=fee[0], fee_asset=fee[1], final=final, after=after)


def a_mark(exchange: str, priced: dict[str, str]) -> Event:
    return marked(NOON, exchange, **priced)


def an_order(order_id: str, amount: str, by_budget: bool) -> Event:
    return placed(order_id, amount, spend=Decimal(200) if by_budget else None)


order_events = st.one_of(
    st.builds(accepted, order_ids),
    st.builds(a_fill, order_ids, amounts, prices, fees, st.booleans(), positions_after),
    st.builds(recorded, st.none() | order_ids, amounts, prices),
    st.builds(cancelled, order_ids, st.sampled_from(["client", "expired"])),
    st.builds(rejected, order_ids, st.sampled_from(["tick", "size"])),
    st.builds(amended, order_ids, amounts, st.none() | prices),
)
other_events = st.one_of(
    st.builds(deposited, assets, amounts),
    st.builds(withdrawn, assets, amounts),
    st.builds(a_mark, st.sampled_from(["paper", "kraken"]), st.dictionaries(assets, prices)),
    st.builds(ExchangeConnected, exchange=st.sampled_from(["paper", "kraken"]), latency_ms=st.just(4.5)),
    st.builds(ExchangeDisconnected, exchange=st.sampled_from(["paper", "kraken"]), reason=st.just("gone")),
    st.builds(ExchangeMeasured, exchange=st.just("paper"), latency_ms=st.just(3.0), clock_offset_ms=st.none()),
    st.builds(SkillLoaded, skill=st.just("trader"), skill_version=st.just("1")),
    st.builds(SkillFailed, skill=st.just("trader"), reason=st.just("why")),
    st.just(GatewayStarted(gateway_version="1", exchanges=("paper",), simulated=True)),
)


@st.composite
def histories(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Log:
    """Up to forty events in any order; each order is placed at most once, at some time."""
    log = Log()
    new = [an_order(f"o-{number}", draw(amounts), draw(st.booleans())) for number in range(6)]
    for event in draw(st.lists(st.one_of(order_events, order_events, other_events, st.none()), max_size=40)):
        if event is not None:
            log.add(event, stream=draw(st.sampled_from(STREAMS)))
        elif new:
            log.add(new.pop(), stream=draw(st.sampled_from(STREAMS)))
    return log.add(opened())


def folded(frame: pl.DataFrame, cuts: list[int]) -> Views:
    state = views.empty()
    edges = sorted({0, frame.height, *(cut % (frame.height + 1) for cut in cuts)})
    for start, end in pairwise(edges):
        state = views.fold(state, frame[start:end])
    return state


@settings(max_examples=60, deadline=None)
@given(log=histories(), cuts=st.lists(st.integers(0, 100), max_size=20))
def test_views_folded_in_any_batches_are_the_rebuilt_ones(log: Log, cuts: list[int]) -> None:
    frame = log.frame()
    assert state_hashes(folded(frame, cuts)) == state_hashes(views.fold(views.empty(), frame))


@settings(max_examples=40, deadline=None)
@given(log=histories())
def test_grouped_sums_are_the_ungrouped_sums(log: Log) -> None:
    frame = log.frame()
    state = views.fold(views.empty(), frame)
    posted = postings.journal(frame)
    for asset in ("BTC", "USDT", "DOGE"):
        of_asset = pl.col("asset") == asset
        held = of_asset & pl.col("bucket").is_in(["free", "locked"])
        assert balances.read(state.balances).filter(of_asset)["total"].sum() == posted.filter(held)["amount"].sum()
        assert state.balances.filter(of_asset)["amount"].sum() == 0
    assert state.fills.rows["amount"].sum() == frame.filter(pl.col("topic").is_in(list(fills.TOPICS)))["amount"].sum()


@settings(max_examples=60, deadline=None)
@given(log=histories())
def test_orders_go_through_the_table_of_the_domain(log: Log) -> None:
    frame = log.frame()
    rows = orders.read(orders.fold(orders.empty(), frame))
    assert dict(rows.select("order_id", "status").iter_rows()) == statuses_one_by_one(frame)


def statuses_one_by_one(frame: pl.DataFrame) -> dict[str, Status]:
    """Every order's status by walking the log with the domain's table; a step that it does not have changes nothing."""
    status: dict[str, Status] = {}
    amount: dict[str, Decimal] = {}
    done: dict[str, Decimal] = {}
    by_budget = set(frame.filter(pl.col("spend").is_not_null())["order_id"])
    for row in frame.iter_rows(named=True):
        order_id = row["order_id"]
        if row["topic"] == "OrderPlaced":
            status[order_id], amount[order_id], done[order_id] = "unknown", row["amount"], Decimal(0)
        elif order_id in status:
            amount[order_id] = amount_after(row, amount[order_id])
            done[order_id] += row["amount"] if row["topic"] in fills.TOPICS else 0
            whole = order_id not in by_budget and done[order_id] >= amount[order_id]
            happening = happening_of(row, whole=whole)
            if happening is not None:
                status[order_id] = NEXT.get((status[order_id], happening), status[order_id])
    return status


def amount_after(row: dict[str, Any], before: Decimal) -> Decimal:
    said: Decimal = row["order"]["amount"] if row["topic"] == "OrderFilled" else row["amount"]
    return said if row["topic"] in {"OrderFilled", "OrderAmended"} else before


def happening_of(row: dict[str, Any], *, whole: bool) -> Happening | None:
    if row["topic"] == "OrderFilled":
        whole = row["order"]["status"] == "filled"
    if row["topic"] in fills.TOPICS:
        return "filled" if whole else "filled in part"
    return HAPPENINGS.get(row["topic"])


def test_a_batch_that_was_seen_before_is_our_own_mistake() -> None:
    frame = log_of(opened(), deposited("USDT", "1"))
    state = views.fold(views.empty(), frame)
    assert state.seq == 2
    with pytest.raises(AssertionError, match="event 2 comes after 2"):
        views.fold(state, frame[1:])


def test_views_that_a_batch_does_not_concern_are_not_touched() -> None:
    state = views.fold(views.empty(), log_of(opened(), deposited("USDT", "1"), placed("o")))
    quiet = Log().add(opened(), opened(), opened(), marked(BTC="1")).frame()[3:]
    after = views.fold(state, quiet)
    assert after.orders is state.orders
    assert after.balances is state.balances
    assert after.marks is not state.marks
    assert views.fold(after, quiet.clear()) is after


def test_a_hash_tells_null_from_empty_and_does_not_see_chunks() -> None:
    texts = pl.DataFrame({"a": ["", None, "x"]})
    apart = pl.concat([texts[:1], texts[1:]], rechunk=False)
    assert frame_hash(texts) == frame_hash(apart)
    assert frame_hash(texts) != frame_hash(pl.DataFrame({"a": [None, "", "x"]}))
    assert frame_hash(texts) != frame_hash(texts.rename({"a": "b"}))
    assert frame_hash(pl.DataFrame({"a": ["1"]})) != frame_hash(pl.DataFrame({"a": [1]}))


def test_a_hash_changes_with_the_last_digit_of_an_amount() -> None:
    one = views.fold(views.empty(), log_of(deposited("ETH", "1.000000000000000001")))
    other = views.fold(views.empty(), log_of(deposited("ETH", "1.000000000000000002")))
    assert state_hash(one.balances) != state_hash(other.balances)
    assert state_hash(one.health) == state_hash(other.health)
