"""Every text that the command line can say, read off its source, its commands and click's source."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, get_args, get_type_hints

import click
import pytest

import kit.cli
import kit.doctor
from domain.money import NumberRefused, parse
from kit.cli.commands.amend import CHANGED
from kit.cli.lazy import LazyGroup
from kit.cli.main import kit as root
from kit.cli.page import Page, paragraphs
from kit.cli.parameters import GENERAL, PLACEHOLDER, Option, Translated
from kit.cli.risk_words import LIMITS
from kit.cli.watch.panels.help import KEYS, NOTES
from kit.cli.watch.panels.status import KEYS as SCREEN_KEYS
from kit.cli.words_of_click import MODULES
from kit.doctor.figures import SPANS
from kit.doctor.finding import Level
from kit.doctor.table import CHECKS
from kit.wire.frames import ErrorCode
from kit.wire.market import Analysis
from kit.wire.orders import Order, Position
from kit.wire.system import SkillHealth, Status


def refusal(number: str) -> str:
    with pytest.raises(NumberRefused) as refused:
        parse(number)
    return refused.value.why


SOURCES: Final = sorted(Path(kit.cli.__file__).parent.rglob("*.py"))
VALUES: Final = (
    (Status, "gateway"),
    (Order, "status"),
    (Order, "side"),
    (Order, "type"),
    (Position, "side"),
    (Analysis, "trend"),
    (Analysis, "signal"),
)
DOCTOR: Final = sorted(Path(kit.doctor.__file__).parent.rglob("*.py"))
SAYING: Final = ("ok", "warning", "problem", "said")
# What says nothing of its own: a placeholder alone, and the names of values.
BARE: Final = {
    *("url", "why", "size", "wal"),
    *("{wrong}", "{unwise}", "{settings}", "{fault}", "{altered}", "{said}", "{now}", "{packages}"),
}
FINDINGS: Final = {*(check.name for check in CHECKS), *get_args(Level), *(words for words, _ in SPANS)}
# Looked up by the value that arrives.
ARRIVING: Final = {
    *get_args(ErrorCode),
    *(value for struct, field in VALUES for value in get_args(get_type_hints(struct)[field])),
    *get_args(SkillHealth),
    *CHANGED.values(),
    *(word for key, action, _ in SCREEN_KEYS for word in (key, action)),
    *(word for key in KEYS for word in key),
    *NOTES,
    *(words.name for words in LIMITS.values()),
    "interrupted",
    *(refusal(number) for number in ("x", "1" * 41, "1e31", "1e15", "1e-19")),
}


def looked_up(source: str) -> Iterator[str]:
    """The literals that a call of ``_`` or of one of its sisters is given."""
    for call in ast.walk(ast.parse(source)):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in ("_", "counted", "ngettext")
        ):
            for argument in call.args:
                yield from (
                    part.value
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
                )


def titles(source: str) -> Iterator[str]:
    """Of columns and panels, which are looked up when they are drawn."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Column", "Panel"):
            title = call.args[0]
            assert isinstance(title, ast.Constant)
            assert isinstance(title.value, str)
            yield title.value


def in_the_source() -> set[str]:
    sources = [path.read_text("utf-8") for path in SOURCES]
    shown = {text for source in sources for text in (*looked_up(source), *titles(source))}
    return shown | {text for path in DOCTOR for text in findings_of(path.read_text("utf-8"))} - BARE | FINDINGS


def findings_of(source: str) -> Iterator[str]:
    """The sentences that the doctor's findings are made of: literals, and what names for them stand for."""
    tree = ast.parse(source)
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign)]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
            for argument in call.args:
                yield from literals(argument)
                names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
                yield from (text for node in named if names & targets(node) for text in literals(node))


def literals(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    places = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {part.id for place in places for part in ast.walk(place) if isinstance(part, ast.Name)}


def of_click() -> set[str]:
    return {"required", *(text for module in MODULES for text in looked_up(inspect.getsource(module)))}


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, the entry to all of them too."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def in_the_help() -> set[str]:
    return {
        text
        for _, command in commands()
        for text in (*(of_page(command) if isinstance(command, Page) else ()), *of_parameters(command.params))
    }


def of_page(page: Page) -> Iterator[str]:
    yield from paragraphs(page.help)
    yield from (example.purpose for example in page.examples)
    yield from page.exits.values()
    yield from page.environment.values()
    yield from PLACEHOLDER.findall(page.options_metavar or "")
    if isinstance(page, click.Group):
        yield from PLACEHOLDER.findall(page.subcommand_metavar)
    if isinstance(page, LazyGroup):
        yield from (entry.summary for entry in page.entries.values())


def of_parameters(params: Iterable[click.Parameter]) -> Iterator[str]:
    for param in params:
        if not isinstance(param, Translated):
            continue
        yield from filter(None, [param.english])
        if isinstance(param, Option) and param.group != GENERAL:
            yield param.group
        if not (isinstance(param.type, click.Choice) or getattr(param, "is_flag", False)):
            yield from PLACEHOLDER.findall(param.metavar or (param.name or "").upper())
