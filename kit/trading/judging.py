"""What the market says when an order is judged: gathered only for accounts whose limits ask for it."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from domain.account import Account
from domain.events.terms import Side
from domain.instruments import Instrument
from domain.money import ZERO
from domain.risk.equity import assets_to_price
from domain.risk.limits import RiskLimits, limits_from
from domain.risk.market import MarketView, UsdPrices
from domain.risk.pricing import assets_needed, needs_last_price
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.market.protocol import Ticker
from kit.market.valuation import Valuation

MICROSECOND: Final = timedelta(microseconds=1)


class Judging:
    """Looks at the market for the checks of ``domain.risk``."""

    def __init__(self, exchanges: Mapping[str, Exchange], valuations: Mapping[str, Valuation]) -> None:
        self._exchanges = exchanges
        self._valuations = valuations

    async def of_order(
        self, account: Account | None, side: Side, instrument: Instrument, ticker: Ticker
    ) -> MarketView | None:
        """What the limits need of an order that is decided at ``ticker``; None where they need nothing."""
        if account is None or not account.limits:
            return None
        limits = limits_from(account.limits)
        return MarketView(
            prices=await self._prices(account, limits, side, instrument),
            last=ticker.last,
            age_s=seconds(self._exchanges[account.exchange].now() - ticker.priced_at),
        )

    async def of_amendment(self, account: Account, side: Side, instrument: Instrument) -> MarketView | None:
        """As ``of_order``; where no last price can be had the view has none, and the checks say so."""
        if not account.limits:
            return None
        limits = limits_from(account.limits)
        view = MarketView(prices=await self._prices(account, limits, side, instrument))
        if not needs_last_price(limits):
            return view
        try:
            ticker = await self._exchanges[account.exchange].ticker(instrument.pair)
        except ExchangeError:
            return view
        age_s = seconds(self._exchanges[account.exchange].now() - ticker.priced_at)
        return MarketView(prices=view.prices, last=ticker.last, age_s=age_s)

    async def of_holdings(self, account: Account) -> UsdPrices:
        """The prices of all that the account's equity consists of; none where its exchange is no longer configured."""
        valuation = self._valuations.get(account.exchange)
        return UsdPrices() if valuation is None else await valuation.prices(assets_to_price(account))

    async def _prices(self, account: Account, limits: RiskLimits, side: Side, instrument: Instrument) -> UsdPrices:
        valuation = self._valuations[account.exchange]
        pair = side, instrument.base, instrument.quote
        entered = UsdPrices(cash=valuation.cash).entered_by(*pair)
        return await valuation.prices(assets_needed(limits, account, *pair, entered))


def seconds(span: timedelta) -> Decimal:
    """``span`` in seconds, exactly; never below zero."""
    return max(Decimal(span // MICROSECOND).scaleb(-6), ZERO)
