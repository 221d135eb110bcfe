"""``kit help COMMAND``, which is ``kit COMMAND --help``."""

from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from kit.cli.language import text as _
from kit.cli.page import LANGUAGE, Example, Page
from kit.cli.parameters import argument


class CommandName(click.ParamType[str]):
    """A command, within those named before it."""

    name = "command"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        context = ctx.find_root()
        with suppress(click.UsageError):
            for word in ctx.params.get("words") or ():
                context = within(context, word)
        group = context.command
        names = group.list_commands(context) if isinstance(group, click.Group) else ()
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command(
    "help",
    cls=Page,
    environment=LANGUAGE,
    exits={0: "done", 2: "there is no such command"},
    see_also=("completion",),
    examples=(
        Example("kit help", "What commands there are:"),
        Example("kit help orders", "All about one:"),
        Example("kit help market price", "About one that is within another:"),
    ),
)
@argument(
    "words",
    metavar="[COMMAND]...",
    nargs=-1,
    type=CommandName(),
    help="The command; all of them unless said otherwise.",
)
@click.pass_context
def help_command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Show the help of a command.

    It is the same as --help behind the command, and asks no gateway.
    """
    context = ctx.find_root()
    for word in words:
        context = within(context, word)
    click.echo(context.get_help())


def within(context: click.Context, word: str) -> click.Context:
    """The context of the command ``word`` of the group that ``context`` is about.

    Raises:
        click.UsageError: there is no such command.
    """
    group = context.command
    command = group.get_command(context, word) if isinstance(group, click.Group) else None
    if command is None:
        raise click.UsageError(_("No such command {name!r}.", name=word), context)
    return click.Context(command, parent=context, info_name=word)
