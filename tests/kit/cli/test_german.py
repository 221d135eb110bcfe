"""The German of the command line is whole: nothing is missing, nothing left over, nothing half translated."""

import re
import string
from typing import Final

import pytest

from kit.cli.german import TABLES, TEXTS
from kit.cli.page import Page
from tests.kit.cli.command_line import run_at
from tests.kit.cli.texts import ARRIVING, commands, in_the_help, in_the_source, of_click

NOWHERE: Final = "ws://127.0.0.1:1"
# Words that no German sentence has, nor a name of an option or of a value.
ENGLISH: Final = """the and of or is are not no with for to this that these when what which from only unless said
how your by its than it you has have show one all other before after use where give than be on"""
# Commands, choices, options and variables are called the same in every language.
NAMES: Final = re.compile(r"^ +\$ .*$|\[[\w|-]+\]|--[\w-]+|[A-Z]+(_[A-Z]+)+", re.MULTILINE)
PAGES: Final = {" ".join(path): command for path, command in commands() if isinstance(command, Page)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_has_a_german_one() -> None:
    assert sorted((in_the_source() | in_the_help() | ARRIVING) - TEXTS.keys()) == []


def test_no_german_text_is_left_over() -> None:
    assert sorted(TEXTS.keys() - in_the_source() - in_the_help() - ARRIVING - of_click()) == []


def test_no_text_stands_in_two_tables() -> None:
    assert sum(map(len, TABLES)) == len(TEXTS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: next(iter(table)))
def test_values_have_the_same_names_in_both_languages(table: dict[str, str]) -> None:
    for english, german in table.items():
        assert placeholders(english) == placeholders(german), english


@pytest.mark.parametrize("words", PAGES)
async def test_the_german_help_has_no_english_left(words: str) -> None:
    shown = await run_at(NOWHERE, *words.split(), "--help", KIT_LANG="de")
    assert shown.code == 0
    told = re.findall(r"[a-zäöüß]+", NAMES.sub("", shown.out).lower())
    assert set(ENGLISH.split()) & set(told) == set()


@pytest.mark.parametrize("words", PAGES)
async def test_the_english_help_has_no_german(words: str) -> None:
    shown = await run_at(NOWHERE, *words.split(), "--help", KIT_LANG="en", LANG="de_DE.UTF-8")
    assert shown.code == 0
    assert re.findall(r"[äöüß]", shown.out) == []
