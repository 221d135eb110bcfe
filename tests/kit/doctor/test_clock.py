"""The clock, beside the log and the gateway."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit.doctor.checks.clock import against_the_gateway, against_the_log
from kit.doctor.ledger import Written
from kit.log.opening import open_log
from tests.kit.doctor.scenes import examine, scene, shown
from tests.kit.log.entries import deposit

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def written(*offsets_s: float) -> tuple[Written, ...]:
    return tuple(Written(seq, NOW + timedelta(seconds=offset)) for seq, offset in enumerate(offsets_s, 1))


@pytest.mark.parametrize(
    ("offsets_s", "expected"),
    [
        ((-20.0, -10.0, -10.0), []),
        ((-10.0, 0.5), []),
        ((-10.0, 3_600 * 5), [("problem", "the last event, at position 2, is 5 hours in the future")]),
        ((-10.0, -9.0, -130.0, -5.0), [("warning", "the clock was set back by 2 minutes at position 3")]),
    ],
)
def test_a_clock_behind_what_is_written_is_told(offsets_s: tuple[float, ...], expected: list[tuple[str, str]]) -> None:
    assert shown(against_the_log(NOW, written(*offsets_s))) == expected


def test_a_clock_that_was_never_set_is_a_problem() -> None:
    ((level, detail),) = shown(against_the_log(datetime(1970, 1, 1, tzinfo=UTC), ()))
    assert (level, detail) == ("problem", "the clock shows 1970-01-01, before this program was written")


@pytest.mark.parametrize(
    ("ahead_s", "expected"),
    [
        (0.4, []),
        (-1.1, []),  # Within what the round trip leaves open.
        (90.0, [("warning", "the gateway's clock is 90 s ahead of this machine's")]),
        (-7_200.0, [("warning", "the gateway's clock is 2 hours behind this machine's")]),
    ],
)
def test_a_gateway_with_another_time_is_warned_about(ahead_s: float, expected: list[tuple[str, str]]) -> None:
    assert shown(against_the_gateway(ahead_s, 0.4)) == expected


def test_an_event_of_the_future_in_a_real_log_is_found(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    entry = deposit(1)
    future = datetime.now(UTC) + timedelta(days=30)
    log.commit([type(entry)(entry.stream, 1, type(entry.stamp)(at=future, by="kit-1", role="full"), entry.event)])
    log.close()
    (line,) = examine(scene(tmp_path), "clock")
    assert (line.level, line.detail) == ("problem", "the last event, at position 1, is 30 days in the future")
