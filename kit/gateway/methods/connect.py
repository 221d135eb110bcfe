"""``connect`` on a connection that is connected already; the first one is ``kit.gateway.joining``."""

from typing import Final

from kit.gateway.joining import CONNECT, ConnectParams
from kit.gateway.refusals import InvalidRequest
from kit.gateway.registry import Context, Method
from kit.wire.system import Hello


async def handle(context: Context[object], params: ConnectParams) -> Hello:
    raise InvalidRequest(f"connect: this connection is {context.client_id} already")


METHOD: Final = Method(name=CONNECT, params=ConnectParams, handle=handle, result=Hello)
