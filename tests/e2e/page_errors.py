"""The errors that the user's page shows."""

from typing import Final

INSUFFICIENT_FUNDS: Final = """
{
  "type": "res",
  "id": "10",
  "ok": false,
  "error": {
    "code": "INSUFFICIENT_FUNDS",
    "message": "Not enough USDT to execute order",
    "retryable": false
  }
}
"""
RATE_LIMITED: Final = """
{
  "type": "res",
  "id": "11",
  "ok": false,
  "error": {
    "code": "RATE_LIMITED",
    "message": "Too many requests",
    "retryable": true,
    "retryAfterMs": 1000
  }
}
"""
