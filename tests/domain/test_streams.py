"""Stream ids that a person can read, and the namespaces of keys in them."""

from domain.streams import account_stream, exchange_stream, key_space


def test_streams_are_named_for_what_they_tell_of() -> None:
    assert account_stream("main", "binance-paper") == "account:main:binance-paper"
    assert exchange_stream("binance") == "exchange:binance"


def test_an_account_has_one_namespace_of_keys_on_all_exchanges() -> None:
    assert key_space("account:main:paper") == key_space("account:main:binance") == "account:main"
    assert key_space("account:other:paper") == "account:other"


def test_any_other_stream_is_a_namespace_of_its_own() -> None:
    assert key_space("gateway") == "gateway"
    assert key_space("backtest:7:x") == "backtest:7:x"
