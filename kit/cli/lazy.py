"""A group whose commands are imported when they are called, so that ``kit --help`` is quick."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from kit.cli.language import text as _
from kit.cli.page import PageGroup
from kit.cli.words_of_click import look_up_here


class Entry(NamedTuple):
    """Where a command is (``module:attribute``) and its line in the help."""

    where: str
    summary: str


class LazyGroup(PageGroup):
    def __init__(self, *args: Any, entries: Mapping[str, Entry], **options: Any) -> None:
        super().__init__(*args, **options)
        self.entries = entries

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        look_up_here()
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.entries:
            return None
        module, attribute = self.entries[cmd_name].where.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Complete commands from their entries alone, as the help lists them, and options as click does."""
        begun = [(name, entry) for name, entry in self.entries.items() if name.startswith(incomplete)]
        items = [CompletionItem(name, help=_(entry.summary)) for name, entry in begun]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their entries alone; click's own way imports them all."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(entry.summary)) for name, entry in self.entries.items()])
