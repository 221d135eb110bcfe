"""One entry for each HTTP request, WebSocket handshakes included (theirs when the connection ends)."""

from typing import Any

import structlog
from aiohttp.abc import AbstractAccessLogger
from aiohttp.web import BaseRequest, StreamResponse

from kit.logs.redaction import is_telling

log: Any = structlog.get_logger(__name__)


class AccessLog(AbstractAccessLogger):
    """For aiohttp's ``access_log_class``. The query is left out: people put tokens there."""

    def log(self, request: BaseRequest, response: StreamResponse, time: float) -> None:
        log.info(
            "http request",
            method=request.method,
            path=request.path,
            status=response.status,
            bytes=response.body_length,
            ms=round(time * 1_000, 3),
            remote=request.remote,
        )
        if any(is_telling(name) for name in request.query):
            log.warning("a secret came in a URL and was not read; change it, since URLs are kept", path=request.path)
