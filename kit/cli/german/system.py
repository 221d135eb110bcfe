"""``kit status``"""

from typing import Final

TEXTS: Final = {
    "Say whether the gateway runs and what it serves.": "Zeigen, ob das Gateway läuft und was es anbietet.",
    "It says that a gateway answers, for how long it has been up, and how many clients, skills and tools it has; "
    "whether all of that works is what kit health says.": (
        "Zeigt, dass ein Gateway antwortet, wie lange es schon läuft und wie viele Clients, Skills und Tools es hat; "
        "ob das alles funktioniert, zeigt kit health."
    ),
    "Is the gateway there?": "Ist das Gateway da?",
    "The same of another gateway:": "Dasselbe von einem anderen Gateway:",
    "In a script, without waiting long:": "In einem Skript, ohne lange zu warten:",
    "{state}, version {version}, up {duration}": "{state}, Version {version}, seit {duration}",
    "running": "läuft",
    "stopping": "fährt herunter",
    "Gateway": "Gateway",
    "Clients": "Clients",
    "Skills": "Skills",
    "Tools": "Tools",
    "Exchanges": "Börsen",
    "Prices": "Preise",
    "simulated": "simuliert",
    "It names what does not work, and warns of risky settings. A gateway that is not healthy answers all the same, "
    "so the exit code is 0 then too: it says that there was an answer, not that it was a good one.": (
        "Nennt, was nicht funktioniert, und warnt vor riskanten Einstellungen. Auch ein gestörtes Gateway antwortet, "
        "daher ist der Rückgabewert auch dann 0: Er sagt, dass eine Antwort kam, nicht, dass sie gut war."
    ),
    "Is everything as it should be?": "Ist alles in Ordnung?",
    "For a monitor that reads the field ok:": "Für eine Überwachung, die das Feld ok liest:",
    "Healthy, up {duration}": "Alles in Ordnung, läuft seit {duration}",
    "Not healthy, up {duration}": "Nicht in Ordnung, läuft seit {duration}",
    "Problem: {problem}": "Problem: {problem}",
    "Warning: {warning}": "Warnung: {warning}",
    "healthy": "in Ordnung",
    "degraded": "eingeschränkt",
    "disabled": "abgeschaltet",
    "failed": "ausgefallen",
    "connected": "verbunden",
    "not connected": "nicht verbunden",
    "simulated prices": "simulierte Preise",
    "log": "Log",
    "position {position}, {lag} behind": "Position {position}, {lag} im Rückstand",
    "Print the JSON Schema of the protocol, or of one METHOD, event or tool.": (
        "Das JSON-Schema des Protokolls ausgeben, oder das einer METHODE, eines Events oder eines Tools."
    ),
    "The schema is that of the gateway that answers, which may be older or newer than this command line.": (
        "Es ist das Schema des Gateways, das antwortet; es kann älter oder neuer sein als diese Kommandozeile."
    ),
    "A method, event or tool; all of them unless said otherwise.": (
        "Eine Methode, ein Event oder ein Tool; ohne Angabe alle."
    ),
    "Which methods, events and tools there are:": "Welche Methoden, Events und Tools es gibt:",
    "What one method takes and answers:": "Was eine Methode nimmt und antwortet:",
    "All of it, to generate a client from:": "Alles, um daraus einen Client zu erzeugen:",
    "Protocol {version}. The schema of one: kit schema METHOD; all of it: kit schema --json": (
        "Protokoll {version}. Das Schema einer Methode: kit schema METHODE; alles: kit schema --json"
    ),
    "Methods": "Methoden",
    "Events": "Events",
    "there is no {name}; there is {names}": "{name} gibt es nicht; es gibt {names}",
}
