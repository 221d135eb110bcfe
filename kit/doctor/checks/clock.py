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
    now, ledger = scene.now(), scene.ledger
    wrong = [*against_the_log(now, ledger.tail if ledger is not None else ())]
    if isinstance(scene.visit, Visit):
        wrong += against_the_gateway(scene.visit.ahead_s, scene.visit.round_trip_s)
        compared = f", {abs(scene.visit.ahead_s):.3f} s off the gateway's"
    else:
        compared = ""
    yield from wrong or [ok(f"{now:%Y-%m-%d %H:%M:%S}Z{compared}")]


def against_the_log(now: datetime, tail: tuple[Written, ...]) -> Iterator[Finding]:
    """Whether the clock stands behind what was written already, or was set back while it was."""
    if now < BUILT:
        yield problem(f"the clock shows {now:%Y-%m-%d}, before this program was written", ADVICE)
    if tail and (ahead_s := (tail[-1].at - now).total_seconds()) > OFFSET_S_MAX:
        detail = f"the last event, at position {tail[-1].seq}, is {span(ahead_s)} in the future"
        yield problem(detail, f"{ADVICE}; the order of events is that of their positions and stays right")
    for before, after in pairwise(tail):
        if (back_s := (before.at - after.at).total_seconds()) > BACK_S_MAX:
            yield warning(f"the clock was set back by {span(back_s)} at position {after.seq}", ADVICE)
            return


def against_the_gateway(ahead_s: float, round_trip_s: float) -> Iterator[Finding]:
    if abs(ahead_s) > OFFSET_S_MAX + round_trip_s / 2:
        way = "ahead of" if ahead_s > 0 else "behind"
        yield warning(f"the gateway's clock is {span(abs(ahead_s))} {way} this machine's", ADVICE)
