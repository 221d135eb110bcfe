"""``kit portfolio``, ``kit deposit`` and ``kit withdraw``"""

from typing import Final

TEXTS: Final = {
    "View": "Ansicht",
    "Without an option it shows the total in US dollars, every asset, and open positions. Everything is computed "
    "from the ledger, at the exchange's last prices; an asset without a price is shown and not counted.": (
        "Ohne Option: die Summe in US-Dollar, jedes Asset und die offenen Positionen. Alles wird aus dem Ledger "
        "berechnet, zu den letzten Preisen der Börse; ein Asset ohne Preis wird gezeigt, aber nicht mitgezählt."
    ),
    "Only what is held.": "Nur die Guthaben.",
    "Only open positions.": "Nur offene Positionen.",
    "Profit and loss by pair and period.": "Gewinn und Verlust je Paar und Zeitraum.",
    "Equity over time.": "Kontowert im Zeitverlauf.",
    "Length of the rows of --pnl; day unless said otherwise.": "Zeitraum je Zeile von --pnl; ohne Angabe day.",
    "Only this asset, or pairs with this base; not with --history.": (
        "Nur dieses Asset, oder Paare mit dieser Basiswährung; nicht mit --history."
    ),
    "Everything at a glance:": "Alles auf einen Blick:",
    "Open positions, with profit and loss so far:": "Offene Positionen, mit Gewinn und Verlust bisher:",
    "What Bitcoin brought, month by month:": "Was Bitcoin gebracht hat, Monat für Monat:",
    "Balances, for a program:": "Guthaben, für ein Programm:",
    "{value} USD at {moment}": "{value} USD, {moment}",
    "24 h {day}, 7 days {week}": "24 h {day}, 7 Tage {week}",
    " (since {moment})": " (seit {moment})",
    "Incomplete: an asset has no price and is not in the total.": (
        "Unvollständig: Ein Asset hat keinen Preis und fehlt in der Summe."
    ),
    "No open positions.": "Keine offenen Positionen.",
    "Asset": "Asset",
    "Free": "Verfügbar",
    "Locked": "Gesperrt",
    "Total": "Gesamt",
    "Share": "Anteil",
    "Exchange": "Börse",
    "Entry": "Einstieg",
    "Now": "Jetzt",
    "Profit": "Gewinn",
    "Period": "Zeitraum",
    "Realized": "Realisiert",
    "Fees": "Gebühren",
    "Realized {realized}, unrealized {unrealized}, fees {fees} USD": (
        "Realisiert {realized}, unrealisiert {unrealized}, Gebühren {fees} USD"
    ),
    "{pair}, unrealized": "{pair}, unrealisiert",
    "Booking": "Buchung",
    "Kept with the entry.": "Wird mit der Buchung aufbewahrt.",
    "The asset, such as USDT.": "Das Asset, etwa USDT.",
    "How much of it.": "Wie viel davon.",
    "What it had cost in all, for profit and loss.": "Was es insgesamt gekostet hat, für Gewinn und Verlust.",
    "This is an entry in the ledger and moves no money: on a real exchange it says what has happened there. What is "
    "booked can be traded with at once.": (
        "Das ist eine Buchung im Ledger und bewegt kein Geld: Bei einer echten Börse hält sie fest, was dort "
        "geschehen ist. Mit dem Gebuchten lässt sich sofort handeln."
    ),
    "This is an entry in the ledger and moves no money. Only what is free can go out: what open orders and exits "
    "have locked stays until they are cancelled.": (
        "Das ist eine Buchung im Ledger und bewegt kein Geld. Nur verfügbares Guthaben kann abgehen: Was offene "
        "Orders, Stop-Loss und Take-Profit sperren, bleibt, bis sie storniert sind."
    ),
    "Book 500 USDT that came in:": "Einen Zugang von 500 USDT buchen:",
    "Book coins with what they had cost:": "Coins mit ihren Anschaffungskosten buchen:",
    "Book it once, however often this runs:": "Nur einmal buchen, egal wie oft der Befehl läuft:",
    "Book 200 USDT that went out:": "Einen Abgang von 200 USDT buchen:",
    "Book it with a note, and once:": "Mit Notiz buchen, und nur einmal:",
    "This key was used before: nothing was done.": "Diesen Schlüssel gab es schon: Es ist nichts passiert.",
    "Simulated market: these prices are invented.": "Simulierter Markt: Diese Preise sind erfunden.",
}
