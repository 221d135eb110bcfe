"""How a connection is opened: the upgrade, then ``connect`` and its answer."""

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientWebSocketResponse,
    ClientWSTimeout,
    InvalidURL,
    NonHttpUrlClientError,
    WSMsgType,
    WSServerHandshakeError,
)
from msgspec import Raw

from kit.client.answers import read_answer
from kit.client.connection import Connection, frame_from, payload_of
from kit.client.errors import CONNECTION_REFUSED, GatewayUnreachable, UnexpectedAnswer
from kit.client.identity import Identity
from kit.client.place import Place
from kit.wire.frames import EventFrame, Request, encode
from kit.wire.system import Hello

OPEN_S: Final = 10.0
CLOSE_S: Final = 2.0
HEARTBEAT_S: Final = 20.0  # A gateway that is gone without a word is noticed within 30 s.
MESSAGE_BYTES_MAX: Final = 64 * 1024 * 1024  # A thousand orders are half a MiB; what a backtest answers may be large.
CONNECT_ID: Final = "1"
NO_ADDRESS: Final = "an address begins with ws:// or wss://"


async def open_connection(
    session: ClientSession, identity: Identity, place: Place, on_event: Callable[[EventFrame], None]
) -> Connection:
    """Connect and introduce the client, resuming where ``place`` stands.

    Raises:
        GatewayUnreachable: nobody answers there, or not in time, or not as a gateway does.
        KitError: the gateway refused: the token, the protocol version, or one connection too many.
    """
    try:
        async with asyncio.timeout(OPEN_S):
            socket = await upgraded(session, identity.url)
            hello = await greeted(socket, identity, place)
    except TimeoutError as error:
        raise GatewayUnreachable(identity.url, f"no answer within {OPEN_S:.0f} s") from error
    place.meet(hello)
    return Connection(socket, hello, on_event)


async def upgraded(session: ClientSession, url: str) -> ClientWebSocketResponse:
    try:
        return await session.ws_connect(
            url,
            heartbeat=HEARTBEAT_S,
            compress=0,
            max_msg_size=MESSAGE_BYTES_MAX,
            timeout=ClientWSTimeout(ws_close=CLOSE_S),
        )
    except WSServerHandshakeError as error:
        raise GatewayUnreachable(url, f"the upgrade was answered with HTTP {error.status}") from error
    except ClientConnectorError as error:
        refused = isinstance(error.os_error, ConnectionRefusedError)
        raise GatewayUnreachable(url, CONNECTION_REFUSED if refused else str(error)) from error
    except (InvalidURL, NonHttpUrlClientError) as error:
        raise GatewayUnreachable(url, NO_ADDRESS) from error
    except (ClientError, OSError, ValueError) as error:
        raise GatewayUnreachable(url, str(error) or type(error).__name__) from error


async def greeted(socket: ClientWebSocketResponse, identity: Identity, place: Place) -> Hello:
    """Say ``connect`` and read the hello; the socket is closed if anything else comes of it."""
    params = Raw(encode(identity.connect_params(place.resume_from)))
    try:
        await socket.send_str(encode(Request(CONNECT_ID, "connect", params)).decode())
        return await hello_from(socket, identity.url)
    except ConnectionError as error:
        raise GatewayUnreachable(identity.url, str(error)) from error
    except BaseException:
        await socket.close()
        raise


async def hello_from(socket: ClientWebSocketResponse, url: str) -> Hello:
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise GatewayUnreachable(url, f"it closed the connection at once (close code {socket.close_code})")
    frame = frame_from(message.data)
    if isinstance(frame, EventFrame):
        raise UnexpectedAnswer(f"the gateway answered connect with the event {frame.event!r}")
    return read_answer(payload_of(frame), Hello)
