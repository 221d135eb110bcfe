"""Options and arguments whose words are looked up when they are shown, in the language of whoever reads them."""

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar

import click

from kit.cli.language import text as _

F = TypeVar("F", bound=Callable[..., Any])
Decorator: TypeAlias = Callable[[F], F]

GENERAL: Final = "Options"
PLACEHOLDER: Final = re.compile(r"[A-Z]{2,}")


def placeholders(words: str) -> str:
    """``[ORDER]`` or ``PAIR=PATH`` with each name for a value in the reader's language."""
    return PLACEHOLDER.sub(lambda found: _(found[0]), words)


class Translated(click.Parameter):
    """``help`` is set in English, and read in the reader's language."""

    english: str | None = None

    @property
    def help(self) -> str | None:
        return _(self.english) if self.english else self.english

    @help.setter
    def help(self, english: str | None) -> None:
        self.english = english

    def make_metavar(self, ctx: click.Context) -> str:
        made = super().make_metavar(ctx)
        return made if isinstance(self.type, click.Choice) else placeholders(made)


class Option(Translated, click.Option):
    """An option that stands in the section ``group`` of its command's help."""

    def __init__(self, *declarations: Any, group: str = GENERAL, **attributes: Any) -> None:
        super().__init__(*declarations, **attributes)
        self.group = group


class Argument(Translated, click.Argument):
    """An argument that may be explained, in a section above those of the options."""


def option(*declarations: str, **attributes: Any) -> Decorator[Any]:
    return click.option(*declarations, cls=Option, **attributes)


def argument(*declarations: str, **attributes: Any) -> Decorator[Any]:
    return click.argument(*declarations, cls=Argument, **attributes)
