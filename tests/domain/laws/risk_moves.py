"""The same account under limits and halts: every order brings a market, and what it comes to is looked at."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from msgspec.structs import replace

from domain.account import Account
from domain.commands import (
    AmendOrder,
    Command,
    Deposit,
    HaltTrading,
    MeasureEquity,
    PlaceOrder,
    ResumeTrading,
    SetLimits,
    Withdraw,
)
from domain.events import Event
from domain.events.orders import OrderRefused
from domain.money import exact, floor_to
from domain.orders import Order
from domain.risk.limits import RiskLimits
from domain.risk.market import MarketView, UsdPrices
from domain.risk.performance import DOLLAR
from domain.risk.standing import risk_standing
from tests.domain.laws.exit_moves import ExitMoves
from tests.domain.laws.ledger import Ledger
from tests.domain.laws.moves import eighths, percent, which
from tests.domain.laws.worlds import entry

NAV_STEP = Decimal("1e-18")
LIMITS = st.builds(
    RiskLimits,
    max_position_percent=st.sampled_from((None, None, Decimal(50))),
    daily_loss_percent=st.sampled_from((None, Decimal(1), Decimal(20))),
    weekly_loss_percent=st.sampled_from((None, Decimal(5))),
    drawdown_percent=st.sampled_from((None, Decimal(5), Decimal(50))),
    max_open_positions=st.sampled_from((None, None, 1)),
    price_collar_percent=st.sampled_from((None, Decimal(10))),
    blocked_pairs=st.sampled_from(((), (), ("ETH/BTC",))),
    max_orders_per_minute=st.sampled_from((None, 3)),
)


class RiskLedger(Ledger):
    """Gives every order the market of the moment, and looks at what was let through."""

    def __init__(self) -> None:
        super().__init__()
        self.market = MarketView()

    def do(self, command: Command) -> tuple[Event, ...]:
        before = self.live
        if isinstance(command, PlaceOrder | AmendOrder):
            command = replace(command, market=self.market)
        events = super().do(command)
        if isinstance(command, PlaceOrder | AmendOrder) and before.halt is not None and self.live.halt is not None:
            assert not bought_more(before, self.live), "an entry passed a halt"
        if isinstance(command, PlaceOrder) and command.closes:
            assert not any(isinstance(event, OrderRefused) and event.check != "funds" for event in events)
        return events


def bought_more(before: Account, now: Account) -> list[Order]:
    """The open buys that may take more quote than before."""
    buys = [order for order in now.orders.values() if order.side == "buy"]
    return [
        order for order in buys if order.order_id not in before.orders or grew(before.orders[order.order_id], order)
    ]


def grew(before: Order, now: Order) -> bool:
    return now.reserved > before.reserved


class RiskMoves(ExitMoves):
    """Limits come and go, prices move, days pass, and people halt and resume."""

    ledger: RiskLedger

    def new_ledger(self) -> RiskLedger:
        return RiskLedger()

    @exact
    def prices(self, of_usual: int) -> UsdPrices:
        """BTC at so many percent of its usual price; ETH costs what its pair says, BNB a dollar."""
        btc = self.world.level(of_usual, 0)
        return UsdPrices({"USDT": Decimal(1), "BTC": btc, "ETH": btc * self.world.level(100, 0), "BNB": Decimal(1)})

    @rule(limits=LIMITS, price=percent)
    def set_limits(self, limits: RiskLimits, price: int) -> None:
        self.ledger.do(SetLimits(limits=limits, prices=self.prices(price)))

    @rule(price=percent)
    def see_prices(self, price: int) -> None:
        self.ledger.market = MarketView(prices=self.prices(price), last=self.world.level(price, 0), age_s=Decimal(0))

    @precondition(lambda self: self.ledger.live.positions)
    @rule(position=which, price=percent)
    def close_a_position(self, position: int, price: int) -> None:
        """Whatever is limited or halted, a position can be sold."""
        found = self.nth(self.ledger.live.positions, position)
        instrument = self.instrument(found.pair)
        amount, seen = floor_to(found.amount, instrument.amount_step), self.world.level(price, 0)
        order = entry(self.new_id("o"), instrument, "sell", amount, seen, at_market=True, guard=None)
        self.try_to_place(replace(order, closes=True))

    @rule(reduce_only=st.booleans())
    def halt(self, *, reduce_only: bool) -> None:
        self.ledger.do(HaltTrading(reason="enough", reduce_only=reduce_only))
        assert self.ledger.live.halt is not None

    @rule()
    def resume(self) -> None:
        self.ledger.do(ResumeTrading(reason="go on", prices=self.ledger.market.prices))
        assert self.ledger.live.halt is None or self.ledger.live.halt.check is not None

    @rule(hours=st.sampled_from((1, 5, 24, 24 * 7)))
    def pass_time(self, hours: int) -> None:
        self.ledger.now += timedelta(hours=hours)

    @rule(price=percent)
    def measure_equity(self, price: int) -> None:
        self.ledger.do(MeasureEquity(prices=self.prices(price)))

    @precondition(lambda self: self.ledger.live.performance is not None)
    @rule(asset=st.sampled_from(("USDT", "BTC", "BNB")), part=eighths, price=percent, out=st.booleans())
    def move_money(self, *, asset: str, part: int, price: int, out: bool) -> None:
        """Whatever comes in or goes out, the value of a unit stays as it was, but for rounding."""
        prices, amount = self.prices(price), self.world.amount(part, 1)
        before = risk_standing(self.ledger.live, prices, self.ledger.now).performance
        command = Withdraw(asset=asset, amount=amount) if out else Deposit(asset=asset, amount=amount)
        if self.ledger.refuses(command):
            return
        after = risk_standing(self.ledger.live, prices, self.ledger.now).performance
        if before is None or after is None or before.nav <= 0 or not self.ledger.live.performance:
            return
        if self.ledger.live.performance.equity >= DOLLAR:
            assert abs(after.nav - before.nav) <= NAV_STEP
