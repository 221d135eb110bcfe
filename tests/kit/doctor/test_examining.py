"""Every check ends in time, and none takes another down."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from kit.doctor.examining import Beat, Check
from kit.doctor.finding import Finding, ok
from kit.doctor.report import Report
from kit.doctor.scene import Scene
from tests.kit.doctor.scenes import levels, lines, scene


def well(scene: Scene, beat: Beat) -> Iterator[Finding]:
    yield ok("well")


def failing(scene: Scene, beat: Beat) -> Iterator[Finding]:
    yield ok("begun")
    raise ZeroDivisionError("a mistake")


def denied(scene: Scene, beat: Beat) -> list[Finding]:
    raise PermissionError(13, "Permission denied", "/root/ledger")


def slow(scene: Scene, beat: Beat) -> Iterator[Finding]:
    for number in range(10):
        time.sleep(0.05)
        beat(f"{number} of 10")
    yield ok("slow and well")


def test_a_check_that_fails_is_a_problem_and_the_others_go_on(tmp_path: Path) -> None:
    found = lines([Check("failing", failing), Check("denied", denied), Check("well", well)], scene(tmp_path))
    assert [(line.check, line.level) for line in found] == [
        ("failing", "problem"),
        ("denied", "problem"),
        ("well", "ok"),
    ]
    assert found[0].detail == "the check itself failed: ZeroDivisionError: a mistake"
    assert found[1].detail == "/root/ledger: permission denied"
    assert found[1].advice == "run kit doctor as the user that runs the gateway"


def test_a_check_that_hangs_is_left_behind(tmp_path: Path) -> None:
    never = Event()

    def hanging(scene: Scene, beat: Beat) -> Iterator[Finding]:
        never.wait()
        yield ok("late")

    found = lines([Check("hanging", hanging), Check("well", well)], scene(tmp_path), deadline_s=0.1)
    never.set()
    assert levels(found) == ["problem", "ok"]
    assert found[0].detail == "no answer within 0.1 s"


def test_a_check_that_says_how_far_it_is_may_take_as_long_as_it_needs(tmp_path: Path) -> None:
    assert levels(lines([Check("slow", slow)], scene(tmp_path), deadline_s=0.4)) == ["ok"]


def test_a_report_counts_and_warnings_alone_leave_it_ok(tmp_path: Path) -> None:
    report = Report.of(lines([Check("failing", failing), Check("well", well)], scene(tmp_path)))
    assert (report.ok, report.problems, report.warnings) == (False, 1, 0)


def test_nothing_found_can_speak_to_the_terminal_or_show_a_registered_secret(tmp_path: Path) -> None:
    def telling(scene: Scene, beat: Beat) -> Iterator[Finding]:
        assert scene.settings.gateway.token is not None
        yield ok("{said}", said="\x1b[2J a-token-nobody-may-see")

    watched = Scene({"KIT_DATA_DIR": str(tmp_path), "KIT_GATEWAY_TOKEN": "a-token-nobody-may-see"})
    assert lines([Check("telling", telling)], watched)[0].detail == r"\x1b[2J ***"
