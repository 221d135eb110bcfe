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
}
