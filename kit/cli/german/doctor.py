"""``kit doctor``: its help, its checks and its verdict."""

from typing import Final

TEXTS: Final = {
    "Say whether this machine and this gateway are fit to trade on.": (
        "Prüfen, ob man auf diesem Rechner mit diesem Gateway handeln kann."
    ),
    "Every line is a check: how it is, and below it what to do where it is not well. It changes nothing, takes "
    "seconds, and works without a gateway, without a ledger and with broken settings.": (
        "Jede Zeile ist eine Prüfung: wie es steht, und darunter, was zu tun ist, wenn es nicht gut steht. Verändert "
        "wird nichts. Das dauert Sekunden und geht auch ohne Gateway, ohne Ledger und bei kaputten Einstellungen."
    ),
    "Read all of the log, and not its end alone.": "Das ganze Log lesen, nicht bloß sein Ende.",
    "Where the ledger lives; KIT_DATA_DIR unless said otherwise.": "Wo das Ledger liegt; ohne Angabe KIT_DATA_DIR.",
    "Print all findings as one document, in English.": "Alle Befunde als ein Dokument ausgeben, auf Englisch.",
    "fit to trade on, or with warnings alone": "alles in Ordnung, oder bloß Warnungen",
    "there is a problem": "es gibt ein Problem",
    "Before the first start, and whenever something is strange:": (
        "Vor dem ersten Start, und wann immer etwas seltsam ist:"
    ),
    "After a power failure, or before a backup is thrown away:": (
        "Nach einem Stromausfall, oder bevor ein Backup gelöscht wird:"
    ),
    "For a monitor, and for a report of a mistake; it holds no secret:": (
        "Für eine Überwachung und für Fehlerberichte; Geheimnisse enthält das nicht:"
    ),
    "Fit to trade on.": "Hier lässt sich handeln.",
    "Not fit to trade on.": "Hier lässt sich nicht handeln.",
    "Problems: {problems}, warnings: {warnings}.": "Probleme: {problems}, Warnungen: {warnings}.",
    "ok": "gut",
    "warning": "Warnung",
    "problem": "PROBLEM",
    "settings": "Einstellungen",
    "secrets": "Geheimnisse",
    "space": "Platz",
    "lock": "Sperre",
    "clock": "Uhr",
    "gateway": "Gateway",
    "exchanges": "Börsen",
    "versions": "Versionen",
    "dependencies": "Pakete",
    "terminal": "Terminal",
}
