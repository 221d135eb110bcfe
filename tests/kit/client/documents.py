"""Payloads as a gateway would send them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from kit.wire.market import Price
from kit.wire.orders import Order, Position
from kit.wire.portfolio import Asset, Snapshot
from kit.wire.risk import ExchangeRisk, RiskCheck, RiskLimits, RiskStatus
from kit.wire.system import ExchangeHealth, Health, Hello, HelloSnapshot, LogHealth, Status, Subscriptions

NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def health(*, position: int = 0, simulated: bool = False) -> Health:
    return Health(
        ok=True,
        uptime=3600,
        skills={"auto-trader": "healthy"},
        exchanges={"paper": ExchangeHealth(connected=True, latency=1.5, simulated=simulated, paper=True)},
        log=LogHealth(position=position, lag=0, sqlite="3.51.3", wal_bytes=0),
    )


def hello(*, position: int = 0, simulated: bool = False) -> Hello:
    return Hello(
        type="hello-ok",
        client_id="kit-1707509123-abc123def",
        version="0.1.0",
        protocol=1,
        role="full",
        skills=[],
        tools=[],
        snapshot=HelloSnapshot(health=health(position=position, simulated=simulated), exchanges=["paper"]),
    )


def status() -> Status:
    return Status(
        gateway="running",
        clients=2,
        skills=6,
        tools=4,
        version="0.1.0",
        uptime=3600,
        exchanges=["paper"],
        simulated=False,
    )


def order(**changed: Any) -> Order:
    """A market buy of 100 USDT, filled at once."""
    facts: dict[str, Any] = {
        "order_id": "o-1",
        "client_order_id": "mine-1",
        "status": "filled",
        "pair": "BTC/USDT",
        "side": "buy",
        "type": "market",
        "amount": Decimal("0.00148698"),
        "filled_amount": Decimal("0.00148698"),
        "price": Decimal(67250),
        "fee": Decimal("0.09999941"),
        "fee_currency": "USDT",
        "exchange": "paper",
        "account": "main",
        "timestamp": NOON,
        "time_in_force": "GTC",
        "seq": 5,
    }
    return Order(**facts | changed)


def position(**changed: Any) -> Position:
    facts: dict[str, Any] = {
        "id": "pos-paper-1",
        "pair": "BTC/USDT",
        "side": "long",
        "amount": Decimal("0.5"),
        "entry_price": Decimal(60000),
        "current_price": Decimal(67250),
        "unrealized_pnl": 3625.0,
        "unrealized_pnl_percent": 12.08,
        "exchange": "paper",
        "account": "main",
        "opened_at": NOON,
    }
    return Position(**facts | changed)


def price(**changed: Any) -> Price:
    facts: dict[str, Any] = {
        "pair": "BTC/USDT",
        "exchange": "paper",
        "simulated": False,
        "source": "test",
        "price": Decimal(67250),
        "bid": Decimal("67249.5"),
        "ask": Decimal(67250),
        "change": 2.3,
        "timestamp": 1707509123000,
    }
    return Price(**facts | changed)


def asset(**changed: Any) -> Asset:
    facts: dict[str, Any] = {
        "symbol": "USDT",
        "free": Decimal("9899.90000059"),
        "locked": Decimal(0),
        "total": Decimal("9899.90000059"),
        "value_usd": 9899.90,
        "allocation": 99.0,
        "exchange": "paper",
        "account": "main",
    }
    return Asset(**facts | changed)


def snapshot(**changed: Any) -> Snapshot:
    facts: dict[str, Any] = {
        "timestamp": NOON,
        "total_value_usd": 9999.90,
        "total_value_btc": 0.148698,
        "change24h": 2.3,
        "change7d": None,
        "assets": [asset()],
        "positions": [],
        "state_version": 7,
    }
    return Snapshot(**facts | changed)


def exchange_risk(**changed: Any) -> ExchangeRisk:
    """An account of 10,000 USD that has lost 1.2 % today, and may lose 5 %."""
    facts: dict[str, Any] = {
        "exchange": "paper",
        "halted": False,
        "limits": RiskLimits(daily_loss_percent=Decimal(5), max_order_notional=Decimal(1000)),
        "equity": Decimal(9880),
        "checks": (
            RiskCheck(check="dailyLossPercent", limit=Decimal(5), value=Decimal("1.2"), unit="%", reached=False),
            RiskCheck(check="maxOrderNotional", limit=Decimal(1000), value=None, unit="USD", reached=False),
        ),
    }
    return ExchangeRisk(**facts | changed)


def risk_status(*exchanges: ExchangeRisk, **changed: Any) -> RiskStatus:
    shown = list(exchanges) or [exchange_risk()]
    return RiskStatus(account="main", halted=any(one.halted for one in shown), exchanges=shown, **changed)


def subscriptions(**channels: list[str] | None) -> Subscriptions:
    return Subscriptions(channels={name.replace("_", ":"): pairs for name, pairs in channels.items()})
