"""How an account stands against its limits, on one exchange or on all that it is on."""

import asyncio
from datetime import UTC, datetime

from domain.account import Account, Halt
from domain.risk.standing import risk_standing
from kit.gateway.present.risk import risk_document
from kit.gateway.services import Services
from kit.wire.risk import ExchangeRisk, RiskStatus


async def risk_status(services: Services, account: str, exchange: str | None) -> RiskStatus:
    """Where ``account`` stands now, on ``exchange`` or on every one that it was opened on.

    Raises:
        AccountNotFound: it was never opened there.
    """
    exchanges = [await exchange_risk(services, one) for one in services.accounts.of(account, exchange)]
    return RiskStatus(account=account, halted=any(one.halted for one in exchanges), exchanges=exchanges)


async def exchange_risk(services: Services, account: Account) -> ExchangeRisk:
    prices = await services.judging.of_holdings(account)
    standing = risk_standing(account, prices, datetime.now(UTC))
    return risk_document(account, standing, await halted_by(services, account.id, standing.halt))


async def halted_by(services: Services, stream: str, halt: Halt | None) -> str | None:
    """The client that halted the account; None where a limit did, or nobody."""
    if halt is None or halt.check is not None:
        return None
    halted = await asyncio.to_thread(services.log.read_entry, stream, halt.version)
    return halted.entry.stamp.by
