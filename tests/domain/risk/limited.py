"""Accounts with limits, and markets to judge them by, in plain numbers: BTC is at 100 where nothing else is said."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from domain.account import Account
from domain.commands import AmendOrder, Command, MeasureEquity, PlaceOrder, SetLimits
from domain.decide import Decision, decide
from domain.events.orders import OrderPlaced, OrderRefused
from domain.risk.limits import RiskLimits
from domain.risk.market import MarketView, UsdPrices
from tests.domain.books import NOON, account, after, amend, fill, limit, report


def limits(**values: Any) -> RiskLimits:
    """Limits from plain texts and numbers; percents, notionals and ages are given as text."""
    read: dict[str, Any] = {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    return RiskLimits(**read)


def usd(**prices: str) -> UsdPrices:
    """Prices in USD by asset; the dollar of the exchange is always at one."""
    by_asset = {"USDT": Decimal(1)} | {asset: Decimal(price) for asset, price in prices.items()}
    return UsdPrices(by_asset, cash=("USDT",))


def view(btc: str = "100", *, last: str | None = None, age_s: str = "0", **prices: str) -> MarketView:
    """The market with BTC at that price, seen ``age_s`` seconds ago."""
    return MarketView(prices=usd(BTC=btc, **prices), last=Decimal(last or btc), age_s=Decimal(age_s))


def limited(of: Account | None = None, **values: Any) -> Account:
    """An account of 10,000 USDT, or another, with those limits, measured with BTC at 100."""
    command = SetLimits(limits=limits(**values), prices=usd(BTC="100"))
    return after(of or account(USDT="10000"), command)


def holding(btc: str, **funds: str) -> Account:
    """An account that has bought ``btc`` BTC at 100 out of its funds."""
    return after(account(**funds), limit("buy", btc, "100", order_id="had"), filled(btc, "100", "had"))


def filled(amount: str, price: str, order_id: str = "o-1") -> Command:
    return report("filled", fill("buy", amount, price), order_id=order_id)


def seen(order: PlaceOrder, market: MarketView | None = None, **changes: Any) -> PlaceOrder:
    """``order`` with the market it is judged by."""
    return replace(order, market=market or view(), **changes)


def seen_amend(market: MarketView | None = None, **changes: str) -> AmendOrder:
    """An amendment of the order ``o-1`` with the market it is judged by."""
    return replace(amend(**changes), market=market or view())


def measured(before: Account, btc: str, at: datetime = NOON) -> Decision:
    """What measuring writes with BTC at that price."""
    return decide(before, MeasureEquity(prices=usd(BTC=btc)), at)


def refused(before: Account, command: Command, at: datetime = NOON) -> OrderRefused:
    """The refusal that ``command`` comes to, the last of what it writes."""
    event = decide(before, command, at).events[-1]
    assert isinstance(event, OrderRefused), event
    assert event.code == "RISK_LIMIT_EXCEEDED"
    return event


def placed(before: Account, command: PlaceOrder, at: datetime = NOON) -> Account:
    """The account after an order that was let through."""
    events, account_ = decide(before, command, at)
    assert isinstance(events[-1], OrderPlaced), events[-1]
    return account_


def resting(before: Account, command: PlaceOrder) -> Account:
    """The account after an order that was let through and that its exchange has taken."""
    return after(placed(before, command), report("open", order_id=command.order_id))


def said(event: OrderRefused) -> tuple[str, str, dict[str, str]]:
    """(check, limit, inputs by name)."""
    return event.check, event.limit, {item.name: item.value for item in event.inputs}


def invested(**limits: object) -> Account:
    """50 BTC bought at 100, and 5,000 USDT: 10,000 in all, of which half moves with the price."""
    return limited(holding("50", USDT="10000"), **limits)


def at(before: Account, btc: str, when: datetime = NOON) -> Account:
    """The account once it was measured with BTC at that price."""
    return measured(before, btc, when)[1]


def nav(of: Account) -> Decimal:
    """What a unit of the account is worth."""
    assert of.performance is not None
    return of.performance.nav
