"""``skill.list``: the skills, and which of them this gateway can serve."""

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.skills import skill_documents
from kit.wire.system import Skills


async def handle(context: Context[Services], params: NoParams) -> Skills:
    return Skills(skills=skill_documents())


METHOD = Method(name="skill.list", params=NoParams, handle=handle, result=Skills)
