"""The whole screen at every size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from kit.cli.watch.folding import with_connection
from kit.cli.watch.view import View
from kit.wire.risk import RiskNotice
from tests.kit.cli.watch.models import CONNECTED, EMPTY, busy, heard, shown, squeezed
from tests.kit.client.documents import NOON, health, hello

BUSY = busy()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (140, 40), (200, 60), (40, 10), (20, 5), (1, 1)])
@pytest.mark.parametrize("model", [EMPTY, CONNECTED, BUSY], ids=["empty", "connected", "busy"])
def test_the_screen_is_filled_to_the_last_cell(width: int, height: int, model: object) -> None:
    lines = shown(model, width, height)  # type: ignore[arg-type]
    assert [cell_len(line) for line in lines] == [width] * height


@given(
    st.integers(1, 250),
    st.integers(1, 80),
    st.builds(View, panel=st.integers(0, 6), skipped=st.integers(0, 200), helping=st.booleans()),
    st.sampled_from([EMPTY, CONNECTED, BUSY, with_connection(BUSY, None, NOON)]),
)
def test_no_size_and_no_view_breaks_the_screen(width: int, height: int, view: View, model: object) -> None:
    lines = shown(model, width, height, view)  # type: ignore[arg-type]
    assert [cell_len(line) for line in lines] == [width] * height


def test_eighty_by_twenty_four_shows_all_panels() -> None:
    text = "\n".join(shown(BUSY, 80, 24))
    for title in ("1 Prices", "2 Portfolio", "3 Positions", "4 Orders", "5 Fills", "6 Events"):
        assert title in text
    assert "BTC/USDT  67,250.00 ▲" in text
    assert "9,999.90 USD" in text
    assert "+326.46 USDT" in text
    assert "-10.78 %" in text
    assert "0.00148698" in text
    assert "position:opened" in text


def test_forty_by_ten_shows_what_matters_most() -> None:
    lines = [squeezed(line) for line in shown(BUSY, 40, 10)]
    assert lines[0] == "simulated prices ● connected 1 min"
    assert lines[2] == "Pair Last 24 h Seen"
    assert lines[3].startswith("BTC/USDT 67,250.00 ▲ +2.30 %")
    assert lines[6] == "9,999.90 USD 24 h +2.30 % 7 d –"
    assert lines[-1] == "q quit ? help p pause 1–6, tab panel"


def test_the_header_says_which_gateway_and_how_it_is() -> None:
    assert squeezed(shown(BUSY, 120, 24)[0]) == (
        "K.I.T. 0.1.0 127.0.0.1:18800 simulated prices ● connected 1 min seq 131 12:01:15 UTC"
    )
    real = with_connection(EMPTY, hello(position=5), NOON)
    assert "real prices" in shown(real, 120, 24)[0]


def test_without_a_connection_nothing_looks_live() -> None:
    lost = with_connection(BUSY, None, NOON)
    lines = shown(lost, 120, 40)
    assert "○ reconnecting 1 min" in lines[0]
    titles = [line for line in lines if "──" in line]
    assert all("as of 12:00:00" in line for line in titles)
    assert len(titles) == 5
    assert "BTC/USDT  67,250.00 ▲" in "\n".join(lines)


def test_what_must_not_be_overlooked_stands_below_the_header() -> None:
    assert (
        "TRADING HALTED: daily loss of 3 %"
        in shown(heard(BUSY, "risk:halted", RiskNotice(reason="daily loss of 3 %")), 80, 24)[1]
    )
    gone = heard(BUSY, "exchange:disconnected", {"exchange": "paper"}, 140)
    assert "paper does not answer" in shown(gone, 80, 24)[1]
    ill = replace(BUSY, health=replace(health(), problems=("the log cannot be written",)))
    assert "the log cannot be written" in shown(ill, 80, 24)[1]


def test_one_panel_has_the_whole_screen_and_can_be_scrolled() -> None:
    first = shown(BUSY, 80, 10, View(panel=5))
    assert "t-30" in first[3]
    assert "1 Prices" not in "\n".join(first)
    assert "t-20" in shown(BUSY, 80, 10, View(panel=5, skipped=10))[3]
    assert squeezed(first[-1]) == "q quit ? help p pause 1–6, tab panel ↑ ↓ scroll"


def test_help_says_every_key() -> None:
    text = "\n".join(shown(BUSY, 80, 24, View(helping=True)))
    for key in ("tab, shift-tab", "p ", "q, Ctrl-C", "page up, page down"):
        assert key in text


def test_a_paused_screen_says_since_when() -> None:
    assert squeezed(shown(BUSY, 80, 24, View(paused_at=NOON))[-1]) == "paused at 12:00:00 UTC p goes on"


def test_a_german_screen_has_german_words_and_fits_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_LANG", "de")
    lines = shown(BUSY, 80, 24)
    assert [cell_len(line) for line in lines] == [80] * 24
    text = squeezed("\n".join(lines))
    for words in (
        "1 Preise ──",
        "Paar Seite Typ Rest Von Preis",
        "BTC/USDT Kauf Limit 1",
        "● verbunden 1 min",
        "q beenden",
    ):
        assert words in text
    for line in shown(BUSY, 80, 24, View(helping=True)):
        assert "…" not in line.replace("1 … 6", "")
