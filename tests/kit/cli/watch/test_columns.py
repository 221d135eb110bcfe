"""Tables that make do with the room there is."""

from rich.text import Text

from kit.cli.watch.columns import Column, table_lines
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import Part, fitted, styled
from tests.kit.cli.watch.models import plain
from tests.kit.client.documents import NOON

COLUMNS = (Column("Pair"), Column("Amount", rank=1, right=True), Column("Fee", rank=2, right=True))


def row(number: int) -> list[Text]:
    return [styled(f"P{number}/Q"), styled(f"{number}00"), styled(f"0.{number}")]


def table(width: int, height: int, count: int, skipped: int = 0) -> list[str]:
    room = Room(width, height, NOON, skipped)
    return plain(room.table(COLUMNS, list(range(1, count + 1)), row, "none"))


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    assert table(80, 9, 2) == ["Pair  Amount  Fee", "P1/Q     100  0.1", "P2/Q     200  0.2"]


def test_the_column_of_least_weight_goes_first() -> None:
    assert table(16, 9, 1) == ["Pair  Amount", "P1/Q     100"]
    assert table(11, 9, 1) == ["Pair", "P1/Q"]
    assert table(2, 9, 1) == ["Pair", "P1/Q"]


def test_a_last_column_that_can_be_cut_drops_no_other() -> None:
    columns = (Column("Time", rank=1), Column("What", enough=4))
    lines = table_lines(columns, [[styled("12:00"), styled("a long story")]], 12, headed=True)
    assert plain(lines) == ["Time   What", "12:00  a long story"]


def test_rows_that_do_not_fit_are_counted() -> None:
    assert table(80, 4, 9) == ["Pair  Amount  Fee", "P1/Q     100  0.1", "P2/Q     200  0.2", "… 7 more"]
    assert table(80, 4, 3) == ["Pair  Amount  Fee", "P1/Q     100  0.1", "P2/Q     200  0.2", "P3/Q     300  0.3"]


def test_where_there_are_two_lines_the_heading_goes_first() -> None:
    assert table(80, 2, 1) == ["Pair  Amount  Fee", "P1/Q     100  0.1"]
    assert table(80, 2, 9) == ["P1/Q  100  0.1", "… 8 more"]
    assert table(80, 1, 9) == ["… 9 more"]


def test_scrolling_ends_at_the_last_row() -> None:
    assert table(80, 4, 9, skipped=2)[1:] == ["P3/Q     300  0.3", "P4/Q     400  0.4", "… 7 more"]
    assert table(80, 4, 9, skipped=999)[1:] == ["P8/Q     800  0.8", "P9/Q     900  0.9", "… 7 more"]


def test_what_is_on_its_way_is_not_said_to_be_none() -> None:
    room = Room(80, 9, NOON)
    assert plain(room.table(COLUMNS, None, row, "none open")) == ["…"]
    assert plain(room.table(COLUMNS, [], row, "none open")) == ["none open"]


def test_parts_of_a_line_are_left_out_by_rank() -> None:
    parts = [Part(styled("K.I.T."), 2), Part(styled("connected")), Part(styled("12:00"), 1), Part(styled(""), 0)]
    assert fitted(parts, 24).plain == "K.I.T.  connected  12:00"
    assert fitted(parts, 23).plain == "connected  12:00"
    assert fitted(parts, 3).plain == "connected"
    assert fitted([], 10).plain == ""


def test_control_characters_and_line_breaks_are_not_printed() -> None:
    assert styled("a\x1b[2Jb\nc\x9bd\u202e").plain == "a [2Jb c d "
