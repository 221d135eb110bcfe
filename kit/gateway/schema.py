"""JSON Schema from the structs."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from kit.gateway.registry import Method, Redirect
from kit.wire.document import Document
from kit.wire.frames import PROTOCOL_VERSION
from kit.wire.system import Schema

TEMPLATE: Final = "#/definitions/{name}"
# msgspec writes a decimal down as text; ours are numbers on the wire, and text is read too.
DECIMAL_TEXT: Final = {"type": "string", "format": "decimal"}
DECIMAL: Final = {"type": ["number", "string"], "format": "decimal"}


def parameters_of(params: type[Struct]) -> dict[str, Any]:
    """The schema of one struct that stands alone, as a tool's ``parameters`` do.

    Its properties stand at the top: whoever calls tools looks for them there and follows no reference.
    """
    schema = _as_on_the_wire(msgspec.json.schema(params))
    others = schema.pop("$defs")
    root: dict[str, Any] = others.pop(schema["$ref"].rpartition("/")[2])
    return root | {"$defs": others} if others else root


def schema_of(
    methods: Iterable[Method[Any, Any] | Redirect[Any]],
    events: Mapping[str, type[Document]],
    tools: Mapping[str, str],
) -> Schema:
    """Describe methods with params and results, events with their payloads, tools with the name of their method."""
    methods = sorted(methods, key=lambda method: method.name)
    kinds = {kind: None for method in methods for kind in (method.params, *_results(method))}
    kinds |= dict.fromkeys(events.values())
    references, definitions = msgspec.json.schema_components(list(kinds), ref_template=TEMPLATE)
    reference: dict[Any, Any] = dict(zip(kinds, references, strict=True))
    described = {method.name: _described(method, reference) for method in methods}
    return Schema(
        protocol=PROTOCOL_VERSION,
        methods=described,
        events={event: reference[payload] for event, payload in sorted(events.items())},
        tools={tool: {"method": name, "parameters": described[name]["params"]} for tool, name in tools.items()},
        definitions=_as_on_the_wire(definitions),
    )


def _described(method: Method[Any, Any] | Redirect[Any], reference: Mapping[Any, Any]) -> dict[str, Any]:
    results = [reference[kind] for kind in _results(method)]
    described: dict[str, Any] = {
        "params": reference[method.params],
        "result": results[0] if len(results) == 1 else {"anyOf": results},
    }
    if isinstance(method, Method):
        described |= {"role": method.role, "changes": method.changes, "timeLimitS": method.time_limit_s}
    return described


def _results(method: Method[Any, Any] | Redirect[Any]) -> tuple[type[Document], ...]:
    return method.result if isinstance(method.result, tuple) else (method.result,)


def _as_on_the_wire(schema: Any) -> Any:
    if schema == DECIMAL_TEXT:
        return DECIMAL
    if isinstance(schema, dict):
        return {key: _as_on_the_wire(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_as_on_the_wire(value) for value in schema]
    return schema
