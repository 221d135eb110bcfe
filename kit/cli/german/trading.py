"""``kit buy``, ``kit sell`` and ``kit size``: what an order will do, and how large it is."""

from typing import Final

TEXTS: Final = {
    "How much": "Wie viel",
    "Exits": "Stop-Loss und Take-Profit",
    "How long it stands": "Gültigkeit",
    "Buy on PAIR. A market order spends AMOUNT of the quote currency; a limit order buys AMOUNT of the base.": (
        "Auf PAAR kaufen. Eine Market-Order gibt BETRAG in der Quotierungswährung aus, eine Limit-Order kauft BETRAG "
        "der Basiswährung."
    ),
    "AMOUNT may be a share of what the account is worth (5%), or be left to --risk. It says first what will be spent "
    "and for about which fee, and on a terminal asks.": (
        "BETRAG kann ein Anteil am Wert des Kontos sein (5%) oder sich aus --risk ergeben. Zeigt zuerst, was mit "
        "etwa welcher Gebühr ausgegeben wird, und fragt am Terminal nach."
    ),
    "An order that is sent is not always filled: the answer says how it stands. A limit or stop order may wait for "
    "long; kit orders --status open lists it, kit cancel withdraws it.": (
        "Eine gesendete Order ist noch nicht ausgeführt: Die Antwort zeigt ihren Stand. Eine Limit- oder Stop-Order "
        "kann lange warten; kit orders --status open zeigt sie, kit cancel storniert sie."
    ),
    "Sell AMOUNT of the base currency of PAIR, or a share of what is held (50%).": (
        "BETRAG der Basiswährung von PAAR verkaufen, oder einen Anteil am Bestand (50%)."
    ),
    "It says first what will be sold and for about how much, and on a terminal asks. What a stop loss or take profit "
    "guards can be sold too: they give up as much as the sale needs.": (
        "Zeigt zuerst, was für etwa wie viel verkauft wird, und fragt am Terminal nach. Auch was ein Stop-Loss oder "
        "Take-Profit absichert, lässt sich verkaufen: Sie geben so viel frei, wie der Verkauf braucht."
    ),
    "The pair, such as BTC/USDT.": "Das Paar, etwa BTC/USDT.",
    "How much, or a share such as 5%.": "Wie viel, oder ein Anteil wie 5%.",
    "The currency of AMOUNT.": "Die Währung von BETRAG.",
    "Buy as much as loses this share at --stop-loss.": (
        "So viel kaufen, dass bei --stop-loss dieser Anteil verloren ist."
    ),
    "What --stop and --limit make of it, unless said otherwise.": (
        "Ohne Angabe das, was --stop und --limit daraus machen."
    ),
    "The worst price to accept.": "Der schlechteste Preis, der noch akzeptabel ist.",
    "Wait until the market has come to this price.": "Warten, bis der Markt diesen Preis erreicht.",
    "Sell again when the price falls this low.": "Wieder verkaufen, wenn der Preis so tief fällt.",
    "Sell again when the price rises this high.": "Wieder verkaufen, wenn der Preis so hoch steigt.",
    "Sell again when the price falls so many percent below its highest since then.": (
        "Wieder verkaufen, wenn der Preis um so viele Prozent unter seinen Höchststand seitdem fällt."
    ),
    "GTC until cancelled, IOC what fills at once, FOK at once all of it or nothing, GTD until --expires; GTC unless "
    "said otherwise.": (
        "GTC bis auf Widerruf, IOC was sofort geht, FOK sofort ganz oder gar nicht, GTD bis --expires; ohne Angabe GTC."
    ),
    "When a GTD order ends, as 2026-03-01T12:00Z; implies GTD.": (
        "Wann eine GTD-Order verfällt, etwa 2026-03-01T12:00Z; macht sie zu GTD."
    ),
    "Rest, or be refused: never take.": "Nur ins Orderbuch stellen (Maker), sonst ablehnen.",
    "Spend 100 USDT at the market, after a question:": "Für 100 USDT zum Marktpreis kaufen, nach Rückfrage:",
    "Wait for a price, and guard what it buys:": "Auf einen Preis warten und das Gekaufte absichern:",
    "Risk 1 % of the account, without being asked:": "1 % des Kontos riskieren, ohne Rückfrage:",
    "Sell at the market, after a question:": "Zum Marktpreis verkaufen, nach Rückfrage:",
    "Half of what is held, at 75000 or better:": "Die Hälfte des Bestands, zu 75000 oder besser:",
    "Only if the price falls to 58000:": "Nur, wenn der Preis auf 58000 fällt:",
    "a GTD order needs --expires TIME": "eine GTD-Order braucht --expires ZEIT",
    "a {kind} order needs {option} PRICE": "eine {kind}-Order braucht {option} PREIS",
    "a {kind} order takes no {option} PRICE": "eine {kind}-Order nimmt kein {option} PREIS",
    "Send the order?": "Order senden?",
    "[y/N]": "[j/N]",
    "{value!r} is neither yes nor no": "{value!r} ist weder ja noch nein",
    "Nothing was sent.": "Es wurde nichts gesendet.",
    "Spending {amount} {quote} on {pair}": "Kauf auf {pair} für {amount} {quote}",
    "Spending about {worth} {quote} on {amount} {base}": "Kauf von {amount} {base} für etwa {worth} {quote}",
    "Spending at most {worth} {quote} on {amount} {base}": "Kauf von {amount} {base} für höchstens {worth} {quote}",
    "Reserving {worth} {quote} for {amount} {base}": "Reservierung von {worth} {quote} für {amount} {base}",
    "Selling {amount} {base} for about {worth} {quote}": "Verkauf von {amount} {base} für etwa {worth} {quote}",
    "Selling {amount} {base} for at least {worth} {quote}": (
        "Verkauf von {amount} {base} für mindestens {worth} {quote}"
    ),
    "Selling {base} for about {amount} {quote}": "Verkauf von {base} für etwa {amount} {quote}",
    "Selling {base} for at least {amount} {quote}": "Verkauf von {base} für mindestens {amount} {quote}",
    "once the price rises to {stop},": "bei Anstieg des Preises auf {stop},",
    "once the price falls to {stop},": "bei Rückgang des Preises auf {stop},",
    "at {price} or better": "zu {price} oder besser",
    "at about {price}": "zu etwa {price}",
    "at the market": "zum Marktpreis",
    "(fee about {fee} on top)": "(zzgl. etwa {fee} Gebühr)",
    "(less a fee of about {fee})": "(abzgl. etwa {fee} Gebühr)",
    "(plus the exchange's fee)": "(zzgl. Gebühr der Börse)",
    "(less the exchange's fee)": "(abzgl. Gebühr der Börse)",
    "on a simulated market": "auf einem simulierten Markt",
    "Place a limit order and a stop of which one cancels the other.": (
        "Eine Limit- und eine Stop-Order aufgeben, von denen eine die andere storniert (OCO)."
    ),
    "A sale has its limit above the market and its stop below it, a buy the other way round. What the limit order "
    "trades the stop trades no more, and the amount is reserved once. Cancelling either ends both.": (
        "Ein Verkauf hat sein Limit über und seinen Stop unter dem Markt, ein Kauf umgekehrt. Was die Limit-Order "
        "ausführt, führt der Stop nicht mehr aus, und die Menge ist nur einmal reserviert. Wer eine von beiden "
        "storniert, beendet beide."
    ),
    "Which way both orders trade.": "In welche Richtung beide Orders handeln.",
    "How much of the base, for both together.": "Wie viel der Basiswährung, für beide zusammen.",
    "The limit of the order that rests.": "Das Limit der Order, die im Orderbuch steht.",
    "Where the other order triggers.": "Wo die andere Order auslöst.",
    "Its worst price; the market unless said otherwise.": "Ihr schlechtester Preis; ohne Angabe der Marktpreis.",
    "Take the profit or cut the loss, after a question:": "Gewinn mitnehmen oder Verlust begrenzen, nach Rückfrage:",
    "Buy the dip or the breakout, without being asked:": "Den Rückgang oder den Ausbruch kaufen, ohne Rückfrage:",
    "This key was used before: nothing was done; these are the orders it made.": (
        "Dieser Schlüssel wurde schon benutzt: Es ist nichts geschehen; das sind die Orders von damals."
    ),
    "Send the orders?": "Orders senden?",
    "Selling {amount} {base} at {limit} or better, or once the price falls to {stop}: {then}": (
        "Verkauf von {amount} {base} zu {limit} oder besser, oder bei Rückgang des Preises auf {stop}: {then}"
    ),
    "Buying {amount} {base} at {limit} or better, or once the price rises to {stop}: {then}": (
        "Kauf von {amount} {base} zu {limit} oder besser, oder bei Anstieg des Preises auf {stop}: {then}"
    ),
    "Say how large an order should be, before it is placed.": (
        "Ausrechnen, wie groß eine Order sein soll, bevor sie aufgegeben wird."
    ),
    "Say how large an order on PAIR should be: PERCENT of what the account is worth, or by what --risk may cost.": (
        "Ausrechnen, wie groß eine Order auf PAAR sein soll: PROZENT vom Wert des Kontos, oder nach dem, was --risk "
        "kosten darf."
    ),
    "Fees are counted in, and never more is said than is free. It sends nothing: kit buy and kit sell take the same "
    "shares, and send the order.": (
        "Gebühren sind eingerechnet, und es kommt nie mehr heraus, als verfügbar ist. Gesendet wird nichts: kit buy "
        "und kit sell nehmen dieselben Anteile und senden die Order."
    ),
    "A share such as 5%, of what the account is worth.": "Ein Anteil am Wert des Kontos, etwa 5%.",
    "Lose no more than this share at --stop-loss.": "Bei --stop-loss höchstens diesen Anteil verlieren.",
    "Size a sale: PERCENT of what is held.": "Für einen Verkauf: PROZENT vom Bestand.",
    "Where the buy is given up.": "Wo der Kauf aufgegeben wird.",
    "The entry; the market's price unless said otherwise.": "Der Einstieg; ohne Angabe der Marktpreis.",
    "How much is 5 % of the account?": "Wie viel sind 5 % des Kontos?",
    "Lose no more than 1 % if it falls to 60000:": "Höchstens 1 % verlieren, wenn der Preis auf 60000 fällt:",
    "Half of what is held:": "Die Hälfte des Bestands:",
    "say how much: AMOUNT, or --risk PERCENT with a --stop-loss": (
        "gib an, wie viel: BETRAG, oder --risk PROZENT mit --stop-loss"
    ),
    "--risk needs a --stop-loss PRICE: the risk is what is lost down to it": (
        "--risk braucht --stop-loss PREIS: Das Risiko ist der Verlust bis dorthin"
    ),
    "{value} is more than 100 %": "{value} ist mehr als 100 %",
    "{amount} {base} at {price}: {share} of the {equity} {quote} that the account is worth": (
        "{amount} {base} zu {price}: {share} der {equity} {quote}, die das Konto wert ist"
    ),
    "Sold at {price} it loses {lost} {quote}, {share} of it, fees included": (
        "Ein Verkauf zu {price} verliert {lost} {quote}, {share} davon, Gebühren eingeschlossen"
    ),
    "That is all that is free; what was asked for would be more": "Mehr ist nicht verfügbar; verlangt war mehr",
    "Not counted, for want of a price: {assets}": "Mangels Preis nicht mitgezählt: {assets}",
}
