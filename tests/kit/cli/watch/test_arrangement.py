"""Which panels share the screen."""

from hypothesis import given
from hypothesis import strategies as st

from kit.cli.watch.arrangement import Band, arranged, widths

FEW = {1: 3, 2: 4, 3: 3, 4: 3, 5: 3, 6: 3}


def panels(bands: list[Band]) -> list[tuple[int, ...]]:
    return [band.panels for band in bands]


def test_a_wide_screen_has_panels_beside_each_other() -> None:
    assert panels(arranged(200, 50, FEW)) == [(1, 2), (3, 4), (5, 6)]
    assert panels(arranged(80, 24, FEW)) == [(1, 2), (3,), (4,), (6,), (5,)]
    assert panels(arranged(60, 50, FEW)) == [(1,), (2,), (3,), (4,), (6,), (5,)]


def test_a_low_screen_drops_fills_then_events_then_orders_and_never_prices() -> None:
    assert panels(arranged(80, 14, FEW)) == [(1, 2), (3,), (4,), (6,)]
    assert panels(arranged(80, 10, FEW)) == [(1, 2), (3,), (4,)]
    assert panels(arranged(40, 7, FEW)) == [(1,), (2,)]
    assert panels(arranged(40, 1, FEW)) == [(1,)]


def test_nobody_gets_more_than_they_can_fill_until_everybody_has_what_they_wish() -> None:
    assert [band.rows for band in arranged(200, 12, FEW | {5: 100})] == [4, 3, 5]
    assert [band.rows for band in arranged(200, 30, FEW | {5: 100, 6: 500})] == [4, 3, 23]
    assert [band.rows for band in arranged(200, 40, dict.fromkeys(FEW, 100))] == [14, 13, 13]


@given(
    st.integers(1, 300),
    st.integers(1, 120),
    st.fixed_dictionaries({panel: st.integers(2, 500) for panel in range(1, 7)}),
)
def test_bands_always_fill_exactly_the_height(width: int, height: int, wanted: dict[int, int]) -> None:
    bands = arranged(width, height, wanted)
    assert bands
    assert sum(band.rows for band in bands) == height
    assert all(band.rows >= min(2, height) for band in bands)


def test_panels_beside_each_other_share_the_width_to_the_last_cell() -> None:
    assert widths(80, 2, 2) == [39, 39]
    assert widths(81, 2, 2) == [40, 39]
    assert widths(81, 1, 2) == [81]
