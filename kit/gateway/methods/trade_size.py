"""``trade.size``: how large an order should be, before it is placed."""

from decimal import Decimal
from typing import Literal, NamedTuple

from domain.account import Account
from domain.decisions.brackets import available
from domain.instruments import Instrument
from domain.money import HUNDRED, divided, plain
from domain.refusals import InvalidOrder
from domain.risk.equity import equity_of, held_assets, unpriced
from domain.sizing import Size, buy_size, by_risk, by_share, sell_size
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.gateway.asking import AccountName, PairName
from kit.gateway.params import Params
from kit.gateway.present.figures import percent
from kit.gateway.refusals import InvalidRequest, NotFound
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.sizing import OrderSize


class TradeSize(Params, frozen=True, kw_only=True):
    """Asks by ``percent`` of the equity, or by ``riskPercent`` of it, which is what may be lost at ``stopLoss``.

    For a sale ``percent`` is of what is held of the base. Without a ``price`` it is the market's.
    """

    action: Literal["buy", "sell"] = "buy"
    pair: PairName
    percent: Decimal | None = None
    risk_percent: Decimal | None = None
    price: Decimal | None = None
    stop_loss: Decimal | None = None
    exchange: str | None = None
    account: AccountName = "main"


class Worth(NamedTuple):
    """What an account is worth in a quote currency, and which assets are left out for want of a price."""

    equity: Decimal
    unpriced: tuple[str, ...]


async def handle(context: Context[Services], params: TradeSize) -> OrderSize:
    services = context.services
    require_question(params)
    exchange = services.exchange(params.exchange)
    account = services.accounts.get(params.account, exchange.id)
    instrument = exchange.instruments().get(params.pair)
    if instrument is None:
        raise NotFound(f"pair '{params.pair}' is not listed on {exchange.id}", field="pair")
    price = params.price or await market_price(exchange, params)
    require_prices(params, price)
    worth = await worth_of(services, account, instrument.quote)
    return document(exchange, account, params, size_of(account, instrument, params, price, worth.equity), worth)


def require_question(params: TradeSize) -> None:
    """One share is asked for, between nothing and everything."""
    if (params.percent is None) == (params.risk_percent is None):
        raise InvalidRequest("percent: give it or riskPercent, one of the two", field="percent")
    for field, share in (("percent", params.percent), ("riskPercent", params.risk_percent)):
        if share is not None and not 0 < share <= HUNDRED:
            raise InvalidRequest(f"{field}: {share:f} must be above 0 and at most 100", field=field)
    if params.risk_percent is not None and params.stop_loss is None:
        raise InvalidRequest("stopLoss: is missing: the risk is what is lost down to it", field="stopLoss")
    if params.action == "sell" and (params.risk_percent or params.stop_loss) is not None:
        field = "riskPercent" if params.risk_percent is not None else "stopLoss"
        raise InvalidRequest(f"{field}: belongs to a buy; a sale on a spot market opens no position", field=field)


def require_prices(params: TradeSize, price: Decimal) -> None:
    if price <= 0:
        raise InvalidOrder("price", price, "must be above zero")
    stop = params.stop_loss
    if stop is not None and not 0 < stop < price:
        raise InvalidOrder("stopLoss", stop, f"must be above zero and below the entry at {price:f}")


async def market_price(exchange: Exchange, params: TradeSize) -> Decimal:
    ticker = await exchange.ticker(params.pair)
    return ticker.ask if params.action == "buy" else ticker.bid


async def worth_of(services: Services, account: Account, quote: str) -> Worth:
    """What ``account`` is worth in ``quote``.

    Raises:
        ExchangeError: the quote currency has no price.
    """
    prices = await services.valuations[account.exchange].prices(held_assets(account) | {quote})
    rate = prices.by_asset.get(quote)
    if rate is None:
        raise ExchangeError(f"{quote} has no price in USD, so the equity cannot be said in it")
    return Worth(divided(equity_of(account, prices), rate), unpriced(account, prices))


def size_of(account: Account, instrument: Instrument, params: TradeSize, price: Decimal, equity: Decimal) -> Size:
    if params.action == "sell":
        assert params.percent is not None
        return sell_size(instrument, params.percent, price, available(account, "sell", instrument.base))
    if params.percent is not None:
        wanted = by_share(equity, params.percent, price)
    else:
        assert params.risk_percent is not None
        assert params.stop_loss is not None
        wanted = by_risk(equity, params.risk_percent, price, params.stop_loss, instrument.fees.highest)
    return buy_size(instrument, wanted, price, account.balance(instrument.quote).free, params.stop_loss)


def document(exchange: Exchange, account: Account, params: TradeSize, size: Size, worth: Worth) -> OrderSize:
    def share(value: Decimal) -> float:
        return percent(100 * float(value) / float(worth.equity)) if worth.equity else 0.0

    return OrderSize(
        pair=params.pair,
        action=params.action,
        amount=plain(size.amount),
        price=plain(size.price),
        notional=plain(size.notional),
        fee=plain(size.fee),
        currency=params.pair.partition("/")[2],
        equity=plain(worth.equity),
        percent=share(size.notional),
        exchange=exchange.id,
        account=account.account,
        timestamp=exchange.now(),
        stop_loss=None if params.stop_loss is None else plain(params.stop_loss),
        risk=None if size.risk is None else plain(size.risk),
        risk_percent=None if size.risk is None else share(size.risk),
        limited=size.limited,
        unpriced=worth.unpriced,
        simulated=exchange.simulated,
    )


METHOD = Method(name="trade.size", params=TradeSize, handle=handle, result=OrderSize)
