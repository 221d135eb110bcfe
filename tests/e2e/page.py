"""The frames of the user's page: what a client sends, digit for digit, and what it is shown to get (from `paper`)."""

from typing import Final, NamedTuple


class Example(NamedTuple):
    """One example of the page."""

    request: str
    response: str


CONNECT: Final = Example(
    """
{
  "type": "req",
  "id": "1",
  "method": "connect",
  "params": {
    "client": {
      "id": "my-client",
      "displayName": "My Trading Bot",
      "version": "1.0.0"
    },
    "auth": {
      "token": "your-gateway-token"
    }
  }
}
""",
    """
{
  "type": "res",
  "id": "1",
  "ok": true,
  "payload": {
    "type": "hello-ok",
    "clientId": "kit-1707509123-abc123def",
    "version": "1.0.0",
    "skills": [
      {
        "id": "exchange-connector",
        "name": "Exchange Connector",
        "version": "1.0.0",
        "status": "loaded"
      }
    ],
    "tools": [
      {
        "name": "trade",
        "description": "Execute trades"
      }
    ]
  }
}
""",
)
HEALTH: Final = Example(
    """
{
  "type": "req",
  "id": "2",
  "method": "health"
}
""",
    """
{
  "type": "res",
  "id": "2",
  "ok": true,
  "payload": {
    "ok": true,
    "uptime": 3600,
    "skills": {
      "exchange-connector": "healthy",
      "portfolio-tracker": "healthy"
    },
    "exchanges": {
      "paper": { "connected": true, "latency": 45 }
    }
  }
}
""",
)
STATUS: Final = Example(
    """
{
  "type": "req",
  "id": "3",
  "method": "status"
}
""",
    """
{
  "type": "res",
  "id": "3",
  "ok": true,
  "payload": {
    "gateway": "running",
    "clients": 2,
    "skills": 6,
    "tools": 4
  }
}
""",
)
SKILL_LIST: Final = Example(
    """
{
  "type": "req",
  "id": "4",
  "method": "skill.list"
}
""",
    """
{
  "type": "res",
  "id": "4",
  "ok": true,
  "payload": {
    "skills": [
      {
        "id": "exchange-connector",
        "name": "Exchange Connector",
        "description": "Börsen-API-Anbindung",
        "version": "1.0.0",
        "status": "loaded"
      },
      {
        "id": "portfolio-tracker",
        "name": "Portfolio Tracker",
        "description": "Portfolio-Überwachung",
        "version": "1.0.0",
        "status": "loaded"
      }
    ]
  }
}
""",
)
TOOL_INVOKE: Final = Example(
    """
{
  "type": "req",
  "id": "5",
  "method": "tool.invoke",
  "params": {
    "tool": "trade",
    "args": {
      "action": "buy",
      "pair": "BTC/USDT",
      "amount": 100,
      "type": "market"
    }
  }
}
""",
    """
{
  "type": "res",
  "id": "5",
  "ok": true,
  "payload": {
    "orderId": "12345",
    "status": "filled",
    "pair": "BTC/USDT",
    "side": "buy",
    "amount": 0.00149,
    "price": 67250,
    "fee": 0.1
  }
}
""",
)
TRADE_EXECUTE: Final = Example(
    """
{
  "type": "req",
  "id": "6",
  "method": "trade.execute",
  "params": {
    "action": "buy",
    "pair": "ETH/USDT",
    "amount": 0.5,
    "type": "limit",
    "price": 3450,
    "stopLoss": 3200,
    "takeProfit": 4000
  }
}
""",
    """
{
  "type": "res",
  "id": "6",
  "ok": true,
  "payload": {
    "orderId": "67890",
    "status": "pending",
    "pair": "ETH/USDT",
    "side": "buy",
    "type": "limit",
    "amount": 0.5,
    "price": 3450,
    "timestamp": "2026-02-09T21:24:00Z"
  }
}
""",
)
MARKET_DATA: Final = Example(
    """
{
  "type": "req",
  "id": "7",
  "method": "market.data",
  "params": {
    "action": "ohlcv",
    "pair": "BTC/USDT",
    "timeframe": "1h",
    "limit": 100
  }
}
""",
    """
{
  "type": "res",
  "id": "7",
  "ok": true,
  "payload": {
    "pair": "BTC/USDT",
    "timeframe": "1h",
    "candles": [
      {
        "timestamp": 1707509123000,
        "open": 67000,
        "high": 67500,
        "low": 66800,
        "close": 67200,
        "volume": 1250.5
      }
    ]
  }
}
""",
)
PORTFOLIO_SNAPSHOT: Final = Example(
    """
{
  "type": "req",
  "id": "8",
  "method": "portfolio.snapshot",
  "params": {
    "action": "snapshot"
  }
}
""",
    """
{
  "type": "res",
  "id": "8",
  "ok": true,
  "payload": {
    "timestamp": "2026-02-09T21:24:00Z",
    "totalValueUsd": 45231.50,
    "totalValueBtc": 0.673,
    "change24h": 2.3,
    "change7d": 5.1,
    "assets": [
      {
        "symbol": "BTC",
        "free": 0.5,
        "locked": 0.1,
        "total": 0.6,
        "valueUsd": 40350,
        "allocation": 89.2,
        "exchange": "binance"
      }
    ],
    "positions": [
      {
        "id": "pos-1",
        "pair": "BTC/USDT",
        "side": "long",
        "amount": 0.01,
        "entryPrice": 66500,
        "currentPrice": 67250,
        "unrealizedPnl": 7.5,
        "unrealizedPnlPercent": 1.13
      }
    ]
  }
}
""",
)
