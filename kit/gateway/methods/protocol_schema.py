"""``protocol.schema``: what can be asked, what is answered and what is pushed, as JSON Schema."""

from collections.abc import Mapping, Sequence
from typing import Any

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method, Redirect
from kit.gateway.schema import schema_of
from kit.wire.document import Document
from kit.wire.system import Schema


def protocol_schema(
    others: Sequence[Method[Any, Any] | Redirect[Any]],
    events: Mapping[str, type[Document]],
    tools: Mapping[str, str],
) -> Method[NoParams, object]:
    """The method; it describes ``others`` and itself."""

    async def handle(context: Context[object], params: NoParams) -> Schema:
        return schema

    method = Method(name="protocol.schema", params=NoParams, handle=handle, result=Schema)
    schema = schema_of([*others, method], events, tools)
    return method
