"""What is sent to the terminal."""

from io import StringIO

import pyte
from rich.console import Console

from kit.cli.watch.painter import Painter
from kit.cli.watch.text import filled, styled


def painter() -> Painter:
    return Painter(Console(file=StringIO(), force_terminal=True, color_system="standard", width=100))


def test_a_first_frame_is_painted_whole_and_an_equal_one_not_at_all() -> None:
    paints = painter()
    screen = pyte.Screen(10, 3)
    pyte.Stream(screen).feed(paints.painted([filled(styled(word), 10) for word in ("one", "two", "three")]))
    assert screen.display == ["one       ", "two       ", "three     "]
    assert paints.painted([filled(styled(word), 10) for word in ("one", "two", "three")]) == ""


def test_only_the_lines_that_changed_are_sent() -> None:
    paints = painter()
    paints.painted([styled("one"), styled("two")])
    assert paints.painted([styled("one"), styled("TWO")]) == "\x1b[2;1HTWO"


def test_another_colour_is_a_change() -> None:
    paints = painter()
    paints.painted([styled("one", "green")])
    assert paints.painted([styled("one", "red")]) == "\x1b[1;1H\x1b[31mone\x1b[0m"


def test_another_height_or_a_forgotten_screen_is_painted_whole() -> None:
    paints = painter()
    paints.painted([styled("one"), styled("two")])
    assert paints.painted([styled("one")]) == "\x1b[2J\x1b[1;1Hone"
    paints.forget()
    assert paints.painted([styled("one")]) == "\x1b[2J\x1b[1;1Hone"


def test_a_long_line_is_not_folded_and_brackets_are_no_markup() -> None:
    assert painter().painted([styled("[red]" + "x" * 500)]) == "\x1b[2J\x1b[1;1H[red]" + "x" * 500
