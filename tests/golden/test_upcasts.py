"""Old forms of an event reach the present one step by step, on a table made for the test."""

from typing import Any, Final

import pytest

from domain.codec import Default, Drop, Rename, UnknownTopic, Upcasts, decode, next_topic, present_topic, upcast
from domain.events.gateway import SkillLoaded

SKILLS: Final[Upcasts] = {
    "SkillLoaded": (Rename("name", "skill"), Default("skill_version", "0")),
    "SkillLoaded.2": (Drop("colour"),),
}
STAMP: Final[dict[str, Any]] = {"at": "2026-01-05T09:30:00Z", "by": "gateway", "role": "system"}


def test_forms_are_counted_from_the_second_on() -> None:
    assert next_topic("SkillLoaded") == "SkillLoaded.2"
    assert next_topic("SkillLoaded.9") == "SkillLoaded.10"


def test_the_first_form_takes_all_steps_to_the_third() -> None:
    topic, body = upcast("SkillLoaded", {**STAMP, "name": "backtester", "colour": "red"}, SKILLS)
    assert topic == "SkillLoaded.3"
    assert body == {**STAMP, "skill": "backtester", "skill_version": "0"}


def test_the_second_form_takes_only_the_last_step() -> None:
    body = {**STAMP, "skill": "backtester", "skill_version": "1.2", "colour": "red"}
    assert upcast("SkillLoaded.2", body, SKILLS) == (
        "SkillLoaded.3",
        {**STAMP, "skill": "backtester", "skill_version": "1.2"},
    )


def test_the_present_form_and_other_events_are_left_as_they_are() -> None:
    assert upcast("SkillLoaded.3", dict(STAMP), SKILLS) == ("SkillLoaded.3", STAMP)
    assert upcast("SkillFailed", dict(STAMP), SKILLS) == ("SkillFailed", STAMP)


def test_a_default_is_for_what_was_stored_before_the_field_existed() -> None:
    assert upcast("SkillLoaded", {"name": "x", "colour": "red"}, SKILLS)[1]["skill_version"] == "0"


def test_an_event_is_stored_under_the_form_after_its_last_upcast() -> None:
    assert present_topic(SkillLoaded, SKILLS) == "SkillLoaded.3"
    assert present_topic(SkillLoaded, {}) == "SkillLoaded"


def test_a_form_that_a_newer_version_wrote_is_unknown() -> None:
    with pytest.raises(UnknownTopic, match=r"SkillLoaded\.2"):
        decode("SkillLoaded.2", b"{}")
