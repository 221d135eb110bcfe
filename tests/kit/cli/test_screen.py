"""Tables on screens of any width."""

import io

from rich.console import Console

from kit.cli.screen import table


def drawn(width: int) -> list[str]:
    made = table("Order", "Pair", "Amount", "Price", right=("Amount", "Price"))
    made.add_row("01m81nr820ng93rz21nc", "ETH/USDT", "0.01", "3,500.00")
    made.add_row("01m81np95367ckykk7nx", "BTC/USDT", "0.00148698", "67,250.00")
    console = Console(width=width, file=io.StringIO())
    console.print(made, crop=False)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_a_row_that_fits_stands_in_one_line() -> None:
    assert drawn(60) == [
        "Order                 Pair          Amount      Price",
        "01m81nr820ng93rz21nc  ETH/USDT        0.01   3,500.00",
        "01m81np95367ckykk7nx  BTC/USDT  0.00148698  67,250.00",
    ]


def test_a_row_that_is_too_wide_goes_on_below_and_no_number_is_broken() -> None:
    assert drawn(50) == [
        "Order                 Pair          Amount",
        "        Price",
        "01m81nr820ng93rz21nc  ETH/USDT        0.01",
        "     3,500.00",
        "01m81np95367ckykk7nx  BTC/USDT  0.00148698",
        "    67,250.00",
    ]


def test_a_column_that_is_wider_than_the_screen_is_left_to_it() -> None:
    assert drawn(12)[:2] == [
        "Order                 Pair          Amount      Price",
        "01m81nr820ng93rz21nc  ETH/USDT        0.01   3,500.00",
    ]
