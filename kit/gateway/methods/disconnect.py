"""``disconnect``: an answer, then close 1000."""

from typing import Final

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.wire.document import Document


class Disconnected(Document, frozen=True, kw_only=True):
    client_id: str


async def handle(context: Context[object], params: NoParams) -> Disconnected:
    context.client.leave()
    return Disconnected(client_id=context.client_id)


METHOD: Final = Method(name="disconnect", params=NoParams, handle=handle, result=Disconnected)
