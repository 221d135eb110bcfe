"""Whether this machine's clock can be right."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.figures import span
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.ledger import Written
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit

BUILT: Final = datetime(2026, 1, 1, tzinfo=UTC)  # No clock that is right shows a time before this program was written.
OFFSET_S_MAX: Final = 1.0
BACK_S_MAX: Final = 1.0
ADVICE: Final = "set the clock, and keep it set with NTP (systemd-timesyncd, chrony)"


def clock(scene: Scene, beat: Beat) -> Iterator[Finding]:
    now, ledger, visit = scene.now(), scene.ledger, scene.visit
    wrong = [*against_the_log(now, ledger.tail if ledger is not None else ())]
    shown = f"{now:%Y-%m-%d %H:%M:%S}Z"
    if isinstance(visit, Visit):
        wrong += against_the_gateway(visit.ahead_s, visit.round_trip_s)
        well = ok("{now}, {off} s off the gateway's clock", now=shown, off=f"{abs(visit.ahead_s):.3f}")
    else:
        well = ok("{now}", now=shown)
    yield from wrong or [well]


def against_the_log(now: datetime, tail: tuple[Written, ...]) -> Iterator[Finding]:
    """Whether the clock stands behind what was written already, or was set back while it was."""
    if now < BUILT:
        yield problem("the clock shows {now}, before this program was written", ADVICE, now=f"{now:%Y-%m-%d}")
    if tail and (ahead_s := (tail[-1].at - now).total_seconds()) > OFFSET_S_MAX:
        detail = "the last event, at position {seq}, is {ahead} in the future"
        yield problem(detail, ADVICE, seq=tail[-1].seq, ahead=span(ahead_s))
    for before, after in pairwise(tail):
        if (back_s := (before.at - after.at).total_seconds()) > BACK_S_MAX:
            yield warning(
                "the clock was set back by {back} at position {seq}", ADVICE, back=span(back_s), seq=after.seq
            )
            return


def against_the_gateway(ahead_s: float, round_trip_s: float) -> Iterator[Finding]:
    if abs(ahead_s) > OFFSET_S_MAX + round_trip_s / 2:
        detail = "the gateway's clock is {off} ahead of this machine's"
        if ahead_s < 0:
            detail = "the gateway's clock is {off} behind this machine's"
        yield warning(detail, ADVICE, off=span(abs(ahead_s)))
