"""The type of a field, in words."""

from collections.abc import Mapping
from typing import Final

from msgspec import inspect

from kit.reference.markdown import code, number

PATTERNS: Final[Mapping[str, str]] = {
    r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)": "no control characters",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)": "letters, digits, `_`, `.`, `-`",
    r"^[0-9]{1,18}$(?!\n)": "as it came with the page before",
}
PLAIN: Final[Mapping[type[inspect.Type], str]] = {
    inspect.DecimalType: "decimal",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.RawType: "object",
    inspect.AnyType: "anything",
    inspect.NoneType: "null",
}


def in_words(kind: inspect.Type) -> str:
    """What a value of this type looks like on the wire; raises ``KeyError`` for one that nobody has words for."""
    match kind:
        case inspect.StrType():
            return ", ".join(["string", *_string_bounds(kind)])
        case inspect.IntType():
            return ", ".join(["integer", *_bounds(kind.ge, kind.le)])
        case inspect.DateTimeType(tz=tz):
            return "timestamp with its zone" if tz else "timestamp"
        case inspect.LiteralType(values=values):
            return " or ".join(code(str(value)) for value in values)
        case inspect.UnionType(types=types):
            return " or ".join(map(in_words, types))
        case _:
            return _of_others(kind)


def _of_others(kind: inspect.Type) -> str:
    match kind:
        case inspect.StructType(cls=document):
            return f"[{document.__name__}](#document-{document.__name__.lower()})"
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return f"list of {in_words(item)}"
        case inspect.TupleType(item_types=items):
            return f"[{', '.join(map(in_words, items))}]"
        case inspect.DictType(value_type=value):
            return f"object, each value: {in_words(value)}"
        case _:
            return PLAIN[type(kind)]


def _string_bounds(kind: inspect.StrType) -> list[str]:
    characters = _bounds(kind.min_length, kind.max_length)
    return [*(f"{bound} characters" for bound in characters), *([PATTERNS[kind.pattern]] if kind.pattern else [])]


def _bounds(least: int | None, most: int | None) -> list[str]:
    if least is not None and most is not None:
        return [f"{number(least)} to {number(most)}"]
    if least is not None:
        return [f"at least {number(least)}"]
    return [] if most is None else [f"at most {number(most)}"]
