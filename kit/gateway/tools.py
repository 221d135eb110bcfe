"""The four tools: methods under a second name, for whoever works by tools."""

from typing import Final, NamedTuple

from msgspec import UNSET, Raw, UnsetType

from kit.gateway.methods import market_data, portfolio_snapshot, trade_execute
from kit.gateway.params import Params
from kit.gateway.refusals import NotFound
from kit.gateway.registry import Redirect
from kit.gateway.schema import parameters_of
from kit.gateway.shape_errors import NAME_CHARS_MAX
from kit.wire.document import Document
from kit.wire.system import Tool


class ToolEntry(NamedTuple):
    """A tool; ``method`` None means that this gateway cannot serve it, and ``params`` is then empty."""

    name: str
    description: str
    skill: str
    method: str | None
    params: type[Params]


class NoArguments(Params, frozen=True, kw_only=True):
    """Of a tool that cannot be used."""


TOOLS: Final = (
    ToolEntry("trade", "Execute trades", "auto-trader", trade_execute.METHOD.name, trade_execute.TradeExecute),
    ToolEntry("market", "Fetch market data", "market-analysis", market_data.METHOD.name, market_data.MarketData),
    ToolEntry(
        "portfolio",
        "Look at the portfolio",
        "portfolio-tracker",
        portfolio_snapshot.METHOD.name,
        portfolio_snapshot.PortfolioSnapshot,
    ),
    ToolEntry("backtest", "Run backtests", "backtester", None, NoArguments),
)
METHOD_OF: Final = {tool.name: tool.method for tool in TOOLS}


class ToolInvoke(Params, frozen=True, kw_only=True):
    """``args`` are the params of the tool's method."""

    tool: str
    args: Raw | UnsetType = UNSET


def target(params: ToolInvoke) -> tuple[str, Raw]:
    """The method behind the tool, with its params.

    Raises:
        NotFound: there is no such tool, or this gateway cannot serve it.
    """
    if params.tool not in METHOD_OF:
        known = ", ".join(METHOD_OF)
        raise NotFound(f"tool '{params.tool[:NAME_CHARS_MAX]}' does not exist; there is {known}", field="tool")
    method = METHOD_OF[params.tool]
    if method is None:
        raise NotFound(f"tool '{params.tool}' needs the backtester skill, which this gateway does not have")
    return method, Raw(b"{}") if params.args is UNSET else params.args


def tool_documents() -> list[Tool]:
    return [
        Tool(name=tool.name, description=tool.description, skill=tool.skill, parameters=parameters_of(tool.params))
        for tool in TOOLS
    ]


INVOKE: Final = Redirect(name="tool.invoke", params=ToolInvoke, target=target, result=Document)
