"""The catalogue of events: the only names that may stand in the log."""

from typing import Final

from domain.events import account, amendments, exchange, gateway, linking, marks
from domain.events.base import Entry, Event, Recorded, Stamp, ValueEvent

CATALOGUE: Final[tuple[type[Event], ...]] = (
    account.AccountOpened,
    account.FundsDeposited,
    account.FundsWithdrawn,
    account.OrderPlaced,
    account.OrderAccepted,
    account.OrderTriggered,
    account.OrderFilled,
    account.OrderAmended,
    amendments.AmendmentRequested,
    amendments.AmendmentRejected,
    linking.OrderLinked,
    linking.OrderReleased,
    account.OrderCancelled,
    account.OrderRejected,
    account.OrderRefused,
    account.FillRecorded,
    account.ExitArmed,
    account.ExitTrailed,
    account.ExitTriggered,
    account.ExitDisarmed,
    account.OrderProposed,
    account.OrderApproved,
    account.ProposalExpired,
    account.TradingHalted,
    account.TradingResumed,
    account.RiskLimitsSet,
    account.EquityMeasured,
    account.BalanceAsserted,
    account.DiscrepancyFound,
    account.BalanceAdjusted,
    exchange.ExchangeConnected,
    exchange.ExchangeDisconnected,
    exchange.ExchangeMeasured,
    gateway.GatewayStarted,
    gateway.GatewayStopped,
    gateway.SkillLoaded,
    gateway.SkillFailed,
    gateway.AlertCreated,
    gateway.AlertPaused,
    gateway.AlertResumed,
    gateway.AlertTriggered,
    gateway.AlertDeleted,
    gateway.StrategyStarted,
    gateway.StrategyDecided,
    gateway.StrategyStopped,
    marks.PricesMarked,
)

__all__ = ["CATALOGUE", "Entry", "Event", "Recorded", "Stamp", "ValueEvent"]
