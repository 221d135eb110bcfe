"""What a watch asks the gateway and when: soon after news, and never more than the gateway answers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kit.cli.watch.budget import PER_MINUTE_MAX, PER_SECOND_MAX, Budget
from kit.cli.watch.schedule import RHYTHMS, Read, Schedule
from kit.gateway.limits import Limits


def test_a_watch_stays_below_what_the_gateway_lets_one_client_ask() -> None:
    assert Limits().requests_per_second > PER_SECOND_MAX
    assert Limits().requests_per_minute > PER_MINUTE_MAX


@given(st.lists(st.floats(0, 2), max_size=300))
def test_no_second_and_no_minute_has_more_requests_than_the_budget(pauses: list[float]) -> None:
    budget, now, made = Budget(per_second=5, per_minute=40), 1_000.0, list[float]()
    for pause in pauses:
        now += pause
        now += budget.wait_s(now)
        budget.spend(now)
        made.append(now)
    assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in zip(made, made[5:], strict=False))
    assert all(later - earlier >= 60.0 - 1e-9 for earlier, later in zip(made, made[40:], strict=False))


def asked(schedule: Schedule, until: float) -> list[tuple[str, float]]:
    """Ask what is due, one at a time, until then; returns what was asked and when."""
    done: list[tuple[str, float]] = []
    while (due := schedule.next()) is not None and due[1] <= until:
        schedule.start(due[0], due[1])
        done.append((due[0].question, due[1]))
    return done


def test_a_new_connection_is_asked_for_all_that_its_hello_did_not_bring() -> None:
    schedule = Schedule()
    schedule.connected(10.0)
    assert asked(schedule, 10.0) == [("orders", 10.0), ("portfolio", 10.0), ("fills", 10.0), ("risk", 10.0)]
    assert asked(schedule, 15.0) == [("health", 15.0)]


def test_without_news_each_is_asked_now_and_then() -> None:
    schedule = Schedule()
    schedule.connected(0.0)
    times = [at for question, at in asked(schedule, 30.0) if question == "portfolio"]
    assert times == [0.0, 10.0, 20.0, 30.0]


def test_news_are_asked_about_at_once_and_a_flood_of_them_once_in_a_while() -> None:
    schedule = Schedule()
    schedule.connected(0.0)
    asked(schedule, 0.0)
    found: list[tuple[str, float]] = []
    for tenth in range(50, 100):
        schedule.happened("trade:executed", tenth / 10)
        found += asked(schedule, tenth / 10)
    orders = [at for question, at in found if question == "orders"]
    portfolios = [at for question, at in found if question == "portfolio"]
    assert orders == [5.0, 6.0, 7.0, 8.0, 9.0]
    assert portfolios == [5.0, 7.0, 9.0]
    assert [at for question, at in found if question == "health"] == [5.0]


def test_what_happens_while_a_question_is_out_is_asked_about_again() -> None:
    schedule = Schedule()
    schedule.connected(0.0)
    asked(schedule, 0.0)
    schedule.happened("trade:placed", 0.01)
    assert [at for question, at in asked(schedule, 2.0) if question == "orders"] == [1.0]


def test_an_event_that_nobody_knows_may_have_changed_everything() -> None:
    schedule = Schedule()
    schedule.happened("margin:called", 7.0)
    assert {question for question, _ in asked(schedule, 7.0)} == set(RHYTHMS)


def test_a_price_is_asked_for_once() -> None:
    schedule = Schedule()
    schedule.soon(Read("price", ("BTC/USDT",)), 1.0)
    assert asked(schedule, 100.0) == [("price", 1.0)]


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from(["trade:placed", "market:price", "new:thing"]))))
def test_whatever_happens_a_gap_lies_between_two_askings_of_one_thing(news: list[tuple[float, str]]) -> None:
    schedule, now, found = Schedule(), 0.0, list[tuple[str, float]]()
    for pause, event in news:
        now += pause
        found += asked(schedule, now)
        schedule.happened(event, now)
        found += asked(schedule, now)
    for question, rhythm in RHYTHMS.items():
        times = [at for name, at in found if name == question]
        assert all(later - earlier >= rhythm.gap_s - 1e-9 for earlier, later in pairwise(times))
