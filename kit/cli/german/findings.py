"""What ``kit doctor`` finds, and what to do about it."""

from typing import Final

TEXTS: Final = {
    "nothing is set: the defaults hold": "nichts ist gesetzt, es gelten die Vorgaben",
    "mend it: the gateway does not start like this (docs/configuration.md)": (
        "berichtigen: so startet das Gateway nicht (docs/configuration.md)"
    ),
    "leave it so if you mean it (docs/configuration.md)": "so lassen, wenn es so gemeint ist (docs/configuration.md)",
    "no file holds a token": "in keiner Datei steht ein Token",
    "for their owner alone: {files}": "nur für ihren Besitzer: {files}",
    "{file} holds a token, and every user of this machine can read or change it": (
        "in {file} steht ein Token, und jeder Benutzer dieses Rechners kann die Datei lesen oder ändern"
    ),
    "{file} holds a token, and its group can read or change it": (
        "in {file} steht ein Token, und die Gruppe der Datei kann sie lesen oder ändern"
    ),
    "chmod 600 {file}, and make a new token: others may have read this one": (
        "chmod 600 {file}, und ein neues Token machen: andere können dieses gelesen haben"
    ),
    "nothing here yet: the gateway makes {where}": "noch nichts da: das Gateway legt {where} an",
    "{where} holds a ledger": "in {where} liegt ein Ledger",
    "{where} is there, and holds no ledger yet": "{where} ist da, ein Ledger liegt dort noch nicht",
    "{where} is not there and cannot be made": "{where} fehlt und lässt sich nicht anlegen",
    "make it, or let this user write to {parent}": "anlegen, oder diesen Benutzer in {parent} schreiben lassen",
    "{where} is a symlink, which the gateway refuses": "{where} ist ein Symlink, den lehnt das Gateway ab",
    "name the directory itself: KIT_DATA_DIR={target}": "das Verzeichnis selbst nennen: KIT_DATA_DIR={target}",
    "{where} is no directory": "{where} ist kein Verzeichnis",
    "name another one with KIT_DATA_DIR": "ein anderes mit KIT_DATA_DIR nennen",
    "{where} cannot be written to": "in {where} lässt sich nicht schreiben",
    "give it to the user that runs the gateway, or mount it writable": (
        "dem Benutzer des Gateways geben, oder beschreibbar einhängen"
    ),
    "{where} belongs to user {owner}, and you are {user}": "{where} gehört Benutzer {owner}, du bist {user}",
    "run the gateway and kit doctor as the same user": "Gateway und kit doctor als derselbe Benutzer starten",
    "{where} can be written to by everyone, which the gateway refuses": (
        "in {where} kann jeder schreiben, das lehnt das Gateway ab"
    ),
    "chmod o-w {where}": "chmod o-w {where}",
    "{where} can be written to by its group, who could replace the ledger": (
        "in {where} kann die Gruppe schreiben und so das Ledger austauschen"
    ),
    "chmod g-w {where}": "chmod g-w {where}",
    "{wal} is there without {file}": "{wal} ist da, {file} fehlt",
    "put {file} back beside it; never delete it: what was committed may be in it alone": (
        "{file} wieder daneben legen; nie löschen: was bestätigt wurde, kann allein darin stehen"
    ),
    "{file} is a symlink, which the gateway refuses": "{file} ist ein Symlink, den lehnt das Gateway ab",
    "move the file itself here": "die Datei selbst hierher verschieben",
    "{file} is not a file": "{file} ist keine Datei",
    "restore the ledger from its backup": "das Ledger aus dem Backup wiederherstellen",
    "{file} is not for its owner alone": "{file} ist nicht nur für ihren Besitzer",
    "chmod 600 {file}": "chmod 600 {file}",
    "{where} is on {kind}, a file system that machines share": (
        "{where} liegt auf {kind}, einem Dateisystem, das Rechner sich teilen"
    ),
    "keep it on a local disk: neither the lock nor SQLite's WAL works over a network": (
        "auf eine eigene Platte legen: weder die Sperre noch SQLites WAL geht über ein Netz"
    ),
    "{where} is in memory ({kind})": "{where} liegt im Arbeitsspeicher ({kind})",
    "keep it on a disk: this ends with the machine": "auf eine Platte legen: das hier endet mit dem Rechner",
    "{where} is on {kind}, a container's own layers": "{where} liegt auf {kind}, im Container selbst",
    "keep it on a volume: this ends with the container": "in ein Volume legen: das hier endet mit dem Container",
    "{free} free": "{free} frei",
    "{free} free, enough for {lasts} at the present growth": "{free} frei, das reicht beim jetzigen Wachstum {lasts}",
    "more than ten years": "mehr als zehn Jahre",
    "make room, or move the data directory to a larger disk: on a full one every command is refused": (
        "Platz schaffen, oder auf eine größere Platte umziehen: auf einer vollen wird jeder Befehl abgelehnt"
    ),
    "nobody has the ledger": "niemand benutzt das Ledger",
    "pid {pid} has the ledger": "PID {pid} benutzt das Ledger",
    "pid {pid} on {host} since {since}": "PID {pid} auf {host} (seit {since})",
    "the ledger is in use by {holder}": "das Ledger wird benutzt von {holder}",
    "nobody has the ledger; {last} had it last": "niemand benutzt das Ledger; zuletzt war es {last}",
    "pid {pid} holds the lock and did not sign; {last} did last": (
        "PID {pid} hält die Sperre und hat sich nicht eingetragen; zuletzt tat das {last}"
    ),
    "look what pid {pid} is: no gateway can start while it holds the lock": (
        "nachsehen, was PID {pid} ist: solange sie die Sperre hält, startet kein Gateway"
    ),
    "the ledger was opened last by {last}, which cannot be seen from here": (
        "zuletzt hatte {last} das Ledger geöffnet, das ist von hier aus nicht zu sehen"
    ),
    "look on {host} whether it runs; one that is gone does no harm": (
        "auf {host} nachsehen, ob es läuft; wenn nicht, schadet es nichts"
    ),
    "the gateway at {url} has another ledger: it is at position {theirs}, the one in {where} at {ours}": (
        "das Gateway unter {url} hat ein anderes Ledger: das steht bei Position {theirs}, das in {where} bei {ours}"
    ),
    "name the gateway with --url, or its ledger with --data-dir": (
        "das Gateway mit --url nennen, oder sein Ledger mit --data-dir"
    ),
    "nothing here yet: the first start of the gateway begins the ledger": (
        "noch nichts da: der erste Start des Gateways beginnt das Ledger"
    ),
    "an empty ledger ({size}, {wal} in the -wal file)": "ein leeres Ledger ({size}, {wal} in der -wal-Datei)",
    "{head} events ({size}, {wal} in the -wal file), {read}; the last one {ago} ago": (
        "{head} Events ({size}, {wal} in der -wal-Datei), {read}; das letzte vor {ago}"
    ),
    "all read and whole": "alle gelesen und heil",
    "the last {number} read and whole": "die letzten {number} gelesen und heil",
    "the -wal file has grown to {size}": "die -wal-Datei ist auf {size} gewachsen",
    "end the program that keeps a read transaction open on it": (
        "das Programm beenden, das darauf eine Lesetransaktion offen hält"
    ),
    "stop the gateway, keep the files, and restore the backup (docs/operations.md)": (
        "das Gateway anhalten, die Dateien aufheben, das Backup wiederherstellen (docs/operations.md)"
    ),
    "start the gateway, or look again in a moment": "das Gateway starten, oder gleich noch einmal nachsehen",
    "somebody could have changed history: compare with the backup; a start puts back only what is missing": (
        "jemand könnte die Geschichte geändert haben: mit dem Backup vergleichen; ein Start ergänzt nur, was fehlt"
    ),
    "{now}, {off} s off the gateway's clock": "{now}, {off} s neben der Uhr des Gateways",
    "the clock shows {now}, before this program was written": (
        "die Uhr zeigt {now}, da war dieses Programm noch nicht geschrieben"
    ),
    "the last event, at position {seq}, is {ahead} in the future": (
        "das letzte Event, an Position {seq}, liegt {ahead} in der Zukunft"
    ),
    "the clock was set back by {back} at position {seq}": "bei Position {seq} wurde die Uhr um {back} zurückgestellt",
    "the gateway's clock is {off} ahead of this machine's": "die Uhr des Gateways geht gegen diese {off} vor",
    "the gateway's clock is {off} behind this machine's": "die Uhr des Gateways geht gegen diese {off} nach",
    "set the clock, and keep it set with NTP (systemd-timesyncd, chrony)": (
        "die Uhr stellen, und mit NTP gestellt halten (systemd-timesyncd, chrony)"
    ),
    "{number} days": "{number} Tage",
    "{number} hours": "{number} h",
    "{number} minutes": "{number} min",
    "{number} s": "{number} s",
    "nothing here yet: start a gateway with: kit gateway": "noch nichts da: ein Gateway startet kit gateway",
    "{version} at {url}, up for {up}, answers in {round_trip} ms; your role: {role}; other clients: {clients}": (
        "{version} unter {url}, läuft seit {up}, antwortet in {round_trip} ms; "
        "deine Rolle: {role}; andere Clients: {clients}"
    ),
    "the settings have the gateway at {url}; kit's commands look for it at {usual}": (
        "nach den Einstellungen ist das Gateway unter {url}; die Befehle von kit suchen es unter {usual}"
    ),
    "set KIT_GATEWAY_URL={url}: kit's commands do not read the gateway's file": (
        "KIT_GATEWAY_URL={url} setzen: die Befehle von kit lesen die Datei des Gateways nicht"
    ),
    "no gateway answers at {url}: {why}": "unter {url} antwortet kein Gateway: {why}",
    "start it with: kit gateway": "starten mit: kit gateway",
    "check the address, the network and the proxy; start a gateway with: kit gateway": (
        "Adresse, Netz und Proxy prüfen; ein Gateway startet kit gateway"
    ),
    "no gateway answers at {url} ({why}), but pid {pid} has the ledger": (
        "unter {url} antwortet kein Gateway ({why}), aber PID {pid} benutzt das Ledger"
    ),
    "name its address with --url, or start it again": "die Adresse mit --url nennen, oder neu starten",
    "the port is 0: where the gateway listens, its greeting alone says": (
        "der Port ist 0: wo das Gateway lauscht, sagt nur sein Gruß"
    ),
    "name it with --url": "mit --url nennen",
    "the gateway at {url} refuses the token: {why}": "das Gateway unter {url} lehnt das Token ab: {why}",
    "give the right token with --token-file, or KIT_GATEWAY_TOKEN_FILE": (
        "das richtige Token mit --token-file oder KIT_GATEWAY_TOKEN_FILE angeben"
    ),
    "the gateway at {url} has no room: {why}": "das Gateway unter {url} hat keinen Platz mehr: {why}",
    "end clients that are not needed, or raise KIT_GATEWAY_MAX_CONNECTIONS": (
        "Clients beenden, die niemand braucht, oder KIT_GATEWAY_MAX_CONNECTIONS erhöhen"
    ),
    "the gateway at {url} does not answer as expected: {why}": (
        "das Gateway unter {url} antwortet anders als erwartet: {why}"
    ),
    "the gateway speaks protocol {theirs}, and kit {ours}": "das Gateway spricht Protokoll {theirs}, kit {ours}",
    "the gateway is version {theirs}, and kit {ours}": "das Gateway hat Version {theirs}, kit {ours}",
    "install the same version of kit on both sides, and start the gateway again": (
        "auf beiden Seiten dieselbe Version von kit installieren und das Gateway neu starten"
    ),
    "see what it means in docs/operations.md, under Health": "was das heißt, steht in docs/operations.md unter Health",
    "see docs/security.md": "siehe docs/security.md",
    "the views are {lag} events behind": "die Sichten sind {lag} Events zurück",
    "wait; if it lasts, the machine is too busy": "warten; bleibt es so, hat der Rechner zu viel zu tun",
    "{clients} of at most {most} clients are connected": "{clients} von höchstens {most} Clients sind verbunden",
    "the gateway takes {seconds} s to answer": "das Gateway braucht {seconds} s für eine Antwort",
    "look at kit_loop_lag_seconds and kit_commit_seconds in /metrics, and at the network": (
        "kit_loop_lag_seconds und kit_commit_seconds in /metrics ansehen, und das Netz"
    ),
    "nothing to ask: no gateway trades on {exchanges}": "niemand zu fragen: kein Gateway handelt auf {exchanges}",
    "{name} does not answer": "{name} antwortet nicht",
    "look at its status page and at the gateway's network; the gateway tries again by itself": (
        "ihre Statusseite ansehen und das Netz des Gateways; das Gateway versucht es selbst weiter"
    ),
    "{name} takes {latency} ms to answer": "{name} braucht {latency} ms für eine Antwort",
    "look at the network between gateway and exchange": "das Netz zwischen Gateway und Börse ansehen",
    "{name} answers in {latency} ms: {kind}": "{name} antwortet in {latency} ms: {kind}",
    "paper money, simulated prices": "Spielgeld, simulierte Preise",
    "paper money, given prices": "Spielgeld, vorgegebene Preise",
    "real money": "echtes Geld",
    "kit {kit}, Python {python}, SQLite {sqlite}": "kit {kit}, Python {python}, SQLite {sqlite}",
    "kit runs from its source and is not installed": "kit läuft aus den Quellen und ist nicht installiert",
    "pip install -c constraints.txt .": "pip install -c constraints.txt .",
    "Python {found} is too old": "Python {found} ist zu alt",
    "use {least} or newer": "{least} oder neuer nehmen",
    "Python runs with -O, which leaves the ledger's own checks out": (
        "Python läuft mit -O, das lässt die Prüfungen des Ledgers weg"
    ),
    "unset PYTHONOPTIMIZE": "PYTHONOPTIMIZE nicht setzen",
    "SQLite {found} is too old": "SQLite {found} ist zu alt",
    "use a Python that has {least} or newer": "ein Python nehmen, das {least} oder neuer hat",
    "SQLite {found} can damage a log that two programs write to at once": (
        "SQLite {found} kann ein Log beschädigen, in das zwei Programme zugleich schreiben"
    ),
    "let no other program write to the ledger while the gateway runs, or use a Python with 3.51.3 or newer": (
        "kein anderes Programm ins Ledger schreiben lassen, während das Gateway läuft, "
        "oder ein Python mit 3.51.3 oder neuer nehmen"
    ),
    "SQLite {found} was compiled for one thread at a time": "SQLite {found} ist nur für einen Thread übersetzt",
    "use a Python whose SQLite has THREADSAFE=1": "ein Python nehmen, dessen SQLite THREADSAFE=1 hat",
    "SQLite {found} was compiled with {option}": "SQLite {found} ist mit {option} übersetzt",
    "use a Python whose SQLite has it all": "ein Python mit einem vollständigen SQLite nehmen",
    "which versions kit needs is not known, since it is not installed": (
        "welche Versionen kit braucht, ist nicht bekannt: es ist nicht installiert"
    ),
    "{name} is missing; kit needs {bounds}": "{name} fehlt; kit braucht {bounds}",
    "{name} is {found}; kit needs {bounds}": "{name} ist {found}; kit braucht {bounds}",
    "{name} is {found}; {bounds} will do, and {tested} was tested": (
        "{name} ist {found}; {bounds} genügt, getestet ist {tested}"
    ),
    "{encoding} cannot show all signs that kit prints": "{encoding} kann nicht alle Zeichen von kit zeigen",
    "set LANG=C.UTF-8": "LANG=C.UTF-8 setzen",
    "{columns} columns: tables will be folded": "{columns} Spalten: Tabellen werden umbrochen",
    "make the window {least} columns wide": "das Fenster {least} Spalten breit machen",
    "no terminal": "kein Terminal",
    "{columns} columns": "{columns} Spalten",
    "{encoding}, {width}, LANG={language}": "{encoding}, {width}, LANG={language}",
    "no answer within {seconds} s": "keine Antwort innerhalb von {seconds} s",
    "look at what it has to wait for: a disk, a network": "nachsehen, worauf gewartet wird: eine Platte, ein Netz",
    "{file}: permission denied": "{file}: kein Zugriff",
    "run kit doctor as the user that runs the gateway": "kit doctor als Benutzer des Gateways starten",
    "the check itself failed: {why}": "die Prüfung selbst ist gescheitert: {why}",
    "look at it by hand, and report the mistake": "von Hand nachsehen, und den Fehler melden",
}
