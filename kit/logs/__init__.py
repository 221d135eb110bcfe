"""The gateway's log: one line an entry, no secrets, nothing a client can forge.

``structlog.get_logger(__name__)`` writes it. What belongs to every entry of a request is bound once, with
``structlog.contextvars.bound_contextvars(client=…, request=…)``.
"""

from kit.logs.configuration import configure_logs
from kit.logs.redaction import register_secret

__all__ = ["configure_logs", "register_secret"]
