"""Options that several commands have, and what is wrong with what they are given."""

from typing import Final

TEXTS: Final = {
    "Which ones": "Auswahl",
    "Where": "Wo",
    "Sending": "Senden",
    "Output": "Ausgabe",
    "How many at most.": "Höchstens so viele.",
    "Go on where the page before ended.": "Dort weitermachen, wo die vorige Seite endete.",
    "The exchange; the gateway's first unless said otherwise.": "Die Börse; ohne Angabe die erste des Gateways.",
    "The account; main unless said otherwise.": "Das Konto; ohne Angabe main.",
    "The idempotency key: the same command under the same key is carried out once.": (
        "Der Idempotenz-Schlüssel: Derselbe Befehl mit demselben Schlüssel wird nur einmal ausgeführt."
    ),
    "Do not ask.": "Nicht nachfragen.",
    "Print the answer as the gateway sent it.": "Die Antwort ausgeben, wie das Gateway sie geschickt hat.",
    "must be a decimal number": "muss eine Dezimalzahl sein (mit Punkt, ohne Tausendertrennung)",
    "must have at most 40 characters": "darf höchstens 40 Zeichen haben",
    "must have an exponent within ±30": "muss einen Exponenten zwischen -30 und 30 haben",
    "must have at most 15 digits before the point": "darf höchstens 15 Stellen vor dem Punkt haben",
    "must have at most 18 decimals": "darf höchstens 18 Nachkommastellen haben",
    "{value} must be above zero": "{value} muss größer als null sein",
    "{value!r} must be BASE/QUOTE, such as BTC/USDT": "{value!r} muss BASIS/QUOTE sein, etwa BTC/USDT",
    "{value!r} must be a time, such as 2026-03-01T12:00Z": "{value!r} muss eine Zeit sein, etwa 2026-03-01T12:00Z",
    "{value!r} must say its time zone, as in 2026-03-01T12:00Z": (
        "{value!r} muss die Zeitzone nennen, wie in 2026-03-01T12:00Z"
    ),
    "NAME": "NAME",
    "ID": "ID",
    "PAIR": "PAAR",
    "ASSET": "ASSET",
    "METHOD": "METHODE",
    "AMOUNT": "BETRAG",
    "PERCENT": "PROZENT",
    "PRICE": "PREIS",
    "TIME": "ZEIT",
    "USD": "USD",
}
