"""Whether the gateway answers, lets us in, speaks our protocol, and is well."""

from collections.abc import Iterator
from typing import Final

from kit.cli.endpoint import url_from
from kit.client.errors import CONNECTION_REFUSED, AuthFailed, GatewayUnreachable, InvalidRequest, KitError, RateLimited
from kit.doctor.examining import Beat
from kit.doctor.figures import span
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.locks import holder_of
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit
from kit.version import kit_version
from kit.wire.frames import PROTOCOL_VERSION

ROUND_TRIP_S_MAX: Final = 0.5
CLIENTS_SHARE_MAX: Final = 0.8
LAG_EVENTS_MAX: Final = 1_000
SAME_VERSION: Final = "install the same version of kit on both sides, and start the gateway again"
ROOM: Final = "end clients that are not needed, or raise KIT_GATEWAY_MAX_CONNECTIONS"


def gateway(scene: Scene, beat: Beat) -> Iterator[Finding]:
    visit = scene.visit
    yield from looked_for(scene)
    if isinstance(visit, Visit):
        wrong = [*versions(visit), *condition(visit), *load(visit, scene.settings.gateway.max_connections)]
        yield from wrong
        if not any(finding.level == "problem" for finding in wrong):
            yield answered(scene.url, visit)
    elif isinstance(visit, GatewayUnreachable):
        yield nobody(scene, visit)
    else:
        yield refused(scene.url, visit)


def looked_for(scene: Scene) -> Iterator[Finding]:
    """Where the gateway was looked for, when that is not where every command of kit looks for it."""
    usual = url_from(scene.environ)
    if scene.given_url is None and scene.url != usual:
        yield warning(
            "the settings have the gateway at {url}; kit's commands look for it at {usual}",
            "set KIT_GATEWAY_URL={url}: kit's commands do not read the gateway's file",
            url=scene.url,
            usual=usual,
        )


def answered(url: str, visit: Visit) -> Finding:
    return ok(
        "{version} at {url}, up for {up}, answers in {round_trip} ms; your role: {role}; other clients: {clients}",
        version=visit.status.version,
        url=url,
        up=span(visit.status.uptime),
        round_trip=f"{visit.round_trip_s * 1000:.1f}",
        role=visit.hello.role,
        clients=visit.status.clients - 1,
    )


def nobody(scene: Scene, error: GatewayUnreachable) -> Finding:
    """Nobody answers: no problem where nothing was ever started, one where a gateway is there or was named."""
    detail, facts = "no gateway answers at {url}: {why}", {"url": scene.url, "why": error.why}
    if scene.lock_file.exists() and (pid := holder_of(scene.lock_file)[0]) is not None:
        detail = "no gateway answers at {url} ({why}), but pid {pid} has the ledger"
        return problem(detail, "name its address with --url, or start it again", pid=pid, **facts)
    if scene.given_url is None and not scene.settings.gateway.port:
        return warning("the port is 0: where the gateway listens, its greeting alone says", "name it with --url")
    if scene.given_url is not None or error.why != CONNECTION_REFUSED:
        advice = "check the address, the network and the proxy; start a gateway with: kit gateway"
        return problem(detail, advice, **facts)
    if scene.log_file.exists():
        return warning(detail, "start it with: kit gateway", **facts)
    return ok("nothing here yet: start a gateway with: kit gateway")


def refused(url: str, error: KitError) -> Finding:
    if isinstance(error, InvalidRequest) and "protocol" in error.details:
        return other_protocol(error.details["protocol"])
    detail, advice = "the gateway at {url} does not answer as expected: {why}", SAME_VERSION
    if isinstance(error, AuthFailed):
        detail = "the gateway at {url} refuses the token: {why}"
        advice = "give the right token with --token-file, or KIT_GATEWAY_TOKEN_FILE"
    if isinstance(error, RateLimited):
        detail, advice = "the gateway at {url} has no room: {why}", ROOM
    return problem(detail, advice, url=url, why=error)


def versions(visit: Visit) -> Iterator[Finding]:
    theirs, ours = visit.hello.version, kit_version()
    if visit.hello.protocol != PROTOCOL_VERSION:
        yield other_protocol(visit.hello.protocol)
    elif theirs != ours:
        yield warning("the gateway is version {theirs}, and kit {ours}", SAME_VERSION, theirs=theirs, ours=ours)


def other_protocol(spoken: object) -> Finding:
    detail = "the gateway speaks protocol {theirs}, and kit {ours}"
    return problem(detail, SAME_VERSION, theirs=spoken, ours=PROTOCOL_VERSION)


def condition(visit: Visit) -> Iterator[Finding]:
    health = visit.health
    for sentence in health.problems:
        yield problem("{said}", "see what it means in docs/operations.md, under Health", said=sentence)
    for sentence in health.warnings:
        yield warning("{said}", "see docs/security.md", said=sentence)
    if health.log is not None and health.log.lag > LAG_EVENTS_MAX:
        advice = "wait; if it lasts, the machine is too busy"
        yield warning("the views are {lag} events behind", advice, lag=f"{health.log.lag:,}")


def load(visit: Visit, clients_max: int) -> Iterator[Finding]:
    """``clients_max`` is what this machine's settings allow."""
    clients = visit.status.clients
    if clients > clients_max * CLIENTS_SHARE_MAX:
        yield warning("{clients} of at most {most} clients are connected", ROOM, clients=clients, most=clients_max)
    if visit.round_trip_s > ROUND_TRIP_S_MAX:
        advice = "look at kit_loop_lag_seconds and kit_commit_seconds in /metrics, and at the network"
        yield warning("the gateway takes {seconds} s to answer", advice, seconds=f"{visit.round_trip_s:.2f}")
