"""Keys, and what they make of the view."""

import pytest

from kit.cli.watch.keys import keys_in
from kit.cli.watch.panels.all import PANELS
from kit.cli.watch.view import PANELS_MAX, View, pressed
from tests.kit.client.documents import NOON


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"q", ["q"]),
        (b"4p", ["4", "p"]),
        (b"\t\x1b[Z", ["tab", "shift tab"]),
        (b"\x1b[A\x1bOB\x1b[5~\x1b[6~", ["up", "down", "page up", "page down"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[15~q", ["\x1b[15~", "q"]),
        (b"\x0c", ["r"]),
        ("é\u20ac".encode(), ["é", "€"]),
        (b"\xff\xfe", ["\ufffd", "\ufffd"]),
        (b"", []),
    ],
)
def test_a_control_sequence_is_one_key(typed: bytes, keys: list[str]) -> None:
    assert list(keys_in(typed)) == keys


def after(*keys: str) -> View:
    view = View()
    for key in keys:
        made = pressed(view, key, NOON)
        assert made is not None
        view = made
    return view


def test_digits_and_tab_choose_a_panel() -> None:
    assert len(PANELS) == PANELS_MAX
    assert after("4") == View(panel=4)
    assert after("4", "4") == after("4", "0") == after("4", "escape") == View()
    assert after("tab") == View(panel=1)
    assert after(*["tab"] * 7) == View()
    assert after("shift tab") == View(panel=6)


def test_scrolling_never_goes_above_the_first_row_and_begins_anew_in_each_panel() -> None:
    assert after("5", "down", "j", "page down").skipped == 12
    assert after("5", "down", "up", "k").skipped == 0
    assert after("5", "down", "4") == View(panel=4)


def test_help_ends_with_any_key_and_q_ends_the_watch_from_everywhere() -> None:
    assert after("?") == View(helping=True)
    assert after("?", "5") == View()
    assert pressed(after("?"), "q", NOON) is None
    assert pressed(View(), "q", NOON) is None


def test_p_pauses_and_goes_on() -> None:
    assert after("p") == View(paused_at=NOON)
    assert after("p", "3", "p") == View(panel=3)


@pytest.mark.parametrize("key", ["x", "7", "9", "\x1b[15~", "€", "²", "r"])
def test_other_keys_change_nothing(key: str) -> None:
    assert after(key) == View()
