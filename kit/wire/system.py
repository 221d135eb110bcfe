"""What the gateway says of itself."""

from typing import Any, Literal

from kit.wire.document import Document

SkillStatus = Literal["loaded", "disabled", "failed"]
SkillHealth = Literal["healthy", "degraded", "disabled", "failed"]


class Skill(Document, frozen=True, kw_only=True):
    id: str
    name: str
    description: str
    version: str
    status: SkillStatus


class Skills(Document, frozen=True, kw_only=True):
    skills: list[Skill]


class Tool(Document, frozen=True, kw_only=True):
    """A tool; ``parameters`` is the JSON Schema of its arguments."""

    name: str
    description: str
    skill: str
    parameters: dict[str, Any]


class ExchangeHealth(Document, frozen=True, kw_only=True):
    """Whether the exchange answers, and its round trip in milliseconds."""

    connected: bool
    latency: float | None
    simulated: bool = False
    paper: bool = False


class LogHealth(Document, frozen=True, kw_only=True):
    """The log's head, how far the views are behind it (events), SQLite's version and the size of its -wal file."""

    position: int
    lag: int
    sqlite: str
    wal_bytes: int


class Health(Document, frozen=True, kw_only=True):
    """``ok`` is false where something does not work; ``problems`` says what. ``uptime`` in seconds."""

    ok: bool
    uptime: int
    skills: dict[str, SkillHealth]
    exchanges: dict[str, ExchangeHealth]
    log: LogHealth | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Status(Document, frozen=True, kw_only=True):
    gateway: Literal["running", "stopping"]
    clients: int
    skills: int
    tools: int
    version: str
    uptime: int
    exchanges: list[str]
    simulated: bool


class HelloSnapshot(Document, frozen=True, kw_only=True):
    health: Health
    exchanges: list[str]


class Hello(Document, frozen=True, kw_only=True):
    """The answer to ``connect``."""

    type: Literal["hello-ok"]
    client_id: str
    version: str
    protocol: int
    role: Literal["full", "read"]
    skills: list[Skill]
    tools: list[Tool]
    snapshot: HelloSnapshot


class Subscriptions(Document, frozen=True, kw_only=True):
    """The channels a client gets, and the pairs of those it chose pairs for."""

    channels: dict[str, list[str] | None]


class Schema(Document, frozen=True, kw_only=True):
    """JSON Schema of all methods' params, all payloads and all events, generated from the structs."""

    protocol: int
    methods: dict[str, Any]
    events: dict[str, Any]
    tools: dict[str, Any]
    definitions: dict[str, Any]


class ExchangeConnection(Document, frozen=True, kw_only=True):
    """The events ``exchange:connected`` (with ``latency`` in milliseconds) and ``exchange:disconnected``."""

    exchange: str
    latency: float | None = None
    reason: str | None = None
