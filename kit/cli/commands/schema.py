"""``kit schema``"""

import json
from collections.abc import Iterator
from typing import Any

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import json_option
from kit.cli.screen import facts, show
from kit.wire.system import Schema


def listed(schema: Schema) -> Iterator[RenderableType]:
    yield f"Protocol {schema.protocol}. The schema of one: kit schema METHOD; all of it: kit schema --json"
    yield facts(
        [
            ("Methods", ", ".join(schema.methods)),
            ("Events", ", ".join(schema.events)),
            ("Tools", ", ".join(schema.tools)),
        ]
    )


def of_one(schema: Schema, name: str) -> dict[str, Any]:
    """The schema of a method, event or tool, with the definitions that it refers to.

    Raises:
        click.UsageError: there is none of that name.
    """
    named = schema.methods | schema.events | schema.tools
    if name not in named:
        raise click.UsageError(f"there is no {name}; there is {', '.join(named)}")
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


@click.command()
@click.argument("method", required=False)
@json_option
@click.pass_obj
def schema(endpoint: Endpoint, method: str | None, as_json: bool) -> None:
    """Print the JSON Schema of the protocol, or of one METHOD, event or tool."""
    answer = ask(endpoint, Schema, "protocol.schema", as_json=as_json)
    if method is None:
        show(answer, listed, as_json=as_json, prices=False)
    else:
        click.echo(json.dumps(of_one(answer.document, method), indent=2))
