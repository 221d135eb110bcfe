"""A decision is pure: what it is given is never changed, and a refusal leaves nothing behind."""

from decimal import Decimal, localcontext

import msgspec
import pytest

from domain.commands import Command, PlaceOrder
from domain.decide import DECIDERS, decide
from domain.evolve import evolve
from domain.refusals import LedgerError
from tests.domain.books import (
    NOON,
    account,
    after,
    deposit,
    fill,
    guarded_account,
    limit,
    market,
    nobody,
    record,
    report,
    trigger,
    withdraw,
)

DECIDED: list[Command] = [
    deposit("USDT", "7"),
    withdraw("USDT", "7"),
    withdraw("USDT", "1000000"),
    limit("buy", "1", "100", "o-2"),
    market("sell", "1", "100", "o-2"),
    limit("sell", "0.4", "130", "o-2"),
    record(fill("sell", "1", "100")),
    record(fill("buy", "1", "100")),
    trigger("stop_loss", "89"),
    report("open", fill("buy", "1", "100")),
    report("cancelled", fill("sell", "1", "100"), order_id="o-9"),
]
REFUSED: list[Command] = [
    deposit("USDT", "0"),
    deposit("USDT", "999999999999999"),
    withdraw("USDT", "-1"),
    limit("buy", "1", "100.001", "o-2"),
    limit("buy", "0", "100", "o-2"),
    record(fill("buy", "0", "100")),
    record(fill("buy", "1", "100"), "o-1"),
    record(fill("buy", "1", "100"), "o-9"),
    trigger("trailing_stop", "89"),
    trigger("stop_loss", "89", entry="o-9"),
]


@pytest.mark.parametrize("command", DECIDED, ids=lambda command: type(command).__name__)
def test_the_account_decided_on_is_left_as_it_was(command: Command) -> None:
    before = guarded_account()
    image = msgspec.json.encode(before)
    decision = decide(before, command, NOON)
    assert decision.account.version == before.version + len(decision.events) > before.version
    assert msgspec.json.encode(before) == image


@pytest.mark.parametrize("command", REFUSED, ids=lambda command: type(command).__name__)
def test_a_refusal_raises_and_changes_nothing(command: Command) -> None:
    before = guarded_account()
    image = msgspec.json.encode(before)
    with pytest.raises(LedgerError):
        decide(before, command, NOON)
    assert msgspec.json.encode(before) == image


@pytest.mark.parametrize("command", DECIDED, ids=lambda command: type(command).__name__)
def test_deciding_twice_on_one_state_decides_the_same(command: Command) -> None:
    before = guarded_account()
    assert decide(before, command, NOON) == decide(before, command, NOON)


@pytest.mark.parametrize("command", DECIDED, ids=lambda command: type(command).__name__)
def test_the_account_of_a_decision_is_the_one_its_events_lead_to(command: Command) -> None:
    decision = decide(guarded_account(), command, NOON)
    replayed = guarded_account()
    for event in decision.events:
        replayed = evolve(replayed, event, NOON)
    assert replayed == decision.account


@pytest.mark.parametrize("command", [*DECIDED, *REFUSED], ids=lambda command: type(command).__name__)
def test_nothing_but_opening_is_decided_on_an_account_that_is_not_open(command: Command) -> None:
    with pytest.raises(LedgerError, match="account 'main' is not open on paper"):
        decide(nobody(), command, NOON)


def test_the_callers_decimal_context_has_no_say() -> None:
    rich = account(USDT="999999999999999.999999999999999999")
    with localcontext(prec=3):
        spent = after(rich, withdraw("USDT", "0.000000000000000001"))
    assert str(spent.balance("USDT").free) == "999999999999999.999999999999999998"


def test_every_command_has_someone_to_decide_it() -> None:
    ours = {command for command in Command.__subclasses__() if command.__module__.startswith("domain.")}
    assert ours == set(DECIDERS)


def test_a_long_price_is_multiplied_without_losing_a_digit() -> None:
    # 123456.123456789012345678 × 98765.4321 × 1.001, rounded up at eighteen decimals.
    command = limit("buy", "98765.4321", "123456.123456789012345678")
    instrument = msgspec.structs.replace(
        command.instrument,
        price_tick=Decimal("0.000000000000000001"),
        fees=msgspec.structs.replace(command.instrument.fees, taker=Decimal("0.001")),
    )
    placed: PlaceOrder = msgspec.structs.replace(command, instrument=instrument)
    rich = after(account(USDT="20000000000"), placed)
    assert rich.orders["o-1"].reserved == Decimal("12205390575.97931319533597536")
    assert rich.balance("USDT").free == Decimal("7794609424.02068680466402464")
