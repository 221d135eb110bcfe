"""Commands whose ``--help`` is a whole page: what they do, options in sections, examples, exit codes, see also."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import click

from kit.cli.exit_codes import READING
from kit.cli.language import text as _
from kit.cli.parameters import GENERAL, Option, placeholders

LANGUAGE: Final = {"KIT_LANG": "en or de; without it LC_ALL, LC_MESSAGES or LANG decides"}
# What every command that asks a gateway reads.
ENVIRONMENT: Final[Mapping[str, str]] = {
    "KIT_GATEWAY_URL": "the gateway's address, as --url before the command",
    "KIT_GATEWAY_TOKEN": "the access token, as --token",
    "KIT_GATEWAY_TOKEN_FILE": "a file that holds the token, as --token-file",
    **LANGUAGE,
}


class Example(NamedTuple):
    """A command as one would type it, and what it is good for."""

    line: str
    purpose: str


class Page(click.Command):
    """A command with its page; the docstring of its function, paragraph by paragraph, is the description."""

    def __init__(
        self,
        *args: Any,
        examples: Sequence[Example] = (),
        environment: Mapping[str, str] = ENVIRONMENT,
        exits: Mapping[int, str] = READING,
        see_also: Sequence[str] = (),
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples
        self.environment = environment
        self.exits = exits
        self.see_also = see_also

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click keeps the option it makes, with the words of the language that it was first shown in."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(next(paragraphs(self.help), ""))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [placeholders(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for paragraph in paragraphs(self.help):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(paragraph))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                sections.setdefault(param.group if isinstance(param, Option) else GENERAL, []).append(record)
        for name, records in sections.items():
            with formatter.section(_(name)):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Environment")):
            formatter.write_dl([(name, _(meaning)) for name, meaning in self.environment.items()])
        with formatter.section(_("Exit codes")):
            formatter.write_dl([(str(code), _(meaning)) for code, meaning in self.exits.items()])
        if self.examples:
            with formatter.section(_("Examples")):
                formatter.write("\n\n".join(example_lines(self.examples)) + "\n")
        if self.see_also:
            with formatter.section(_("See also")):
                formatter.write_text(", ".join(f"kit {name}" for name in self.see_also))


class PageGroup(Page, click.Group):
    """A command that has commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def example_lines(examples: Sequence[Example]) -> Iterator[str]:
    for example in examples:
        yield f"  {_(example.purpose)}\n    $ {example.line}"


def paragraphs(described: str | None) -> Iterator[str]:
    """Each paragraph as one line: the text that the tables know it by."""
    for paragraph in inspect.cleandoc(described or "").split("\n\n"):
        if paragraph:
            yield " ".join(paragraph.split())
