"""Every page of help: its examples can be typed, what it refers to exists, and ``kit help`` shows the same."""

import re
import shlex
from pathlib import Path
from typing import Final

import pytest

from kit.cli.main import COMMANDS, kit
from kit.cli.page import Page
from kit.cli.parameters import Translated
from tests.kit.cli.command_line import check_arguments, run_at
from tests.kit.cli.texts import commands

NOWHERE: Final = "ws://127.0.0.1:1"
WITHIN: Final = re.compile(r"(?:[A-Z_]+=\S+ )?(?:eval \"\$\()?kit (?P<words>[^>)|]*)")
PAGES: Final = {" ".join(path): command for path, command in commands()}


def words_of(line: str) -> list[str]:
    """The arguments of the ``kit`` in a line as it is typed."""
    found = WITHIN.match(line)
    assert found is not None, line
    return shlex.split(found["words"])


@pytest.mark.parametrize("words", PAGES)
def test_every_command_has_a_page_and_all_its_parameters_are_explained(words: str) -> None:
    page = PAGES[words]
    assert isinstance(page, Page)
    assert page.help
    for param in page.params:
        assert isinstance(param, Translated), param.name
        assert param.help, param.name


@pytest.mark.parametrize("words", PAGES)
def test_a_page_has_two_to_four_examples_that_can_be_typed(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGES[words]
    assert isinstance(page, Page)
    assert 2 <= len(page.examples) <= 4
    for example in page.examples:
        arguments = words_of(example.line)
        if "--help" not in arguments:
            check_arguments(kit, "kit", arguments)


@pytest.mark.parametrize("words", PAGES)
def test_a_page_refers_to_other_pages_that_exist(words: str) -> None:
    page = PAGES[words]
    assert isinstance(page, Page)
    assert words not in page.see_also
    assert set(page.see_also) <= PAGES.keys()
    assert page.see_also or not words


@pytest.mark.parametrize("words", PAGES)
async def test_kit_help_shows_what_the_option_shows(words: str) -> None:
    by_command = await run_at(NOWHERE, "help", *words.split())
    by_option = await run_at(NOWHERE, *words.split(), "--help")
    assert by_command == by_option
    assert by_command.code == 0


async def test_there_is_no_help_for_what_does_not_exist() -> None:
    done = await run_at(NOWHERE, "help", "market", "prize")
    assert done.code == 2
    assert "No such command 'prize'." in done.err
    assert (await run_at(NOWHERE, "help", "orders", "more")).code == 2


async def test_the_help_of_all_names_every_command_once_in_the_order_of_the_table() -> None:
    shown = await run_at(NOWHERE, "--help")
    listed = shown.out.split("Commands:\n")[1].split("\n\n")[0]
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == list(COMMANDS)
