"""What the gateway says of itself."""

import time

from kit.client.asking import Asking
from kit.client.command import command_for
from kit.wire.system import Health, Schema, Skills, Status


class SystemMethods(Asking):
    async def health(self) -> Health:
        return await self.ask(Health, "health")

    async def status(self) -> Status:
        return await self.ask(Status, "status")

    async def skills(self) -> Skills:
        return await self.ask(Skills, "skill.list")

    async def schema(self) -> Schema:
        """JSON Schema of every method, event and tool."""
        return await self.ask(Schema, "protocol.schema")

    async def ping(self) -> float:
        """The round trip to the gateway, in milliseconds."""
        started_s = time.perf_counter()
        await self.perform(command_for("ping", {}))
        return (time.perf_counter() - started_s) * 1000
