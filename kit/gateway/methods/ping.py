"""``ping``: whether the gateway answers."""

from datetime import UTC, datetime
from typing import Final

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.wire.document import Document


class Pong(Document, frozen=True, kw_only=True):
    """``timestamp`` is the gateway's clock."""

    pong: bool
    timestamp: datetime


async def handle(context: Context[object], params: NoParams) -> Pong:
    return Pong(pong=True, timestamp=datetime.now(UTC))


METHOD: Final = Method(name="ping", params=NoParams, handle=handle, result=Pong)
