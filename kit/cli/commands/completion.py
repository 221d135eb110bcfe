"""``kit completion``: the script with which a shell completes ``kit``."""

from typing import Final

import click
from click.shell_completion import get_completion_class

from kit.cli.page import LANGUAGE, Example, Page
from kit.cli.parameters import argument

SHELLS: Final = ("bash", "zsh", "fish")
COMPLETE_VARIABLE: Final = "_KIT_COMPLETE"  # How the scripts ask; click reads it.


@click.command(
    cls=Page,
    environment=LANGUAGE,
    exits={0: "done", 2: "there is no script for this shell"},
    see_also=("help",),
    examples=(
        Example('eval "$(kit completion bash)"', "bash: put this line into ~/.bashrc:"),
        Example('eval "$(kit completion zsh)"', "zsh: put this line into ~/.zshrc, behind compinit:"),
        Example("kit completion fish > ~/.config/fish/completions/kit.fish", "fish: do this once:"),
    ),
)
@argument("shell", type=click.Choice(SHELLS), help="The shell that the script is for.")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script with which a shell completes kit.

    Commands, options and their choices are completed anywhere; pairs, orders, positions, assets, accounts and exchanges
    are those of the gateway that runs. Where there is none, or none that answers within a second, nothing is offered
    and nothing is said.
    """
    kind = get_completion_class(shell)
    assert kind is not None
    root = ctx.find_root()
    click.echo(kind(root.command, {}, root.info_name or "kit", COMPLETE_VARIABLE).source(), nl=False)
