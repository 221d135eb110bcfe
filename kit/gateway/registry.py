"""The methods, by name."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from msgspec import Raw, Struct

from kit.gateway.auth import Role
from kit.gateway.channels import Subscriptions
from kit.gateway.limits import REQUEST_TIME_LIMIT_S
from kit.gateway.params import ParamsReader
from kit.gateway.refusals import NotFound
from kit.gateway.shape_errors import NAME_CHARS_MAX
from kit.wire.document import Document

P = TypeVar("P", bound=Struct)
S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
S_contra = TypeVar("S_contra", contravariant=True)

UNKNOWN: Final = "unknown"  # No client names a method by inventing one: not in the log, not in the metrics.


class Client(Protocol):
    """The session that a request came on, as its method sees it."""

    @property
    def client_id(self) -> str: ...

    @property
    def role(self) -> Role: ...

    @property
    def subscriptions(self) -> Subscriptions: ...

    def leave(self) -> None:
        """Close the connection (1000) once the request is answered."""


@dataclass(frozen=True)
class Context(Generic[S_co]):
    """What a method is told beside its params; ``services`` is whatever the methods of this gateway work with."""

    client: Client
    request_id: str
    services: S_co

    @property
    def client_id(self) -> str:
        return self.client.client_id

    @property
    def role(self) -> Role:
        return self.client.role


@dataclass(frozen=True, kw_only=True)
class Method(Generic[P, S_contra]):
    """One method. ``result`` is the type of its payload, or what it can be, for the schema.

    A method with ``changes`` is never cancelled half way, and a repeat of its request gets the first answer; where
    ``reads`` is true of the params it changes nothing all the same, and every role may do that. ``time_limit_s`` None
    is for work that may take as long as it takes.
    """

    name: str
    params: type[P]
    handle: Callable[[Context[S_contra], P], Awaitable[Document]]
    result: type[Document] | tuple[type[Document], ...] = Document
    role: Role = "read"
    changes: bool = False
    reads: Callable[[P], bool] | None = None
    time_limit_s: float | None = REQUEST_TIME_LIMIT_S
    reader: ParamsReader[P] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", ParamsReader(self.params))

    def changes_with(self, params: P) -> bool:
        """Whether the ledger may be another after a request with ``params``."""
        return self.changes and not self._only_reads(params)

    def role_for(self, params: P) -> Role:
        """The role that a request with ``params`` needs."""
        return "read" if self._only_reads(params) else self.role

    def _only_reads(self, params: P) -> bool:
        return self.reads is not None and self.reads(params)


@dataclass(frozen=True, kw_only=True)
class Redirect(Generic[P]):
    """A method that stands for others, as ``tool.invoke`` does: role, limits and repeats are those of its target.

    ``target`` returns the other method's name and its raw params, or raises ``NotFound``.
    """

    name: str
    params: type[P]
    target: Callable[[P], tuple[str, Raw]]
    result: type[Document] | tuple[type[Document], ...] = Document
    reader: ParamsReader[P] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", ParamsReader(self.params))


class Registry(Generic[S]):
    """All methods of a gateway."""

    def __init__(self, methods: Iterable[Method[Any, S] | Redirect[Any]]) -> None:
        self.methods: Mapping[str, Method[Any, S] | Redirect[Any]] = {method.name: method for method in methods}

    def known(self, name: str | None) -> tuple[str, bool]:
        """The name of a method that exists, else ``unknown``, and whether it may change something."""
        method = self.methods.get(name or "")
        if method is None:
            return UNKNOWN, False
        return method.name, isinstance(method, Redirect) or method.changes

    def resolve(self, name: str, raw: Raw) -> tuple[Method[Any, S], Struct]:
        """The method and its decoded params.

        Raises:
            NotFound: no such method.
            InvalidRequest: the params have the wrong shape.
        """
        method = self.methods.get(name)
        if method is None:
            raise NotFound(f"method '{name[:NAME_CHARS_MAX]}' does not exist")
        params = method.reader.read(raw)
        if isinstance(method, Redirect):
            return self.resolve(*method.target(params))
        return method, params
