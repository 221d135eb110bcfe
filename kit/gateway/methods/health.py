"""``health``: whether everything works, and what does not."""

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.system import Health


async def handle(context: Context[Services], params: NoParams) -> Health:
    return context.services.conditions.health()


METHOD = Method(name="health", params=NoParams, handle=handle, result=Health)
