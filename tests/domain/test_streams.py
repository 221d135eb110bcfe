"""Stream ids that a person can read, and the namespaces of keys in them."""

import pytest

from domain.streams import account_stream, exchange_stream, is_account, key_space, owner_of


def test_streams_are_named_for_what_they_tell_of() -> None:
    assert account_stream("main", "binance-paper") == "account:main:binance-paper"
    assert exchange_stream("binance") == "exchange:binance"


def test_an_account_has_one_namespace_of_keys_on_all_exchanges() -> None:
    assert key_space("account:main:paper") == key_space("account:main:binance") == "account:main"
    assert key_space("account:other:paper") == "account:other"


def test_any_other_stream_is_a_namespace_of_its_own() -> None:
    assert key_space("gateway") == "gateway"
    assert key_space("backtest:7:x") == "backtest:7:x"


def test_an_accounts_stream_says_whose_it_is_and_where() -> None:
    assert owner_of("account:main:paper") == ("main", "paper")
    assert owner_of(account_stream("second", "binance-paper")) == ("second", "binance-paper")
    assert owner_of("account:main:a:b") == ("main", "a:b")


def test_only_accounts_have_an_owner() -> None:
    assert is_account("account:main:paper")
    for stream in ("gateway", "marks", "exchange:paper", "accounts:main:paper"):
        assert not is_account(stream)
        with pytest.raises(AssertionError, match=stream):
            owner_of(stream)
