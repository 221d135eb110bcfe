"""``connect``: from a stranger to a client."""

import asyncio
import secrets
import string
import time
from typing import Annotated, Final, Generic

import structlog
from msgspec import Meta, Struct

from kit.gateway.auth import Role
from kit.gateway.door import Visitor
from kit.gateway.params import ParamsReader
from kit.gateway.parts import Parts, S
from kit.gateway.refusals import AuthFailed, InvalidRequest, WrongToken
from kit.wire.frames import PROTOCOL_VERSION, Request
from kit.wire.system import Hello

log = structlog.get_logger(__name__)

BASE_36: Final = string.digits + string.ascii_lowercase
CONNECT: Final = "connect"


class ClientInfo(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a client says of itself."""

    id: Annotated[str, Meta(min_length=1, max_length=128)]
    version: Annotated[str, Meta(max_length=128)]
    display_name: str | None = None
    platform: str | None = None


class Auth(Struct, frozen=True, kw_only=True, rename="camel"):
    token: str | None = None

    def __repr__(self) -> str:
        return "Auth(…)"  # A token never reaches a log.


class ConnectParams(Struct, frozen=True, kw_only=True, rename="camel"):
    """The one request whose unknown fields are ignored: newer clients may say more of themselves.

    ``resume_from`` is the log position of the last event that the client has seen.
    """

    client: ClientInfo
    auth: Auth | None = None
    min_protocol: int = PROTOCOL_VERSION
    max_protocol: int = PROTOCOL_VERSION
    resume_from: Annotated[int, Meta(ge=0)] | None = None


READER: Final = ParamsReader(ConnectParams)


class Joined(Struct, frozen=True, kw_only=True):
    """A client that was let in."""

    client_id: str
    role: Role
    resume_from: int | None


class Joining(Generic[S]):
    """Tries one connection's requests until one lets it in."""

    def __init__(self, parts: Parts[S], visitor: Visitor) -> None:
        self._parts = parts
        self._visitor = visitor

    async def join(self, request: Request) -> tuple[Joined, Hello]:
        """Let the visitor in.

        Raises:
            AuthFailed: the request is not ``connect``, or (``WrongToken``, after a delay) has a wrong token.
            InvalidRequest: wrong shape, another protocol, or a position that the log has not reached.
            NoRoom: as many clients are connected as may be.
        """
        if request.method != CONNECT:
            raise AuthFailed("the first request must be connect")
        params = READER.read(request.params)
        _check_protocol(params)
        role = await self._role(params)
        self._check_position(params.resume_from)
        self._parts.door.admit(self._visitor)
        client_id = new_client_id()
        hello = await self._parts.hello(client_id, role)
        return Joined(client_id=client_id, role=role, resume_from=params.resume_from), hello

    async def _role(self, params: ConnectParams) -> Role:
        token = params.auth.token if params.auth else None
        role = self._parts.tokens.role_of(token)
        if role is None:
            log.warning("wrong token", address=self._visitor.address, missing=token is None)
            self._parts.door.distrust(self._visitor)
            await asyncio.sleep(self._parts.guesses.delay_s(self._visitor.address))
            raise WrongToken("the token is missing or wrong")
        return role

    def _check_position(self, resume_from: int | None) -> None:
        position = self._parts.hub.position
        if resume_from is not None and resume_from > position:
            message = f"resumeFrom: {resume_from} is beyond the log, which is at {position}: it is not the log you knew"
            raise InvalidRequest(message, field="resumeFrom", position=position)


def new_client_id() -> str:
    """For example ``kit-1707509123-abc123def``."""
    return f"kit-{int(time.time())}-{''.join(secrets.choice(BASE_36) for _ in range(9))}"


def _check_protocol(params: ConnectParams) -> None:
    if not params.min_protocol <= PROTOCOL_VERSION <= params.max_protocol:
        asked = f"{params.min_protocol} to {params.max_protocol}"
        message = f"minProtocol, maxProtocol: {asked} leaves out {PROTOCOL_VERSION}, which is spoken here"
        raise InvalidRequest(message, protocol=PROTOCOL_VERSION)
