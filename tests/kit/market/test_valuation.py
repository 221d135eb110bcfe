"""What an asset is worth in USD: by its own pair, through bitcoin, as a stablecoin, or not known."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import pytest

from domain.events.marks import Mark
from domain.instruments import Instrument
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError
from kit.market.fixed import FixedMarket
from kit.market.listings import unlisted
from kit.market.protocol import Ticker
from kit.market.valuation import Valuation
from tests.domain.books import NOON

STABLE: Final = ("USDT", "USDC")


class Quoting(PaperExchange):
    """Quotes what a test says, as (bid, ask) or the error that it answers with."""

    def __init__(self, **quotes: tuple[str, str] | ExchangeError) -> None:
        super().__init__("paper", FixedMarket({}, lambda: NOON))
        self._quotes = {pair.replace("_", "/"): quote for pair, quote in quotes.items()}

    def instruments(self) -> Mapping[str, Instrument]:
        return {pair: unlisted(pair) for pair in self._quotes}

    async def ticker(self, pair: str) -> Ticker:
        quote = self._quotes[pair]
        if isinstance(quote, ExchangeError):
            raise quote
        bid, ask = map(Decimal, quote)
        return Ticker(pair=pair, last=bid, bid=bid, ask=ask, open=bid, high=ask, low=bid, volume=Decimal(0), at=NOON)


async def mark_of(asset: str, **quotes: tuple[str, str] | ExchangeError) -> Mark | None:
    return (await Valuation(Quoting(**quotes), STABLE).marks([asset])).get(asset)


def mark(asset: str, price: str, source: str) -> Mark:
    return Mark(asset=asset, price_usd=Decimal(price), source=source, occurred_at=NOON)


async def test_an_asset_is_worth_the_mid_of_its_pair_against_a_stablecoin() -> None:
    found = await mark_of("BTC", BTC_USDT=("67249", "67251"))
    assert found == mark("BTC", "67250", "paper:BTC/USDT")


async def test_the_first_stablecoin_that_has_a_pair_gives_the_price() -> None:
    both = {"SOL_USDC": ("149", "151"), "SOL_USDT": ("199", "201")}
    assert await mark_of("SOL", **both) == mark("SOL", "200", "paper:SOL/USDT")
    assert await mark_of("SOL", SOL_USDC=("149", "151")) == mark("SOL", "150", "paper:SOL/USDC")


async def test_an_asset_without_such_a_pair_is_valued_through_bitcoin() -> None:
    found = await mark_of("XMR", XMR_BTC=("0.0029", "0.0031"), BTC_USDT=("60000", "70000"))
    assert found == mark("XMR", "195", "paper:XMR/BTC, BTC/USDT")


async def test_its_own_pair_comes_before_bitcoin() -> None:
    found = await mark_of("ETH", ETH_BTC=("0.05", "0.05"), BTC_USDT=("67250", "67250"), ETH_USDT=("3500", "3500"))
    assert found == mark("ETH", "3500", "paper:ETH/USDT")


async def test_a_stablecoin_is_a_dollar_whatever_is_quoted() -> None:
    assert await mark_of("USDC", USDC_USDT=("0.97", "0.98")) == mark("USDC", "1", "stablecoin")


@pytest.mark.parametrize(
    ("asset", "quotes"),
    [
        ("DOGE", {"BTC_USDT": ("67250", "67250")}),
        ("XMR", {"XMR_BTC": ("0.003", "0.003")}),
        ("BTC", {"ETH_USDT": ("3500", "3500")}),
    ],
    ids=["no pair", "no way from bitcoin to dollars", "bitcoin itself"],
)
async def test_an_asset_that_nothing_leads_to_has_no_price(asset: str, quotes: dict[str, tuple[str, str]]) -> None:
    assert await mark_of(asset, **quotes) is None


async def test_an_exchange_that_does_not_answer_leaves_the_rest_valued() -> None:
    silent = ExchangeError("no answer", retryable=True)
    exchange = Quoting(BTC_USDT=silent, XMR_BTC=("0.003", "0.003"), ETH_USDT=("3500", "3500"))
    marks = await Valuation(exchange, STABLE).marks(["BTC", "ETH", "XMR", "USDT"])
    assert marks == {"ETH": mark("ETH", "3500", "paper:ETH/USDT"), "USDT": mark("USDT", "1", "stablecoin")}


async def test_no_digit_is_lost_before_the_eighteenth_decimal() -> None:
    direct = await mark_of("WBTC", WBTC_USDT=("999999999999.000000000000000001", "999999999999.000000000000000003"))
    assert direct == mark("WBTC", "999999999999.000000000000000002", "paper:WBTC/USDT")
    through = await mark_of(
        "XMR", XMR_BTC=("100000000.000000000001", "100000000.000000000001"), BTC_USDT=("67250.000001", "67250.000001")
    )
    assert through == mark("XMR", "6725000000100.000000067250000001", "paper:XMR/BTC, BTC/USDT")
