"""Keeps web pages out: which ``Host`` names are ours, and which browser origins may talk to us."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from kit.settings.addresses import is_loopback

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WILDCARDS: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - No names: a browser never sends them rightly.


class WebRules:
    """``check`` is a middleware: 421 for a foreign ``Host`` (DNS rebinding), 403 for a foreign ``Origin`` (a web page).

    Programs send no ``Origin`` and pass. A page served by this gateway has our ``Host`` as its origin and passes too.
    """

    def __init__(self, hosts: Iterable[str], origins: Iterable[str]) -> None:
        self._origins: Final = frozenset(origin.lower().rstrip("/") for origin in origins)
        of_origins = (urlsplit(origin).hostname or "" for origin in self._origins)
        self._hosts: Final = frozenset(host.lower().strip("[]") for host in (*hosts, *of_origins)) - WILDCARDS

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        host, origins = request.headers.get("Host", ""), request.headers.getall("Origin", [])
        if not self._is_ours(host):
            log.warning("foreign host refused", host=host, remote=request.remote)
            raise web.HTTPMisdirectedRequest(text="This host name is not served here; see KIT_GATEWAY_HOSTS.\n")
        if not self._may_come(origins, host):
            log.warning("foreign origin refused", origin=origins, remote=request.remote)
            raise web.HTTPForbidden(text="This origin may not use the gateway; see KIT_GATEWAY_ORIGINS.\n")
        if "token" in request.query:
            # Addresses end up in histories and logs, so the token is neither read nor written down.
            log.warning("a token in the address is not read: send it with connect", remote=request.remote)
        return await handler(request)

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return is_loopback(name) or name in self._hosts

    def _may_come(self, origins: list[str], host: str) -> bool:
        return all(
            origin.lower() in self._origins or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
            for origin in origins
        )
