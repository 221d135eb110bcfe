"""The gateway's own life: starts, skills, alerts and strategies."""

from decimal import Decimal

from domain.events.base import Event
from domain.events.terms import NamedValue


class GatewayStarted(Event, frozen=True, kw_only=True):
    """A gateway opened the log. ``simulated`` says that its market is invented."""

    gateway_version: str
    exchanges: tuple[str, ...]
    simulated: bool


class GatewayStopped(Event, frozen=True, kw_only=True):
    """A gateway closed the log in good order."""

    reason: str


class SkillLoaded(Event, frozen=True, kw_only=True):
    skill: str
    skill_version: str


class SkillFailed(Event, frozen=True, kw_only=True):
    skill: str
    reason: str


class AlertCreated(Event, frozen=True, kw_only=True):
    """Watch ``asset`` until ``condition`` holds against ``value``."""

    alert_id: str
    alert_type: str
    asset: str
    condition: str
    value: Decimal
    note: str | None


class AlertPaused(Event, frozen=True, kw_only=True):
    alert_id: str


class AlertResumed(Event, frozen=True, kw_only=True):
    alert_id: str


class AlertTriggered(Event, frozen=True, kw_only=True):
    alert_id: str
    current_value: Decimal


class AlertDeleted(Event, frozen=True, kw_only=True):
    alert_id: str


class StrategyStarted(Event, frozen=True, kw_only=True):
    strategy_id: str
    strategy: str
    account: str
    exchange: str
    pair: str
    timeframe: str
    params: tuple[NamedValue, ...]


class StrategyDecided(Event, frozen=True, kw_only=True):
    """What a strategy wanted on one candle, and the order that came of it, if any."""

    strategy_id: str
    decision: str
    reason: str
    order_id: str | None


class StrategyStopped(Event, frozen=True, kw_only=True):
    strategy_id: str
    reason: str
