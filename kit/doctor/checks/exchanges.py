"""Whether the exchanges answer the gateway."""

from collections.abc import Iterator, Mapping
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, Said, ok, problem, said, warning
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit
from kit.wire.system import ExchangeHealth

LATENCY_MS_MAX: Final = 1_000.0


def exchanges(scene: Scene, beat: Beat) -> Iterator[Finding]:
    if isinstance(scene.visit, Visit):
        yield from findings(scene.visit.health.exchanges)
    else:
        yield ok("nothing to ask: no gateway trades on {exchanges}", exchanges=", ".join(scene.settings.exchanges))


def findings(found: Mapping[str, ExchangeHealth]) -> Iterator[Finding]:
    for name, exchange in found.items():
        latency = exchange.latency or 0.0
        if not exchange.connected:
            advice = "look at its status page and at the gateway's network; the gateway tries again by itself"
            yield problem("{name} does not answer", advice, name=name)
        elif latency > LATENCY_MS_MAX:
            advice = "look at the network between gateway and exchange"
            yield warning("{name} takes {latency} ms to answer", advice, name=name, latency=f"{latency:g}")
        else:
            yield ok("{name} answers in {latency} ms: {kind}", name=name, latency=f"{latency:g}", kind=kind(exchange))


def kind(exchange: ExchangeHealth) -> Said:
    if not exchange.paper:
        return said("real money")
    return said("paper money, simulated prices") if exchange.simulated else said("paper money, given prices")
