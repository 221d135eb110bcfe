"""The six built-in skills: what each is for, and whether the gateway can serve it now."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kit.version import kit_version
from kit.wire.system import Skill, SkillHealth, SkillStatus


class Condition(NamedTuple):
    """What the skills depend on: problems of the log and of the views, and how many exchanges answer."""

    ledger_works: bool
    views_work: bool
    exchanges_connected: int
    exchanges: int


class BuiltIn(NamedTuple):
    """A skill; ``health`` None means that this gateway has no methods for it."""

    id: str
    name: str
    description: str
    health: Callable[[Condition], SkillHealth] | None


def of_exchanges(condition: Condition) -> SkillHealth:
    if condition.exchanges_connected == condition.exchanges:
        return "healthy"
    return "degraded" if condition.exchanges_connected else "failed"


def of_views(condition: Condition) -> SkillHealth:
    return "healthy" if condition.views_work else "degraded"


def of_trading(condition: Condition) -> SkillHealth:
    return of_exchanges(condition) if condition.ledger_works else "failed"


BUILT_IN: Final = (
    BuiltIn("exchange-connector", "Exchange Connector", "Connects to exchanges", of_exchanges),
    BuiltIn("portfolio-tracker", "Portfolio Tracker", "Balances, positions and profit from the ledger", of_views),
    BuiltIn("market-analysis", "Market Analysis", "Prices, candles, order books and indicators", of_exchanges),
    BuiltIn("auto-trader", "Auto Trader", "Executes trades", of_trading),
    BuiltIn("backtester", "Backtester", "Tests strategies on history", None),
    BuiltIn("alert-system", "Alert System", "Tells when a price or a portfolio reaches a level", None),
)


def skill_documents() -> list[Skill]:
    """All skills; one whose methods do not exist is ``disabled``."""
    return [
        Skill(id=skill.id, name=skill.name, description=skill.description, version=kit_version(), status=status(skill))
        for skill in BUILT_IN
    ]


def status(skill: BuiltIn) -> SkillStatus:
    return "disabled" if skill.health is None else "loaded"


def skill_health(condition: Condition) -> dict[str, SkillHealth]:
    return {skill.id: "disabled" if skill.health is None else skill.health(condition) for skill in BUILT_IN}
