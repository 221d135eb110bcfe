"""``kit doctor``"""

import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Final

import click

from kit.cli.commands.gateway import environment
from kit.cli.endpoint import Endpoint
from kit.cli.failures import REFUSED
from kit.cli.options import json_option
from kit.doctor.examining import examined
from kit.doctor.report import Line, Report
from kit.doctor.scene import Scene
from kit.doctor.table import CHECKS
from kit.wire.frames import encode

MARKS: Final = {"ok": ("ok", "green"), "warning": ("warning", "yellow"), "problem": ("PROBLEM", "red")}
NAME_CHARS: Final = 13
MARK_CHARS: Final = 8


@click.command()
@click.option("--full", is_flag=True, help="Read all of the log, and not its end alone.")
@click.option("--data-dir", metavar="DIR", help="Where the ledger lives; KIT_DATA_DIR unless said otherwise.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, full: bool, data_dir: str | None, as_json: bool) -> None:
    """Say whether this machine and this gateway are fit to trade on, and what to do where they are not.

    It changes nothing, and works without a gateway, without a ledger and with broken settings. Exits with 1 where
    there is a problem; warnings alone are 0.
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
    lines = (Line.of(name, finding) for name, finding in examined(CHECKS, scene, progress))
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
        mark, color = MARKS[line.level]
        click.echo(f"{line.check:<{NAME_CHARS}} {click.style(f'{mark:<{MARK_CHARS}}', fg=color)} {line.detail}")
        if line.advice is not None:
            click.echo(f"{'':<{NAME_CHARS + MARK_CHARS + 2}}→ {line.advice}")
        yield line


def progress(how_far: str) -> None:
    """On a terminal alone, in a line that the next one overwrites."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{how_far}\r", err=True, nl=False)


def summary(report: Report) -> str:
    verdict = "Fit to trade on." if report.ok else "Not fit to trade on."
    return f"{verdict} Problems: {report.problems}, warnings: {report.warnings}."
