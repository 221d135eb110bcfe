"""``kit market …``"""

from typing import Final

TEXTS: Final = {
    "It shows the market as the gateway's exchange has it; where that is simulated, it says so.": (
        "Zeigt den Markt, wie ihn die Börse des Gateways hat; ist er simuliert, steht das dabei."
    ),
    "1m, 5m, 15m, 1h, 4h, 1d …; 1h unless said otherwise.": "1m, 5m, 15m, 1h, 4h, 1d …; ohne Angabe 1h.",
    "What is it now?": "Wie steht es gerade?",
    "The last twenty candles of four hours:": "Die letzten zwanzig Vier-Stunden-Kerzen:",
    "Indicators, trend and levels:": "Indikatoren, Trend und Marken:",
    "The price now.": "Der aktuelle Preis.",
    "With the best bid and ask, and the change over 24 hours.": (
        "Mit bestem Geld- und Briefkurs und der Veränderung über 24 Stunden."
    ),
    "The same for a program:": "Dasselbe für ein Programm:",
    "Candles, oldest first.": "Kerzen, die älteste zuerst.",
    "Closed candles only: the one that is being formed is left out. Each stands at the time it opened, in UTC.": (
        "Nur abgeschlossene Kerzen: Die laufende fehlt. Jede steht bei der Zeit, zu der sie begann, in UTC."
    ),
    "The last candles of an hour:": "Die letzten Stundenkerzen:",
    "A month, day by day:": "Ein Monat, Tag für Tag:",
    "The order book, best prices first.": "Das Orderbuch, die besten Preise zuerst.",
    "Bids on the left, asks on the right, each with the amount that stands there.": (
        "Geld links, Brief rechts, jeweils mit der Menge, die dort steht."
    ),
    "How deep is it?": "Wie tief ist es?",
    "Only the best five of each side:": "Nur die besten fünf je Seite:",
    "The last 24 hours.": "Die letzten 24 Stunden.",
    "Open, high, low, volume and change.": "Eröffnung, Hoch, Tief, Volumen und Veränderung.",
    "How was the day?": "Wie war der Tag?",
    "What was traded last.": "Die letzten Trades.",
    "Trades of everybody on the exchange; your own are what kit fills lists.": (
        "Trades aller an der Börse; deine eigenen zeigt kit fills."
    ),
    "What is happening?": "Was passiert gerade?",
    "Only the last ten:": "Nur die letzten zehn:",
    "Indicators, trend and levels.": "Indikatoren, Trend und Marken.",
    "Computed from the pair's candles. The signal is arithmetic, not advice, and nothing is traded on it.": (
        "Aus den Kerzen des Paars berechnet. Das Signal ist Rechnung, kein Rat, und löst keinen Trade aus."
    ),
    "On candles of an hour:": "Auf Stundenkerzen:",
    "The longer view:": "Der längere Blick:",
    "{price} ({change} in 24 h)": "{price} ({change} in 24 h)",
    "bid {bid}, ask {ask}": "Geld {bid}, Brief {ask}",
    "Open": "Eröffnung",
    "High": "Hoch",
    "Low": "Tief",
    "Close": "Schluss",
    "Volume": "Volumen",
    "Bid": "Geld",
    "Ask": "Brief",
    "Bid amount": "Menge (Geld)",
    "Ask amount": "Menge (Brief)",
    "Bid, ask": "Geld, Brief",
    "High, low": "Hoch, Tief",
    "trend {trend}, signal {signal}": "Trend {trend}, Signal {signal}",
    "up": "aufwärts",
    "down": "abwärts",
    "sideways": "seitwärts",
    "neutral": "neutral",
    "support": "Unterstützung",
    "resistance": "Widerstand",
}
