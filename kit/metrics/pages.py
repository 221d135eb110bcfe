"""The handlers of `/metrics` and `/healthz`, for aiohttp."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client.exposition import choose_encoder

from kit.metrics.metrics import Metrics
from kit.wire.frames import encode
from kit.wire.system import Health


def metrics_page(metrics: Metrics) -> Handler:
    """Everything measured, in Prometheus' text format or in OpenMetrics', as the client asks."""

    async def answer(request: web.Request) -> web.Response:
        encoded, content_type = choose_encoder(request.headers.get("Accept", ""))
        # Writing all series out takes milliseconds, in which the loop would stand still.
        body = await asyncio.to_thread(encoded, metrics.registry)
        return web.Response(body=body, headers={"Content-Type": content_type, "Cache-Control": "no-store"})

    return answer


def health_page(health: Callable[[], Health]) -> Handler:
    """The health document: status 200 where all is well, 503 where not."""

    async def answer(_request: web.Request) -> web.Response:
        now = health()
        return web.Response(
            status=HTTPStatus.OK if now.ok else HTTPStatus.SERVICE_UNAVAILABLE,
            body=encode(now),
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    return answer
