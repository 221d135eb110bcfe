"""``kit --help`` and what the help of every command shares."""

from typing import Final

TEXTS: Final = {
    "K.I.T. Gateway: an event-sourced trading ledger behind one WebSocket.": (
        "K.I.T. Gateway: ein Trading-Ledger aus Events hinter einem WebSocket."
    ),
    "Every command but gateway and doctor asks a gateway that runs, and carries out nothing by itself. The options "
    "below stand before the command; each command has more of its own: kit COMMAND --help.": (
        "Jeder Befehl außer gateway und doctor fragt ein laufendes Gateway und führt selbst nichts aus. Die Optionen "
        "hier stehen vor dem Befehl; jeder Befehl hat weitere: kit BEFEHL --help."
    ),
    "Start the gateway.": "Das Gateway starten.",
    "Say how the gateway, its skills and exchanges are.": "Zustand von Gateway, Skills und Börsen prüfen.",
    "Show what is held and what it is worth.": "Bestand und Wert zeigen.",
    "Buy: a market order spends AMOUNT of the quote currency.": (
        "Kaufen: Eine Market-Order gibt BETRAG in der Quotierungswährung aus."
    ),
    "Sell AMOUNT of the base currency.": "BETRAG der Basiswährung verkaufen.",
    "List orders, newest first.": "Orders auflisten, die neuesten zuerst.",
    "Show one order.": "Eine Order zeigen.",
    "Change an open order, or move the exits of what it bought.": (
        "Eine offene Order ändern oder Stop-Loss und Take-Profit des Gekauften verschieben."
    ),
    "Sell a position, or a part of it, at the market.": "Eine Position ganz oder teilweise zum Marktpreis verkaufen.",
    "Cancel one order, or all.": "Eine Order stornieren, oder alle.",
    "List fills, newest first.": "Ausführungen auflisten, die neuesten zuerst.",
    "Show prices, candles, the order book and more.": "Preise, Kerzen, Orderbuch und mehr zeigen.",
    "Book what came into an account.": "Einen Zugang auf ein Konto buchen.",
    "Book what went out of an account.": "Einen Abgang von einem Konto buchen.",
    "Print the JSON Schema of the protocol.": "Das JSON-Schema des Protokolls ausgeben.",
    "Start the gateway, with paper money on a simulated market:": (
        "Das Gateway starten, mit Spielgeld auf einem simulierten Markt:"
    ),
    "In another terminal, spend 100 USDT on Bitcoin:": "In einem zweiten Terminal für 100 USDT Bitcoin kaufen:",
    "See what is held and what it is worth:": "Nachsehen, was im Bestand ist und was es wert ist:",
    "Read all about one command, in German:": "Alles über einen Befehl lesen, auf Deutsch:",
    "The gateway's address.": "Die Adresse des Gateways.",
    "The access token.": "Das Zugangs-Token.",
    "A file that holds the token.": "Eine Datei, in der das Token steht.",
    "How long to try, reconnects included.": "Wie lange versucht wird, neue Verbindungen eingeschlossen.",
    "Say the version.": "Die Version nennen.",
    "Environment": "Umgebungsvariablen",
    "the gateway's address, as --url before the command": "die Adresse des Gateways, wie --url vor dem Befehl",
    "the access token, as --token": "das Zugangs-Token, wie --token",
    "a file that holds the token, as --token-file": "eine Datei, in der das Token steht, wie --token-file",
    "en or de; without it LC_ALL, LC_MESSAGES or LANG decides": (
        "en oder de; ohne sie entscheidet LC_ALL, LC_MESSAGES oder LANG"
    ),
    "Exit codes": "Rückgabewerte",
    "done": "erledigt",
    "refused by the gateway, or by you when asked": "vom Gateway abgelehnt, oder von dir auf die Rückfrage",
    "the command itself is wrong": "der Befehl selbst ist falsch",
    "no gateway reachable; nothing was done": "kein Gateway erreichbar; es ist nichts passiert",
    "sent, but nobody knows whether it was carried out: repeat it with its --key": (
        "gesendet, aber niemand weiß, ob ausgeführt: mit dem genannten --key wiederholen"
    ),
    "Examples": "Beispiele",
    "See also": "Siehe auch",
    "OPTIONS": "OPTIONEN",
    "COMMAND": "BEFEHL",
    "ARGS": "ARGUMENTE",
    "SECONDS": "SEKUNDEN",
    "FILE": "DATEI",
    "TEXT": "TEXT",
    "URL": "URL",
    "Show the help of a command.": "Die Hilfe zu einem Befehl zeigen.",
    "It is the same as --help behind the command, and asks no gateway.": (
        "Dasselbe wie --help hinter dem Befehl; ein Gateway wird nicht gefragt."
    ),
    "The command; all of them unless said otherwise.": "Der Befehl; ohne Angabe alle.",
    "there is no such command": "diesen Befehl gibt es nicht",
    "What commands there are:": "Welche Befehle es gibt:",
    "All about one:": "Alles über einen:",
    "About one that is within another:": "Über einen, der zu einem anderen gehört:",
    "Print the shell's completion script.": "Das Skript zur Vervollständigung in der Shell ausgeben.",
    "Print the script with which a shell completes kit.": (
        "Das Skript ausgeben, mit dem eine Shell kit vervollständigt."
    ),
    "Commands, options and their choices are completed anywhere; pairs, orders, positions, assets, accounts and "
    "exchanges are those of the gateway that runs. Where there is none, or none that answers within a second, "
    "nothing is offered and nothing is said.": (
        "Befehle, Optionen und ihre Auswahl ergänzt die Shell immer; Paare, Orders, Positionen, Assets, Konten und "
        "Börsen kommen vom laufenden Gateway. Läuft keins, oder antwortet es nicht binnen einer Sekunde, wird nichts "
        "vorgeschlagen und nichts gemeldet."
    ),
    "The shell that the script is for.": "Die Shell, für die das Skript ist.",
    "there is no script for this shell": "für diese Shell gibt es kein Skript",
    "bash: put this line into ~/.bashrc:": "bash: diese Zeile in ~/.bashrc eintragen:",
    "zsh: put this line into ~/.zshrc, behind compinit:": "zsh: diese Zeile in ~/.zshrc eintragen, hinter compinit:",
    "fish: do this once:": "fish: einmal ausführen:",
}
