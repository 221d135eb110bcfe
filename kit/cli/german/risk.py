"""``kit risk``: limits, how near they are, and the switch that stops trading."""

from typing import Final

TEXTS: Final = {
    "Show and set risk limits, halt trading, and resume it.": (
        "Risiko-Limits zeigen und setzen, den Handel anhalten und fortsetzen."
    ),
    "Show what is limited and how near it is, set limits, and halt trading.": (
        "Zeigen, was begrenzt ist und wie viel davon erreicht ist, Limits setzen und den Handel anhalten."
    ),
    "Without a command it shows each limit, what there is of it now and the room left, and a halt above all of it.": (
        "Ohne Befehl zeigt es jedes Limit, den jetzigen Wert und den Spielraum, und darüber, ob der Handel angehalten "
        "ist."
    ),
    "How much room is left?": "Wie viel Spielraum bleibt?",
    "Limit the loss of a day, and the largest order:": "Den Verlust eines Tages und die größte Order begrenzen:",
    "Stop trading, and cancel what rests:": "Den Handel anhalten und stornieren, was noch offen ist:",
    "Trade again:": "Wieder handeln:",
    "Only this exchange; every one unless said otherwise.": "Nur diese Börse; ohne Angabe alle.",
    "Show the limits, or set some of them.": "Die Limits zeigen oder einzelne setzen.",
    "Those that are not named stay as they are. A loss that reaches its limit halts trading by itself; every other "
    "limit refuses the order that is beyond it. Positions can be closed whatever is limited.": (
        "Was nicht genannt wird, bleibt, wie es ist. Ein Verlust, der sein Limit erreicht, hält den Handel von selbst "
        "an; jedes andere Limit lehnt die Order ab, die es überschreitet. Positionen lassen sich immer schließen."
    ),
    "Losses that halt trading": "Verluste, die den Handel anhalten",
    "Since the UTC day began.": "Seit Beginn des Tages (UTC).",
    "Since the UTC week began, on Monday.": "Seit Beginn der Woche (UTC), am Montag.",
    "From the highest equity so far.": "Vom bisher höchsten Kontowert aus.",
    "Orders that are refused": "Orders, die abgelehnt werden",
    "The most of the equity in one position.": "Höchster Anteil einer Position am Kontowert.",
    "The most positions at the same time.": "Höchstzahl gleichzeitiger Positionen.",
    "The smallest order that buys.": "Die kleinste Kauforder.",
    "The largest order.": "Die größte Order.",
    "The most that a price may be beyond the last one.": "Wie weit ein Preis höchstens vom letzten abweichen darf.",
    "The oldest last price to trade on.": "Wie alt der letzte Preis höchstens sein darf.",
    "Buy this pair and no other; repeatable.": "Nur dieses Paar kaufen; wiederholbar.",
    "Never buy this pair; repeatable.": "Dieses Paar nie kaufen; wiederholbar.",
    "The most orders within a minute.": "Höchstzahl der Orders innerhalb einer Minute.",
    "Taking away": "Wegnehmen",
    "This limit, named as its option without the dashes; repeatable.": (
        "Dieses Limit, benannt wie seine Option ohne die Striche; wiederholbar."
    ),
    "Buy two pairs only, without being asked:": "Nur zwei Paare kaufen, ohne Rückfrage:",
    "Take limits away:": "Limits wegnehmen:",
    "Show them:": "Anzeigen:",
    "--{option} cannot be set and removed at once": "--{option} geht nicht zugleich gesetzt und weggenommen",
    "Changing the limits of {where}: {changes}.": "Änderung der Limits: {where}: {changes}.",
    "Change the limits?": "Limits ändern?",
    "{limit} not limited": "{limit} unbegrenzt",
    "account {account} on every exchange": "Konto {account} auf allen Börsen",
    "account {account} on {exchange}": "Konto {account} auf {exchange}",
    "Stop trading, and say why.": "Den Handel anhalten und den Grund nennen.",
    "Nothing is bought any more until it is resumed. Exits go on guarding, and positions can be closed. What rests on "
    "the exchange can still fill, unless it is cancelled too.": (
        "Bis zum Fortsetzen wird nichts mehr gekauft. Stop-Loss und Take-Profit sichern weiter ab, und Positionen "
        "lassen sich schließen. Was an der Börse noch offen ist, kann noch ausgeführt werden, wenn es nicht auch "
        "storniert wird."
    ),
    "What it stops": "Was angehalten wird",
    "REASON": "GRUND",
    "Why, for everybody who asks later.": "Warum, für alle, die später danach fragen.",
    "Cancel what rests as well, but no exits.": "Auch stornieren, was offen ist, aber nicht Stop-Loss und Take-Profit.",
    "Refuse sells too; exits and kit close still sell.": (
        "Auch Verkäufe ablehnen; Stop-Loss, Take-Profit und kit close verkaufen weiter."
    ),
    "Stop buying, after a question:": "Keine Käufe mehr, nach Rückfrage:",
    "Cancel what rests too, without one:": "Auch Offenes stornieren, ohne Rückfrage:",
    "On one exchange only:": "Nur auf einer Börse:",
    "Halting {where}: nothing is bought any more, and sells go on.": (
        "Anhalten: {where}: Es wird nichts mehr gekauft; Verkäufe gehen weiter."
    ),
    "Halting {where}: nothing is bought any more, and only exits and kit close sell.": (
        "Anhalten: {where}: Es wird nichts mehr gekauft; nur Stop-Loss, Take-Profit und kit close verkaufen."
    ),
    "What rests is cancelled.": "Was offen ist, wird storniert.",
    "What rests stays, and can still fill.": "Was offen ist, bleibt und kann noch ausgeführt werden.",
    "Halt trading?": "Handel anhalten?",
    "Trade again, and say why.": "Wieder handeln und den Grund nennen.",
    "It ends any halt, also that of a loss that reached its limit; that loss counts anew from then on.": (
        "Hebt jeden Handelsstopp auf, auch den eines Verlusts, der sein Limit erreicht hat; dieser Verlust zählt dann "
        "von vorn."
    ),
    "Trade again, after a question:": "Wieder handeln, nach Rückfrage:",
    "Without one:": "Ohne Rückfrage:",
    "Resuming {where}: a loss that halted it counts anew from now on.": (
        "Fortsetzen: {where}: Ein Verlust, der den Handel angehalten hat, zählt ab jetzt von vorn."
    ),
    "Resume trading?": "Handel fortsetzen?",
    "Trading is halted already.": "Der Handel ist schon angehalten.",
    "Trading was not halted.": "Der Handel war nicht angehalten.",
    "This key was used before: nothing was done; this is how it stands.": (
        "Diesen Schlüssel gab es schon: Es ist nichts passiert; so steht es."
    ),
    "Not cancelled yet: the exchange has not answered for {orders}": (
        "Noch nicht storniert: Die Börse hat nicht geantwortet für {orders}"
    ),
    "HALTED on {exchange} since {since} by {client}: {reason}": (
        "ANGEHALTEN auf {exchange} seit {since} durch {client}: {reason}"
    ),
    "HALTED on {exchange} since {since}: {reason}": "ANGEHALTEN auf {exchange} seit {since}: {reason}",
    "nothing is bought, sells go on": "es wird nichts gekauft, Verkäufe gehen weiter",
    "nothing is bought, only exits and kit close sell": (
        "es wird nichts gekauft, nur Stop-Loss, Take-Profit und kit close verkaufen"
    ),
    "{where}: equity {equity} USD": "{where}: Kontowert {equity} USD",
    "Not valued, since it has no price now: {assets}": "Gerade ohne Preis und nicht mitgezählt: {assets}",
    "Not valued, since nothing here gives it a price: {assets}": "Hier ohne jeden Preis und nicht mitgezählt: {assets}",
    "Nothing is limited. How to limit it: kit risk limits --help": (
        "Nichts ist begrenzt. So geht es: kit risk limits --help"
    ),
    "Limit": "Limit",
    "Room": "Spielraum",
    "used up": "ausgeschöpft",
    "check": "Prüfung",
    "daily loss": "Tagesverlust",
    "weekly loss": "Wochenverlust",
    "drawdown": "Drawdown",
    "position share": "Positionsanteil",
    "open positions": "Offene Positionen",
    "orders a minute": "Orders je Minute",
    "smallest order": "Kleinste Order",
    "largest order": "Größte Order",
    "price collar": "Preisabstand",
    "age of a price": "Alter des Preises",
    "allowed pairs": "Erlaubte Paare",
    "blocked pairs": "Gesperrte Paare",
}
