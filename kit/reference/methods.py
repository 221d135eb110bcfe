"""The section on methods: what each is for, takes and answers with."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct, inspect

from kit.gateway.catalogue import registry_of
from kit.gateway.methods import market_data, portfolio_snapshot
from kit.gateway.registry import Method, Redirect
from kit.reference.markdown import code, number, table
from kit.reference.meanings import METHODS, meaning_of
from kit.reference.wording import in_words
from kit.wire.document import Document

AnyMethod = Method[Any, Any] | Redirect[Any]
# What a method with actions answers with, depending on them.
BY_ACTION: Final[Mapping[str, Mapping[Any, Callable[..., Any]]]] = {
    market_data.METHOD.name: market_data.ACTIONS,
    portfolio_snapshot.METHOD.name: portfolio_snapshot.ACTIONS,
}
KEYS: Final = ("idempotencyKey", "clientOrderId")


def all_methods() -> list[AnyMethod]:
    """Every method of a gateway, in the order of its catalogue."""
    return list(registry_of(lambda _: True).methods.values())


def index_section() -> str:
    rows = [[f"[{code(one.name)}](#{anchor(one.name)})", _short(one), role_of(one)] for one in all_methods()]
    return table(("method", "what it does", "role"), rows)


def _short(method: AnyMethod) -> str:
    return METHODS[method.name].partition(". ")[0].removesuffix(".")


def methods_section() -> str:
    return "\n\n".join(map(_described, all_methods()))


def anchor(name: str) -> str:
    """Where the heading of a method is found."""
    return name.replace(".", "").lower()


def role_of(method: AnyMethod) -> str:
    return method.role if isinstance(method, Method) else "its tool's"


def fields_of(params: type[Struct]) -> Iterator[tuple[str, inspect.Field]]:
    """The fields by their names on the wire, those of objects within as ``auth.token``."""
    described = msgspec.inspect.type_info(params)
    assert isinstance(described, inspect.StructType)
    return _fields(described)


def _fields(described: inspect.StructType, before: str = "") -> Iterator[tuple[str, inspect.Field]]:
    for field in described.fields:
        name = f"{before}{field.encode_name}"
        within = _struct_in(field.type)
        if within is None:
            yield name, field
        else:
            yield from _fields(within, f"{name}.")


def _struct_in(kind: inspect.Type) -> inspect.StructType | None:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return next((one for one in kinds if isinstance(one, inspect.StructType)), None)


def _described(method: AnyMethod) -> str:
    parts = [f"### {code(method.name)}", f"{METHODS[method.name]} {' '.join(_traits(method))}".strip()]
    fields = list(fields_of(method.params))
    parts.append(table(("param", "type", "default", "meaning"), _rows(method, fields)) if fields else "No params.")
    return "\n\n".join([*parts, *_answer(method)])


def _traits(method: AnyMethod) -> Iterator[str]:
    if not isinstance(method, Method):
        return
    if method.role == "full":
        yield "Needs the role `full`." if method.reads is None else "Needs the role `full` where it changes something."
    if method.changes:
        names = [field.encode_name for _, field in fields_of(method.params)]
        key = next(name for name in KEYS if name in names)
        yield f"Changes the ledger, once for each {code(key)}."
    if method.time_limit_s is None:
        yield "May take as long as it takes."


def _rows(method: AnyMethod, fields: list[tuple[str, inspect.Field]]) -> Iterator[list[str]]:
    for name, field in fields:
        yield [code(name), _type_in_params(field), _default(field), meaning_of(method.name, name)]


def _type_in_params(field: inspect.Field) -> str:
    """Without its null, which in params is the same as leaving the field out, save where it is told apart."""
    kind, tells_null_apart = field.type, not field.required and field.default is NODEFAULT
    if isinstance(kind, inspect.UnionType) and not tells_null_apart:
        return " or ".join(in_words(one) for one in kind.types if not isinstance(one, inspect.NoneType))
    return in_words(kind)


def _default(field: inspect.Field) -> str:
    if field.required:
        return "**required**"
    if field.default in (None, NODEFAULT, msgspec.UNSET):
        return "none"
    if isinstance(field.default, bool):
        return code(str(field.default).lower())
    return code(number(field.default) if isinstance(field.default, int) else str(field.default))


def _answer(method: AnyMethod) -> Iterator[str]:
    if method.name in BY_ACTION:
        yield "Answers with a document for each action:"
        actions = BY_ACTION[method.name].items()
        yield table(("action", "document"), [[code(action), linked(_returned(made))] for action, made in actions])
    elif isinstance(method, Redirect):
        yield "Answers with the document of the tool's method."
    else:
        assert isinstance(method.result, type)
        yield f"Answers with {linked(method.result)}."


def linked(document: type[Document]) -> str:
    return in_words(msgspec.inspect.type_info(document))


def _returned(function: Callable[..., Any]) -> type[Document]:
    document: type[Document] = get_type_hints(function)["return"]
    return document
