"""``kit gateway``"""

from typing import Final

TEXTS: Final = {
    "Start the gateway; Ctrl-C stops it cleanly.": "Das Gateway starten; Ctrl-C beendet es sauber.",
    "It trades paper money on simulated prices unless it is told otherwise, and needs no configuration. It stays in "
    "the foreground and logs to standard error. The ledger survives every way of ending it.": (
        "Ohne weitere Angaben handelt es mit Spielgeld zu simulierten Preisen und braucht keine Konfiguration. Es "
        "bleibt im Vordergrund und schreibt sein Log auf die Standardfehlerausgabe. Das Ledger übersteht jedes Ende."
    ),
    "The options override the environment, and that overrides the file kit.toml, which has more settings than there "
    "are options.": (
        "Die Optionen gehen den Umgebungsvariablen vor, und diese der Datei kit.toml, die mehr Einstellungen kennt, "
        "als es Optionen gibt."
    ),
    "Market": "Markt",
    "Recordings": "Aufzeichnungen",
    "Where to listen; 127.0.0.1 unless said otherwise.": "Auf welcher Adresse es lauscht; ohne Angabe 127.0.0.1.",
    "18800 unless said otherwise; 0 takes a free one.": "Ohne Angabe 18800; 0 nimmt einen freien.",
    "Where the ledger lives; data.": "Wo das Ledger liegt; ohne Angabe data.",
    "Where the paper exchange's prices come from; simulated unless said otherwise.": (
        "Woher die Preise der Paper-Börse kommen; ohne Angabe simulated."
    ),
    "The seed of the simulated market; 1 unless said otherwise.": (
        "Der Startwert (Seed) des simulierten Markts; ohne Angabe 1."
    ),
    "A recording to play as the market; repeatable.": (
        "Eine Aufzeichnung, die als Markt abgespielt wird; wiederholbar."
    ),
    "How many times faster to play it.": "Wievielmal schneller sie abgespielt wird.",
    "Where in the recording to start.": "Wo in der Aufzeichnung es losgeht.",
    "the file; kit.toml unless said otherwise": "die Datei; ohne Angabe kit.toml",
    "stopped by Ctrl-C or SIGTERM; everything is in the log": "mit Ctrl-C oder SIGTERM beendet; alles steht im Log",
    "it cannot listen, or cannot use its log": "es kann nicht lauschen oder sein Log nicht benutzen",
    "it cannot know what is in its log; a new start can tell": (
        "es weiß nicht sicher, was in seinem Log steht; ein neuer Start klärt das"
    ),
    "another gateway has the log": "ein anderes Gateway benutzt das Log",
    "the configuration is wrong": "die Konfiguration ist falsch",
    "Start with paper money on a simulated market:": "Mit Spielgeld auf einem simulierten Markt starten:",
    "A second one, with a ledger of its own:": "Ein zweites, mit eigenem Ledger:",
    "Play a recorded day, a minute a second:": "Einen aufgezeichneten Tag abspielen, eine Minute je Sekunde:",
    "Quieter, and with other simulated prices:": "Leiser, und mit anderen simulierten Preisen:",
    "ADDRESS": "ADRESSE",
    "PORT": "PORT",
    "DIR": "VERZEICHNIS",
    "FACTOR": "FAKTOR",
    "PATH": "PFAD",
}
