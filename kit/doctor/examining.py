"""Runs the checks one after another, each in bounded time; one that fails or hangs leaves the others alone."""

import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Thread
from typing import Final

from msgspec import Struct

from kit.doctor.finding import Finding, problem
from kit.doctor.scene import Scene

DEADLINE_S: Final = 10.0  # The gateway gets five of them to answer in.
LOOK_AGAIN_S: Final = 1.0
HANGS: Final = "look at what it has to wait for: a disk, a network"

Beat = Callable[[str], None]


class Check(Struct, frozen=True):
    """One line of the table: ``look`` examines the scene, and calls the beat with how far it is where that is slow."""

    name: str
    look: Callable[[Scene, Beat], Iterable[Finding]]


class Pulse:
    """When a check was last heard of; ``tell`` passes its words on."""

    def __init__(self, tell: Beat) -> None:
        self._tell = tell
        self._last_s = time.monotonic()

    def beat(self, how_far: str) -> None:
        self._last_s = time.monotonic()
        self._tell(how_far)

    def lost(self, deadline_s: float) -> bool:
        return time.monotonic() - self._last_s > deadline_s


def examined(
    checks: Iterable[Check], scene: Scene, tell: Beat, deadline_s: float = DEADLINE_S
) -> Iterator[tuple[str, Finding]]:
    """Each check's findings with its name, as they come; a check has ``deadline_s`` from one beat to the next."""
    for check in checks:
        for finding in _in_time(check, scene, tell, deadline_s):
            yield check.name, finding


def _in_time(check: Check, scene: Scene, tell: Beat, deadline_s: float) -> list[Finding]:
    found: list[Finding] = []
    done, pulse = Event(), Pulse(tell)

    def work() -> None:
        found.extend(_guarded(check, scene, pulse.beat))
        done.set()

    # A thread that hangs in the operating system cannot be ended; as a daemon it does not keep the program alive.
    Thread(target=work, name=f"doctor: {check.name}", daemon=True).start()
    while not done.wait(min(deadline_s, LOOK_AGAIN_S)):
        if pulse.lost(deadline_s):
            return [problem("no answer within {seconds} s", HANGS, seconds=f"{deadline_s:g}")]
    return found


def _guarded(check: Check, scene: Scene, beat: Beat) -> list[Finding]:
    try:
        return list(check.look(scene, beat))
    except PermissionError as error:
        advice = "run kit doctor as the user that runs the gateway"
        return [problem("{file}: permission denied", advice, file=error.filename)]
    except Exception as error:  # noqa: BLE001 - One check's mistake must not end the others.
        why = f"{type(error).__name__}: {error}"
        return [problem("the check itself failed: {why}", "look at it by hand, and report the mistake", why=why)]
