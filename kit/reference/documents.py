"""The section on documents: everything that answers and events are made of."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct, inspect

from kit.gateway.catalogue import PAYLOADS
from kit.reference.markdown import code, prose, table
from kit.reference.methods import all_methods
from kit.reference.wording import in_words
from kit.wire.document import Document

MILLISECONDS: Final = "integer, milliseconds since the epoch"


def documents_section() -> str:
    return "\n\n".join(map(_described, sorted(all_documents(), key=lambda document: document.__name__)))


def all_documents() -> Iterable[type[Struct]]:
    """Every document that can be answered or pushed, and those within."""
    found: dict[type[Struct], None] = {}
    for document in (*_answers(), *PAYLOADS.values()):
        _walk(msgspec.inspect.type_info(document), found)
    return [document for document in found if document is not Document]


def _answers() -> Iterator[type[Document]]:
    for method in all_methods():
        yield from method.result if isinstance(method.result, tuple) else (method.result,)


def _walk(kind: inspect.Type, found: dict[type[Struct], None]) -> None:
    if isinstance(kind, inspect.StructType):
        if kind.cls not in found:
            found[kind.cls] = None
            for field in kind.fields:
                _walk(field.type, found)
        return
    for within in _types_within(kind):
        _walk(within, found)


def _types_within(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    match kind:
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            return types
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return (item,)
        case inspect.DictType(value_type=value):
            return (value,)
        case _:
            return ()


def _described(document: type[Struct]) -> str:
    described = msgspec.inspect.type_info(document)
    assert isinstance(described, inspect.StructType)
    parts = [f"### Document `{document.__name__}`"]
    if words := document.__dict__.get("__doc__"):
        parts.append(prose(words))
    rows = ([code(field.encode_name), _type(field), _presence(field)] for field in described.fields)
    return "\n\n".join([*parts, table(("field", "type", "sent"), rows)])


def _type(field: inspect.Field) -> str:
    if field.encode_name == "timestamp" and isinstance(field.type, inspect.IntType):
        return MILLISECONDS
    return in_words(_shown(field))


def _shown(field: inspect.Field) -> inspect.Type:
    """The field's type, without a null that is never sent: at its default a field is left out."""
    if isinstance(field.type, inspect.UnionType) and field.default is None:
        types = tuple(one for one in field.type.types if not isinstance(one, inspect.NoneType))
        return types[0] if len(types) == 1 else inspect.UnionType(types)
    return field.type


def _presence(field: inspect.Field) -> str:
    default: Any = field.default
    if field.required:
        return "always"
    return {None: "where there is one", False: "where true", (): "where not empty"}[default]
