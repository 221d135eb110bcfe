"""The checks, in the order in which they are told."""

from typing import Final

from kit.doctor.checks.clock import clock
from kit.doctor.checks.dependencies import dependencies
from kit.doctor.checks.directory import directory
from kit.doctor.checks.exchanges import exchanges
from kit.doctor.checks.gateway import gateway
from kit.doctor.checks.lock import lock
from kit.doctor.checks.log import log
from kit.doctor.checks.secrets import secrets
from kit.doctor.checks.settings import settings
from kit.doctor.checks.space import space
from kit.doctor.checks.terminal import terminal
from kit.doctor.checks.versions import versions
from kit.doctor.examining import Check

CHECKS: Final = (
    Check("settings", settings),
    Check("secrets", secrets),
    Check("directory", directory),
    Check("space", space),
    Check("lock", lock),
    Check("log", log),
    Check("clock", clock),
    Check("gateway", gateway),
    Check("exchanges", exchanges),
    Check("versions", versions),
    Check("dependencies", dependencies),
    Check("terminal", terminal),
)
