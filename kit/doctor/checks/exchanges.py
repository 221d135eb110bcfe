"""Whether the exchanges answer the gateway."""

from collections.abc import Iterator, Mapping
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit
from kit.wire.system import ExchangeHealth

LATENCY_MS_MAX: Final = 1_000.0


def exchanges(scene: Scene, beat: Beat) -> Iterator[Finding]:
    if isinstance(scene.visit, Visit):
        yield from findings(scene.visit.health.exchanges)
    else:
        yield ok(f"nothing to ask: no gateway trades on {', '.join(scene.settings.exchanges)}")


def findings(found: Mapping[str, ExchangeHealth]) -> Iterator[Finding]:
    for name, exchange in found.items():
        latency = "" if exchange.latency is None else f" in {exchange.latency:g} ms"
        if not exchange.connected:
            advice = "look at its status page and at the gateway's network; the gateway tries again by itself"
            yield problem(f"{name} does not answer", advice)
        elif exchange.latency is not None and exchange.latency > LATENCY_MS_MAX:
            yield warning(f"{name} answers{latency}", "look at the network between gateway and exchange")
        else:
            yield ok(f"{name} answers{latency}; {kind(exchange)}")


def kind(exchange: ExchangeHealth) -> str:
    money = "paper money" if exchange.paper else "real money"
    return f"{money} at {'simulated' if exchange.simulated else 'real'} prices"
