"""Which language the command line speaks, and that it speaks it everywhere."""

import pytest

from kit.cli.language import language
from kit.wire.frames import ErrorBody
from tests.kit.cli.command_line import run, run_at
from tests.kit.client.scripted import ScriptedGateway

NOWHERE = "ws://127.0.0.1:1"


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de-AT"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "den_CA"}, "en"),
        ({"LC_MESSAGES": "de_CH", "LANG": "en_US"}, "de"),
        ({"LC_ALL": "C", "LC_MESSAGES": "de_DE", "LANG": "de_DE"}, "en"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "de"),
        ({"KIT_LANG": "en", "LC_ALL": "de_DE"}, "en"),
        ({"KIT_LANG": "de", "LC_ALL": "C"}, "de"),
        ({"KIT_LANG": "", "LANG": "de_DE"}, "de"),
        ({"KIT_LANG": "fr", "LANG": "de_DE"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_names_the_language(environ: dict[str, str], spoken: str) -> None:
    assert language(environ) == spoken


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tokn", "x", "status"), "Fehler: Die Option '--tokn' gibt es nicht."),
        (("stats",), "Fehler: Den Befehl 'stats' gibt es nicht."),
        (("buy",), "Fehler: Es fehlt das Argument"),
        (("--timeout", "0", "status"), "Fehler: Ungültiger Wert für '--timeout': 0.0 liegt nicht im Bereich x>0."),
        (("--token-file", "none", "status"), "'none' gibt es nicht."),
        (("status", "now"), "Fehler: Ein Argument zu viel (now)"),
        (("orders", "--status"), "Fehler: Die Option '--status' braucht einen Wert."),
    ],
)
async def test_click_says_what_is_wrong_in_german(words: tuple[str, ...], said: str) -> None:
    done = await run_at(NOWHERE, *words, KIT_LANG="de")
    assert done.code == 2
    assert said in done.err


async def test_german_says_how_to_start_a_gateway() -> None:
    done = await run_at(NOWHERE, "status", KIT_LANG="de")
    assert done.err == "Kein Gateway unter ws://127.0.0.1:1. Starten mit: kit gateway\n"


async def test_german_explains_the_code_beside_what_the_gateway_said(gateway: ScriptedGateway) -> None:
    gateway.plan("status", ErrorBody("INSUFFICIENT_FUNDS", "Not enough USDT", retryable=False))
    assert (await run(gateway, "status", KIT_LANG="de")).err == (
        "Abgelehnt (INSUFFICIENT_FUNDS, nicht genug Guthaben): Not enough USDT\n"
    )


async def test_json_is_the_same_in_every_language(gateway: ScriptedGateway) -> None:
    gateway.plan("status", ErrorBody("INVALID_REQUEST", "no", retryable=False))
    english = await run(gateway, "status", "--json")
    german = await run(gateway, "status", "--json", KIT_LANG="de")
    assert english == german
