"""Whether the gateway answers, lets us in, speaks our protocol, and is well."""

from collections.abc import Iterator
from typing import Final

from kit.cli.endpoint import url_from
from kit.client.errors import CONNECTION_REFUSED, AuthFailed, GatewayUnreachable, InvalidRequest, KitError
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


def gateway(scene: Scene, beat: Beat) -> Iterator[Finding]:
    visit = scene.visit
    yield from looked_for(scene)
    if isinstance(visit, Visit):
        wrong = [*versions(visit), *condition(visit), *load(visit, scene.settings.gateway.max_connections)]
        yield from wrong
        if not any(finding.level == "problem" for finding in wrong):
            yield ok(answered(scene.url, visit))
    elif isinstance(visit, GatewayUnreachable):
        yield nobody(scene, visit)
    else:
        yield refused(scene.url, visit)


def looked_for(scene: Scene) -> Iterator[Finding]:
    """Where the gateway was looked for, when that is not where every command of kit looks for it."""
    usual = url_from(scene.environ)
    if scene.given_url is None and scene.url != usual:
        advice = f"set KIT_GATEWAY_URL={scene.url}: kit's commands do not read the gateway's file"
        yield warning(f"the settings have the gateway at {scene.url}; kit's commands look for it at {usual}", advice)


def answered(url: str, visit: Visit) -> str:
    up = span(visit.status.uptime)
    return (
        f"{visit.status.version} at {url}, up {up}, answers in {visit.round_trip_s * 1000:.1f} ms; "
        f"you may {'do everything' if visit.hello.role == 'full' else 'read'}; {visit.status.clients - 1} other clients"
    )


def nobody(scene: Scene, error: GatewayUnreachable) -> Finding:
    """Nobody answers: no problem where nothing was ever started, one where a gateway is there or was named."""
    detail = f"no gateway answers at {scene.url}: {error.why}"
    if scene.lock_file.exists() and (pid := holder_of(scene.lock_file)[0]) is not None:
        return problem(f"{detail}; but pid {pid} has the ledger", "name its address with --url, or start it again")
    if scene.given_url is None and not scene.settings.gateway.port:
        return warning(
            "KIT_GATEWAY_PORT is 0: where the gateway listens, it says at its start alone", "name it with --url"
        )
    if scene.given_url is not None or error.why != CONNECTION_REFUSED:
        return problem(detail, "check the address, the network and the proxy; start a gateway with: kit gateway")
    if scene.log_file.exists():
        return warning(detail, "start it with: kit gateway")
    return ok("nothing here yet: start a gateway with: kit gateway")


def refused(url: str, error: KitError) -> Finding:
    if isinstance(error, AuthFailed):
        advice = "give the right token with --token-file, or KIT_GATEWAY_TOKEN_FILE"
        return problem(f"the gateway at {url} refuses the token: {error}", advice)
    if isinstance(error, InvalidRequest) and "protocol" in error.details:
        spoken = error.details["protocol"]
        return problem(f"the gateway at {url} speaks protocol {spoken}, and kit {PROTOCOL_VERSION}", same_version())
    return problem(f"the gateway at {url} does not answer as expected: {error}", same_version())


def versions(visit: Visit) -> Iterator[Finding]:
    theirs, ours = visit.hello.version, kit_version()
    if visit.hello.protocol != PROTOCOL_VERSION:
        detail = f"the gateway speaks protocol {visit.hello.protocol}, and kit {PROTOCOL_VERSION}"
        yield problem(detail, same_version())
    elif theirs != ours:
        yield warning(f"the gateway is version {theirs}, and kit {ours}", same_version())


def same_version() -> str:
    return "install the same version of kit on both sides, and start the gateway again"


def condition(visit: Visit) -> Iterator[Finding]:
    health = visit.health
    for sentence in health.problems:
        yield problem(sentence, "see what it means in docs/operations.md, under Health")
    for sentence in health.warnings:
        yield warning(sentence, "see docs/security.md")
    if health.log is not None and health.log.lag > LAG_EVENTS_MAX:
        yield warning(f"the views are {health.log.lag:,} events behind", "wait; if it lasts, the machine is too busy")


def load(visit: Visit, clients_max: int) -> Iterator[Finding]:
    """``clients_max`` is what this machine's settings allow."""
    if visit.status.clients > clients_max * CLIENTS_SHARE_MAX:
        detail = f"{visit.status.clients} of at most {clients_max} clients are connected"
        yield warning(detail, "end those that are not needed, or raise KIT_GATEWAY_MAX_CONNECTIONS")
    if visit.round_trip_s > ROUND_TRIP_S_MAX:
        detail = f"the gateway takes {visit.round_trip_s:.2f} s to answer"
        yield warning(detail, "look at kit_loop_lag_seconds and kit_commit_seconds in /metrics, and at the network")
