"""The WebSocket itself: how it is made, written to and closed. Nothing that matters is left to a default."""

import asyncio
from struct import pack
from typing import Final

from aiohttp import WSMsgType, web

from kit.gateway.limits import Limits
from kit.gateway.outbox import Outbox
from kit.gateway.refusals import Ended

REASON_BYTES_MAX: Final = 123  # RFC 6455: a control frame has at most 125 bytes.


def new_websocket(limits: Limits) -> web.WebSocketResponse:
    return web.WebSocketResponse(
        timeout=limits.close_s,
        autoping=False,  # Answered inside receive(), a flood of pings would stall everybody else.
        heartbeat=limits.heartbeat_s,
        compress=False,  # It costs 95 KiB a connection.
        max_msg_size=limits.message_bytes_max + 1,  # aiohttp refuses a message of just this size.
        writer_limit=limits.socket_bytes_max,
    )


async def send(websocket: web.WebSocketResponse, frame: bytes) -> None:
    """Write a text frame and wait while the peer does not read.

    Cancelled, it has written the whole frame. Raises ``ConnectionError`` where the peer is gone.
    """
    await websocket.send_frame(frame, WSMsgType.TEXT)


async def close(websocket: web.WebSocketResponse, ended: Ended, outbox: Outbox, within_s: float) -> None:
    """Send what is left, where ``ended`` says so, and the close frame; never wait longer than ``within_s``."""
    if ended.code is None:
        return
    try:
        async with asyncio.timeout(within_s):
            if ended.flush:
                await _flush(websocket, outbox)
            if ended.cut:  # websocket.close() would go on reading what the peer sends.
                await websocket.send_frame(pack("!H", ended.code) + _reason(ended), WSMsgType.CLOSE)
            else:
                await websocket.close(code=ended.code, message=_reason(ended))
    except (TimeoutError, ConnectionError):
        pass  # The peer does not read, or is gone.


async def _flush(websocket: web.WebSocketResponse, outbox: Outbox) -> None:
    while (frame := outbox.take_now()) is not None:
        await send(websocket, frame)


def _reason(ended: Ended) -> bytes:
    return ended.reason.encode()[:REASON_BYTES_MAX]
