"""An exchange that the gateway no longer has: an account that was opened on it is still there."""

from pathlib import Path

from tests.kit.gateway.whole import whole_gateway


async def test_an_account_is_halted_and_shown_also_where_its_exchange_is_no_longer_configured(tmp_path: Path) -> None:
    async with whole_gateway(tmp_path / "data", exchanges=("paper", "other")) as gateway:
        client = await gateway.client()
        await client.ok("account.deposit", asset="USDT", amount=5, exchange="other")
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        halted = await client.ok("risk.halt", reason="going on holiday")
        status = await client.ok("risk.status")
    for answer in (halted, status):
        shown = {one["exchange"]: (one["halted"], one.get("missing", [])) for one in answer["exchanges"]}
        assert shown == {"paper": (True, []), "other": (True, ["USDT"])}
