"""``status``: how much of everything there is."""

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.system import Status


async def handle(context: Context[Services], params: NoParams) -> Status:
    return context.services.status()


METHOD = Method(name="status", params=NoParams, handle=handle, result=Status)
