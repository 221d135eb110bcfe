"""How answers, events and connections change what a watch knows."""

from datetime import timedelta
from decimal import Decimal

from kit.cli.watch.folding import NEWS_MAX, PRICES_SEEN_MAX, with_answer, with_connection, with_trouble
from kit.cli.watch.model import Connection, Model, News
from kit.wire.orders import FillPage, OrderPage
from kit.wire.risk import RiskNotice
from kit.wire.system import ExchangeConnection
from tests.kit.cli.watch.models import CONNECTED, EMPTY, bought, fill, heard, prices_heard, quoted, resting
from tests.kit.client.documents import NOON, exchange_risk, health, risk_status, snapshot

LATER = NOON + timedelta(minutes=3)


def test_nothing_is_known_before_the_first_answer() -> None:
    assert (EMPTY.portfolio, EMPTY.orders, EMPTY.fills, EMPTY.health, EMPTY.seq) == (None, None, None, None, None)
    assert not EMPTY.connection.up


def test_a_hello_brings_version_health_and_log_position() -> None:
    assert CONNECTED.connection == Connection(True, NOON)
    assert (CONNECTED.version, CONNECTED.seq, CONNECTED.simulated) == ("0.1.0", 128, True)


def test_a_lost_connection_keeps_everything_but_is_no_connection() -> None:
    lost = with_connection(CONNECTED, None, LATER)
    assert lost.connection == Connection(False, LATER)
    assert (lost.version, lost.seq) == ("0.1.0", 128)


def test_answers_replace_what_was_known() -> None:
    model = with_answer(CONNECTED, snapshot(state_version=140))
    model = with_answer(model, OrderPage(orders=[resting()]))
    model = with_answer(with_answer(model, OrderPage(orders=[])), FillPage(fills=[fill()]))
    assert model.portfolio == snapshot(state_version=140)
    assert (model.orders, model.fills, model.seq) == ((), (fill(),), 140)


def test_the_log_position_never_goes_back() -> None:
    model = heard(CONNECTED, "trade:placed", resting(), 200)
    assert with_answer(model, health(position=150)).seq == 200
    assert with_answer(model, health(position=250)).seq == 250


def test_a_price_remembers_its_last_move_and_what_was_seen() -> None:
    model = prices_heard(CONNECTED, "100", "101", "101", "99")
    quote = model.quotes["BTC/USDT"]
    assert [str(number) for number in quote.seen] == ["100", "101", "101", "99"]
    assert quote.rise == -2
    assert prices_heard(CONNECTED, "100", "101", "101").quotes["BTC/USDT"].rise == 1
    assert prices_heard(CONNECTED, "100").quotes["BTC/USDT"].rise == 0


def test_an_answer_that_an_event_overtook_is_dropped() -> None:
    model = heard(CONNECTED, "market:price", quoted("BTC/USDT", "101", timestamp=2_000))
    assert with_answer(model, quoted("BTC/USDT", "100", timestamp=1_000)) is model


def test_only_so_many_prices_and_events_are_kept() -> None:
    model = prices_heard(CONNECTED, *(str(number) for number in range(1, 300)))
    assert len(model.quotes["BTC/USDT"].seen) == PRICES_SEEN_MAX == 240
    for seq in range(NEWS_MAX + 10):
        model = heard(model, "trade:placed", resting(f"o-{seq}"), seq)
    assert len(model.news) == NEWS_MAX == 500
    assert len(model.known) <= 1_000


def test_prices_are_no_news() -> None:
    assert prices_heard(CONNECTED, "100").news == ()


def test_an_event_that_nobody_knows_is_news_by_its_fields() -> None:
    payload = {"orderId": "o-1", "price": Decimal("1E-8"), "legs": [1, 2], "armed": True, "note": None}
    model = heard(CONNECTED, "order:guarded", payload, 129)
    assert model.news == (News(NOON, "order:guarded", "orderId o-1, price 0.00000001, legs [1,2], armed true"),)
    assert model.seq == 129


def test_trading_is_halted_until_it_is_resumed() -> None:
    halted = heard(CONNECTED, "risk:halted", RiskNotice(reason="daily loss of 3 %", account="main"), 129)
    assert halted.halted == {"": "daily loss of 3 %"}
    assert heard(halted, "risk:resumed", RiskNotice(reason="by hand"), 130).halted == {}


def test_a_halt_of_one_exchange_ends_with_that_exchange_or_with_all() -> None:
    paper = RiskNotice(reason="drawdown", account="main", exchange="paper")
    model = heard(CONNECTED, "risk:halted", paper, 129)
    model = heard(model, "risk:halted", RiskNotice(reason="by hand", exchange="other"), 130)
    assert model.halted == {"paper": "drawdown", "other": "by hand"}
    assert heard(model, "risk:resumed", paper, 131).halted == {"other": "by hand"}
    assert heard(model, "risk:resumed", RiskNotice(reason="by hand"), 131).halted == {}


def test_a_halt_that_there_was_before_is_known_once_it_is_asked_for() -> None:
    other = exchange_risk(exchange="other", halted=True, reason="storm")
    halted = with_answer(CONNECTED, risk_status(exchange_risk(), other))
    assert halted.halted == {"other": "storm"}
    assert with_answer(halted, risk_status()).halted == {}


def test_a_halt_of_another_account_is_news_and_no_more() -> None:
    model = heard(CONNECTED, "risk:halted", RiskNotice(reason="daily loss of 3 %", account="second"), 129)
    assert model.halted == {}
    assert [news.name for news in model.news] == ["risk:halted"]


def test_an_exchange_that_went_away_is_silent_at_once() -> None:
    gone = heard(CONNECTED, "exchange:disconnected", {"exchange": "paper", "reason": "timeout"}, 129)
    assert gone.silent_exchanges == ("paper",)
    back = heard(gone, "exchange:connected", {"exchange": "paper", "latency": 1.5}, 130)
    assert back.silent_exchanges == ()
    elsewhere = ExchangeConnection(exchange="elsewhere")
    assert heard(CONNECTED, "exchange:disconnected", elsewhere, 131).silent_exchanges == ()


def test_the_pairs_shown_are_the_chosen_else_those_that_matter_else_the_offered() -> None:
    assert CONNECTED.pairs == ("BTC/USDT", "ETH/USDT", "SOL/USDT")
    holding = with_answer(CONNECTED, snapshot(positions=[bought(pair="SOL/USDT")]))
    ordering = with_answer(holding, OrderPage(orders=[resting(pair="XRP/USDT"), resting(pair="SOL/USDT")]))
    assert ordering.pairs == ("SOL/USDT", "XRP/USDT")
    chosen = Model(url="", connection=EMPTY.connection, chosen=("ETH/BTC",), portfolio=ordering.portfolio)
    assert chosen.pairs == ("ETH/BTC",)


def test_a_trouble_stays_until_its_question_is_answered() -> None:
    model = with_trouble(CONNECTED, "orders", "the disk is full")
    assert model.troubles == {"orders": "the disk is full"}
    assert with_trouble(model, "fills", None) is model
    assert with_trouble(model, "orders", None).troubles == {}
