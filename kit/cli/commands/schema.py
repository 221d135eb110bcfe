"""``kit schema``"""

import json
from collections.abc import Iterator
from typing import Any

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.language import text as _
from kit.cli.options import json_option
from kit.cli.page import Example, Page
from kit.cli.parameters import argument
from kit.cli.screen import facts, show
from kit.wire.system import Schema


def listed(schema: Schema) -> Iterator[RenderableType]:
    yield _(
        "Protocol {version}. The schema of one: kit schema METHOD; all of it: kit schema --json",
        version=schema.protocol,
    )
    yield facts(
        [
            (_("Methods"), ", ".join(schema.methods)),
            (_("Events"), ", ".join(schema.events)),
            (_("Tools"), ", ".join(schema.tools)),
        ]
    )


def of_one(schema: Schema, name: str) -> dict[str, Any]:
    """The schema of a method, event or tool, with the definitions that it refers to.

    Raises:
        click.UsageError: there is none of that name.
    """
    named = schema.methods | schema.events | schema.tools
    if name not in named:
        raise click.UsageError(_("there is no {name}; there is {names}", name=name, names=", ".join(named)))
    return {"schema": named[name], "definitions": definitions_in(named[name], schema.definitions)}


def definitions_in(part: object, definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that ``part`` refers to, and those that they refer to."""
    found: dict[str, Any] = {}
    waiting = [json.dumps(part)]
    while waiting:
        text = waiting.pop()
        for name in definitions.keys() - found.keys():
            if f'/{name}"' in text:
                found[name] = definitions[name]
                waiting.append(json.dumps(definitions[name]))
    return dict(sorted(found.items()))


@click.command(
    cls=Page,
    see_also=("status",),
    examples=(
        Example("kit schema", "Which methods, events and tools there are:"),
        Example("kit schema trade.execute", "What one method takes and answers:"),
        Example("kit schema --json", "All of it, to generate a client from:"),
    ),
)
@argument("method", required=False, help="A method, event or tool; all of them unless said otherwise.")
@json_option
@click.pass_obj
def schema(endpoint: Endpoint, method: str | None, as_json: bool) -> None:
    """Print the JSON Schema of the protocol, or of one METHOD, event or tool.

    The schema is that of the gateway that answers, which may be older or newer than this command line.
    """
    answer = ask(endpoint, Schema, "protocol.schema", as_json=as_json)
    if method is None:
        show(answer, listed, as_json=as_json, prices=False)
    else:
        click.echo(json.dumps(of_one(answer.document, method), indent=2))
