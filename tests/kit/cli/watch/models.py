"""Models as a watch would have them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from rich.text import Text

from kit.cli.watch.folding import with_answer, with_connection, with_event
from kit.cli.watch.frame import Size, frame
from kit.cli.watch.model import Connection, Model
from kit.cli.watch.view import View
from kit.client.happenings import Happening
from kit.wire.market import Price
from kit.wire.orders import Fill, FillPage, Order, OrderPage, Position
from tests.kit.client.documents import NOON, asset, hello, order, position, price, snapshot

EMPTY: Final = Model(
    url="ws://127.0.0.1:18800", connection=Connection(False, NOON), offered=("BTC/USDT", "ETH/USDT", "SOL/USDT")
)
CONNECTED: Final = with_connection(EMPTY, hello(position=128, simulated=True), NOON)


def heard(model: Model, name: str, payload: object, seq: int | None = None) -> Model:
    return with_event(model, Happening(name, payload, seq), NOON)


def prices_heard(model: Model, *numbers: str, pair: str = "BTC/USDT") -> Model:
    """The model after the pair's price went through these."""
    for number in numbers:
        model = heard(model, "market:price", quoted(pair, number))
    return model


def quoted(pair: str, number: str, **changed: Any) -> Price:
    return price(pair=pair, price=Decimal(number), bid=Decimal(number), ask=Decimal(number), **changed)


def bought(**changed: Any) -> Position:
    """Half a bitcoin, bought at 66,597.09 five hours before noon."""
    facts: dict[str, Any] = {
        "entry_price": Decimal("66597.086875749761904347"),
        "unrealized_pnl": 326.46,
        "unrealized_pnl_percent": 0.98,
        "opened_at": NOON - timedelta(hours=5),
    }
    return position(**facts | changed)


def resting(order_id: str = "o-1", **changed: Any) -> Order:
    """A limit order that buys 1 BTC at 60,000, placed at noon."""
    facts: dict[str, Any] = {"order_id": order_id, "status": "pending", "type": "limit"}
    amounts = {"amount": Decimal(1), "filled_amount": Decimal(0), "price": Decimal(60000), "fee": Decimal(0)}
    return order(**facts | amounts | changed)


def fill(number: int = 1, **changed: Any) -> Fill:
    facts: dict[str, Any] = {
        "trade_id": f"t-{number}",
        "pair": "BTC/USDT",
        "side": "buy",
        "amount": Decimal("0.00148698"),
        "price": Decimal(67250),
        "fee": Decimal("0.1"),
        "fee_currency": "USDT",
        "exchange": "paper",
        "account": "main",
        "executed_at": NOON,
        "timestamp": NOON,
        "seq": number,
    }
    return Fill(**facts | changed)


def busy() -> Model:
    """Two prices, two assets, a position, an order, thirty fills and two events."""
    model = prices_heard(prices_heard(CONNECTED, "67000", "67100", "67250"), "3500", "3490", pair="ETH/USDT")
    bitcoin = asset(symbol="BTC", free=Decimal("0.5"), value_usd=33625.0, allocation=77.2)
    model = with_answer(model, snapshot(positions=[bought()], assets=[asset(), bitcoin]))
    model = with_answer(model, OrderPage(orders=[resting(), resting("o-2", pair="ETH/USDT", price=Decimal(3400))]))
    model = with_answer(model, FillPage(fills=[fill(number) for number in range(30, 0, -1)]))
    model = heard(model, "trade:placed", resting(), 130)
    return heard(model, "position:opened", bought(), 131)


def shown(model: Model, width: int, height: int, view: View | None = None, *, after_s: int = 75) -> list[str]:
    """The screen as text, so many seconds after noon."""
    return plain(frame(model, view or View(), Size(width, height), NOON + timedelta(seconds=after_s)))


def plain(lines: list[Text]) -> list[str]:
    return [line.plain for line in lines]


def squeezed(line: str) -> str:
    return " ".join(line.split())
