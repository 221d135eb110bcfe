"""``kit watch``"""

from typing import Final

TEXTS: Final = {
    "Watch prices, portfolio, orders and events in one screen.": (
        "Preise, Portfolio, Orders und Events auf einem Bildschirm verfolgen."
    ),
    "It reads and never trades. While the gateway is away it shows what it knew, dim and with its time, and goes on by "
    "itself. Where standard output is no terminal, it prints a line for each event, and prices of the given pairs.": (
        "Liest nur und handelt nie. Ist das Gateway nicht erreichbar, bleibt der letzte Stand stehen, matt und mit "
        "seiner Uhrzeit; danach geht es von selbst weiter. Ist die Ausgabe kein Terminal, kommt je Event eine Zeile, "
        "Preise nur von den angegebenen Paaren."
    ),
    "Keys: 1 to 6 and Tab give one panel the whole screen, 0 or Esc show all, the arrows scroll, p stops drawing and "
    "goes on, ? is help, q or Ctrl-C quits.": (
        "Tasten: 1 bis 6 und Tab zeigen einen Bereich auf dem ganzen Bildschirm, 0 oder Esc alle, die Pfeile blättern, "
        "p hält das Bild an und lässt es weiterlaufen, ? ist die Hilfe, q oder Ctrl-C beendet."
    ),
    "PAIRS": "PAARE",
    "The prices to show; of what is held or on order unless said.": (
        "Die gezeigten Preise; ohne Angabe die der Positionen und offenen Orders."
    ),
    "Print one screen and end.": "Einen Bildschirm ausgeben und enden.",
    "A line of JSON for each event, on a terminal too.": "Je Event eine Zeile JSON, auch am Terminal.",
    "Draw at most once in so long.": "In dieser Zeit höchstens einmal zeichnen.",
    "What is held and what is on order:": "Positionen, Guthaben und offene Orders:",
    "These prices, in this order:": "Diese Preise, in dieser Reihenfolge:",
    "One look:": "Ein Blick:",
    "Every event and every price of Bitcoin, for a program:": "Jedes Event und jeder Bitcoin-Preis, für ein Programm:",
    "--once prints a screen, --json lines: choose one": "--once gibt einen Bildschirm aus, --json Zeilen: wähle eins",
    "Portfolio": "Portfolio",
    "Positions": "Positionen",
    "Orders": "Orders",
    "Fills": "Ausführungen",
    "Last": "Letzter",
    "24 h": "24 h",
    "Seen": "Verlauf",
    "Open for": "Offen seit",
    "%": "%",
    "Remaining": "Rest",
    "Of": "Von",
    "Away": "Abstand",
    "Age": "Alter",
    "Event": "Event",
    "What": "Was",
    "What it does": "Was sie tut",
    "… {count} more": "… {count} weitere",
    "none": "keine",
    "none open": "keine offen",
    "none since this watch began": "keine, seit hier zugesehen wird",
    "none yet; name some: kit watch PAIR": "noch keine; gib welche an: kit watch PAAR",
    "nothing; kit deposit ASSET AMOUNT books what came in": "nichts; Zugänge bucht kit deposit ASSET BETRAG",
    "without assets that have no price": "ohne Assets, die keinen Preis haben",
    "real prices": "echte Preise",
    "● connected {since}": "● verbunden {since}",
    "○ reconnecting {since}": "○ verbindet neu {since}",
    "connection lost": "Verbindung verloren",
    "as of {time}": "Stand {time}",
    "TRADING HALTED: {reason}": "HANDEL ANGEHALTEN: {reason}",
    "{exchange} does not answer": "{exchange} antwortet nicht",
    "quit": "Ende",
    "help": "Hilfe",
    "pause": "Pause",
    "panel": "Bereich",
    "scroll": "blättern",
    "paused at {time} UTC": "angehalten um {time} UTC",
    "p goes on": "weiter mit p",
    "one panel on the whole screen; again: all of them": "ein Bereich auf dem ganzen Bildschirm; noch einmal: alle",
    "the next panel, the one before": "der nächste Bereich, der vorige",
    "scroll the panel that has the whole screen": "im Bereich blättern, der den ganzen Bildschirm hat",
    "all panels": "alle Bereiche",
    "stop drawing, and go on": "Bild anhalten und weiterlaufen lassen",
    "draw all of it anew": "alles neu zeichnen",
    "this help": "diese Hilfe",
    "Nothing here trades. Times are UTC. – stands for what is not known.": (
        "Nichts hier handelt. Zeiten sind UTC. – steht für Unbekanntes."
    ),
    "▲ ▼ is a price's last move. Away: how far it has to go to an order's price.": (
        "▲ ▼: letzte Bewegung des Preises. Abstand: sein Weg bis zum Preis der Order."
    ),
    "Dim panels are old: there is no connection, and they are as of its loss.": (
        "Matte Bereiche sind alt: vom Abbruch der Verbindung, die gerade fehlt."
    ),
    "{side} {amount} {pair} at {price}, fee {fee} {currency}, {status}": (
        "{side} {amount} {pair} zu {price}, Gebühr {fee} {currency}, {status}"
    ),
    "{type} at {price}": "{type} zu {price}",
    "{type} once {stop} is reached": "{type} ab {stop}",
    "{order}: now {terms}": "{order}: jetzt {terms}",
    "{order}: the market reached {price}": "{order}: Markt bei {price}, Stop erreicht",
    "{amount} {pair} at {price}": "{amount} {pair} zu {price}",
    "{pair}, profit {profit} {quote}": "{pair}, Gewinn {profit} {quote}",
    "open {open}, high {high}, low {low}, close {close}, volume {volume}": (
        "Eröffnung {open}, Hoch {high}, Tief {low}, Schluss {close}, Volumen {volume}"
    ),
    " (account {account})": " (Konto {account})",
}
