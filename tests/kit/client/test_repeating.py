"""A command whose connection is lost is carried out once, and the caller hears of it."""

import asyncio

import pytest

from kit import KitClient, OutcomeUnknown
from kit.client.errors import (
    AuthFailed,
    ConnectionLost,
    ExchangeError,
    InsufficientFunds,
    InternalError,
    NoAnswer,
    RateLimited,
)
from kit.wire.frames import ErrorBody
from tests.kit.client.conftest import Connected
from tests.kit.client.documents import asset, hello, order, status
from tests.kit.client.scripted import HANG_UP, SILENCE, ScriptedGateway

BUSY = ErrorBody("RATE_LIMITED", "too many requests", retryable=True, retry_after_ms=1)
EXCHANGE_DOWN = ErrorBody("EXCHANGE_ERROR", "the exchange is down", retryable=True, retry_after_ms=1)
UNKNOWN = ErrorBody(
    "INTERNAL_ERROR", "the commit failed", retryable=True, retry_after_ms=1, details={"outcome": "unknown"}
)


async def test_an_order_outstanding_when_the_connection_is_lost_is_sent_again_with_its_key(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("trade.execute", HANG_UP, HANG_UP, order(duplicate=True))
    assert (await client.trade("buy", "BTC/USDT", 100)).duplicate
    sent = gateway.requests("trade.execute")
    assert [seen.connection for seen in sent] == [1, 2, 3]
    assert len({seen.params["clientOrderId"] for seen in sent}) == 1
    assert len({str(seen.params) for seen in sent}) == 1


async def test_so_is_every_other_command_that_changes_something(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("account.deposit", HANG_UP, asset())
    await client.deposit("USDT", 100)
    first, second = gateway.requests("account.deposit")
    assert first.params["idempotencyKey"] == second.params["idempotencyKey"]


async def test_a_question_is_asked_again(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("status", HANG_UP, status())
    assert await client.status() == status()


async def test_commands_given_while_the_connection_is_down_wait_for_the_next_one(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("status", status())
    await gateway.hang_up()
    answers = await asyncio.gather(*(client.status() for _ in range(3)))
    assert answers == [status()] * 3


async def test_an_order_that_nobody_answers_has_an_unknown_outcome_and_a_key(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    gateway.plan("trade.execute", SILENCE)
    client = await connected(timeout_s=0.1)
    with pytest.raises(OutcomeUnknown, match=r"trade\.execute .* same key 'mine-1'") as unknown:
        await client.trade("buy", "BTC/USDT", 100, client_order_id="mine-1")
    assert unknown.value.key == "mine-1"


async def test_a_question_that_nobody_answers_has_no_outcome_to_worry_about(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    gateway.plan("status", SILENCE)
    client = await connected(timeout_s=0.1)
    with pytest.raises(NoAnswer):
        await client.status()


async def test_a_method_the_client_does_not_know_is_sent_once(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("later.method", HANG_UP)
    with pytest.raises(OutcomeUnknown) as unknown:
        await client.call("later.method")
    assert unknown.value.key is None
    assert isinstance(unknown.value.__cause__, ConnectionLost)
    assert len(gateway.requests("later.method")) == 1


async def test_the_rate_limit_is_waited_for(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("trade.execute", *[BUSY] * 5, order())
    assert await client.trade("buy", "BTC/USDT", 100) == order()
    assert len({seen.params["clientOrderId"] for seen in gateway.requests("trade.execute")}) == 1


async def test_unless_the_caller_wants_to_hear_of_it(gateway: ScriptedGateway, connected: Connected) -> None:
    gateway.plan("trade.execute", BUSY)
    client = await connected(wait_on_rate_limit=False)
    with pytest.raises(RateLimited) as refused:
        await client.trade("buy", "BTC/USDT", 100)
    assert refused.value.retry_after_ms == 1


async def test_a_wait_longer_than_the_time_left_is_not_begun(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("status", ErrorBody("RATE_LIMITED", "too many", retryable=True, retry_after_ms=3_600_000))
    with pytest.raises(RateLimited):
        await client.status()


async def test_a_retryable_error_is_retried_three_times_and_then_raised(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("trade.execute", EXCHANGE_DOWN)
    with pytest.raises(ExchangeError):
        await client.trade("buy", "BTC/USDT", 100)
    assert len(gateway.requests("trade.execute")) == 4


async def test_an_error_that_is_not_retryable_is_raised_at_once(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("trade.execute", ErrorBody("INSUFFICIENT_FUNDS", "Not enough USDT", retryable=False))
    with pytest.raises(InsufficientFunds):
        await client.trade("buy", "BTC/USDT", 100)
    assert len(gateway.requests("trade.execute")) == 1


async def test_an_unknown_outcome_is_found_out_by_the_retry_with_the_key(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("trade.execute", UNKNOWN, order(duplicate=True))
    assert (await client.trade("buy", "BTC/USDT", 100)).duplicate


async def test_an_outcome_that_stays_unknown_is_raised_as_that(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("trade.execute", UNKNOWN)
    with pytest.raises(OutcomeUnknown) as unknown:
        await client.trade("buy", "BTC/USDT", 100, client_order_id="mine-1")
    assert unknown.value.key == "mine-1"
    assert isinstance(unknown.value.__cause__, InternalError)


async def test_a_refusal_of_the_retry_settles_what_became_of_the_lost_try(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("trade.execute", HANG_UP, ErrorBody("INSUFFICIENT_FUNDS", "Not enough USDT", retryable=False))
    with pytest.raises(InsufficientFunds):
        await client.trade("buy", "BTC/USDT", 100)


async def test_a_rate_limit_after_a_lost_try_settles_nothing(gateway: ScriptedGateway, connected: Connected) -> None:
    gateway.plan("trade.execute", HANG_UP, BUSY)
    client = await connected(wait_on_rate_limit=False)
    with pytest.raises(OutcomeUnknown):
        await client.trade("buy", "BTC/USDT", 100)


async def test_a_token_that_is_refused_on_the_way_back_ends_the_client(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("status", HANG_UP)
    gateway.hello = ErrorBody("AUTH_FAILED", "the token was changed", retryable=False)
    stream = client.events()
    with pytest.raises(AuthFailed, match="the token was changed"):
        await client.status()
    with pytest.raises(AuthFailed):
        await anext(stream)
    with pytest.raises(AuthFailed):
        await client.status()


async def test_one_connection_too_many_on_the_way_back_is_tried_again(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("status", HANG_UP, status())
    gateway.hello = ErrorBody("RATE_LIMITED", "50 connections are open", retryable=True, retry_after_ms=1)
    asking = asyncio.create_task(client.status())
    await gateway.wait_for("connect", 3)
    gateway.hello = hello()
    assert await asking == status()


async def test_a_command_that_its_caller_gave_up_leaves_the_connection_as_it_was(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("health", SILENCE)
    gateway.plan("status", status())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.health(), 0.05)
    assert await client.status() == status()
