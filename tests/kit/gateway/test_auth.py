"""Tokens and guesses."""

from kit.gateway.auth import Guesses, Tokens


def test_each_token_gives_its_role_and_any_other_none() -> None:
    tokens = Tokens(full=["old", "new"], read=["look"])
    offered = ["old", "new", "look", "lo", "", None, "töken"]
    assert [tokens.role_of(token) for token in offered] == ["full", "full", "read", None, None, None, None]


def test_without_a_full_token_everybody_is_full_but_the_reader() -> None:
    tokens = Tokens(read=["look"])
    assert [tokens.role_of(token) for token in ["look", "your-gateway-token", None]] == ["read", "full", "full"]


def test_wrong_tokens_of_an_address_wait_longer_each_time_and_are_forgotten() -> None:
    now = 100.0
    guesses = Guesses(lambda: now)
    assert [guesses.delay_s("192.0.2.7") for _ in range(7)] == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]
    assert guesses.delay_s("192.0.2.8") == 0.1
    now += 70
    assert guesses.delay_s("192.0.2.7") == 0.1
