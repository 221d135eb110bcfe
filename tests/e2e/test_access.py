"""Who may come in, and what each may do."""

from collections.abc import Iterator

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from tests.e2e.gateway import PAGE_PRICES, Gateway, running

FULL = "a-token-that-may-do-everything"
READ = "a-token-that-may-only-look"
ORIGIN = "https://desk.example"

READING: dict[str, dict[str, object]] = {
    "ping": {},
    "health": {},
    "status": {},
    "skill.list": {},
    "account.list": {},
    "order.list": {},
    "fill.list": {},
    "risk.status": {},
    "risk.limits": {},
    "portfolio.snapshot": {},
    "market.data": {"action": "price", "pair": "BTC/USDT"},
    "protocol.schema": {},
    "subscribe": {"channel": "market:price", "pairs": ["BTC/USDT"]},
    "unsubscribe": {"channel": "market:price"},
}
CHANGING: dict[str, dict[str, object]] = {
    "trade.execute": {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100},
    "order.cancel": {"orderId": "any"},
    "order.cancelAll": {},
    "fill.record": {"tradeId": "t", "pair": "BTC/USDT", "side": "buy", "amount": 1, "price": 1},
    "account.deposit": {"asset": "USDT", "amount": 1},
    "account.withdraw": {"asset": "USDT", "amount": 1},
    "risk.limits": {"limits": {"dailyLossPercent": 5}},
    "risk.halt": {"reason": "why"},
    "risk.resume": {"reason": "why"},
    "tool.invoke": {
        "tool": "trade",
        "args": {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100},
    },
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    access = {"KIT_GATEWAY_TOKEN": FULL, "KIT_GATEWAY_READ_TOKEN": READ, "KIT_GATEWAY_ORIGINS": ORIGIN}
    with running(tmp_path_factory.mktemp("guarded") / "data", **PAGE_PRICES, **access) as gateway:
        yield gateway


async def test_a_reader_may_read_everything(guarded: Gateway) -> None:
    async with await guarded.client(READ) as reader:
        assert reader.hello["role"] == "read"
        for method, params in READING.items():
            answer = await reader.call(method, **params)
            assert answer["ok"] is True, answer
        tool = await reader.ok("tool.invoke", tool="portfolio", args={})
        assert tool["assets"][0]["total"] == 10_000


async def test_a_reader_may_change_nothing(guarded: Gateway) -> None:
    async with await guarded.client(READ) as reader, await guarded.client(FULL) as owner:
        for method, params in CHANGING.items():
            error = await reader.error(method, **params)
            assert error["code"] == "AUTH_FAILED", (method, error)
            assert error["retryable"] is False
        assert (await owner.ok("order.list"))["orders"] == []
        assert (await owner.ok("portfolio.snapshot", action="balance"))["assets"][0]["total"] == 10_000


async def test_a_reader_hears_what_others_do(guarded: Gateway) -> None:
    async with await guarded.client(READ) as reader, await guarded.client(FULL) as owner:
        await owner.ok("account.deposit", account="heard", asset="USDT", amount=1_000)
        order = await owner.ok(
            "trade.execute", account="heard", action="buy", pair="BTC/USDT", type="market", amount=100
        )
        assert (await reader.event("trade:executed", orderId=order["orderId"]))["status"] == "filled"


@pytest.mark.parametrize("auth", [{}, {"auth": {}}, {"auth": {"token": ""}}, {"auth": {"token": "wröng"}}])
async def test_without_the_right_token_nobody_comes_in(guarded: Gateway, auth: dict[str, object]) -> None:
    async with await guarded.stranger() as stranger:
        error = await stranger.error("connect", client={"id": "me", "version": "1"}, **auth)
        assert error["code"] == "AUTH_FAILED"
        assert error["retryable"] is False
        assert await stranger.closed() == 1008


async def test_nothing_is_answered_before_connect(guarded: Gateway) -> None:
    async with await guarded.stranger() as stranger:
        for method, params in [*READING.items(), *CHANGING.items()]:
            assert (await stranger.error(method, **params))["code"] == "AUTH_FAILED"
        await stranger.connect(FULL)


async def test_only_known_origins_and_hosts_are_served(guarded: Gateway) -> None:
    async with ClientSession() as session:
        for headers, status in (
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Host": "evil.example"}, 421),
        ):
            with pytest.raises(WSServerHandshakeError) as refused:
                await session.ws_connect(guarded.url, headers=headers)
            assert refused.value.status == status
            async with session.get(f"{guarded.url}healthz", headers=headers) as page:
                assert page.status == status
        for headers in ({"Origin": ORIGIN}, {"Origin": f"http://127.0.0.1:{guarded.port}"}, {"Host": "localhost"}, {}):
            async with session.ws_connect(f"{guarded.url}ws", headers=headers) as socket:
                assert not socket.closed


async def test_plain_pages_tell_health_and_metrics(guarded: Gateway) -> None:
    async with await guarded.client(FULL) as owner, ClientSession() as session:
        await owner.ok("account.deposit", account="counted", asset="USDT", amount=1)
        await owner.error("account.withdraw", account="counted", asset="USDT", amount=2)
        async with session.get(f"{guarded.url}healthz") as page:
            assert page.status == 200
            assert (await page.json())["ok"] is True
        async with session.get(f"{guarded.url}metrics") as page:
            assert page.status == 200
            metrics = await page.text()
    for word in (
        "account.deposit",
        "INSUFFICIENT_FUNDS",
        "kit_commit_commands",
        "kit_commit_seconds",
        "kit_journal_queue_depth",
        "kit_clients",
        "kit_log_position",
        "kit_loop_lag_seconds",
    ):
        assert word in metrics, word
    assert FULL not in metrics


async def test_a_token_appears_in_no_file_and_no_log(guarded: Gateway) -> None:
    async with await guarded.client(FULL) as owner, await guarded.stranger() as stranger:
        await owner.ok("account.deposit", account="quiet", asset="USDT", amount=1)
        await stranger.error("connect", client={"id": "me", "version": "1"}, auth={"token": "a-wrong-token-of-mine"})
    async with ClientSession() as session, session.get(f"{guarded.url}healthz", params={"token": FULL}) as page:
        assert page.status == 200
    files = [path.read_bytes() for path in guarded.data_dir.rglob("*") if path.is_file()]
    for secret in (FULL, READ, "a-wrong-token-of-mine"):
        assert secret not in guarded.log
        assert not any(secret.encode() in content for content in files)
