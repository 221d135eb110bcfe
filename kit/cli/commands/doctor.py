"""``kit doctor``"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import Final

import click

from kit.cli.commands.gateway import environment
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import REFUSED
from kit.cli.language import text as _
from kit.cli.options import OUTPUT
from kit.cli.page import Example, Page
from kit.cli.parameters import option
from kit.doctor.examining import examined
from kit.doctor.finding import as_written
from kit.doctor.report import Line, Report
from kit.doctor.scene import Scene
from kit.doctor.table import CHECKS
from kit.wire.frames import encode

COLORS: Final = {"ok": "green", "warning": "yellow", "problem": "red"}
NAME_CHARS: Final = 14
MARK_CHARS: Final = 8
EXITS: Final[Mapping[int, str]] = {
    0: "fit to trade on, or with warnings alone",
    REFUSED: "there is a problem",
    2: "the command itself is wrong",
}


@click.command(
    cls=Page,
    exits=EXITS,
    see_also=("health", "status", "gateway"),
    examples=(
        Example("kit doctor", "Before the first start, and whenever something is strange:"),
        Example("kit doctor --full", "After a power failure, or before a backup is thrown away:"),
        Example("kit doctor --json", "For a monitor, and for a report of a mistake; it holds no secret:"),
    ),
)
@option("--full", is_flag=True, help="Read all of the log, and not its end alone.")
@option("--data-dir", metavar="DIR", type=click.Path(), help="Where the ledger lives; KIT_DATA_DIR unless said.")
@option("--json", "as_json", is_flag=True, group=OUTPUT, help="Print all findings as one document, in English.")
@click.pass_context
def doctor(ctx: click.Context, full: bool, data_dir: str | None, as_json: bool) -> None:
    """Say whether this machine and this gateway are fit to trade on.

    Every line is a check: how it is, and below it what to do where it is not well. It changes nothing, takes seconds,
    and works without a gateway, without a ledger and with broken settings.
    """
    endpoint: Endpoint = ctx.obj
    assert ctx.parent is not None
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # A terminal that cannot show a sign is one of the findings.
    scene = Scene(
        environment(os.environ, (), {"data_dir": data_dir}),
        url=endpoint.url if ctx.parent.params["url"] else None,
        token=lambda: token_of(endpoint),
        full=full,
    )
    lines = (
        Line.of(name, finding, as_written if as_json else _) for name, finding in examined(CHECKS, scene, progress)
    )
    report = Report.of(lines if as_json else told(lines))
    click.echo(encode(report).decode() if as_json else summary(report))
    sys.exit(0 if report.ok else REFUSED)


def token_of(endpoint: Endpoint) -> str | None:
    """The token, or none where its file cannot be read: the gateway is looked at all the same."""
    try:
        return endpoint.token
    except click.BadParameter as error:
        click.echo(error.message, err=True)
        return None


def told(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each said as it comes."""
    for line in lines:
        progress("")
        mark = click.style(f"{_(line.level):<{MARK_CHARS}}", fg=COLORS[line.level])
        click.echo(f"{_(line.check):<{NAME_CHARS}} {mark} {line.detail}")
        if line.advice is not None:
            click.echo(f"{'':<{NAME_CHARS + MARK_CHARS + 2}}→ {line.advice}")
        yield line


def progress(how_far: str) -> None:
    """On a terminal alone, in a line that the next one overwrites."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{how_far}\r", err=True, nl=False)


def summary(report: Report) -> str:
    verdict = _("Fit to trade on.") if report.ok else _("Not fit to trade on.")
    counted = _("Problems: {problems}, warnings: {warnings}.", problems=report.problems, warnings=report.warnings)
    return f"{verdict} {counted}"
