"""The catalogue, and what a line of the log is."""

from importlib import import_module
from pkgutil import iter_modules

from domain import events
from domain.events import CATALOGUE, Entry, Event, Recorded, Stamp, ValueEvent
from domain.events.risk import TradingResumed
from tests.domain.books import NOON, facts

MOVING_VALUE = {
    "FundsDeposited",
    "FundsWithdrawn",
    "OrderPlaced",
    "OrderFilled",
    "OrderAmended",
    "AmendmentRequested",
    "AmendmentRejected",
    "OrderReleased",
    "OrderCancelled",
    "OrderRejected",
    "FillRecorded",
    "ExitArmed",
    "ExitDisarmed",
    "BalanceAdjusted",
}


def test_no_two_events_have_one_name() -> None:
    assert len({kind.__name__ for kind in CATALOGUE}) == len(CATALOGUE)


def test_every_event_that_is_defined_is_in_the_catalogue() -> None:
    defined = {
        kind
        for module in iter_modules(events.__path__)
        for kind in vars(import_module(f"domain.events.{module.name}")).values()
        if isinstance(kind, type) and issubclass(kind, Event) and kind not in (Event, ValueEvent)
    }
    assert defined == set(CATALOGUE)


def test_the_events_that_move_value_carry_postings() -> None:
    assert {kind.__name__ for kind in CATALOGUE if issubclass(kind, ValueEvent)} == MOVING_VALUE


def test_a_line_of_the_log_names_its_place_as_the_library_asks_for_it() -> None:
    stamp = Stamp(at=NOON, by="bot", role="full")
    entry = Entry("account:main:paper", 7, stamp, TradingResumed(reason="over"))
    assert facts(entry, "originator_id", "originator_version") == ("account:main:paper", 7)
    assert Recorded(12, entry).entry.event == TradingResumed(reason="over")
