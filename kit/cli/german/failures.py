"""What is said when a command did not work out."""

from typing import Final

TEXTS: Final = {
    "No gateway at {url}{why}. Start one with: kit gateway": "Kein Gateway unter {url}{why}. Starten mit: kit gateway",
    "Nobody knows whether {method} was carried out ({why}).": "Niemand weiß, ob {method} ausgeführt wurde ({why}).",
    "interrupted": "unterbrochen",
    "Repeat the command with: --key {key}": "Den Befehl wiederholen mit: --key {key}",
    "No answer within {seconds} s.": "Keine Antwort innerhalb von {seconds} s.",
    "Refused ({code}): {message}": "Abgelehnt ({code}): {message}",
    "Give the token with --token-file or KIT_GATEWAY_TOKEN.": (
        "Gib das Token mit --token-file oder KIT_GATEWAY_TOKEN an."
    ),
    "INVALID_REQUEST": "INVALID_REQUEST, ungültige Anfrage",
    "AUTH_FAILED": "AUTH_FAILED, Authentifizierung fehlgeschlagen",
    "NOT_FOUND": "NOT_FOUND, nicht gefunden",
    "RATE_LIMITED": "RATE_LIMITED, zu viele Anfragen",
    "EXCHANGE_ERROR": "EXCHANGE_ERROR, Fehler der Börse",
    "INSUFFICIENT_FUNDS": "INSUFFICIENT_FUNDS, nicht genug Guthaben",
    "INVALID_ORDER": "INVALID_ORDER, ungültige Order",
    "RISK_LIMIT_EXCEEDED": "RISK_LIMIT_EXCEEDED, Risiko-Limit überschritten",
    "INTERNAL_ERROR": "INTERNAL_ERROR, interner Fehler",
}
