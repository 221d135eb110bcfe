"""Clients trade, the gateway is killed and started again: what was acknowledged is in the log exactly once."""

import shutil
from pathlib import Path

from msgspec.structs import replace

from tests.crash.campaign import Campaign
from tests.crash.evidence import Evidence
from tests.crash.hasty import PROGRAM as HASTY_GATEWAY
from tests.crash.live_checks import live_problems
from tests.crash.log_checks import log_problems
from tests.crash.promise_checks import promise_problems
from tests.kit.log.vandalism import vandalise

SEED = 20_260_209


async def test_a_gateway_that_is_killed_keeps_every_promise(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, SEED)
    rounds = [await campaign.round(), await campaign.round(), await campaign.end()]
    assert [problem for one in rounds for problem in one.problems] == []
    assert rounds[0].answered > 0
    assert rounds[-1].compared
    assert campaign.notebook.repeats
    first, *others = campaign.seen[-1].balances.assets
    poorer = replace(campaign.seen[-1].balances, assets=[replace(first, free=first.free - 1), *others])
    assert list(live_problems(replace(campaign.seen[-1], balances=poorer), Evidence.of(campaign.data_dir))) != []


async def test_a_gateway_that_answers_before_it_writes_is_found_out(tmp_path: Path) -> None:
    killed = await Campaign(tmp_path, SEED, HASTY_GATEWAY).round()
    assert any("acknowledged, and" in problem for problem in killed.problems), killed


async def test_whatever_is_done_to_the_log_behind_the_clients_backs_is_found(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, SEED)
    await campaign.round()
    await campaign.end()
    order = next(command.key for command, _ in campaign.notebook.acknowledged("trade.execute"))
    deposit = next(command.key for command, _ in campaign.notebook.acknowledged("account.deposit"))

    def found_after(statement: str) -> set[str]:
        shutil.copytree(campaign.data_dir, tmp_path / "doctored")
        vandalise(tmp_path / "doctored", statement)
        log = Evidence.of(tmp_path / "doctored")
        shutil.rmtree(tmp_path / "doctored")
        return {*log_problems(log), *promise_problems(campaign.notebook, log)}

    of_deposit = f'WHERE CAST(state AS TEXT) LIKE \'%"key":"{deposit}"%\''
    assert found_after("SELECT 1") == set()
    missing = found_after(f"DELETE FROM stored_events {of_deposit}")
    assert f"account.deposit {deposit}: acknowledged, and the log has []" in missing
    doubled = found_after(
        "INSERT INTO stored_events SELECT (SELECT max(rowid) + 1 FROM stored_events), originator_id, "
        "(SELECT max(originator_version) + 1 FROM stored_events AS all_events WHERE all_events.originator_id = "
        f"stored_events.originator_id), topic, state FROM stored_events {of_deposit}"
    )
    assert f"key {deposit} wrote FundsDeposited twice" in doubled
    other = found_after(f"UPDATE stored_events SET state = CAST(replace(state, '{order}', 'nobody') AS BLOB)")
    assert f"trade.execute {order}: acknowledged, and 0 times in the log" in other
    assert found_after("DELETE FROM idempotency") != set()
