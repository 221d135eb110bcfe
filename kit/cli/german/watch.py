"""``kit watch``"""

from typing import Final

TEXTS: Final = {
    "Watch prices, portfolio, orders and events in one screen.": (
        "Preise, Portfolio, Orders und Events auf einem Bildschirm verfolgen."
    ),
    "Watch prices, portfolio, orders, fills and events in one screen. It never trades.": (
        "Preise, Portfolio, Orders, Ausführungen und Events auf einem Bildschirm verfolgen. Gehandelt wird nie."
    ),
    "It shows the prices of each PAIR, in that order; without any, of what is held or has open orders. Where "
    "standard output is no terminal, it prints a line for each event, and prices of each PAIR only.": (
        "Zeigt die Preise jedes PAAR, in dieser Reihenfolge; ohne eins die von allem, was gehalten wird oder offene "
        "Orders hat. Ist die Standardausgabe kein Terminal, gibt es eine Zeile je Event, und Preise nur von jedem "
        "PAAR."
    ),
    "Whose prices; of what is held unless said otherwise.": "Wovon Preise gezeigt werden; ohne Angabe vom Bestand.",
    "Print one screen and end.": "Einen Bildschirm ausgeben und enden.",
    "A line of JSON for each event, also on a terminal.": "Eine Zeile JSON je Event, auch am Terminal.",
    "Draw at most once in so long.": "Höchstens einmal in dieser Zeit zeichnen.",
    "--once prints a screen; kit portfolio --json and kit orders --json are for programs": (
        "--once gibt einen Bildschirm aus; für Programme sind kit portfolio --json und kit orders --json"
    ),
    "What is held, and what is on order:": "Was gehalten wird und was offen ist:",
    "These prices:": "Diese Preise:",
    "One look:": "Ein Blick:",
    "Every event, for a program:": "Jedes Event, für ein Programm:",
    "Keys": "Tasten",
    "Portfolio": "Portfolio",
    "Positions": "Positionen",
    "Orders": "Orders",
    "Fills": "Ausführungen",
    "Event": "Event",
    "What": "Was",
    "Remaining": "Rest",
    "Of": "Von",
    "Away": "Abstand",
    "Age": "Alter",
    "24 h": "24 h",
    "Last": "Letzter",
    "Seen": "Verlauf",
    "Open for": "Seit",
    "%": "%",
    "What it does": "Was sie tut",
    "none": "keine",
    "none open": "keine offen",
    "none since this watch began": "keine, seit zugesehen wird",
    "none yet; name some: kit watch PAIR": "noch keine; welche nennen: kit watch PAAR",
    "nothing; kit deposit ASSET AMOUNT books what came in": "nichts; kit deposit ASSET BETRAG bucht einen Zugang",
    "24 h {change}": "24 h {change}",
    "7 d {change}": "7 T {change}",
    "without assets that have no price": "ohne Assets, die keinen Preis haben",
    "… {count} more": "… {count} weitere",
    "real prices": "echte Preise",
    "● connected {age}": "● verbunden {age}",
    "○ reconnecting {age}": "○ verbindet neu {age}",
    "TRADING HALTED: {reason}": "HANDEL ANGEHALTEN: {reason}",
    "{exchange} does not answer": "{exchange} antwortet nicht",
    "connection lost": "Verbindung verloren",
    "as of {time}": "Stand {time}",
    "paused at {time} UTC": "angehalten um {time} UTC",
    "p goes on": "p setzt fort",
    "q": "q",
    "?": "?",
    "p": "p",
    "r": "r",
    "1–6, tab": "1–6, Tab",
    "↑ ↓": "↑ ↓",
    "quit": "beenden",
    "help": "Hilfe",
    "pause": "anhalten",
    "panel": "Bereich",
    "scroll": "blättern",
    "1 … 6": "1 … 6",
    "tab, shift-tab": "Tab, Umschalt-Tab",
    "↑ ↓, j k, page up, page down": "↑ ↓, j k, Bild auf, Bild ab",
    "0, esc": "0, Esc",
    "q, Ctrl-C": "q, Strg-C",
    "one panel on the whole screen; again: all of them": "einen Bereich allein zeigen; noch einmal: alle",
    "the next panel, the one before": "der nächste Bereich, der vorige",
    "scroll the panel that has the whole screen": "im Bereich blättern, der den ganzen Bildschirm hat",
    "all panels": "alle Bereiche",
    "stop drawing, and go on": "Anzeige anhalten und fortsetzen",
    "draw all of it anew": "alles neu zeichnen",
    "this help": "diese Hilfe",
    "Nothing here trades. Times are UTC. – stands for what is not known.": (
        "Hier wird nicht gehandelt. Zeiten sind UTC. – steht für Unbekanntes."
    ),
    "▲ ▼ is a price's last move. Away: how far it has to go to an order's price.": (
        "▲ ▼: letzte Bewegung des Preises. Abstand: sein Weg bis zum Preis der Order."
    ),
    "Dim panels are old: there is no connection, and they are as of its loss.": (
        "Blasse Bereiche sind alt: vom Abbruch der Verbindung, die gerade fehlt."
    ),
    "{side} {amount} {pair} at {price}, fee {fee} {currency}": (
        "{side} {amount} {pair} zu {price}, Gebühr {fee} {currency}"
    ),
    "{order}: now {terms}": "{order}: jetzt {terms}",
    "{order}: the market reached {price}": "{order}: Markt bei {price}, Stop erreicht",
    "{amount} {pair} at {price}": "{amount} {pair} zu {price}",
    "profit {profit} {quote}": "Gewinn {profit} {quote}",
    "open {open}, high {high}, low {low}, close {close}, volume {volume}": (
        "Eröffnung {open}, Hoch {high}, Tief {low}, Schluss {close}, Volumen {volume}"
    ),
    "once {stop} is reached": "sobald {stop} erreicht ist",
    "at {price}": "zu {price}",
    " (account {account})": " (Konto {account})",
}
