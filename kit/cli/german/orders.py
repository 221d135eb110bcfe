"""Orders and fills: ``kit orders``, ``order``, ``amend``, ``cancel``, ``close`` and ``fills``."""

from typing import Final

TEXTS: Final = {
    "Order": "Order",
    "Status": "Status",
    "Time": "Zeit",
    "Pair": "Paar",
    "Side": "Seite",
    "Type": "Typ",
    "Amount": "Menge",
    "Filled": "Ausgeführt",
    "Price": "Preis",
    "Fee": "Gebühr",
    "Trade": "Trade",
    "In": "In",
    "Stop": "Stop",
    "Stop loss": "Stop-Loss",
    "Take profit": "Take-Profit",
    "Linked to": "Verbunden mit",
    "Trailing stop": "Trailing-Stop",
    "{percent} below the highest price": "{percent} unter dem Höchststand",
    "{percent} below the highest price: {level} now": "{percent} unter dem Höchststand: jetzt {level}",
    "On": "Börse",
    "At": "Zeitpunkt",
    "Key": "Schlüssel",
    "unknown": "unbestätigt",
    "pending": "offen",
    "partial": "teilweise ausgeführt",
    "filled": "ausgeführt",
    "cancelled": "storniert",
    "rejected": "abgelehnt",
    "buy": "Kauf",
    "sell": "Verkauf",
    "long": "long",
    "market": "Market",
    "limit": "Limit",
    "stop-limit": "Stop-Limit",
    "stop-market": "Stop-Market",
    "{type} {side} of {amount} {base} on {pair}": "{type}-{side} von {amount} {base} auf {pair}",
    "{filled} of {amount} {base}": "{filled} von {amount} {base}",
    "{exchange}, account {account}": "{exchange}, Konto {account}",
    "This key was used before: nothing was done; this is the order it made.": (
        "Diesen Schlüssel gab es schon: Es ist nichts passiert; das ist die Order von damals."
    ),
    "No orders.": "Keine Orders.",
    "No fills.": "Keine Ausführungen.",
    "There are more: --cursor {cursor}": "Es gibt weitere: --cursor {cursor}",
    "Only orders that stand so; open is what can fill.": (
        "Nur Orders in diesem Status; open sind die, die noch ausgeführt werden können."
    ),
    "Only orders of this pair.": "Nur Orders dieses Paars.",
    "Only orders since then: 2026-03-01T12:00:00Z.": "Nur Orders seit diesem Zeitpunkt: 2026-03-01T12:00:00Z.",
    "It lists one page; where there are more, it ends with the --cursor of the next. Stop loss and take profit of a "
    "position are no orders until they trigger: kit order shows them with the order that they belong to.": (
        "Zeigt eine Seite; gibt es weitere, steht am Ende der --cursor der nächsten. Stop-Loss und Take-Profit einer "
        "Position sind keine Orders, solange sie nicht auslösen: kit order zeigt sie bei der Order, zu der sie "
        "gehören."
    ),
    "What still stands:": "Was noch offen ist:",
    "What was ordered on one pair since March:": "Alle Orders eines Paars seit März:",
    "For a program:": "Für ein Programm:",
    "It shows how the order stands, what was filled at which price, the fee, and its exits. The single fills are "
    "what kit fills --order ID lists.": (
        "Zeigt den Stand der Order, was zu welchem Preis ausgeführt wurde, die Gebühr sowie Stop-Loss und "
        "Take-Profit. Die einzelnen Ausführungen zeigt kit fills --order ID."
    ),
    "The order.": "Die Order.",
    "ID is the client order id: the key that the order was placed under.": (
        "ID ist die Client-Order-ID: der Schlüssel, unter dem die Order aufgegeben wurde."
    ),
    "See how an order stands:": "Den Stand einer Order sehen:",
    "Find out what became of a command whose outcome is unknown:": (
        "Herausfinden, was aus einem Befehl mit unbekanntem Ausgang wurde:"
    ),
    "A fill is one execution at the exchange: one order can have many, at different prices. It lists one page; where "
    "there are more, it ends with the --cursor of the next.": (
        "Eine Order kann an der Börse in mehreren Teilen ausgeführt werden, zu verschiedenen Preisen; jeder Teil ist "
        "eine Zeile. Zeigt eine Seite; gibt es weitere, steht am Ende der --cursor der nächsten."
    ),
    "Only fills of this pair.": "Nur Ausführungen dieses Paars.",
    "Only fills of this order.": "Nur Ausführungen dieser Order.",
    "The last twenty:": "Die letzten zwanzig:",
    "How one order was filled:": "Wie eine Order ausgeführt wurde:",
    "All about one pair, for a program:": "Alles zu einem Paar, für ein Programm:",
    "What is filled already stays bought or sold, with its stop loss and take profit. Cancelling asks nobody and "
    "sells nothing: kit close ends a position.": (
        "Was schon ausgeführt ist, bleibt gekauft oder verkauft, samt Stop-Loss und Take-Profit. Storniert wird ohne "
        "Rückfrage, verkauft wird nichts: Eine Position schließt kit close."
    ),
    "The order; without it --all is needed.": "Die Order; ohne sie muss --all stehen.",
    "Cancel every open order.": "Alle offenen Orders stornieren.",
    "With --all: only those of this pair.": "Mit --all: nur die dieses Paars.",
    "Cancel one order:": "Eine Order stornieren:",
    "Cancel all of one pair:": "Alle Orders eines Paars stornieren:",
    "Cancel everything that still stands:": "Alles stornieren, was noch offen ist:",
    "Cancelled {count}: {orders}": "Storniert ({count}): {orders}",
    "Nothing to cancel.": "Nichts zu stornieren.",
    "Not cancelled, since the exchange did not answer: {orders}": (
        "Nicht storniert, weil die Börse nicht geantwortet hat: {orders}"
    ),
    "name one order, or --all, which --pair can narrow": (
        "nenne eine Order, oder --all, auf Wunsch mit --pair eingeschränkt"
    ),
    "Change an open order in place, or move the exits of what it bought.": (
        "Eine offene Order ändern, ohne sie neu aufzugeben, oder Stop-Loss und Take-Profit des Gekauften verschieben."
    ),
    "What is not given stays. At another amount or price the order goes behind the others there. Pair, side and type "
    "cannot be changed: cancel the order and place another.": (
        "Was nicht angegeben ist, bleibt. Mit anderer Menge oder anderem Preis stellt sich die Order dort hinten an. "
        "Paar, Seite und Typ sind nicht änderbar: Dafür die Order stornieren und eine neue aufgeben."
    ),
    "The whole of it in base, what is filled included.": (
        "Die ganze Menge in der Basiswährung, schon Ausgeführtes eingeschlossen."
    ),
    "Where a stop order triggers, while it has not.": "Wo eine Stop-Order auslöst, solange sie es noch nicht hat.",
    "Sell what it buys, or bought, when the price falls.": "Das Gekaufte verkaufen, wenn der Preis so tief fällt.",
    "Sell what it buys, or bought, when the price rises.": "Das Gekaufte verkaufen, wenn der Preis so hoch steigt.",
    "Sell it so many percent below the highest price.": (
        "Das Gekaufte verkaufen, wenn der Preis um so viele Prozent unter seinen Höchststand fällt."
    ),
    "Move the limit, after a question:": "Das Limit verschieben, nach Rückfrage:",
    "Make it smaller or larger, without being asked:": "Die Menge ändern, ohne Rückfrage:",
    "Move the exits, of a filled order too:": "Stop-Loss und Take-Profit verschieben, auch nach der Ausführung:",
    "say what to change: --amount, --limit, --stop, --stop-loss, --take-profit or --trailing-stop": (
        "gib an, was sich ändern soll: --amount, --limit, --stop, --stop-loss, --take-profit oder --trailing-stop"
    ),
    "Changing order {order}: {changes}.": "Änderung an Order {order}: {changes}.",
    "It will reserve {amount} {asset}.": "Sie reserviert dann {amount} {asset}.",
    "It will reserve at most about {amount} {asset}, fee included.": (
        "Sie reserviert dann höchstens etwa {amount} {asset}, Gebühr eingeschlossen."
    ),
    "Change the order?": "Order ändern?",
    "{name} {before} to {after}": "{name} von {before} auf {after}",
    "amount": "Menge",
    "price": "Preis",
    "stop price": "Stop-Preis",
    "stop loss": "Stop-Loss",
    "take profit": "Take-Profit",
    "trailing stop": "Trailing-Stop",
    "Sell the position PAIR or ID at the market, whatever its exits guard: all of it, or AMOUNT of the base.": (
        "Die Position PAAR oder ID zum Marktpreis verkaufen, auch was Stop-Loss und Take-Profit absichern: ganz, "
        "oder BETRAG der Basiswährung."
    ),
    "The exits of what is sold are withdrawn with it; those of the rest stay. It says first what is sold and for "
    "about how much, and on a terminal asks. It does not touch open orders: kit cancel does.": (
        "Stop-Loss und Take-Profit des Verkauften fallen weg, die des Rests bleiben. Zeigt zuerst, was für etwa wie "
        "viel verkauft wird, und fragt am Terminal nach. Offene Orders bleiben unberührt: Die storniert kit cancel."
    ),
    "The position, by its pair or its id.": "Die Position, mit ihrem Paar oder ihrer ID benannt.",
    "How much of the base; all of it unless said otherwise.": "Wie viel der Basiswährung; ohne Angabe alles.",
    "Sell the whole position, after a question:": "Die ganze Position verkaufen, nach Rückfrage:",
    "Sell a part of it, without being asked:": "Einen Teil davon verkaufen, ohne Rückfrage:",
    "In a script, once however often it runs:": "In einem Skript, nur einmal, egal wie oft es läuft:",
    "There is no open position {name}.": "Eine offene Position {name} gibt es nicht.",
    "Close it?": "Position schließen?",
    "all {amount} {base}": "allen {amount} {base}",
    "{amount} of {held} {base}": "{amount} von {held} {base}",
    "Selling {what} at the market": "Verkauf von {what} zum Marktpreis",
    "Selling {what} for about {worth} {quote} at about {price}": (
        "Verkauf von {what} für etwa {worth} {quote} zu etwa {price}"
    ),
}
