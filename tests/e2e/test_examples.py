"""The examples of the help that change nothing do what they say, on a real gateway."""

import asyncio
from collections.abc import Iterator
from typing import Final

import pytest
from click.testing import CliRunner, Result

from kit.cli.exit_codes import READING
from kit.cli.main import kit
from kit.cli.page import Page
from tests.e2e.gateway import PAGE_PRICES, UNHURRIED, Gateway, running
from tests.kit.cli.test_pages import words_of
from tests.kit.cli.texts import commands

# They name an order or a gateway that is not there; and what watches without --once does so for ever.
ELSEWHERE: Final = ("o-1", "rebalance-7", "--url")
HARMLESS: Final = [
    example.line
    for path, page in commands()
    if isinstance(page, Page) and page.exits is READING and path
    for example in page.examples
    if not any(word in example.line for word in ELSEWHERE) and (path != ("watch",) or "--once" in example.line)
]


def test_most_commands_have_an_example_that_is_run_here() -> None:
    assert len(HARMLESS) >= 25


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose account holds coins that could be sold."""
    funds = {"KIT_PAPER_FUNDS": "USDT=10000,BTC=0.5"}
    with running(tmp_path_factory.mktemp("examples") / "data", **PAGE_PRICES, **UNHURRIED, **funds) as gateway:
        yield gateway


@pytest.mark.parametrize("line", HARMLESS)
@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_harmless_example_works(owner: Gateway, line: str, language: str) -> None:
    done = await asyncio.to_thread(invoked, owner, line, language)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert done.stdout


def invoked(gateway: Gateway, line: str, language: str) -> Result:
    environ = {"KIT_GATEWAY_URL": gateway.url.replace("http", "ws"), "KIT_LANG": language}
    without_user = dict.fromkeys(("KIT_GATEWAY_TOKEN", "KIT_GATEWAY_TOKEN_FILE"))
    return CliRunner().invoke(kit, words_of(line), env={**without_user, **environ})
